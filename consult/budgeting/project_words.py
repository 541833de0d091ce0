"""What a project says: its name, what it is and why, where, and what it would cost, line by line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import N_
from consult.money import BANI_IN_A_LEU, Bani, NotAnAmount, read_amount, write_amount
from consult.refusals import Refusal, together

LONGEST_TITLE = 120
LONGEST_TEXT = 10_000
LONGEST_PLACE = 300
#: More lines than these belong into a table that comes later, when the project is planned.
MOST_COSTS = 40

#: "Bănci din lemn: 12.000 lei", "Bănci – 12 000", or without a sign between them "Bănci 12000".
COST_LINES = (
    re.compile(r"(?P<what>.*?\S)(?:\s*[:=;\t]|\s[–—-])\s*(?P<amount>[0-9][0-9., ]*?)\s*(?:lei)?"),
    re.compile(r"(?P<what>.*?\S)\s+(?P<amount>[0-9]{1,3}(?: [0-9]{3})+|[0-9][0-9.,]*)\s*(?:lei)?"),
)
COORDINATES = re.compile(
    r"(?P<latitude>-?[0-9]{1,2}\.[0-9]{1,15})\s*[,; ]\s*(?P<longitude>-?[0-9]{1,3}\.[0-9]{1,15})", re.ASCII
)
#: About a metre; more digits would say nothing of a place.
DECIMALS = 5
MOST_LATITUDE, MOST_LONGITUDE = 90, 180


class TitleMissing(Refusal):
    """A project without a name."""

    sentence = N_("Write what the project is called.")
    field = "title"


class DescriptionMissing(Refusal):
    """A project that does not say what should be done."""

    sentence = N_("Write what should be done.")
    field = "description"


class ReasonMissing(Refusal):
    """A project that does not say whom it serves."""

    sentence = N_("Write why it is needed and for whom.")
    field = "reason"


class PlaceMissing(Refusal):
    """A project that would be nowhere."""

    sentence = N_("Write where it would be: the street, the park, the institution.")
    field = "place"


class ProjectTooLong(Refusal):
    """A text is longer than a project may be described."""

    sentence = N_("The text has %(length)s characters; at most %(most)s are received.")
    field = "description"


class CostUnclear(Refusal):
    """A line of the costs cannot be read."""

    sentence = N_("Line %(line)s of the costs, “%(words)s”: write what it is, then the amount in whole lei.")
    field = "costs"


class CostsMissing(Refusal):
    """Nobody can vote about money of which nobody knows how much it is."""

    sentence = N_("Write what the project would cost: one line for each expense, with the amount in lei at its end.")
    field = "costs"


class TooManyCosts(Refusal):
    """The costs are told in too many lines."""

    sentence = N_("Tell the costs in at most %(most)s lines.")
    field = "costs"


class NotAPlace(Refusal):
    """The coordinates cannot be read, or lie nowhere on Earth."""

    sentence = N_("Write the coordinates as a map shows them, for example 46.56703, 26.91384.")
    field = "coordinates"


@dataclass(frozen=True)
class Cost:
    """One expense of a project."""

    what: str
    amount: Bani


@dataclass(frozen=True)
class ProjectWords:
    """A project as its author writes it. `costs`: a line for each expense; `coordinates`: empty, or of its place."""

    title: str
    description: str
    reason: str
    place: str
    costs: str
    coordinates: str = ""

    @property
    def kept(self) -> Mapping[str, str]:
        """What is kept of it as its body, each thing in one form."""
        return {
            "title": self.title,
            "description": self.description,
            "reason": self.reason,
            "place": self.place,
            "costs": "\n".join(f"{each.what}: {write_amount(each.amount)}" for each in read_costs(self.costs)),
            "coordinates": read_coordinates(self.coordinates),
        }


def check_project_words(said: ProjectWords) -> Sequence[Cost]:
    """Refuse a project that does not say what it is, and return its costs. All that is wrong is said at once."""

    def something_in(written: str, missing: type[Refusal]) -> Sequence[Cost]:
        if not any(character.isalnum() for character in written):
            raise missing
        return ()

    def a_place() -> Sequence[Cost]:
        read_coordinates(said.coordinates)
        return ()

    def not_too_long() -> Sequence[Cost]:
        longest = max(len(said.description), len(said.reason))
        if longest > LONGEST_TEXT:
            raise ProjectTooLong(length=longest, most=LONGEST_TEXT)
        return ()

    *_said, costs = together(
        lambda: something_in(said.title, TitleMissing),
        lambda: something_in(said.description, DescriptionMissing),
        lambda: something_in(said.reason, ReasonMissing),
        lambda: something_in(said.place, PlaceMissing),
        not_too_long,
        a_place,
        lambda: read_costs(said.costs),
    )
    return costs


def read_costs(written: str) -> Sequence[Cost]:
    """Return the expenses that a text tells, line by line. Raises CostsMissing, TooManyCosts, CostUnclear."""
    lines = [(number, line.strip()) for number, line in enumerate(written.splitlines(), start=1) if line.strip()]
    if not lines:
        raise CostsMissing
    if len(lines) > MOST_COSTS:
        raise TooManyCosts(most=MOST_COSTS)
    return [_cost(number, line) for number, line in lines]


def total(costs: Sequence[Cost]) -> Bani:
    """Return what a project costs in all."""
    return Bani(sum(each.amount for each in costs))


def read_coordinates(written: str) -> str:
    """Return a place on Earth in one form, "46.56703, 26.91384"; empty for none. Raises NotAPlace."""
    if not written.strip():
        return ""
    found = COORDINATES.fullmatch(written.strip())
    if found is None:
        raise NotAPlace
    latitude, longitude = float(found["latitude"]), float(found["longitude"])
    if abs(latitude) > MOST_LATITUDE or abs(longitude) > MOST_LONGITUDE:
        raise NotAPlace
    return f"{latitude:.{DECIMALS}f}, {longitude:.{DECIMALS}f}"


def _cost(number: int, line: str) -> Cost:
    found = next(filter(None, (form.fullmatch(line) for form in COST_LINES)), None)
    if found is None:
        raise CostUnclear(line=number, words=line)
    try:
        amount = read_amount(found["amount"])
    except NotAnAmount:
        raise CostUnclear(line=number, words=line) from None
    if amount <= 0 or amount % BANI_IN_A_LEU:
        raise CostUnclear(line=number, words=line)
    return Cost(found["what"], amount)
