"""The ballots opened: after the close two holders of the commission's key let everybody see what was chosen.

The key is put together in the memory of one command and forgotten with it. Every ballot that counts is published, one a
line and sorted by its commitment, so that nothing of the order in which people voted is left.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.budgeting.ballots import BallotRow
from consult.budgeting.choices import BallotPaper, check_choices
from consult.budgeting.closing import COUNTING
from consult.budgeting.codes import code_of, grouped
from consult.budgeting.commission_key import Part, join_parts, unseal
from consult.budgeting.cycles import CycleId
from consult.budgeting.elections import announced, election_of, paper_of
from consult.budgeting.openings import Opening, read_opening
from consult.budgeting.paper_counts import paper_ballots_of
from consult.i18n import N_
from consult.record.entries import append
from consult.record.entry_form import Signer
from consult.record.events.elections import BallotsOpened
from consult.record.faults import Fault
from consult.record.openings import election_file, keep_election_file
from consult.record.roles import OPERATOR
from consult.refusals import NotFound, Refusal

#: Those who hold the key act at the machine, where no official can be signed in.
HOLDERS = Signer(OPERATOR, OPERATOR)

logger = logging.getLogger(__name__)


class NotClosedYet(Refusal):
    """While people vote nobody opens a ballot."""

    sentence = N_("The vote is not closed: no ballot can be opened before the list of all of them is in the record.")


class OpenedAlready(Refusal):
    """The ballots are opened once."""

    sentence = N_("The ballots of this cycle were opened already; they are in the record.")


def open_ballots(db: Session, cycle_id: CycleId, one: Part, other: Part, *, at: datetime) -> Sequence[Opening]:
    """Open all ballots that count, publish them, and return them sorted by commitment.

    The list of the close decides which these are: a row that came later is not looked at. A ballot of that list which
    is gone, is not what the record commits to, or chooses what its paper does not let, is not published and so not
    counted; that it is missing is for everybody to see. Raises NotFound, NotClosedYet, OpenedAlready, PaperNotListed,
    NotTwoParts.
    """
    election, cycle = election_of(db, cycle_id), announced(db, cycle_id)
    if election is None:
        raise NotFound
    if election.closed_at is None or election.key_destroyed_at is None:
        raise NotClosedYet
    if election.openings is not None:
        raise OpenedAlready
    paper_ballots_of(db, cycle)
    private = join_parts(election.sealing_key, one, other)
    rows = db.scalars(select(BallotRow).where(BallotRow.cycle_id == cycle_id))
    sealed, paper = {row.commitment.hex(): row.sealed for row in rows}, paper_of(db, election)
    opened = []
    for commitment in _counting(election_file(db, election.listing or "") or b""):
        try:
            opened.append(_opened(private, paper, commitment, sealed.get(commitment, b"")))
        except Refusal as refusal:
            logger.warning("The ballot %s is not counted: %s", commitment, type(refusal).__qualname__)

    election.openings = keep_election_file(db, b"".join(map(published, opened)))
    db.flush()

    event = BallotsOpened(subject=cycle.subject, openings=election.openings, ballots=len(opened))
    append(db, event, signer=HOLDERS, at=at)
    return opened


def published(opening: Opening) -> bytes:
    """Return a ballot as a line: the code by which its voter finds it, and the bytes that are hashed."""
    return grouped(opening.code).encode() + b" " + opening.form + b"\n"


def published_openings(db: Session, cycle_id: CycleId) -> Sequence[Opening]:
    """Return the ballots of a cycle as they were published; none before."""
    election = election_of(db, cycle_id)
    content = election_file(db, election.openings) if election and election.openings else None
    return [read_opening(line.partition(b" ")[2]) for line in (content or b"").splitlines()]


def _counting(listing: bytes) -> list[str]:
    """Return the commitments that count by the list of the close, in its order."""
    lines = (line.partition(" ") for line in listing.decode().splitlines())
    return [commitment for commitment, _, state in lines if state == COUNTING]


def _opened(private: X25519PrivateKey, paper: BallotPaper, commitment: str, sealed: bytes) -> Opening:
    """Open a ballot. Raises Fault for what is not the one committed to, and what `check_choices` refuses."""
    opening = read_opening(unseal(private, paper.election, sealed))
    is_named = code_of(bytes.fromhex(opening.commitment)) is not None
    if opening.commitment != commitment or opening.election != paper.election or not is_named:
        raise Fault(N_("What was sealed is not the ballot that the record commits to."))
    check_choices(paper, opening.choices)
    return opening
