"""Words are found however they are spelled, and never those that a moderator hid or an erasure took."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations import search
from consult.consultations.consultations import Consultation
from consult.consultations.moderation import hide_recommendation
from consult.consultations.search import Sought, search_proposals, search_text
from consult.identity.offices import Role
from consult.record.moderation_rules import ModerationRule
from tests.factories import NOW, a_recommendation, an_authority, an_official, an_open_consultation


@pytest.mark.parametrize("words", ["pâine", "paine", "PÂINE", "și țări", "si tari", "\u015fi \u0163ări"])
def test_whatever_the_keyboard_writes_is_found_in_good_spelling(words: str) -> None:
    assert Sought(words).is_in("Pâine, și țări")


@pytest.mark.parametrize("text", ["Pâine caldă", "Pîine caldă", "paine calda"])
def test_without_diacritics_every_spelling_is_found(text: str) -> None:
    assert Sought("paine CALDA").is_in(text)
    assert not Sought("paine rece").is_in(text)
    assert not Sought("aine").is_in(text)


def test_an_excerpt_begins_near_the_first_hit_and_marks_each() -> None:
    text = "Cuvinte fără rost. " * 20 + "Taxa de parcare crește; taxele vechi rămân." + " Alte cuvinte." * 40

    pieces = Sought("tax").excerpt(text)

    assert [words for is_hit, words in pieces if is_hit] == ["Taxa", "taxele"]
    assert pieces[0] == (False, "… ")
    assert pieces[-1][1].endswith(" …")
    assert len("".join(words for _, words in pieces)) < search.EXCERPT + 10


@pytest.mark.parametrize("words", ["", "   ", "?!"])
def test_without_a_word_nothing_is_found(db: Session, words: str) -> None:
    consultation, reference = a_consultation(db)
    a_recommendation(db, consultation)

    assert search_text(db, consultation.authority_id, reference, words).hits == []
    assert search_proposals(db, consultation.authority_id, reference, words).hits == []


def test_an_article_is_found_with_the_provision_that_has_the_word(db: Session) -> None:
    consultation, reference = a_consultation(db)

    found = search_text(db, consultation.authority_id, reference, "autoturism plus")

    assert [(hit.piece.head.key, hit.key) for hit in found.hits] == [("art-2", "art-2-alin-2-lit-a")]
    assert found.count == 1


def test_a_search_of_proposals_goes_on_where_it_stopped(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    consultation, reference = a_consultation(db)
    said = [a_recommendation(db, consultation, wording=f"Cerința {each}.") for each in ("unu", "doi", "unu", "unu")]
    monkeypatch.setattr(search, "READ", (1, 1))

    first = search_proposals(db, consultation.authority_id, reference, "cerinta unu")
    second = search_proposals(db, consultation.authority_id, reference, "cerinta unu", after=first.after or 0)

    assert [hit.recommendation.id for hit in first.hits] == [said[0].id]
    assert first.after == said[1].id
    assert [hit.recommendation.id for hit in second.hits] == [said[2].id, said[3].id]
    assert second.after is None


def test_what_a_moderator_hid_is_found_by_nobody(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    said = a_recommendation(db, consultation, wording="Primarul locuiește pe strada Teiului.")
    moderator = an_official(db, authority, Role.MODERATOR)
    before = search_proposals(db, authority.id, consultation.reference, "teiului").hits

    hide_recommendation(
        db, said.id, rule=ModerationRule.INSULT, facts="O adresă.", by=moderator, at=NOW + timedelta(hours=2)
    )

    assert [hit.recommendation for hit in before] == [said]
    assert search_proposals(db, authority.id, consultation.reference, "teiului").hits == []


def a_consultation(db: Session) -> tuple[Consultation, str]:
    consultation = an_open_consultation(db, an_authority(db))
    return consultation, consultation.reference
