"""What an authority reports of a year: the numbers of the law, each made of what was counted here and elsewhere."""

from dataclasses import dataclass

from consult.record.entry_form import Event
from consult.record.roles import LEADERS

#: The measures that this record holds by itself, by their names in the packs; of all others it knows what is reported.
RECEIVED = "recommendations-received"
RECEIVED_ONLINE = "recommendations-received-online"
INCLUDED = "recommendations-taken-up"
ANNOUNCED = "drafts-announced"
DEBATES = "debates-held"
SESSIONS = "public-sessions"
PARTICIPANTS = "session-participants"
MINUTES = "minutes-published"
#: By why a session was not public.
CLOSED = {
    "exempt": "closed-sessions-exempt",
    "secret_vote": "closed-sessions-secret-vote",
    "other": "closed-sessions-other",
}
#: The reasons that were written to those whose recommendations were not taken up, or not wholly.
JUSTIFIED = "justifications-sent"
#: Debates that answer a request; drafts whose recommendations were taken up, at least one, or none of them.
ON_REQUEST = "debates-on-request"
SOME_INCLUDED = "drafts-with-recommendations-taken-up"
NONE_INCLUDED = "drafts-with-none-taken-up"


@dataclass(frozen=True)
class Measured:
    """A measure of the pack. `counted`: what this record gives of it; `added`: what happened outside these pages."""

    measure: str
    counted: int
    added: int


@dataclass(frozen=True)
class Reported:
    """An indicator of the pack. `value`: a whole number or a fraction such as `100/3`; null where words say it.

    `words`: the SHA-256 of what the authority wrote about it, in UTF-8; null where it wrote nothing.
    """

    indicator: str
    value: str | None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportPublished(Event):
    """An authority published its report on the transparency of a year, or a later `number` of it that corrects it.

    `pack` and `version`: the rules that say what it holds. The measures that the record holds are counted up to this
    entry: recommendations and drafts by the year of their number, meetings by the day on which they were held.
    `reason`: why it was corrected. `drafted_by`: the pseudonyms of those who wrote it; somebody else publishes it.
    """

    type = "report.published"
    signers = LEADERS

    year: int
    number: int
    pack: str
    version: str
    measures: tuple[Measured, ...]
    figures: tuple[Reported, ...]
    reason: str | None
    drafted_by: tuple[str, ...]
