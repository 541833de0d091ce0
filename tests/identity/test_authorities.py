"""An authority has facts that can be right, and is found by the name of its host."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from consult.identity.authorities import (
    ANY_HOST,
    AuthorityFacts,
    NotAnAuthority,
    authorities,
    authority_by_host,
    create_authority,
)
from consult.refusals import NotFound

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


def test_the_host_selects_the_authority_and_an_unknown_host_none(db: Session) -> None:
    izvoru = create_authority(db, FACTS, at=AT)
    vale = create_authority(db, replace(FACTS, slug="vale", host="Vale.example", name="Comuna Vale"), at=AT)

    assert authority_by_host(db, "consultare.izvoru.example") is izvoru
    assert authority_by_host(db, "vale.example") is vale
    assert authorities(db) == [vale, izvoru]
    with pytest.raises(NotFound):
        authority_by_host(db, "evil.example")


def test_an_installation_of_one_authority_answers_to_any_name(db: Session) -> None:
    authority = create_authority(db, replace(FACTS, host=ANY_HOST), at=AT)

    assert authority_by_host(db, "127.0.0.1") is authority
    assert authority.contact_email == "consultare@izvoru.example"


@pytest.mark.parametrize(
    ("what", "value"),
    [("slug", "Izvoru"), ("slug", "a/b"), ("colour", "red"), ("colour", "#0a5a66;x"), ("siruta", "BC")],
)
def test_facts_that_cannot_be_right_are_refused(db: Session, what: str, value: str) -> None:
    with pytest.raises(NotAnAuthority):
        create_authority(db, replace(FACTS, **{what: value}), at=AT)
