"""What happens in a consultation, from its announcement to its end."""

from dataclasses import dataclass
from datetime import date

from consult.record.entry_form import Event, Instant
from consult.record.roles import (
    APPROVER,
    KEEPERS,
    LEADERS,
)

#: How an authority answers a recommendation.
VERDICTS = ("taken_up", "partly", "not_taken_up", "out_of_scope")
#: The letters of art. 6 under which a part of a draft is not public.
EXEMPT = ("a", "b", "c")
#: How a promise ends.
ENDINGS = ("kept", "dropped")
#: What a recommendation asks for; a move is of money, from one line of a budget to another.
KINDS = ("observation", "change", "insertion", "deletion", "move")
#: How a recommendation comes in that an official enters for its author.
SOURCES = ("paper", "email", "debate", "desk")
#: The answers after which a recommendation may have changed the text.
TAKEN_UP = ("taken_up", "partly")
#: The stages of a published consultation, and those in which it has ended. From `proposals` it comes to `analysis` by
#: the passing of the last day, and to `answered` by its first answer; no entry says so.
STAGES = ("proposals", "analysis", "answered", "submitted", "adopted", "rejected", "withdrawn")
ENDED = ("adopted", "rejected", "withdrawn")
#: Who decides on a draft.
IN_SESSION, EXECUTIVE = "session", "executive"
DECIDERS = (IN_SESSION, EXECUTIVE)


@dataclass(frozen=True)
class Term:
    """A date that the law fixed. `rule`: the policy pack and its rule, such as `ro/law-52-2003#proposals-period`."""

    name: str
    rule: str
    date: date


@dataclass(frozen=True)
class Withheld:
    """What of a draft is not public: which part, under which letter of art. 6 (`a`, `b` or `c`), and why."""

    part: str
    letter: str
    reason: str


@dataclass(frozen=True)
class Cause:
    """Why a provision reads differently: the recommendations that were taken up in it, each by number and year.

    Both, as in `47-2026`: a consultation may receive a number 47 in two years.
    """

    provision: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PackFrozen(Event):
    """The rules for a procedure were fixed, with the days off they count by; later changes of the law do not touch it.

    `pack`: SHA-256 of the frozen pack, which lies in the log's folder as `pack/<digest>`.
    """

    type = "pack.frozen"
    signers = (APPROVER,)

    name: str
    version: str
    pack: str


@dataclass(frozen=True, kw_only=True)
class ConsultationAnnounced(Event):
    """A draft was made public and the time for proposals began.

    `terms`: the last day for proposals (`proposals_until`) and the first on which the draft may go on to avizare
    (`submission_on`). `pack`: digest of the frozen rules. `version`: SHA-256 of the draft's normalised text, its
    version 1. `urgent_motive`: why the urgent procedure is used, in the authority's words; null in the ordinary one.
    `shorter_motive`: why in it even the days for proposals are fewer than usual; null where they are not.
    `dates_motive`: why a date is one that people would not expect, such as a Sunday; null where none is. `withheld`:
    what of the draft is not public. `drafted_by`: the pseudonyms of those who wrote the draft; whoever announces it is
    somebody else. `figures`: SHA-256 of the figures of a draft budget, the file with its lines; null where it has none.
    `reasons`: SHA-256 of why the act is needed, in UTF-8, as the announcement says it; null where only a document does.
    """

    type = "consultation.announced"
    signers = (APPROVER,)

    number: str
    title: str
    terms: tuple[Term, ...]
    pack: str
    version: str
    urgent_motive: str | None = None
    shorter_motive: str | None = None
    dates_motive: str | None = None
    withheld: tuple[Withheld, ...] = ()
    drafted_by: tuple[str, ...] = ()
    figures: str | None = None
    reasons: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConsultationDateMoved(Event):
    """A date of the announcement was moved, always to a later one, and why.

    `term`: which of the announcement's terms; `rule`: the rule of the frozen pack that the new date keeps as well.
    """

    type = "consultation.date_moved"
    signers = LEADERS

    term: str
    rule: str
    was: date
    date: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class DutyConfirmed(Event):
    """An official says that something was done outside these pages that the law asks for, such as a notice at the seat.

    `rule`: of the frozen pack. `on`: the day on which it was done. `note`: how it can be seen, in the official's words.
    """

    type = "duty.confirmed"
    signers = KEEPERS

    rule: str
    on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class ConsultationStageChanged(Event):
    """A consultation went on to another stage, or was stopped.

    `on`: the day from which that holds. `reason`: the number of the act that was adopted, or why the draft was not; for
    `submitted`, why on a day that people would not expect.
    `decided_by`: of a draft that was adopted or rejected, `session` where a council voted on it, or `executive` where
    the mayor, or the president of the county council, decides alone. A session may return a draft: from `submitted` it
    then goes back to `answered`.
    """

    type = "consultation.stage_changed"
    signers = LEADERS

    from_stage: str
    to_stage: str
    on: date
    reason: str | None = None
    decided_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentPublished(Event):
    """The authority published a document: an annex, a report, minutes. `sha256`: of the file, byte for byte."""

    type = "document.published"
    signers = LEADERS

    sha256: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Event):
    """The authority published a text of the draft; from the second on, with what caused each change.

    `sha256`: of the normalised text. `causes`: the provisions that changed because of recommendations. `figures`:
    SHA-256 of the figures of a draft budget, which may be what changed; null where it has none.
    """

    type = "version.published"
    signers = LEADERS

    number: int
    sha256: str
    causes: tuple[Cause, ...] = ()
    figures: str | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseMade(Event):
    """In an answer the authority promised to do something by a day.

    `number`: of the promise, in its consultation. `answer`: the commitment to the reason of the answer, as its own
    entries give it. `department`: who answers for it.
    """

    type = "promise.made"
    signers = LEADERS

    number: int
    answer: str
    text: str
    until: date
    department: str


@dataclass(frozen=True, kw_only=True)
class PromiseEnded(Event):
    """The authority says that it kept a promise, or that it gives it up.

    `ending`: `kept` or `dropped`. `on`: the day on which that was; after the day that was promised it is late. `note`:
    how it can be seen, or why it is given up.
    """

    type = "promise.ended"
    signers = LEADERS

    number: int
    ending: str
    on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class DebateAnnounced(Event):
    """The authority invited everybody to a public debate of the draft, at a time and place.

    `meeting`: the number of the meeting, whose own entries say how it went on.
    """

    type = "debate.announced"
    signers = LEADERS

    starts_at: Instant
    place: str
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True)
class SessionAnnounced(Event):
    """The authority announced the public session that decides about the draft, at a time and place.

    `meeting`: the number of the meeting, whose own entries say how it went on; `item`: the draft's on its agenda.
    """

    type = "session.announced"
    signers = LEADERS

    starts_at: Instant
    place: str
    meeting: str | None = None
    item: int | None = None
