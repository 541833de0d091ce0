"""The checklist of a review: what the cycle's rules ask of every project, answered one by one and published with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import N_
from consult.policy.review_rules import Criterion, Met
from consult.refusals import Refusal


class Unanswered(Refusal):
    """A review answers every criterion of its kind."""

    sentence = N_("Answer each criterion of the checklist; still open: %(criteria)s")
    field = "answers"


class PassesUnmet(Refusal):
    """A project of which a criterion does not hold cannot pass."""

    sentence = N_("A project that does not meet a criterion does not pass: %(criteria)s")
    field = "passes"


@dataclass(frozen=True)
class Answered:
    """A criterion with what was found of it."""

    criterion: Criterion
    met: Met


def check_answers(criteria: Sequence[Criterion], answers: Mapping[str, Met], *, passes: bool) -> Mapping[str, Met]:
    """Return the answers to the criteria of a review, and no other. Raises Unanswered, PassesUnmet."""
    still_open = [each for each in criteria if each.id not in answers]
    if still_open:
        raise Unanswered(criteria=_told(still_open))
    unmet = [each for each in criteria if answers[each.id] is Met.NO]
    if passes and unmet:
        raise PassesUnmet(criteria=_told(unmet))
    return {each.id: answers[each.id] for each in criteria}


def together_found(criteria: Iterable[Criterion], answers: Sequence[Mapping[str, Met]]) -> list[Answered]:
    """Return what all reviews of a project found of each criterion that one of them looked at.

    One department that finds it not met is enough; otherwise one that finds it met.
    """
    found = [(each, {some[each.id] for some in answers if each.id in some}) for each in criteria]
    return [Answered(each, min(said, key=[Met.NO, Met.YES, Met.NOT_CONCERNED].index)) for each, said in found if said]


def _told(criteria: Iterable[Criterion]) -> str:
    return " ".join(str(each.words) for each in criteria)
