"""Majority judgement: every project is given a grade by every voter, and its median grade ranks it.

Equal medians are parted as its authors do: one median grade after the other is taken away from both until they differ.
Source: Balinski, Laraki, "A theory of measuring, electing, and ranking", PNAS 2007.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cmp_to_key

from consult.counting.elections import Amount, BallotKind, Election
from consult.counting.greedy import Terms, count_in_order
from consult.counting.results import Result
from consult.counting.ties import TieOrder
from consult.i18n import N_
from consult.refusals import Refusal

#: The medians of a project one after the other, each with how many times it comes.
MajorityValue = list[tuple[Amount, int]]


class NoGrades(Refusal):
    """Ballots that only name or rank projects have no grades."""

    sentence = N_("Majority judgement needs ballots that give each project a grade; these do not.")


def count_by_judgement(election: Election, ties: TieOrder, terms: Terms | None = None) -> Result:
    """Choose by majority judgement: the best graded first, as long as the money lasts. Raises NoGrades.

    Grades are the points of the ballots, the more the better; who gave a project none gave it `default_score`, or 0.
    """
    if election.kind is not BallotKind.SCORING:
        raise NoGrades
    values = [majority_value(grades) for grades in grades_of(election)]

    def better(one: int, other: int) -> int:
        return _compare(values[one], values[other])

    order = sorted(range(len(values)), key=cmp_to_key(better))
    ranks: dict[int, int] = {}
    for rank, place in enumerate(order):
        is_equal = rank > 0 and better(order[rank - 1], place) == 0
        ranks[place] = ranks[order[rank - 1]] if is_equal else rank
    return count_in_order(election, "majority-judgement", lambda place: ranks[place], ties, terms or Terms())


def grades_of(election: Election) -> Sequence[Mapping[Amount, int]]:
    """Return how many voters gave each project each grade."""
    default: Amount = int(election.meta.get("default_score") or 0)
    grades: list[Counter[Amount]] = [Counter() for _ in election.projects]
    for ballot in election.ballots:
        for place, points in ballot.points:
            grades[place][points] += ballot.voters
    for each in grades:
        each[default] += election.voters - each.total()
    return grades


def majority_value(grades: Mapping[Amount, int]) -> MajorityValue:
    """Return a project's median grade, the median of what is left without it, and so on to the last.

    The median of an even number is the lower of the two in the middle. As many are taken at once as are the median one
    after the other.
    """
    left = {grade: number for grade, number in sorted(grades.items()) if number}
    value: MajorityValue = []
    total = sum(left.values())
    while total:
        grade, below = _median(left, total)
        above = total - below - left[grade]
        times = min(total - 2 * below, below + left[grade] - above + 1, left[grade])
        value.append((grade, times))
        left[grade] -= times
        total -= times
    return value


def _median(left: Mapping[Amount, int], total: int) -> tuple[Amount, int]:
    """Return the median of grades that are in order, and how many lie below it."""
    below = 0
    for grade, number in left.items():
        if number and below + number >= (total + 1) // 2:
            return grade, below
        below += number
    raise AssertionError("the grades are as many as their total")


def _compare(one: MajorityValue, other: MajorityValue) -> int:
    """Compare two majority values as the sequences of grades that they stand for; below 0 when `one` is worse."""
    first, second = list(one), list(other)
    while first and second:
        (grade, times), (grade_there, times_there) = first[0], second[0]
        if grade != grade_there:
            return -1 if grade < grade_there else 1
        both = min(times, times_there)
        for sequence, run in ((first, times), (second, times_there)):
            sequence[:1] = [(grade, run - both)] if run > both else []
    return len(first) - len(second)
