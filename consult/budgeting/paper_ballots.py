"""Ballots on paper: printed with numbers drawn at random, and given to people who have no account here.

Whoever is given one is noted by the keyed hash of their name and birth date, so that they are given no other and cannot
prove a right to vote online. Which ballot they were given is not noted: the box is shaken, and the sheets are alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count as count_from
from itertools import islice

import msgspec
from sqlalchemy import ForeignKey, LargeBinary, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.ballots import open_at
from consult.budgeting.codes import code_of, read_code
from consult.budgeting.cycles import Cycle, CycleId
from consult.budgeting.days import last_day
from consult.budgeting.elections import announced, voting_days
from consult.budgeting.paper_voters import PaperVoter, votes_on_paper
from consult.budgeting.voter_identity import check_age, identity_of
from consult.budgeting.voting_rights import NotALink, has_right
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link, VotingRules
from consult.refusals import Refusal
from consult.store import Base
from consult.store.rows import write

#: So many are printed into one file.
MOST_SHEETS = 200


class NotOnPaper(Refusal):
    """The rules of the cycle know no ballots on paper."""

    sentence = N_("By the rules of this cycle nobody votes on paper.")


class TooManySheets(Refusal):
    """More ballots than one file holds, or none."""

    sentence = N_("Print between 1 and %(most)s ballots at a time.")
    field = "count"


class PaperGiven(Refusal):
    """One person is given one ballot."""

    sentence = N_("Somebody of this name and birth date was given a ballot on paper already.")
    field = "name"


class VotesOnline(Refusal):
    """Whether they have voted nobody can see, so the right alone decides."""

    sentence = N_("Somebody of this name and birth date has proven already that they may vote online: they vote there.")
    field = "name"


class NoneLeft(Refusal):
    """More ballots are given than were printed: one of the lists is wrong, and nobody is to find out at the count."""

    sentence = N_("All ballots that were printed have been given out. Print more before you give this one.")


class NotPrintedHere(Refusal):
    """A number that reads well but stands on no ballot of this cycle."""

    sentence = N_("No ballot of this cycle has this number.")
    field = "number"


class PaperSheet(Base):
    """A ballot that was printed, by the keyed hash of its number; who copies the database can forge none."""

    __tablename__ = "paper_sheet"

    #: The first column of the key, so that the same number is another in another cycle.
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    #: Handed back before it was in the box, and replaced by another.
    is_spoiled: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True)
class Sheets:
    """How many ballots on paper there are: printed, given to voters, and handed back for another."""

    printed: int
    given: int
    spoiled: int

    @property
    def left(self) -> int:
        """How many should lie unused at the desk."""
        return self.printed - self.given - self.spoiled


def print_sheets(
    db: Session, cycle_id: CycleId, count: int, form: str, *, vault: Vault, by: Actor, at: datetime
) -> Sequence[str]:
    """Return the numbers of new ballots, drawn for a form's random key: sent again, it has the same ones.

    Here only their keyed hashes stay. They are printed once the vote is open, since only then is it fixed what stands
    on them. Raises NotFound, NotPermitted, NotOnPaper, TooManySheets, VoteNotOpen, VoteClosed.
    """
    _rules_on_paper(db, cycle_id, by)
    open_at(db, cycle_id, at)
    if not 0 < count <= MOST_SHEETS:
        raise TooManySheets(most=MOST_SHEETS)
    numbers = list(islice(_drawn(vault, cycle_id, form), count))
    macs = [mac_of(vault, cycle_id, number) for number in numbers]
    known = set(db.scalars(select(PaperSheet.mac).where(PaperSheet.cycle_id == cycle_id, PaperSheet.mac.in_(macs))))
    db.add_all(PaperSheet(cycle_id=cycle_id, mac=mac) for mac in macs if mac not in known)
    db.flush()
    return numbers


def give_sheet(
    db: Session, cycle_id: CycleId, name: str, born: date, link: Link, *, vault: Vault, by: Actor, at: datetime
) -> PaperVoter:
    """Note that somebody who stands at the desk is given a ballot on paper; their papers are read, not kept.

    Raises NotFound, NotPermitted, NotOnPaper, VoteNotOpen, VoteClosed, NotALink, NotAName, NotABirthDate, TooYoung,
    PaperGiven, VotesOnline, NoneLeft.
    """
    rules = _rules_on_paper(db, cycle_id, by)
    open_at(db, cycle_id, at)
    if link not in rules.voting.links:
        raise NotALink
    days = voting_days(db, cycle_id)
    assert days is not None, "a vote that is open has its days"
    check_age(born, least=rules.voting.minimum_age, on=last_day(days.ends_at))
    identity = identity_of(vault, cycle_id, name, born)
    if votes_on_paper(db, cycle_id, identity):
        raise PaperGiven
    if has_right(db, cycle_id, identity):
        raise VotesOnline
    if count_sheets(db, cycle_id).left <= 0:
        raise NoneLeft
    return write(db, PaperVoter(cycle_id=cycle_id, identity=identity, given_by=by.person_id, given_at=at))


def spoil_sheet(db: Session, cycle_id: CycleId, typed: str, *, vault: Vault, by: Actor, at: datetime) -> None:
    """Note that a voter handed a ballot back, torn or marked by mistake, and is given another.

    Raises NotFound, NotPermitted, NotOnPaper, VoteNotOpen, VoteClosed, CodeMistyped, NotPrintedHere, NoneLeft.
    """
    _rules_on_paper(db, cycle_id, by)
    open_at(db, cycle_id, at)
    sheet = sheet_of(db, cycle_id, typed, vault=vault)
    if sheet.is_spoiled:
        return
    if count_sheets(db, cycle_id).left <= 0:
        raise NoneLeft
    sheet.is_spoiled = True
    db.flush()


def sheet_of(db: Session, cycle_id: CycleId, typed: str, *, vault: Vault) -> PaperSheet:
    """Return a ballot on paper by the number that somebody reads from it. Raises CodeMistyped, NotPrintedHere."""
    sheet = db.get(PaperSheet, (cycle_id, mac_of(vault, cycle_id, read_code(typed))))
    if sheet is None:
        raise NotPrintedHere
    return sheet


def count_sheets(db: Session, cycle_id: CycleId) -> Sheets:
    """Return how many ballots on paper there are."""
    printed, spoiled = db.execute(
        select(func.count(), func.count().filter(PaperSheet.is_spoiled.is_(True))).where(
            PaperSheet.cycle_id == cycle_id
        )
    ).one()
    given = db.scalars(select(func.count()).select_from(PaperVoter).where(PaperVoter.cycle_id == cycle_id)).one()
    return Sheets(printed, given, spoiled)


def is_on_paper(cycle: Cycle) -> bool:
    """Whether the rules of a cycle know ballots on paper."""
    return msgspec.convert(cycle.rules, VotingRules).on_paper


def mac_of(vault: Vault, cycle_id: CycleId, number: str) -> bytes:
    """Return by what a number is kept here."""
    return vault.mac(number, purpose=f"paper ballot of cycle {cycle_id}")


def _drawn(vault: Vault, cycle_id: CycleId, form: str) -> Iterator[str]:
    """Yield numbers that nobody can work out from a form's key without the vault's."""
    for place in count_from(0):
        number = code_of(vault.mac(f"{form}\n{place}", purpose=f"numbers on paper in cycle {cycle_id}"))
        if number is not None:
            yield number


def _rules_on_paper(db: Session, cycle_id: CycleId, by: Actor) -> VotingRules:
    cycle = announced(db, cycle_id)
    require("voters.admit", by, cycle)
    rules = msgspec.convert(cycle.rules, VotingRules)
    if not rules.on_paper:
        raise NotOnPaper
    return rules
