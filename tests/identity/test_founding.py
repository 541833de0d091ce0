"""An authority begins with two people who appoint each other, and no password that anybody else knows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.identity.actors import acting_as_official
from consult.identity.authorities import Authority
from consult.identity.founding import FOUNDING_ROLES, FirstOfficial, NeedsTwoOfficials, found
from consult.identity.offices import Office
from consult.identity.recovery import set_password_by_link
from consult.identity.sign_in import WrongPassword
from consult.record.entries import history
from tests.identity.accounts import PASSWORD, password_hash, signed_in
from tests.identity.letters import kinds
from tests.identity.test_authorities import FACTS

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
ANA = FirstOfficial("Ana Pop", "ana@primaria.example")
DAN = FirstOfficial("Dan Rus", "Dan@primaria.example")


def test_the_first_two_officials_appoint_each_other(db: Session) -> None:
    founded = found(db, FACTS, [ANA, DAN], at=AT)

    ana, dan = founded.people
    offices = db.scalars(select(Office)).all()
    assert {(office.person_id, office.appointed_by) for office in offices} == {(ana.id, dan.id), (dan.id, ana.id)}
    assert acting_as_official(db, ana.id, founded.authority.id).roles == frozenset(FOUNDING_ROLES)
    (created,) = history(db, "consult:izvoru")
    assert created.event.stated["facts"] == {"name": "Municipiul Izvoru"}
    appointed = history(db, "consult:izvoru/functionari")
    assert [entry.event.stated["facts"]["role"] for entry in appointed] == [*FOUNDING_ROLES, *FOUNDING_ROLES]
    assert len({entry.event.stated["actor"]["pseudonym"] for entry in appointed}) == 2


def test_each_chooses_a_password_by_a_link_of_their_own_within_two_days(db: Session) -> None:
    founded = found(db, FACTS, [ANA, DAN], at=AT)
    link, _ = founded.setup_links

    with pytest.raises(WrongPassword):
        signed_in(db, "ana@primaria.example", at=AT)
    set_password_by_link(db, link.rsplit("/", 1)[1], password_hash(), at=AT + timedelta(hours=47))

    assert signed_in(db, "ana@primaria.example", password=PASSWORD, at=AT + timedelta(hours=47))
    assert kinds(db) == [
        ("ana@primaria.example", "invitation"),
        ("dan@primaria.example", "invitation"),
        ("ana@primaria.example", "password-set"),
    ]


@pytest.mark.parametrize(
    "officials",
    [[], [ANA], [ANA, FirstOfficial("Altă Ana", "ANA@primaria.example")], [ANA, DAN, FirstOfficial("Eva", "eva@x.ro")]],
)
def test_neither_one_person_nor_one_address_twice_founds_an_authority(
    db: Session, officials: list[FirstOfficial]
) -> None:
    with pytest.raises(NeedsTwoOfficials):
        found(db, FACTS, officials, at=AT)

    assert db.scalar(select(func.count()).select_from(Authority)) == 0
