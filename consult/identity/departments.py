"""Departments of an authority, and who works in each: to whom the contact person gives what is to be answered.

An administrator keeps them, as they keep the offices. A department decides nothing and signs nothing: its members act
in their own roles.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, Index, delete, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.actors import Actor, acting_officials
from consult.identity.authorities import AuthorityId
from consult.identity.names import one_line
from consult.identity.people import PersonId
from consult.identity.permissions import Within, may, require
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

DepartmentId = NewType("DepartmentId", int)
key_type(DepartmentId)


class Department(Base):
    """A part of the authority, such as "Direcția Impozite și Taxe Locale"."""

    __tablename__ = "department"
    __table_args__ = (
        Index(
            "uq_department_open",
            "authority_id",
            "name",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[DepartmentId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    name: Mapped[str]
    closed_at: Mapped[datetime | None]


class DepartmentMember(Base):
    """An official who works in a department; one may work in several."""

    __tablename__ = "department_member"

    department_id: Mapped[DepartmentId] = mapped_column(ForeignKey("department.id"), primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


@dataclass(frozen=True)
class Staffed:
    """A department with those of its members who may draft answers today, by name."""

    department: Department
    members: Sequence[Actor]


class DepartmentExists(Refusal):
    """Two departments of one name could not be told apart where work is given out."""

    sentence = N_("There is a department of this name already.")
    field = "name"


def found_department(
    db: Session, authority_id: AuthorityId, *, name: str, members: Collection[PersonId], by: Actor
) -> Department:
    """Add a department with its members. Raises NotPermitted, NotAName, DepartmentExists, NotFound for no official."""
    require("people.manage", by, Within(authority_id))
    written = one_line(name)
    _refuse_taken(db, authority_id, written)
    _refuse_strangers(db, authority_id, members)

    department = Department(authority_id=authority_id, name=written)
    db.add(department)
    db.flush()
    _set_members(db, department, members)
    return department


def change_department(
    db: Session, department_id: DepartmentId, *, name: str, members: Collection[PersonId], by: Actor
) -> None:
    """Rename a department, and say anew who works in it. Raises as `found_department`."""
    department = department_to_manage(db, department_id, by=by)
    written = one_line(name)
    if written != department.name:
        _refuse_taken(db, department.authority_id, written)
    _refuse_strangers(db, department.authority_id, members)

    department.name = written
    _set_members(db, department, members)


def close_department(db: Session, department_id: DepartmentId, *, by: Actor, at: datetime) -> None:
    """Close a department: nothing is given to it any more, and what it had waits for other hands."""
    department = department_to_manage(db, department_id, by=by)

    department.closed_at = at
    _set_members(db, department, [])


def department_to_manage(db: Session, department_id: DepartmentId, *, by: Actor) -> Department:
    """Return a department that is open, to its administrator. Raises NotFound, NotPermitted."""
    department = db.get(Department, department_id)
    if department is None or department.closed_at is not None or by.authority_id != department.authority_id:
        raise NotFound
    require("people.manage", by, Within(department.authority_id))
    return department


def departments_of(db: Session, authority_id: AuthorityId) -> list[Staffed]:
    """Return the open departments of an authority, by name, with those who can draft answers there."""
    query = select(Department).where(Department.authority_id == authority_id, Department.closed_at.is_(None))
    working = select(DepartmentMember.department_id, DepartmentMember.person_id).join(
        Department, Department.id == DepartmentMember.department_id
    )
    pairs = {
        (row.department_id, row.person_id) for row in db.execute(working.where(Department.authority_id == authority_id))
    }
    answering = who_answer(db, authority_id).values()
    return [
        Staffed(department, [each for each in answering if (department.id, each.person_id) in pairs])
        for department in db.scalars(query.order_by(func.lower(Department.name), Department.id))
    ]


def who_answer(db: Session, authority_id: AuthorityId) -> Mapping[PersonId, Actor]:
    """Return the officials of an authority who may draft answers, by name: to them alone work can be given."""
    house = Within(authority_id)
    officials = acting_officials(db, authority_id)
    return {each.person_id: each for each in officials if may("recommendation.answer", each, house)}


def _refuse_taken(db: Session, authority_id: AuthorityId, name: str) -> None:
    taken = select(Department.id).where(
        Department.authority_id == authority_id,
        func.lower(Department.name) == func.lower(name),
        Department.closed_at.is_(None),
    )
    if db.scalar(taken.limit(1)) is not None:
        raise DepartmentExists


def _refuse_strangers(db: Session, authority_id: AuthorityId, members: Collection[PersonId]) -> None:
    if not who_answer(db, authority_id).keys() >= set(members):
        raise NotFound


def _set_members(db: Session, department: Department, members: Collection[PersonId]) -> None:
    db.execute(delete(DepartmentMember).where(DepartmentMember.department_id == department.id))
    db.add_all(DepartmentMember(department_id=department.id, person_id=person_id) for person_id in set(members))
    db.flush()
