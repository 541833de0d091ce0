"""What the page of results shows, read from the file that was confirmed, not counted again for each reader."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from consult.budgeting.choices import BallotPaper, ListedPool
from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.elections import Election, election_of, paper_of
from consult.budgeting.projects import titles_of
from consult.budgeting.recount import projects_in
from consult.budgeting.results import count_of, result_of
from consult.counting.elections import Amount
from consult.counting.elections import Election as PoolVote
from consult.counting.results import Explanation, Fate, Result, Round
from consult.counting.sentences import sentences_of
from consult.identity.authorities import AuthorityId
from consult.record.continuity import number_of_newest
from consult.record.openings import election_file
from consult.refusals import NotFound


@dataclass(frozen=True)
class Line:
    """How a project fared. `cost`: in lei; `why`: in the words of the count."""

    number: str
    title: str
    cost: Amount
    votes: int
    has_won: bool
    why: str


@dataclass(frozen=True)
class PoolPage:
    """A pot of money, counted. `lines`: winners first; `ballots`: the digest of its `.pb` file.

    `conflicts`: the digest of the file that names projects which exclude each other, where some do. `voters`: how many
    ballots chose something here, `on_paper`: so many of them on paper.
    """

    pool: ListedPool
    voters: int
    on_paper: int
    budget: Amount
    cost: Amount
    lines: Sequence[Line]
    file: str
    ballots: str
    conflicts: str | None
    command: str

    @property
    def winners(self) -> Sequence[Line]:
        """The projects that won, in the order of their selection."""
        return [line for line in self.lines if line.has_won]

    @property
    def losers(self) -> Sequence[Line]:
        """The projects that did not, those with more votes first."""
        return sorted((line for line in self.lines if not line.has_won), key=lambda line: -line.votes)

    @property
    def most_votes(self) -> int:
        """How many votes a full bar stands for."""
        return max((line.votes for line in self.lines), default=0)


@dataclass(frozen=True)
class ResultsPage:
    """The results of a cycle. `digest`: of the result's file; `log`: in whose folder it lies.

    `online`, `on_paper`: how many ballots were counted; `invalid`: how many from the box were not.
    """

    cycle: Cycle
    online: int
    on_paper: int
    invalid: int
    pools: Sequence[PoolPage]
    digest: str
    log: int

    @property
    def ballots(self) -> int:
        """How many ballots were counted."""
        return self.online + self.on_paper


def results_page(db: Session, authority_id: AuthorityId, year: int) -> ResultsPage:
    """Return the results of an announced cycle. Raises NotFound before they are confirmed."""
    cycle = find_announced(db, authority_id, year)
    result, election = result_of(db, cycle.id), election_of(db, cycle.id)
    content = election_file(db, result.digest) if result and result.is_public else None
    if result is None or election is None or content is None:
        raise NotFound
    return read_results(db, cycle, election, content, result.digest)


def results_to_confirm(db: Session, cycle: Cycle) -> ResultsPage:
    """Return what would be published, counted now. Raises NotOpenedYet, NotFound."""
    count, election = count_of(db, cycle), election_of(db, cycle.id)
    if election is None:
        raise NotFound
    return read_results(db, cycle, election, count.content, count.digest)


def read_results(db: Session, cycle: Cycle, election: Election, content: bytes, digest: str) -> ResultsPage:
    """Return what a file of results says, with what the projects are called today."""
    stated, paper = json.loads(content), paper_of(db, election)
    titles = titles_of(db, cycle.id)
    pools = [_pool_page(paper, pool, each, titles) for pool, each in zip(paper.pools, stated["pools"], strict=True)]
    channels = stated["channels"]
    counted = channels["online"], channels["paper"], channels["paper_invalid"]
    return ResultsPage(cycle, *counted, pools, digest, number_of_newest(db))


def _pool_page(
    paper: BallotPaper,
    pool: ListedPool,
    stated: Mapping[str, Any],
    titles: Mapping[str, str],  # Any: of JSON
) -> PoolPage:
    result = _result(paper, pool, stated["result"], titles)
    projects, won = result.election.projects, set(result.selected)
    lines = []
    for place, why in sentences_of(result):
        project, number = projects[place], projects[place].id.lstrip("0")
        votes = result.explanations[place].votes
        lines.append(Line(number, titles.get(number, ""), project.cost, votes, place in won, why))
    return PoolPage(
        pool,
        stated["result"]["voters"],
        stated["voters"]["paper"],
        result.election.budget,
        result.cost,
        lines,
        stated["file"],
        stated["ballots"],
        stated["conflicts"],
        stated["command"],
    )


def _result(paper: BallotPaper, pool: ListedPool, stated: Mapping[str, Any], titles: Mapping[str, str]) -> Result:
    projects = projects_in(paper, pool, titles)
    places = {project.id: place for place, project in enumerate(projects)}
    return Result(
        PoolVote(Fraction(stated["budget"]), projects, []),
        stated["rule"],
        [Round(places[each["project"]], Fraction(each["left"]), Fate(each["fate"])) for each in stated["rounds"]],
        # Where nobody voted a rule may have nothing to explain.
        explanations=dict.fromkeys(places.values(), Explanation(Fate.NO_SUPPORT, 0, 0))
        | {places[key]: _explanation(each, places) for key, each in stated["explanations"].items()},
    )


def _explanation(stated: Mapping[str, Any], places: Mapping[str, int]) -> Explanation:
    return Explanation(
        Fate(stated["fate"]),
        stated["votes"],
        Fraction(stated["score"]),
        round=stated["round"],
        needed=None if stated["needed"] is None else Fraction(stated["needed"]),
        behind=None if stated["behind"] is None else Fraction(stated["behind"]),
        rivals={places[key]: Fraction(money) for key, money in stated["rivals"].items()},
        winning_cost=stated["winning_cost"],
        winning_votes=stated["winning_votes"],
    )
