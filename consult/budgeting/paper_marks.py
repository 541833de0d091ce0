"""What an official types of a ballot on paper: the numbers of the marked projects, as they stand there.

A line of numbers is typed faster than boxes are ticked, and two officials who mistake one do not mistake it alike.
"""

import re

from consult.budgeting.choices import BallotPaper, gather
from consult.budgeting.openings import CHOSEN, Choices
from consult.i18n import N_
from consult.refusals import Refusal

PART = re.compile(r"(?P<number>[0-9]{1,6})(?:\s*[:=]\s*(?P<given>[0-9]{1,3}))?", re.ASCII)
BETWEEN = re.compile(r"\s*[,;]\s*|(?<![:=\s])\s+(?![:=\s])")


class MarksUnread(Refusal):
    """Something between the numbers is none."""

    sentence = N_("“%(part)s” is not the number of a project. Write the numbers one after another: 3, 7, 12.")
    field = "choices"


class MarksWithoutPoints(Refusal):
    """A ballot of points or grades says of each project what it is given."""

    sentence = N_("Write what the project %(number)s is given, after a colon: %(number)s:%(mark)s.")
    field = "choices"


def read_marks(typed: str, paper: BallotPaper) -> Choices:
    """Return what was typed of a ballot: `3, 7, 12`, or with points `3:2, 7:1`.

    Raises MarksUnread, MarksWithoutPoints, ChosenTwice.
    """
    marked = []
    for part in filter(None, BETWEEN.split(typed.strip())):
        found = PART.fullmatch(part)
        if found is None:
            raise MarksUnread(part=part[:20])
        number, given = str(int(found["number"])), found["given"]
        if given is None and len(paper.marks) > 1:
            raise MarksWithoutPoints(number=number, mark=max(paper.marks))
        marked.append((number, int(given) if given else CHOSEN))
    return gather(marked)


def write_marks(choices: Choices) -> str:
    """Return choices as they are typed."""
    measured = any(given != CHOSEN for given in choices.values())
    numbers = sorted(choices, key=int)
    return ", ".join(f"{number}:{choices[number]}" if measured else number for number in numbers)
