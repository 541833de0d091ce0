"""The box, emptied: one official says that every ballot was typed, a second one publishes the list of them all.

It is public before the online ballots are opened, so that nobody who types has seen how the others voted.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.cycles import Cycle, CycleId
from consult.budgeting.elections import announced
from consult.budgeting.paper_ballots import NotOnPaper, count_sheets, is_on_paper
from consult.budgeting.paper_entries import Standing, open_box, typed_ballots
from consult.budgeting.paper_listing import PaperBallot, listing_of, read_listing
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.record.events.elections import PaperBallotsListed
from consult.record.openings import election_file, keep_election_file
from consult.refusals import Refusal
from consult.store import Base


class PaperOpen(Refusal):
    """Ballots that only one official has read, or two differently, decide nothing."""

    sentence = N_("Ballots that two officials have not typed alike yet: %(count)s.")


class MoreThanGiven(Refusal):
    """More ballots came out of the box than were given to voters."""

    sentence = N_("%(typed)s ballots were typed, and only %(given)s were given to voters. Count the sheets again.")


class UnusedDiffers(Refusal):
    """What lies unused at the desk and what was given and handed back are not what was printed."""

    sentence = N_(
        "%(left)s ballots should lie unused, and you counted %(unused)s. Count again, or say why this cannot be mended."
    )
    field = "unused"


class PaperListed(Refusal):
    """The list of ballots on paper waits for the second official, or is public."""

    sentence = N_("The list of ballots on paper is made already.")


class NothingListed(Refusal):
    """No list is waiting."""

    sentence = N_("No list of ballots on paper is waiting to be confirmed.")


class PaperNotListed(Refusal):
    """In this cycle people vote on paper too; those ballots come first."""

    sentence = N_("The ballots on paper come first: their list is not in the record yet.")


class PaperCount(Base):
    """The list of ballots on paper: who made it, and who published it."""

    __tablename__ = "paper_count"
    __table_args__ = (
        CheckConstraint("confirmed_by <> created_by", name="two_pairs_of_eyes"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("(confirmed_at IS NULL) = (listing IS NULL)", name="listed_when_confirmed"),
    )

    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    #: How many unused ballots were counted at the desk, and why that is not what it should be.
    unused: Mapped[int]
    why: Mapped[str]
    #: The list, by its digest (`record.openings`).
    listing: Mapped[str | None] = mapped_column(String(64))
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    confirmed_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]

    @property
    def is_public(self) -> bool:
        """Whether a second official has confirmed it."""
        return self.confirmed_at is not None


def paper_count_of(db: Session, cycle_id: CycleId) -> PaperCount | None:
    """Return the list of ballots on paper of a cycle, confirmed or not."""
    return db.get(PaperCount, cycle_id)


def list_ballots(db: Session, cycle_id: CycleId, unused: int, why: str, *, by: Actor, at: datetime) -> PaperCount:
    """Say that the box is empty and every ballot from it typed. `why`: where `unused` is not what it should be.

    Raises NotFound, NotPermitted, NotOnPaper, BoxNotOpen, PaperListed, PaperOpen, MoreThanGiven, UnusedDiffers.
    """
    cycle = announced(db, cycle_id)
    require("paper.enter", by, cycle)
    if not is_on_paper(cycle):
        raise NotOnPaper
    open_box(db, cycle_id)
    if paper_count_of(db, cycle_id) is not None:
        raise PaperListed
    ballots, sheets = settled(db, cycle_id), count_sheets(db, cycle_id)
    if len(ballots) > sheets.given:
        raise MoreThanGiven(typed=len(ballots), given=sheets.given)
    if unused != sheets.left and not why.strip():
        raise UnusedDiffers(left=sheets.left, unused=unused)

    count = PaperCount(
        cycle_id=cycle_id,
        authority_id=cycle.authority_id,
        unused=unused,
        why=why.strip(),
        created_by=by.person_id,
        created_at=at,
    )
    db.add(count)
    db.flush()
    return count


def confirm_list(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> PaperCount:
    """Publish the list of ballots on paper, as the second pair of eyes.

    Raises NotFound, NothingListed, NeedsOtherEyes, BoxNotOpen, PaperOpen where somebody typed again meanwhile.
    """
    cycle, count = announced(db, cycle_id), paper_count_of(db, cycle_id)
    if count is None or count.is_public:
        raise NothingListed
    require("results.confirm", by, count)
    open_box(db, cycle_id)
    ballots, sheets = settled(db, cycle_id), count_sheets(db, cycle_id)

    count.listing = keep_election_file(db, listing_of(ballots))
    count.confirmed_by, count.confirmed_at = by.person_id, at
    db.flush()

    kinds = Counter(ballot.invalid is None for ballot in ballots)
    event = PaperBallotsListed(
        subject=cycle.subject,
        listing=count.listing,
        valid=kinds[True],
        invalid=kinds[False],
        printed=sheets.printed,
        given=sheets.given,
        spoiled=sheets.spoiled,
        unused=count.unused,
        why=count.why,
        listed_by=pseudonym_of(db, count.created_by, cycle.subject),
    )
    record(db, event, by=by, at=at)
    return count


def return_list(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 - as every deed
    """Send the list back, because a ballot was left out or the sheets were counted wrongly. Raises NothingListed."""
    count = paper_count_of(db, cycle_id)
    if count is None or count.is_public:
        raise NothingListed
    require("results.confirm", by, count)
    db.delete(count)
    db.flush()


def settled(db: Session, cycle_id: CycleId) -> Sequence[PaperBallot]:
    """Return the ballots that two officials typed alike. Raises PaperOpen when there are others."""
    ballots = typed_ballots(db, cycle_id).values()
    waiting = sum(ballot.standing is not Standing.ALIKE for ballot in ballots)
    if waiting:
        raise PaperOpen(count=waiting)
    return [ballot.entries[0].read for ballot in ballots]


def paper_ballots_of(db: Session, cycle: Cycle) -> Sequence[PaperBallot]:
    """Return the ballots on paper as they were published; none where nobody votes on paper. Raises PaperNotListed."""
    if not is_on_paper(cycle):
        return []
    count = paper_count_of(db, cycle.id)
    content = election_file(db, count.listing) if count and count.listing else None
    if content is None:
        raise PaperNotListed
    return read_listing(content)
