"""The counting rules on elections that a person can count by hand."""

from fractions import Fraction

import pytest
from hypothesis import given, settings

from consult.counting.categories import count_by_category
from consult.counting.elections import Ballot, BallotKind, Election, Project
from consult.counting.equal_shares import Completion, Shares, Start, Stop, Utility, count_equal_shares, run_once
from consult.counting.exact_shares import ExactPurses
from consult.counting.explaining import explain_shares
from consult.counting.greedy import Terms, count_by_cost, count_by_votes
from consult.counting.judgement import NoGrades, count_by_judgement, majority_value
from consult.counting.phragmen import count_phragmen
from consult.counting.purses import Electorate
from consult.counting.results import Fate
from consult.counting.ties import LotIncomplete, TieRule, drawn_order, tie_order
from tests.counting.elections import by_id, election, elections, ids
from tests.tiers import examples

PARK = election({"a": 60, "b": 50, "c": 30, "d": 10}, ["a", "a", "a", "b", "b", "ac", "c", "d"], 100)


def winners(counted, result):
    return "".join(ids(counted, result.selected))


class TestByVotes:
    def test_what_does_not_fit_is_passed_over(self):
        result = count_by_votes(PARK, by_id(PARK))

        assert winners(PARK, result) == "acd"
        assert (result.cost, result.rounds[-1].left) == (100, 0)
        assert result.explanations[1].fate is Fate.DID_NOT_FIT
        assert result.explanations[1].needed == 10
        assert result.explanations[1].winning_cost == 40

    def test_or_the_count_ends_at_it(self):
        result = count_by_votes(PARK, by_id(PARK), Terms(skips=False))

        assert winners(PARK, result) == "a"
        assert result.explanations[2].fate is Fate.AFTER_THE_END

    def test_fewer_votes_than_the_least_are_not_enough(self):
        result = count_by_votes(PARK, by_id(PARK), Terms(least_votes=2))

        assert winners(PARK, result) == "ac"
        assert result.explanations[3].fate is Fate.BELOW_THRESHOLD
        assert result.explanations[3].winning_votes == 1

    def test_the_first_that_does_not_fit_is_topped_up_when_most_of_its_cost_is_left(self):
        generous = count_by_votes(PARK, by_id(PARK), Terms(top_up=Fraction(4, 5)))
        strict = count_by_votes(PARK, by_id(PARK), Terms(top_up=Fraction(9, 10)))

        assert winners(PARK, generous) == "ab"
        assert generous.rounds[-1].fate is Fate.TOPPED_UP
        assert generous.rounds[-1].left == -10
        assert winners(PARK, strict) == "acd"

    def test_of_two_that_exclude_each_other_the_first_stands(self):
        result = count_by_votes(PARK, by_id(PARK), Terms(conflicts=[frozenset({0, 2})]))

        assert winners(PARK, result) == "ad"
        assert result.explanations[2].fate is Fate.EXCLUDED

    def test_for_the_money_the_cheap_go_first(self):
        assert winners(PARK, count_by_cost(PARK, by_id(PARK))) == "dac"


class TestTies:
    def test_equals_stand_in_the_declared_order(self):
        tied = election({"b": 3, "a": 5}, ["a", "b"], 5)

        by_rule = {rule: winners(tied, count_by_votes(tied, tie_order(tied, rule))) for rule in TieRule}

        assert by_rule == {TieRule.ID: "a", TieRule.COST: "b", TieRule.VOTES: "a"}
        assert winners(tied, count_by_votes(tied, drawn_order(tied, ["b", "a"]))) == "b"

    def test_a_tie_is_told(self):
        tied = election({"b": 3, "a": 5}, ["a", "b"], 5)

        (tie,) = count_by_votes(tied, by_id(tied)).ties

        assert (ids(tied, tie.projects), tie.chosen) == (["a", "b"], 1)

    @pytest.mark.parametrize("drawn", [["a"], ["a", "a"], ["a", "c"], ["a", "b", "c"]])
    def test_a_lot_names_each_project_once(self, drawn):
        tied = election({"b": 3, "a": 5}, ["a", "b"], 5)

        with pytest.raises(LotIncomplete):
            drawn_order(tied, drawn)


class TestEqualShares:
    def test_each_group_gets_what_its_part_of_the_money_buys(self):
        split = election({"a": 60, "b": 60, "c": 40}, ["ab"] * 6 + ["c"] * 4, 100)

        assert winners(split, count_equal_shares(split, by_id(split))) == "ac"
        assert winners(split, count_by_votes(split, by_id(split))) == "ac"
        greedy = election({"a": 50, "b": 50, "c": 40}, ["ab"] * 6 + ["c"] * 4, 100)
        assert winners(greedy, count_by_votes(greedy, by_id(greedy))) == "ab"
        assert winners(greedy, count_equal_shares(greedy, by_id(greedy))) == "ac"

    def test_more_is_given_to_everybody_until_too_much_would_be_spent(self):
        scarce = election({"a": 60, "b": 60, "c": 40}, ["a"] * 4 + ["b"] * 3 + ["c"] * 3, 100)
        shares = Shares(completion=Completion.ADD1)

        result = count_equal_shares(scarce, by_id(scarce), shares)

        assert winners(scarce, count_equal_shares(scarce, by_id(scarce))) == ""
        assert winners(scarce, result) == "ac"
        assert result.endowment == 15
        assert result.runs == 6

    def test_only_overspending_stops_where_that_was_declared(self):
        scarce = election({"a": 60, "b": 60, "c": 40}, ["a"] * 4 + ["b"] * 3 + ["c"] * 3, 100)

        result = count_equal_shares(scarce, by_id(scarce), Shares(completion=Completion.ADD1, stop=Stop.OVERSPEND))

        assert result.endowment == 19

    def test_what_is_left_goes_by_votes_where_that_was_declared(self):
        little = election({"a": 90, "b": 10}, ["a", "a", "b"], 100)

        result = count_equal_shares(little, by_id(little), Shares(completion=Completion.ADD1_UTILITARIAN))

        assert {each.fate for each in result.rounds} <= {Fate.WON, Fate.COMPLETED}
        assert result.cost == 100

    def test_an_endowment_may_begin_without_its_fraction(self):
        thirds = election({"a": 34}, ["a", "", ""], 100)

        assert winners(thirds, count_equal_shares(thirds, by_id(thirds), Shares(start=Start.RATIONAL))) == ""
        floor = count_equal_shares(thirds, by_id(thirds), Shares(completion=Completion.ADD1, start=Start.FLOOR))
        assert floor.endowment == 34

    def test_an_election_without_voters_chooses_nothing(self):
        nobody = election({"a": 1}, [], 10)

        assert count_equal_shares(nobody, by_id(nobody)).selected == ()

    @settings(max_examples=examples(300), deadline=None)
    @given(elections(most_voters=12))
    def test_floats_and_fractions_buy_the_same(self, counted):
        for utility in Utility:
            voters = Electorate(counted, by_cost=utility is Utility.COST)
            endowment = Fraction(counted.budget) / counted.voters

            run = run_once(voters, endowment, by_id(counted))

            exact = ExactPurses(voters, endowment)
            selected = []
            while best := exact.cheapest():
                selected.append(min(best, key=by_id(counted).__getitem__))
                exact.buy(selected[-1], exact.price_of(selected[-1]))
            assert list(run.selected) == selected

    @settings(max_examples=examples(200), deadline=None)
    @given(elections(kind=BallotKind.SCORING))
    def test_nobody_overspends_and_the_reason_of_each_loser_holds(self, counted):
        shares = Shares(completion=Completion.ADD1, utility=Utility.CARDINALITY)

        result = explain_shares(count_equal_shares(counted, by_id(counted), shares), by_id(counted), shares)

        assert result.cost <= counted.budget
        for place, each in result.explanations.items():
            assert each.is_winner == (place in result.selected)
            if each.fate is Fate.TOO_LITTLE_SUPPORT:
                assert each.behind < counted.projects[place].cost
                voters = Electorate(counted, by_cost=False)
                more = voters.with_more(place, each.winning_votes)
                assert place in run_once(more, result.endowment, by_id(counted)).selected
                fewer = voters.with_more(place, each.winning_votes - 1)
                assert (
                    each.winning_votes == 1 or place not in run_once(fewer, result.endowment, by_id(counted)).selected
                )

    def test_a_supporter_at_the_very_edge_of_poverty_does_not_keep_the_count_for_ever(self):
        given = [
            (2, {2: 3, 3: 1}),
            (3, {}),
            (3, {1: 4, 3: 4, 4: 2}),
            (1, {1: 3, 3: 1}),
            (2, {0: 3, 4: 4}),
            (2, {0: 3, 2: 3, 4: 1}),
            (1, {0: 4, 4: 1}),
            (1, {1: 1, 3: 3, 4: 3}),
        ]
        projects = [Project(f"p{place}", cost) for place, cost in enumerate((5, 4, 6, 6, 4))]
        ballots = [Ballot(tuple(points.items()), voters) for voters, points in given]
        counted = Election(10, projects, ballots, BallotKind.SCORING)

        result = count_equal_shares(counted, by_id(counted), Shares(completion=Completion.ADD1))

        exact = ExactPurses(Electorate(counted, by_cost=True), result.endowment)
        bought = []
        while best := exact.cheapest():
            bought.append(min(best, key=by_id(counted).__getitem__))
            exact.buy(bought[-1], exact.price_of(bought[-1]))
        assert list(result.selected) == bought


class TestPhragmen:
    def test_it_stops_at_the_first_that_would_overspend(self):
        counted = election({"a": 6, "b": 6, "c": 4}, ["a", "a", "b", "b", "c"], 10)

        assert winners(counted, count_phragmen(counted, by_id(counted))) == "a"


class TestCategoryGuarantee:
    def test_the_first_of_each_category_is_in_and_the_others_follow_by_votes(self):
        projects = [
            Project("a", 30, categories=("parcuri",)),
            Project("b", 30, categories=("parcuri",)),
            Project("c", 30, categories=("școli",)),
            Project("d", 30, categories=("sport",)),
        ]
        ballots = [Ballot(((0, 1), (1, 1)), 5), Ballot(((2, 1),), 1)]
        counted = Election(100, projects, ballots)

        result = count_by_category(counted, by_id(counted))
        few = count_by_category(counted, by_id(counted), most_projects=1)

        assert winners(counted, result) == "acb"
        assert result.explanations[2].fate is Fate.GUARANTEED
        assert result.explanations[3].fate is Fate.DID_NOT_FIT
        assert winners(counted, few) == "a"


class TestMajorityJudgement:
    def test_the_best_median_goes_first(self):
        projects = [Project("a", 5), Project("b", 5)]
        ballots = [Ballot(((0, 3),), 2), Ballot(((0, 1), (1, 2)), 3)]
        counted = Election(5, projects, ballots, BallotKind.SCORING)

        assert winners(counted, count_by_judgement(counted, by_id(counted))) == "b"

    def test_equal_medians_are_parted_by_the_next(self):
        assert majority_value({1: 2, 2: 3}) == [(2, 1), (1, 1), (2, 1), (1, 1), (2, 1)]

    def test_ballots_that_only_name_projects_have_no_grades(self):
        with pytest.raises(NoGrades):
            count_by_judgement(PARK, by_id(PARK))
