"""What the demo's file says of a project that somebody proposed."""

from datetime import time

from consult.demo.facts import Fact


class ProposedProject(Fact, frozen=True):
    """A project as it was sent, on a `day` at an hour. `by`: a citizen, who may act for an `organisation`.

    `pool`, `category`: by their names. `costs`: a line for each expense.
    """

    by: str
    day: int
    at: time
    pool: str
    category: str
    title: str
    description: str
    reason: str
    place: str
    costs: str
    coordinates: str = ""
    organisation: str | None = None
    named: bool = False
