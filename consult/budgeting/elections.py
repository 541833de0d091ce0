"""The vote of a cycle: prepared by the commission, opened on its first day, and closed for good after its last.

While it is open nobody can tell how it stands: ballots are sealed to the commission's key (`commission_key`) and lie
under pseudonyms (`election_key`). What is closed can be opened by two of the three who hold a part of that key.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from consult.budgeting.choices import BallotPaper, ListedPool, ListedProject, read_paper
from consult.budgeting.commission_key import Part, make_parts
from consult.budgeting.cycles import Cycle, CycleId, categories_of, pools_of
from consult.budgeting.days import require_phase
from consult.budgeting.election_key import create_election_key
from consult.budgeting.phases import CyclePhase, Phase
from consult.budgeting.project_conflicts import conflicts_in
from consult.budgeting.projects import eligible_projects
from consult.budgeting.voting_rights import count_voters
from consult.i18n import N_
from consult.policy.voting_rules import VotingRules
from consult.record.entries import append
from consult.record.entry_form import Signer
from consult.record.events.elections import ElectionOpened
from consult.record.openings import election_file, keep_election_file
from consult.record.roles import SERVICE
from consult.refusals import NotFound, Refusal
from consult.store import Base, Database

#: What the service does by itself is nobody's act.
BY_ITSELF = Signer(SERVICE, SERVICE)


VOTING = select(CyclePhase).where(CyclePhase.cycle_id == bindparam("cycle_id"), CyclePhase.phase == Phase.VOTING)


class PreparedAlready(Refusal):
    """The commission has made its key; another one would lock out those who hold parts of the first."""

    sentence = N_("The vote of this cycle is prepared already: its key was made, and its parts were given out.")


class NothingToVoteOn(Refusal):
    """No project may be voted on."""

    sentence = N_("No project of this cycle is eligible, so there is nothing to vote on.")


class Election(Base):
    """The vote of a cycle, from the making of its keys to the publishing of its ballots."""

    __tablename__ = "election"
    __table_args__ = (
        CheckConstraint("(opened_at IS NULL) = (paper IS NULL)", name="opened_with_a_paper"),
        CheckConstraint("(closed_at IS NULL) = (listing IS NULL)", name="closed_with_a_list"),
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="opened_before_closed"),
        CheckConstraint("openings IS NULL OR closed_at IS NOT NULL", name="closed_before_counted"),
    )

    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    #: The public half of the commission's key.
    sealing_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: The public half of the key that signs promises, as a vkey.
    promise_key: Mapped[str]
    #: The ballot paper, by its digest (`record.openings`).
    paper: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[datetime | None]
    #: The list of all commitments at the close, by its digest.
    listing: Mapped[str | None] = mapped_column(String(64))
    closed_at: Mapped[datetime | None]
    #: When the election key was destroyed.
    key_destroyed_at: Mapped[datetime | None]
    #: The opened ballots, by their digest.
    openings: Mapped[str | None] = mapped_column(String(64))

    @property
    def is_open(self) -> bool:
        """Whether ballots are taken in, as far as nothing but its own state decides."""
        return self.opened_at is not None and self.closed_at is None


def election_of(db: Session, cycle_id: CycleId) -> Election | None:
    """Return the vote of a cycle, once it is prepared."""
    return db.get(Election, cycle_id)


def prepare_election(database: Database, keys: Path, cycle_id: CycleId) -> tuple[Part, ...]:
    """Make both keys of a vote; return the three parts of the commission's, which are kept nowhere.

    Raises PreparedAlready, NotFound for a cycle that is not announced.
    """
    cycle = database.read(announced, cycle_id)
    if database.read(election_of, cycle_id) is not None:
        raise PreparedAlready
    public, parts = make_parts()
    promising = create_election_key(keys, cycle_id, cycle.subject).promising.verifying.vkey
    database.act(_keep_keys, cycle_id, public, promising)
    return parts


def open_election(db: Session, cycle_id: CycleId, *, at: datetime) -> Election:
    """Let the vote begin: from here on the list of projects stays as it is.

    Raises NotFound for a vote that was not prepared, OutOfPhase, NothingToVoteOn.
    """
    cycle = announced(db, cycle_id)
    election = election_of(db, cycle_id)
    if election is None:
        raise NotFound
    voting = require_phase(db, cycle_id, Phase.VOTING, at)
    if election.opened_at is not None:
        return election
    paper = _paper(db, cycle)
    if not paper.projects:
        raise NothingToVoteOn

    election.paper = keep_election_file(db, paper.form)
    election.opened_at = at
    db.flush()

    event = ElectionOpened(
        subject=cycle.subject,
        paper=election.paper,
        sealing_key=election.sealing_key.hex(),
        promise_key=election.promise_key,
        closes_at=voting.ends_at,
        voters=count_voters(db, cycle_id),
    )
    append(db, event, signer=BY_ITSELF, at=at)
    return election


def paper_of(db: Session, election: Election) -> BallotPaper:
    """Return the ballot paper of a vote that was opened."""
    content = election_file(db, election.paper or "")
    if content is None:
        raise NotFound
    return read_paper(content)


def voting_days(db: Session, cycle_id: CycleId) -> CyclePhase | None:
    """Return the days of the vote; None for a cycle without."""
    return db.scalar(VOTING, {"cycle_id": cycle_id})


def due_to_open(db: Session, *, at: datetime) -> Sequence[CycleId]:
    """Return the cycles whose prepared vote is to begin."""
    waiting = select(CyclePhase.cycle_id).join(Election, Election.cycle_id == CyclePhase.cycle_id)
    now = CyclePhase.phase == Phase.VOTING, CyclePhase.starts_at <= at, CyclePhase.ends_at > at
    return db.scalars(waiting.where(*now, Election.opened_at.is_(None))).all()


def announced(db: Session, cycle_id: CycleId) -> Cycle:
    """Return a cycle by its key, with its name in the record. Raises NotFound for one that is not announced."""
    cycle = db.scalar(select(Cycle).where(Cycle.id == cycle_id).options(undefer(Cycle.authority_slug)))
    if cycle is None or cycle.announced_at is None:
        raise NotFound
    return cycle


def _keep_keys(db: Session, cycle_id: CycleId, public: bytes, promising: str) -> None:
    db.add(Election(cycle_id=cycle_id, sealing_key=public, promise_key=promising))


def _paper(db: Session, cycle: Cycle) -> BallotPaper:
    pools, categories = pools_of(db, cycle.id), categories_of(db, cycle.id)
    pool_keys = {pool.id: pool.key for pool in pools}
    category_keys = {category.id: category.key for category in categories}
    projects = eligible_projects(db, cycle.id)
    let_in = {each.number for each in projects}
    return BallotPaper(
        election=cycle.subject,
        rules=msgspec.convert(cycle.rules, VotingRules),
        pools=tuple(ListedPool(key=each.key, name=each.name, kind=each.kind, amount=each.amount) for each in pools),
        projects=tuple(
            ListedProject(
                number=str(each.number),
                pool=pool_keys[each.pool_id],
                category=category_keys[each.category_id] if each.category_id else None,
                cost=each.cost,
            )
            for each in projects
        ),
        conflicts=tuple((str(one), str(other)) for one, other in conflicts_in(db, cycle.id) if {one, other} <= let_in),
    )
