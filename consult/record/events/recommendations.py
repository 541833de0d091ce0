"""What happens to what people say in a consultation: received, supported, withdrawn, answered, hidden."""

from dataclasses import dataclass, field
from datetime import date

from consult.record.entry_form import Commitment, Event, Instant
from consult.record.roles import CLERK, CONTACT_PERSON, LEADERS, MODERATOR, ORGANISATION_MEMBER, PARTICIPANTS, SERVICE


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
    `contests`: an inhabitant contests the draft budget, and the council must rule on it; `residence`: that they live
    there was `proven` to the authority, or is `declared`.
    `organisation`: for which one a member of it sent it, by its name in the record (`organisation.verified`).
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
    residence: str | None = None
    organisation: str | None = None
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
    """Its author took a recommendation back; its register number stays used.

    `organisation`: for which one a member of it did so: the one for which it was sent, by whichever of its members.
    """

    type = "recommendation.withdrawn"
    signers = PARTICIPANTS

    number: int
    organisation: str | None = None


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
