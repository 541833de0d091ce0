"""The list of consultations as it is searched by words."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from consult.consultations.announcements import edit_announcement
from consult.consultations.consultations import Consultation
from consult.consultations.listings import count_consultations, keep_words, list_consultations
from consult.identity.offices import Role
from tests.factories import (
    NOW,
    a_draft_ready_for_approval,
    an_authority,
    an_official,
    an_open_consultation,
)
from tests.factories.consultations import ANNOUNCEMENT


def found(db: Session, consultation: Consultation, words: str) -> bool:
    """Whether a consultation, the only one, is listed and counted for these words."""
    listing = list_consultations(db, consultation.authority_id, words=words, at=NOW)
    assert count_consultations(db, consultation.authority_id, words=words, at=NOW) == len(listing.consultations)
    return consultation in listing.consultations


@pytest.mark.parametrize("words", ["parcări", "REGULAMENTUL", "mobil", "împartă", "  abonament   anual ", "resedinta"])
def test_a_consultation_is_found_by_how_words_of_its_announcement_begin(db: Session, words: str) -> None:
    assert found(db, an_open_consultation(db), words)


@pytest.mark.parametrize("words", ["arcări", "regulamentul gunoiului", "%", "_", "'", "\0"])
def test_a_consultation_is_not_found_by_what_begins_none_of_its_words(db: Session, words: str) -> None:
    assert not found(db, an_open_consultation(db), words)


def test_no_words_leave_the_list_whole(db: Session) -> None:
    assert found(db, an_open_consultation(db), "   ")


def test_more_words_than_anybody_seeks_are_not_asked_for(db: Session) -> None:
    words = "regulamentul parcarilor de resedinta mobilitate primaria vrea sa gunoi"

    assert found(db, an_open_consultation(db), words)


def test_a_consultation_is_found_by_its_announcement_as_it_was_changed(db: Session) -> None:
    consultation = an_open_consultation(db)
    consultation.title = "Taxe locale"

    keep_words(db, consultation)

    assert found(db, consultation, "taxe")
    assert not found(db, consultation, "regulamentul")


def test_a_draft_is_not_found_before_it_is_public(db: Session) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    changed = replace(ANNOUNCEMENT, title="Taxe locale")
    edit_announcement(db, draft.id, announcement=changed, edition=draft.edition, by=clerk, at=NOW)

    assert not found(db, draft, "taxe")


def test_another_town_finds_its_own(db: Session) -> None:
    an_open_consultation(db)
    other = an_open_consultation(db, an_authority(db, slug="alta", host="alta.example"))

    listing = list_consultations(db, other.authority_id, words="parcări", at=NOW)

    assert listing.consultations == [other]
