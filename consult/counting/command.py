"""What `consult count` prints; the command line itself is in `consult.commands`."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from consult.counting.categories import count_by_category
from consult.counting.elections import Amount, Election
from consult.counting.equal_shares import Shares, count_equal_shares
from consult.counting.explaining import explain_shares
from consult.counting.greedy import Terms, count_by_cost, count_by_votes
from consult.counting.judgement import count_by_judgement
from consult.counting.phragmen import count_phragmen
from consult.counting.results import Explanation, Result
from consult.counting.sentences import sentences_of
from consult.counting.ties import TieOrder


class Rule(StrEnum):
    """The counting rules, by their names on the command line and in the packs of cycles."""

    GREEDY_VOTES = "greedy-votes"
    GREEDY_COST = "greedy-cost"
    PHRAGMEN = "phragmen"
    EQUAL_SHARES = "equal-shares"
    CATEGORY_GUARANTEE = "category-guarantee"
    MAJORITY_JUDGEMENT = "majority-judgement"


@dataclass(frozen=True)
class Options:
    """Everything that a city declares besides the rule; a rule looks at what concerns it."""

    terms: Terms = field(default_factory=Terms)
    shares: Shares = field(default_factory=Shares)
    most_projects: int | None = None
    explains: bool = False


def count(election: Election, rule: Rule, ties: TieOrder, options: Options | None = None) -> Result:
    """Count an election by a rule. Raises NoGrades."""
    options = options or Options()
    counts: dict[Rule, Callable[[], Result]] = {
        Rule.GREEDY_VOTES: lambda: count_by_votes(election, ties, options.terms),
        Rule.GREEDY_COST: lambda: count_by_cost(election, ties, options.terms),
        Rule.PHRAGMEN: lambda: count_phragmen(election, ties),
        Rule.EQUAL_SHARES: lambda: count_equal_shares(election, ties, options.shares),
        Rule.CATEGORY_GUARANTEE: lambda: count_by_category(
            election, ties, most_projects=options.most_projects, least_votes=options.terms.least_votes
        ),
        Rule.MAJORITY_JUDGEMENT: lambda: count_by_judgement(election, ties, options.terms),
    }
    result = counts[rule]()
    if rule is Rule.EQUAL_SHARES and options.explains and election.voters:
        return explain_shares(result, ties, options.shares)
    return result


def as_json(result: Result, *, explains: bool = False) -> str:
    """Return a result as open data: ids of projects, exact amounts."""
    ids = [project.id for project in result.election.projects]
    plain = {
        "rule": result.rule,
        "completion": result.completion,
        "selected": [ids[place] for place in result.selected],
        "cost": plain_amount(result.cost),
        "budget": plain_amount(result.election.budget),
        "voters": result.election.voters,
        "endowment": None if result.endowment is None else str(result.endowment),
        "runs": result.runs,
        "rounds": [
            {
                "round": number,
                "project": ids[each.project],
                "fate": each.fate,
                "left": plain_amount(each.left),
                "effective_votes": each.effective_votes,
            }
            for number, each in enumerate(result.rounds, start=1)
        ],
        "ties": [
            {"projects": [ids[place] for place in tie.projects], "chosen": ids[tie.chosen]} for tie in result.ties
        ],
        "explanations": (
            {ids[place]: _plain_explanation(ids, each) for place, each in result.explanations.items()}
            if explains
            else {}
        ),
    }
    return json.dumps(plain, ensure_ascii=False)


def _plain_explanation(ids: Sequence[str], each: Explanation) -> dict[str, object]:
    return {
        "fate": each.fate,
        "votes": each.votes,
        "score": plain_amount(each.score),
        "round": each.round,
        "needed": None if each.needed is None else plain_amount(each.needed),
        "behind": None if each.behind is None else plain_amount(each.behind),
        "rivals": {ids[place]: plain_amount(money) for place, money in each.rivals.items()},
        "winning_cost": each.winning_cost,
        "winning_votes": each.winning_votes,
    }


def plain_amount(amount: Amount) -> int | str:
    """Return an amount for JSON: a whole number, or a decimal or fraction as text, so that nothing is rounded."""
    value = Fraction(amount)
    if value.denominator == 1:
        return value.numerator
    decimal = Decimal(value.numerator) / value.denominator
    return str(decimal) if Fraction(decimal) == value else str(value)


def as_lines(result: Result, *, explains: bool = False) -> Iterator[str]:
    """Yield a result for people: the winners in their order, then, if asked for, a sentence about each project."""
    projects = result.election.projects
    for number, each in enumerate(result.rounds, start=1):
        project = projects[each.project]
        yield f"{number:4}. {project.id}  {plain_amount(project.cost)}  {project.name}".rstrip()
    yield f"{plain_amount(result.cost)} / {plain_amount(result.election.budget)}"
    if explains:
        for place, sentence in sentences_of(result):
            yield f"{projects[place].id}: {sentence}"
