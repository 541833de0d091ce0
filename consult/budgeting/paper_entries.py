"""Ballots on paper, typed in: after the close, each by one official and again by another who does not see the first.

Nothing is typed in while people vote, so that nobody at the desk has a running total. What two officials typed alike
stands; where they differ both look at the sheet again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import JSON, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.choices import check_choices
from consult.budgeting.codes import read_code
from consult.budgeting.cycles import CycleId
from consult.budgeting.elections import Election, announced, election_of, paper_of
from consult.budgeting.openings import Choices
from consult.budgeting.paper_ballots import NotOnPaper, is_on_paper, sheet_of
from consult.budgeting.paper_listing import Invalidity, PaperBallot
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import Person, PersonId
from consult.identity.permissions import require
from consult.identity.vault import Vault
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.rows import write
from consult.store.types import state_column

PaperEntryId = NewType("PaperEntryId", int)
key_type(PaperEntryId)


class BoxNotOpen(Refusal):
    """The box is opened when nobody votes any more, and closed again when the online ballots are opened."""

    sentence = N_("Ballots on paper are typed in after the vote has closed, and before the online ballots are opened.")


class SpoiledSheet(Refusal):
    """A ballot that was handed back cannot have been in the box."""

    sentence = N_("This ballot was handed back and replaced by another, so it does not count.")
    field = "number"


class TypedAlike(Refusal):
    """Two officials typed it alike; nothing more is to be done."""

    sentence = N_("Two officials have typed this ballot alike. Nothing more is to be done with it.")
    field = "number"


class Standing(StrEnum):
    """How far a ballot on paper has come."""

    ONCE = "once"
    """One official typed it."""
    DIFFERS = "differs"
    """Two typed it, and not alike."""
    ALIKE = "alike"
    """Two typed it alike."""


class PaperEntry(Base):
    """What one official read from one ballot. Never changed: whoever mistook a mark types it anew."""

    __tablename__ = "paper_entry"
    __table_args__ = (Index("ix_paper_entry_of", "cycle_id", "number"),)

    id: Mapped[PaperEntryId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[str] = mapped_column(String(16))
    choices: Mapped[dict[str, int]] = mapped_column(JSON)
    invalid: Mapped[Invalidity | None] = mapped_column(state_column(Invalidity))
    written_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]

    @property
    def read(self) -> PaperBallot:
        """What stands on the ballot, as this official read it."""
        return PaperBallot(self.number, self.choices, self.invalid)


@dataclass(frozen=True)
class TypedBallot:
    """A ballot on paper with what was typed of it last, by one official and perhaps by another."""

    number: str
    entries: Sequence[PaperEntry]

    @property
    def standing(self) -> Standing:
        """How far it has come."""
        if len(self.entries) == 1:
            return Standing.ONCE
        one, other = self.entries
        return Standing.ALIKE if one.read == other.read else Standing.DIFFERS

    @property
    def disputed(self) -> Sequence[str]:
        """The numbers of the projects that the two read otherwise."""
        one, other = (entry.choices for entry in self.entries)
        return [number for number in sorted({**one, **other}, key=int) if one.get(number) != other.get(number)]


def enter_ballot(
    db: Session,
    cycle_id: CycleId,
    typed: str,
    choices: Choices,
    invalid: Invalidity | None,
    *,
    vault: Vault,
    by: Actor,
    at: datetime,
) -> TypedBallot:
    """Note what one official reads from a ballot. `choices`: none where it is invalid.

    Raises NotFound, NotPermitted, NotOnPaper, BoxNotOpen, CodeMistyped, NotPrintedHere, SpoiledSheet, TypedAlike, and
    what `check_choices` refuses: such a ballot is typed as invalid.
    """
    cycle = announced(db, cycle_id)
    require("paper.enter", by, cycle)
    if not is_on_paper(cycle):
        raise NotOnPaper
    election = open_box(db, cycle_id)
    if sheet_of(db, cycle_id, typed, vault=vault).is_spoiled:
        raise SpoiledSheet
    number = read_code(typed)
    before = typed_ballots(db, cycle_id, number=number).get(number)
    if before is not None and before.standing is Standing.ALIKE:
        raise TypedAlike
    if invalid is None:
        check_choices(paper_of(db, election), choices)
    entry = PaperEntry(
        cycle_id=cycle_id,
        number=number,
        choices={} if invalid else dict(choices),
        invalid=invalid,
        written_by=by.person_id,
        written_at=at,
    )
    write(db, entry)
    return typed_ballots(db, cycle_id, number=number)[number]


def open_box(db: Session, cycle_id: CycleId) -> Election:
    """Return a vote whose ballots on paper may be typed in. Raises BoxNotOpen."""
    election = election_of(db, cycle_id)
    if election is None or election.closed_at is None or election.openings is not None:
        raise BoxNotOpen
    return election


def typed_ballots(db: Session, cycle_id: CycleId, *, number: str | None = None) -> Mapping[str, TypedBallot]:
    """Return the ballots that were typed, by number, each with the last entry of each of its last two officials."""
    entries = select(PaperEntry).where(PaperEntry.cycle_id == cycle_id).order_by(PaperEntry.id)
    if number is not None:
        entries = entries.where(PaperEntry.number == number)
    last: dict[str, dict[PersonId, PaperEntry]] = defaultdict(dict)
    for entry in db.scalars(entries):
        of_ballot = last[entry.number]
        of_ballot.pop(entry.written_by, None)
        of_ballot[entry.written_by] = entry
    return {each: TypedBallot(each, list(entries.values())[-2:]) for each, entries in last.items()}


def names_of(db: Session, ballots: Sequence[TypedBallot]) -> Mapping[PersonId, str]:
    """Return what the officials are called who typed some ballots."""
    people = {entry.written_by for ballot in ballots for entry in ballot.entries}
    return {person.id: person.name for person in db.scalars(select(Person).where(Person.id.in_(people)))}
