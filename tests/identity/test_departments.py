"""Departments: kept by an administrator, staffed by those who may draft answers, one of each name."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.identity.departments import (
    DepartmentExists,
    change_department,
    close_department,
    department_to_manage,
    departments_of,
    found_department,
)
from consult.identity.names import NotAName
from consult.identity.offices import Office, Role
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, a_citizen, an_authority, an_official


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def administrator(db: Session, authority):
    return an_official(db, authority, Role.ADMINISTRATOR)


@pytest.fixture
def expert(db: Session, authority):
    return an_official(db, authority, Role.DEPARTMENT_MEMBER, name="Petru Taxe")


@pytest.fixture
def taxes(db: Session, authority, administrator, expert):
    return found_department(db, authority.id, name=" Direcția  Taxe ", members=[expert.person_id], by=administrator)


def staffed(db: Session, authority):
    return [
        (each.department.name, [member.name for member in each.members]) for each in departments_of(db, authority.id)
    ]


def test_a_department_has_its_members_by_name(db: Session, authority, taxes) -> None:
    assert staffed(db, authority) == [("Direcția Taxe", ["Petru Taxe"])]


def test_whoever_left_office_works_in_no_department(db: Session, authority, taxes, expert) -> None:
    db.scalars(select(Office).where(Office.person_id == expert.person_id)).one().until = NOW
    db.flush()

    assert staffed(db, authority) == [("Direcția Taxe", [])]


def test_no_two_departments_have_one_name_until_the_first_is_closed(
    db: Session, authority, administrator, taxes
) -> None:
    with pytest.raises(DepartmentExists):
        found_department(db, authority.id, name="direcția taxe", members=[], by=administrator)
    elsewhere = an_official(db, an_authority(db), Role.ADMINISTRATOR)
    assert elsewhere.authority_id is not None
    found_department(db, elsewhere.authority_id, name="Direcția Taxe", members=[], by=elsewhere)
    close_department(db, taxes.id, by=administrator, at=NOW)

    found_department(db, authority.id, name="Direcția Taxe", members=[], by=administrator)

    assert staffed(db, authority) == [("Direcția Taxe", [])]


def test_only_those_who_may_draft_answers_work_in_one(db: Session, authority, administrator, taxes) -> None:
    for outsider in (a_citizen(db), administrator, an_official(db, an_authority(db), Role.CLERK)):
        with pytest.raises(NotFound):
            change_department(db, taxes.id, name="Taxe", members=[outsider.person_id], by=administrator)
    with pytest.raises(NotAName):
        change_department(db, taxes.id, name=" ", members=[], by=administrator)


def test_a_department_is_renamed_and_staffed_anew(db: Session, authority, administrator, taxes) -> None:
    clerk = an_official(db, authority, Role.CLERK, name="Irina")

    change_department(db, taxes.id, name="Direcția Economică", members=[clerk.person_id], by=administrator)

    assert staffed(db, authority) == [("Direcția Economică", ["Irina"])]


def test_only_an_administrator_of_the_authority_keeps_departments(db: Session, authority, taxes, expert) -> None:
    with pytest.raises(NotPermitted):
        found_department(db, authority.id, name="Alta", members=[], by=expert)
    with pytest.raises(NotPermitted):
        change_department(db, taxes.id, name="Alta", members=[], by=expert)
    with pytest.raises(NotFound):
        close_department(db, taxes.id, by=an_official(db, an_authority(db), Role.ADMINISTRATOR), at=NOW)


def test_a_closed_department_is_no_page_any_more(db: Session, administrator, taxes) -> None:
    close_department(db, taxes.id, by=administrator, at=NOW)

    with pytest.raises(NotFound):
        department_to_manage(db, taxes.id, by=administrator)
