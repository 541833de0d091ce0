"""Whether a ballot paper can be voted and counted by at all, whoever made it.

What a hostile log calls a ballot paper may contradict itself; judging and counting by it would then say nothing.
"""

from collections import Counter
from collections.abc import Iterator

from consult.budgeting.choices import BallotPaper
from consult.policy.voting_rules import VotingRules
from consult.policy.voting_soundness import rules_faults


def countable_faults(rules: VotingRules) -> Iterator[str]:
    """Find what keeps votes from being counted by some rules: a pack may leave open who wins between equals."""
    for fault in rules_faults(rules, "rules"):
        yield f"{fault.place}: {fault.sentence}"
    if rules.tie is None:
        yield "rules.tie: nobody wins between equals"


def paper_faults(paper: BallotPaper) -> Iterator[str]:
    """Find what is wrong with a ballot paper by itself."""
    yield from countable_faults(paper.rules)
    if not paper.projects:
        yield "projects: there is none"
    pools = {pool.key for pool in paper.pools}
    for key, times in Counter(pool.key for pool in paper.pools).items():
        if times > 1:
            yield f"pools: the pool {key} stands there twice"
    for pool in paper.pools:
        if pool.amount <= 0:
            yield f"pools: the pool {pool.key} has no money"
    for number, times in Counter(project.number for project in paper.projects).items():
        if times > 1 or not (number.isascii() and number.isdigit()):
            yield f"projects: {number!r} is no number of one project"
    for project in paper.projects:
        if project.pool not in pools or project.cost <= 0:
            yield f"projects: the project {project.number} has no pool or no cost"
