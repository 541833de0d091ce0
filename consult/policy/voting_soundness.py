"""What no schema can say of the rules of a vote, because it is about how their parts speak of each other."""

from collections.abc import Iterator

from consult.counting.command import Rule
from consult.policy.faults import Fault
from consult.policy.voting_rules import BallotForm, Marks, Remainder, VotingRules

#: The rules that go through the projects in an order, so that one of them is the first that does not fit.
IN_ORDER = frozenset({Rule.GREEDY_VOTES, Rule.GREEDY_COST, Rule.MAJORITY_JUDGEMENT})
#: The rules that know of a least number of votes.
WITH_THRESHOLD = IN_ORDER | {Rule.CATEGORY_GUARANTEE}


def rules_faults(rules: VotingRules, place: str) -> Iterator[Fault]:
    """Find what makes well-formed rules unusable. `place`: where they stand."""
    kinds = [marks.kind for marks in rules.marks]
    if len(set(kinds)) != len(kinds):
        yield Fault(f"{place}.marks", "the pools of one kind are spoken of twice")
    for index, marks in enumerate(rules.marks):
        yield from _marks_faults(rules, marks, f"{place}.marks[{index}]")
    yield from _ballot_faults(rules, place)
    if (rules.shares is not None) != (rules.rule is Rule.EQUAL_SHARES):
        yield Fault(f"{place}.shares", f"`shares` are said where the rule is {Rule.EQUAL_SHARES}, and only there")
    if rules.remainder.to_city and len(kinds) == 1:
        yield Fault(f"{place}.remainder.to_city", "money goes to the city only where there are districts as well")
    if rules.remainder.top_up and rules.remainder.top_up_lei:
        yield Fault(f"{place}.remainder.top_up_lei", "either `top_up` or `top_up_lei` is said, not both")
    ordinary = Remainder(to_city=rules.remainder.to_city)
    if rules.rule not in IN_ORDER and rules.remainder != ordinary:
        yield Fault(f"{place}.remainder", f"the rule {rules.rule} knows neither `skips` nor `top_up`")
    if len({each.id for each in rules.criteria}) != len(rules.criteria):
        yield Fault(f"{place}.criteria", "two criteria bear the same name")
    if rules.most_projects and rules.rule is not Rule.CATEGORY_GUARANTEE:
        yield Fault(f"{place}.most_projects", f"only the rule {Rule.CATEGORY_GUARANTEE} knows `most_projects`")


def _ballot_faults(rules: VotingRules, place: str) -> Iterator[Fault]:
    if bool(rules.points) != (rules.ballot is BallotForm.POINTS):
        yield Fault(f"{place}.points", f"`points` are said where the ballot is {BallotForm.POINTS}, and only there")
    if sorted(rules.points, reverse=True) != list(rules.points):
        yield Fault(f"{place}.points", "what is put first gets the most points")
    if (len(rules.grades) > 1) != (rules.ballot is BallotForm.GRADES):
        yield Fault(f"{place}.grades", f"two `grades` or more are said where the ballot is {BallotForm.GRADES}")
    if (rules.rule is Rule.MAJORITY_JUDGEMENT) != (rules.ballot is BallotForm.GRADES):
        yield Fault(f"{place}.rule", f"the rule {Rule.MAJORITY_JUDGEMENT} and ballots of grades belong together")


def _marks_faults(rules: VotingRules, marks: Marks, place: str) -> Iterator[Fault]:
    if marks.most is not None and marks.least > marks.most:
        yield Fault(f"{place}.least", "more projects are asked for than may be marked")
    if rules.ballot is BallotForm.CHOOSE_ONE and marks.most != 1:
        yield Fault(f"{place}.most", f"on a ballot {BallotForm.CHOOSE_ONE} one project is marked")
    if rules.points and marks.most != len(rules.points):
        yield Fault(f"{place}.most", f"there are points for {len(rules.points)} projects")
    if marks.least_votes and rules.rule not in WITH_THRESHOLD:
        yield Fault(f"{place}.least_votes", f"the rule {rules.rule} knows no least number of votes")
