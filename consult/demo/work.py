"""How the demo town's officials share what is to be answered: the facts that its files tell. `sharing` plays them."""

from datetime import time

from consult.demo.facts import Fact


class Department(Fact, frozen=True):
    """A department and the officials who draft answers there, from a day on."""

    key: str
    name: str
    members: tuple[str, ...]
    founded: int


class Template(Fact, frozen=True):
    """Words with which answers may begin, kept on a day."""

    title: str
    words: str
    day: int


class Given(Fact, frozen=True):
    """Everything about some articles, given `to` a department on a day, to be drafted `until` another."""

    articles: tuple[str, ...]
    to: str
    day: int
    until: int


class Note(Fact, frozen=True):
    """What an official noted about a recommendation, for colleagues."""

    of: str
    by: str
    day: int
    at: time
    words: str


class Returned(Fact, frozen=True):
    """Drafted answers that were sent back on a day, with a note on what should change."""

    of: tuple[str, ...]
    day: int
    note: str


class Gathered(Fact, frozen=True):
    """Recommendations that officials kept as alike on a day."""

    of: tuple[str, ...]
    day: int


class Shared(Fact, frozen=True):
    """All of it, of one consultation."""

    given: tuple[Given, ...] = ()
    notes: tuple[Note, ...] = ()
    gathered: tuple[Gathered, ...] = ()
    returned: tuple[Returned, ...] = ()
