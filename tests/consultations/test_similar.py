"""Proposals much like one that is about to be sent are pointed out; nothing is refused because of them."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.places import Place
from consult.consultations.recommendations import Kind
from consult.consultations.similar import similar_to, stem
from consult.consultations.submissions import look_at, submit_recommendation
from consult.consultations.withdrawals import withdraw_recommendation
from consult.consultations.words import Words
from tests.factories import NOW, a_citizen, an_open_consultation

DEAR = "Taxa de parcare este prea mare pentru pensionari; ar trebui redusă la jumătate."
ALSO_DEAR = "Pensionarii nu pot plăti o taxă de parcare așa de mare. Reduceți-o la jumătate!"
LINES = "Marcajele locurilor se șterg iarna; folosiți vopsea rezistentă la sare."


@pytest.fixture
def consultation(db: Session):
    return an_open_consultation(db)


def said(db: Session, consultation, words: str, *, by=None, **place: str | None):
    return submit_recommendation(
        db,
        consultation.id,
        kind=Kind.OBSERVATION,
        wording=words,
        reason="",
        named=False,
        by=by or a_citizen(db),
        at=NOW,
        **({"provision_key": "art-2"} | place),
    )


def alike(db: Session, consultation, words: Words, place: Place = Place("art-2")) -> list[int]:  # noqa: B008 - frozen
    about = look_at(db, consultation.id, place, by=None, at=NOW)
    return [each.number for each in similar_to(db, about, words)]


def comment(words: str) -> Words:
    return Words(Kind.OBSERVATION, words, "")


def test_the_same_thought_in_other_words_is_found_and_another_thought_is_not(db: Session, consultation) -> None:
    said(db, consultation, LINES)
    said(db, consultation, ALSO_DEAR)

    assert alike(db, consultation, comment(DEAR)) == [2]


def test_the_most_alike_come_first_and_three_at_most(db: Session, consultation) -> None:
    for words in (ALSO_DEAR, DEAR, f"{DEAR} Altfel nu.", f"{ALSO_DEAR} Altfel nu.", f"{DEAR} Mulțumesc frumos."):
        said(db, consultation, words)

    found = alike(db, consultation, comment(DEAR))

    assert found[0] == 2
    assert len(found) == 3


@pytest.mark.parametrize("place", [{"provision_key": "art-3"}, {"provision_key": None}])
def test_what_was_said_about_another_place_is_left_aside(db: Session, consultation, place) -> None:
    said(db, consultation, DEAR, **place)

    assert alike(db, consultation, comment(DEAR)) == []


def test_a_range_is_found_at_each_of_its_articles_and_the_whole_draft_by_itself(db: Session, consultation) -> None:
    said(db, consultation, DEAR, provision_key="art-1", until_key="art-3")
    said(db, consultation, DEAR, provision_key=None)

    assert alike(db, consultation, comment(DEAR)) == [1]
    assert alike(db, consultation, comment(DEAR), Place(None)) == [2]


def test_the_drafts_own_words_make_nothing_alike(db: Session, consultation) -> None:
    about = look_at(db, consultation.id, Place("art-2"), by=None, at=NOW)
    said(db, consultation, f"{about.current} Mai ales seara.")

    assert alike(db, consultation, Words(Kind.CHANGE, about.current, "Pensionarii din cartier circulă rar.")) == []


def test_what_was_withdrawn_or_hidden_is_not_pointed_out(db: Session, consultation) -> None:
    author = a_citizen(db)
    withdrawn = said(db, consultation, DEAR, by=author)
    hidden = said(db, consultation, ALSO_DEAR)
    withdraw_recommendation(db, withdrawn.id, by=author, at=NOW)
    hidden.hidden_at = NOW

    assert alike(db, consultation, comment(DEAR)) == []


def test_a_text_of_two_words_is_like_nothing(db: Session, consultation) -> None:
    said(db, consultation, "Prea scump.")

    assert alike(db, consultation, comment("Prea scump.")) == []


def test_words_are_compared_without_their_endings() -> None:
    assert {stem(word) for word in ("parcare", "parcari", "parcarilor", "parcarea")} == {"parc"}
    assert stem("taxa") == stem("taxe")
