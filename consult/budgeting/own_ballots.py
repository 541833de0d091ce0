"""Finding one's own ballot among those that were published: by the code of the receipt, or the number on the paper.

Gdańsk lost the points of 11,414 ballots in 2018, and no voter could have seen it. Here everybody can look.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.budgeting.codes import grouped, read_code
from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.elections import election_of, paper_of
from consult.budgeting.opened import published_openings
from consult.budgeting.openings import Choices
from consult.budgeting.paper_counts import paper_ballots_of
from consult.budgeting.projects import titles_of
from consult.i18n import N_
from consult.identity.authorities import AuthorityId
from consult.record.continuity import number_of_newest
from consult.refusals import NotFound, Refusal


class NoSuchBallot(Refusal):
    """No published ballot has this code: it was replaced by a later one, or the promise on the receipt convicts."""

    sentence = N_(
        "No ballot that was counted has this code. If you voted again later, only the last one counts. If you did not, "
        "show the promise on your receipt: with it anybody can prove that your ballot is missing."
    )
    field = "code"


@dataclass(frozen=True)
class OpenedVote:
    """A vote whose ballots are published. `openings`: the digest of their file; `log`: in whose folder it lies."""

    cycle: Cycle
    openings: str
    log: int


@dataclass(frozen=True)
class OwnBallot:
    """A ballot as it was counted. `word`: empty for one on paper; `chosen`: number, title, and what it was given."""

    code: str
    word: str
    chosen: Sequence[tuple[str, str, int]]


def opened_vote(db: Session, authority_id: AuthorityId, year: int) -> OpenedVote:
    """Return a vote whose ballots are published. Raises NotFound before that."""
    cycle = find_announced(db, authority_id, year)
    election = election_of(db, cycle.id)
    if election is None or election.openings is None:
        raise NotFound
    return OpenedVote(cycle, election.openings, number_of_newest(db))


def find_ballot(db: Session, vote: OpenedVote, typed: str) -> OwnBallot:
    """Return the ballot of a code, or of the number on a ballot of paper. Raises CodeMistyped, NoSuchBallot."""
    code = read_code(typed)
    for opening in published_openings(db, vote.cycle.id):
        if opening.code == code:
            return _ballot(db, vote.cycle, code, opening.word, opening.choices)
    for ballot in paper_ballots_of(db, vote.cycle):
        if ballot.number == code:
            return _ballot(db, vote.cycle, code, "", ballot.choices)
    raise NoSuchBallot


def _ballot(db: Session, cycle: Cycle, code: str, word: str, choices: Choices) -> OwnBallot:
    titles = titles_of(db, cycle.id)
    election = election_of(db, cycle.id)
    assert election is not None, "what is published was voted on"
    listed = [each.number for each in paper_of(db, election).projects if each.number in choices]
    return OwnBallot(grouped(code), word, [(number, titles.get(number, ""), choices[number]) for number in listed])
