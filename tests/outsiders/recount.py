"""Counts elections with pabutools and holds files against pabulib-checker: run by an interpreter that has both.

Reads a request a line and answers each with a line, both JSON. An election is counted by every rule that pabutools has
for its ballots, its winners in the order of their selection; a file is answered with what is wrong with it.
"""

import contextlib
import json
import sys

from pabulib.checker import Checker
from pabutools.election import (
    Additive_Cardinal_Sat,
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    Cardinality_Sat,
    CardinalProfile,
    Cost_Sat,
    Instance,
    Project,
    parse_pabulib,
)
from pabutools.rules import (
    exhaustion_by_budget_increase,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)
from pabutools.tiebreaking import TieBreakingRule

#: What is still equal is decided by the id, as a string; pabutools itself leaves it to the order of a set.
TIES = {
    "id": TieBreakingRule(lambda _instance, _profile, project: project.name),
    "cost": TieBreakingRule(lambda _instance, _profile, project: (project.cost, project.name)),
    "votes": TieBreakingRule(lambda _instance, profile, project: (-votes(profile, project), project.name)),
}


def votes(profile, project):
    """Return how many ballots name a project, whatever they give to it."""
    return sum(project in ballot for ballot in profile)


def election(asked):
    """Return an election as pabutools sees it, every voter with a ballot of their own."""
    projects = {name: Project(name, cost) for name, cost in asked["costs"].items()}
    instance = Instance(projects.values(), budget_limit=asked["budget"])
    given = [ballot for ballot, voters in asked["ballots"] for _ in range(voters)]
    if asked["names_only"]:
        ballots = [ApprovalBallot([projects[name] for name in ballot]) for ballot in given]
        return instance, ApprovalProfile(ballots, instance=instance)
    ballots = [CardinalBallot({projects[name]: points for name, points in ballot.items()}) for ballot in given]
    return instance, CardinalProfile(ballots, instance=instance)


def of_names(instance, profile, ties):
    """Count ballots that only name projects. What pabutools calls greedy by cost utility is by votes, and so on."""
    shares = {"sat_class": Cost_Sat, "tie_breaking": ties}
    add1 = method_of_equal_shares(instance, profile, voter_budget_increment=1, **shares)
    return {
        "greedy-votes": greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, tie_breaking=ties),
        "greedy-cost": greedy_utilitarian_welfare(instance, profile, sat_class=Cardinality_Sat, tie_breaking=ties),
        "phragmen": sequential_phragmen(instance, profile, tie_breaking=ties),
        "shares": method_of_equal_shares(instance, profile, **shares),
        "shares-of-projects": method_of_equal_shares(instance, profile, sat_class=Cardinality_Sat, tie_breaking=ties),
        "add1": add1,
        "add1-overspend": exhaustion_by_budget_increase(
            instance,
            profile,
            method_of_equal_shares,
            shares,
            exhaustive_stop=False,
            budget_step=profile.num_ballots(),
        ),
        "add1-utilitarian": greedy_utilitarian_welfare(
            instance, profile, sat_class=Cost_Sat, tie_breaking=ties, initial_budget_allocation=add1
        ),
    }


def of_points(instance, profile, ties):
    """Count ballots that give points."""
    shares = {"sat_class": Additive_Cardinal_Sat, "tie_breaking": ties}
    return {
        "greedy-cost": greedy_utilitarian_welfare(instance, profile, **shares),
        "points": method_of_equal_shares(instance, profile, **shares),
        "points-add1": method_of_equal_shares(instance, profile, voter_budget_increment=1, **shares),
    }


def counted(asked):
    """Return the winners of an election by each rule."""
    instance, profile = election(asked)
    by_rule = (of_names if asked["names_only"] else of_points)(instance, profile, TIES[asked["ties"]])
    return {rule: [project.name for project in winners] for rule, winners in by_rule.items()}


def shared_out(asked):
    """Return the winners of a file by equal shares with `add1`, from the file to the result."""
    instance, profile = parse_pabulib(asked["path"])
    merged = profile.as_multiprofile()
    winners = method_of_equal_shares(instance, merged, sat_class=Cost_Sat, voter_budget_increment=1)
    return [project.name for project in winners]


def checked(asked):
    """Return what pabulib-checker finds wrong with a file."""
    checker = Checker()
    checker.process_files([asked["text"]])
    return checker.results[1]["results"]["errors"]


ANSWERS = {"count": counted, "share-out": shared_out, "check": checked}

if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        # The checker says a line about each file to whoever started it.
        with contextlib.redirect_stdout(sys.stderr):
            answer = ANSWERS[request["do"]](request)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
