"""Results: counted by one official, counted again by another, and public from then on.

The count needs no trust: it follows from the published ballots and the frozen rules. Two officials vouch that what the
authority publishes is that count, and with which version of the program it was made.
"""

from datetime import datetime
from importlib.metadata import version

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.cycles import Cycle, CycleId
from consult.budgeting.elections import announced, election_of, paper_of
from consult.budgeting.opened import published_openings
from consult.budgeting.paper_counts import paper_ballots_of
from consult.budgeting.recount import Count, count_vote
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.record.events.elections import ResultsConfirmed
from consult.record.openings import keep_election_file
from consult.refusals import Refusal
from consult.store import Base


class NotOpenedYet(Refusal):
    """What is sealed cannot be counted."""

    sentence = N_("The ballots are not opened yet: there is nothing to count before they are in the record.")


class CountedAlready(Refusal):
    """The count waits for the second official, or is public."""

    sentence = N_("The votes of this cycle were counted already.")


class NotCounted(Refusal):
    """Nobody has counted, or the count was confirmed."""

    sentence = N_("No count of this cycle is waiting to be confirmed.")


class CountedDifferently(Refusal):
    """Two counts of the same ballots by the same rules differ; neither is published."""

    sentence = N_("The second count differs from the first, so nothing was published. Tell those who run the program.")


class CycleResult(Base):
    """The count of a cycle: who made it, and who made it again."""

    __tablename__ = "cycle_result"
    __table_args__ = (
        CheckConstraint("confirmed_by <> created_by", name="two_pairs_of_eyes"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_by_somebody"),
    )

    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    #: SHA-256 of the result, which is kept among the files of the election once it is confirmed.
    digest: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    confirmed_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]

    @property
    def is_public(self) -> bool:
        """Whether a second official has confirmed it."""
        return self.confirmed_at is not None


def result_of(db: Session, cycle_id: CycleId) -> CycleResult | None:
    """Return the count of a cycle, confirmed or not."""
    return db.get(CycleResult, cycle_id)


def count_of(db: Session, cycle: Cycle) -> Count:
    """Count a vote from what was published of it. Raises NotOpenedYet."""
    election = election_of(db, cycle.id)
    if election is None or election.openings is None:
        raise NotOpenedYet
    cast = [opening.choices for opening in published_openings(db, cycle.id)]
    return count_vote(paper_of(db, election), cast, cycle.year, on_paper=paper_ballots_of(db, cycle))


def count_votes(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> CycleResult:
    """Count the votes, for a second official to count again. Raises NotFound, NotOpenedYet, CountedAlready."""
    cycle = announced(db, cycle_id)
    require("results.count", by, cycle)
    if result_of(db, cycle_id) is not None:
        raise CountedAlready
    digest = count_of(db, cycle).digest

    result = CycleResult(
        cycle_id=cycle_id, authority_id=cycle.authority_id, digest=digest, created_by=by.person_id, created_at=at
    )
    db.add(result)
    db.flush()
    return result


def confirm_results(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> CycleResult:
    """Count the votes again, as the second pair of eyes, and publish the result with the ballots of each pot.

    Raises NotFound, NotCounted, NeedsOtherEyes, CountedDifferently.
    """
    cycle, result = announced(db, cycle_id), result_of(db, cycle_id)
    if result is None or result.is_public:
        raise NotCounted
    require("results.confirm", by, result)
    count = count_of(db, cycle)
    if count.digest != result.digest:
        raise CountedDifferently

    event = ResultsConfirmed(
        subject=cycle.subject,
        results=keep_election_file(db, count.content),
        ballots=tuple(keep_election_file(db, each.content) for each in count.pools),
        conflicts=tuple(keep_election_file(db, each.conflicts) for each in count.pools if each.conflicts),
        program=version("consult"),
        counted_by=pseudonym_of(db, result.created_by, cycle.subject),
    )
    result.confirmed_by, result.confirmed_at = by.person_id, at
    cycle.results_published_at = at
    db.flush()
    record(db, event, by=by, at=at)
    return result
