"""Numbers without gaps, per authority and year: of consultations, of recommendations (art. 7(5)), and others."""

from enum import StrEnum
from functools import cache

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from consult.identity.authorities import AuthorityId
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import table_of
from consult.store.types import state_column
from consult.store.upsert import insert_on

#: No number that a database keeps is longer; a longer one is nobody's.
LONGEST_REFERENCE = 15


class Register(StrEnum):
    """What is numbered."""

    CONSULTATIONS = "consultations"
    RECOMMENDATIONS = "recommendations"
    DEBATE_REQUESTS = "debate_requests"
    MEETINGS = "meetings"
    #: Of participatory budgets: the year is that of the cycle.
    PROJECTS = "projects"


class LastNumber(Base):
    """The last number that a register gave in a year."""

    __tablename__ = "last_number"

    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    register: Mapped[Register] = mapped_column(state_column(Register), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def register_key(register: Register, authority_id: int) -> str:
    """Return the key to name in `Database.act_alone` around an action that takes a number."""
    return f"register:{register}:{authority_id}"


def next_number(db: Session, register: Register, authority_id: AuthorityId, year: int) -> int:
    """Return the next number of a register, counted in the action's own transaction.

    If the transaction rolls back the number is given to the next comer, so that there is never a gap.
    """
    counting = _counting(db.get_bind().dialect.name)
    given = {"authority_id": authority_id, "register": register, "year": year, "number": 1}
    return int(db.execute(counting, given).scalar_one())


@cache
def _counting(dialect: str) -> ReturningInsert[int]:
    """Return the statement that counts one up, or begins at one, and says where it stands; made once."""
    table = table_of(LastNumber)
    begun = insert_on(dialect, table)
    keys = [table.c.authority_id, table.c.register, table.c.year]
    return begun.on_conflict_do_update(index_elements=keys, set_={"number": table.c.number + 1}).returning(
        table.c.number
    )


def pass_over(db: Session, register: Register, authority_id: AuthorityId, year: int, number: int) -> None:
    """See to it that a number, and none below it, is ever given again: the record says that it was given."""
    last = db.get(LastNumber, (authority_id, register, year))
    if last is None:
        last = LastNumber(authority_id=authority_id, register=register, year=year, number=0)
        db.add(last)
    last.number = max(last.number, number)
    db.flush()


def read_reference(reference: str) -> tuple[int, int]:
    """Return the number and the year in an address, such as `112-2026`; raises NotFound for anything else."""
    number, _, year = reference.partition("-")
    if not (number.isascii() and number.isdecimal() and year.isascii() and year.isdecimal()):
        raise NotFound
    if len(reference) > LONGEST_REFERENCE:
        raise NotFound
    return int(number), int(year)
