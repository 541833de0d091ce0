"""What people of the demo town attach to proposals and keep as drafts, and what an association sends together."""

from datetime import time

from consult.consultations.recommendations import Kind
from consult.demo.facts import Fact


class Attached(Fact, frozen=True):
    """A file that comes with a proposal; a text, so that it can be read here."""

    name: str
    text: str


class Begun(Fact, frozen=True):
    """A proposal as far as somebody has written it. `on`: the provision, None for the draft as a whole."""

    kind: Kind
    on: str | None = None
    wording: str = ""
    reason: str = ""


class Unsent(Begun, frozen=True, kw_only=True):
    """One that is kept on a day and not sent: a citizen's, or with an `organisation` that one's."""

    by: str
    day: int
    at: time
    organisation: str | None = None


class Together(Fact, frozen=True):
    """Proposals that a member of an organisation keeps one after the other from an hour on, and then sends as one."""

    by: str
    organisation: str
    day: int
    at: time
    name: str
    letter: str
    parts: tuple[Begun, ...]
