"""The small files beside an election: an order drawn by lot, and pairs of projects that exclude each other."""

from collections.abc import Collection, Sequence

from consult.counting.elections import Election
from consult.counting.faults import NoElection
from consult.counting.pabulib import text_of
from consult.i18n import N_


def read_lot(content: bytes) -> Sequence[str]:
    """Return the ids of a file in which each line holds one, in the order drawn. Raises NotText."""
    return [line.strip() for line in text_of(content).splitlines() if line.strip()]


def read_conflicts(content: bytes, election: Election) -> Collection[frozenset[int]]:
    """Return the pairs of a file with two ids in each line, parted by a semicolon. Raises NoElection, NotText."""
    places = {project.id: place for place, project in enumerate(election.projects)}
    pairs = []
    for number, line in enumerate(text_of(content).splitlines(), start=1):
        ids = [each.strip() for each in line.split(";")]
        if not line.strip():
            continue
        if len(set(ids)) != 2 or not places.keys() >= set(ids):  # noqa: PLR2004 - a pair
            raise NoElection(number, N_("two different projects of this election, parted by a semicolon, belong here."))
        pairs.append(frozenset(places[each] for each in ids))
    return pairs
