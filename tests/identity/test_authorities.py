"""An authority has facts that can be right, and an address of its own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.identity.authorities import AuthorityFacts, NotAnAuthority, authorities, create_authority

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
FACTS = AuthorityFacts(
    slug="izvoru",
    host="consultare.izvoru.example",
    name="Municipiul Izvoru",
    county="Bacău",
    siruta="20297",
    contact_name="Ioana Marin",
    contact_email="Consultare@Izvoru.example",
    contact_phone="0234 000 000",
    postal_address="Str. Primăriei 1, Izvoru",
    proposals_email="propuneri@izvoru.example",
)


def test_authorities_are_listed_by_name_with_their_facts_in_one_form(db: Session) -> None:
    izvoru = create_authority(db, FACTS, at=AT)
    vale = create_authority(db, replace(FACTS, slug="vale", host="Vale.example", name="Comuna Vale"), at=AT)

    assert authorities(db) == [vale, izvoru]
    assert vale.host == "vale.example"
    assert izvoru.contact_email == "consultare@izvoru.example"


@pytest.mark.parametrize("taken", [{"slug": "vale"}, {"host": "vale.example"}])
def test_no_two_authorities_share_an_address(db: Session, taken: dict[str, str]) -> None:
    create_authority(db, FACTS, at=AT)

    with pytest.raises(IntegrityError):
        create_authority(db, replace(FACTS, **taken), at=AT)


@pytest.mark.parametrize(
    ("what", "value"),
    [("slug", "Izvoru"), ("slug", "a/b"), ("colour", "red"), ("colour", "#0a5a66;x"), ("siruta", "BC")],
)
def test_facts_that_cannot_be_right_are_refused(db: Session, what: str, value: str) -> None:
    with pytest.raises(NotAnAuthority):
        create_authority(db, replace(FACTS, **{what: value}), at=AT)
