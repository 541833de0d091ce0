"""What happens in a consultation, from its announcement to its end."""

from dataclasses import dataclass, field
from datetime import date

from consult.record.entry_form import Commitment, Event, Instant
from consult.record.roles import (
    APPROVER,
    CLERK,
    CONTACT_PERSON,
    KEEPERS,
    LEADERS,
    MODERATOR,
    ORGANISATION_MEMBER,
    PARTICIPANTS,
    SERVICE,
)

#: How an authority answers a recommendation.
VERDICTS = ("taken_up", "partly", "not_taken_up", "out_of_scope")
#: The letters of art. 6 under which a part of a draft is not public.
EXEMPT = ("a", "b", "c")
#: How a promise ends.
ENDINGS = ("kept", "dropped")
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
class RecommendationReceived(Event):
    """Somebody proposed something and got a register number. The proposal and its reasons are the body.

    `kind`: observation, change, insertion or deletion. `provision`: the stable id of the provision, or null when it is
    about the whole draft; for an insertion, that after which it would stand. `until`: the last article of a range that
    begins with the provision. `late`: it arrived after the last day, and the authority received it nevertheless.
    `source`: null when its author sent it by these pages; else `paper`, `email`, `debate` or `desk`, and an official
    entered it. `received_at`: when the authority had it, where that was before this entry: an official entered it
    later, or its author, who has no account, had sent it then and confirmed it now. `scan`: the letter, salted.
    `files`: what came with it, each salted; whoever erases the body erases them too. `line`: of the figures of a draft
    budget, by its name in them; with `to_line`, `amount` bani would go from the one to the other (the kind is `move`).
    `contests`: an inhabitant contests the draft budget, and the council must rule on it.
    `inserted`: the stable id that an inserted text would get, such as `art-7-ind-1`; null where nothing there has one.
    """

    type = "recommendation.received"
    signers = (*PARTICIPANTS, CONTACT_PERSON, CLERK)
    begins = True

    number: int
    kind: str
    provision: str | None = None
    until: str | None = None
    late: bool = False
    source: str | None = None
    received_at: Instant | None = None
    scan: Commitment | None = None
    files: tuple[Commitment, ...] = ()
    inserted: str | None = None
    line: str | None = None
    to_line: str | None = None
    amount: int | None = None
    contests: bool = False
    # `field()`, since a bare annotation would inherit the base's default of no body.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ContestationRuled(Event):
    """The council ruled on a contestation of a draft budget, before it adopted the budget.

    `number`: of the recommendation that contests it. `on`: the day of the ruling. `reason`: in the council's words.
    """

    type = "contestation.ruled"
    signers = LEADERS

    number: int
    admitted: bool
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class PackageReceived(Event):
    """An organisation sent several recommendations at once. Each has its number, and an entry of the same instant.

    `recommendations`: each by number and year, in the order of their numbers; the package goes by the first. Its name
    and the letter that came with it are the body.
    """

    type = "package.received"
    begins = True
    signers = (ORGANISATION_MEMBER,)

    recommendations: tuple[str, ...]
    # `field()`, as in a recommendation: a package has a name.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class RecommendationClaimed(Event):
    """The author of a recommendation that an official had entered attached it to an account, by the code on a slip.

    From then on it is as if they had sent it: it is theirs to withdraw.
    """

    type = "recommendation.claimed"
    signers = PARTICIPANTS

    number: int


@dataclass(frozen=True, kw_only=True)
class SupportCounted(Event):
    """How many support a recommendation now, told within an hour of a change.

    Each supporter has a random mark, which they alone know to be theirs. `added`, `taken_back`: the marks that came and
    went since the entry before; `supporters`: how many there are with them.
    """

    type = "support.counted"
    signers = (SERVICE,)

    number: int
    supporters: int
    added: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecommendationWithdrawn(Event):
    """Its author took a recommendation back; its register number stays used."""

    type = "recommendation.withdrawn"
    signers = PARTICIPANTS

    number: int


@dataclass(frozen=True, kw_only=True)
class ResponsePublished(Event):
    """The authority answered a recommendation: taken up, partly, not taken up or out of scope, and why.

    `recommendation`: its register number. The reason is the body: officials may quote people, and a body can be erased.
    """

    type = "response.published"
    signers = LEADERS

    recommendation: int
    verdict: str
    # `field()`, as in a recommendation: nothing is answered without a reason.
    body: Commitment = field()


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


@dataclass(frozen=True, kw_only=True)
class RecommendationHidden(Event):
    """The authority took a recommendation's words from its pages; the body is what it told the author about why.

    `ground`: which of the published rules of moderation it breaks. The recommendation keeps its number, is answered
    like every other, and its words stay in the log's folder: hiding is not erasing.
    """

    type = "recommendation.hidden"
    signers = (MODERATOR, CONTACT_PERSON)

    number: int
    ground: str
    # `field()`, as in a recommendation: nothing is hidden without a statement of reasons.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class RecommendationShown(Event):
    """A hidden recommendation is on the pages again; the body says why."""

    type = "recommendation.shown"
    signers = (MODERATOR, CONTACT_PERSON)

    number: int
    body: Commitment = field()
