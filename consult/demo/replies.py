"""What the demo town's files say of its answers: the verdict with its reason, what it promises, what it changed."""

from consult.consultations.recommendations import Verdict
from consult.demo.facts import Fact


class Promised(Fact, frozen=True):
    """What an answer promises, `until` a day; the day on which it was `kept`, if ever, with how that can be seen."""

    words: str
    until: int
    department: str
    kept: int | None = None
    note: str = ""


class Answer(Fact, frozen=True):
    """One verdict with one reason `to` one recommendation or to several alike, drafted on a `day`.

    `by`: an official; none for the contact person of the consultation.
    """

    to: tuple[str, ...]
    verdict: Verdict
    reason: str
    day: int
    by: str = ""
    promise: Promised | None = None


class Change(Fact, frozen=True):
    """A provision (by its key in the improved text) that changed `because` of some recommendations."""

    on: str
    because: tuple[str, ...]


class Improved(Fact, frozen=True):
    """The day on which all answers became public, and the day of the improved text with its causes."""

    answered: int
    published: int
    text: str
    changes: tuple[Change, ...]
