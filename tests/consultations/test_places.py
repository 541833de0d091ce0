"""What somebody writes about can change while they write: they are told, and carry it over or leave it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.places import Place, TextChanged, changed_meanwhile
from consult.consultations.recommendations import Kind
from consult.consultations.submissions import submit_recommendation
from consult.consultations.versions import add_version
from tests.factories import DRAFT, NOW, a_citizen, an_open_consultation

#: Art. 2 says another sum, a new art. 3 stands before the old one, and the old art. 4 is gone.
BETTER = (
    DRAFT.replace("240 de lei", "180 de lei")
    .replace("Art. 4. - Prezenta hotărâre se duce la îndeplinire de primar.\n", "")
    .replace("Art. 3. - ", "Art. 3. - Persoanele cu handicap grav nu plătesc nicio taxă.\nArt. 4. - ")
)


@pytest.fixture
def consultation(db: Session):
    consultation = an_open_consultation(db)
    add_version(db, consultation.id, BETTER, at=NOW)
    return consultation


def test_an_article_that_says_something_else_is_told_with_both_its_texts(db: Session, consultation) -> None:
    meanwhile = changed_meanwhile(db, consultation.id, Place("art-2-alin-2", version=1))

    assert meanwhile is not None
    (article,) = meanwhile.articles
    assert "240 de lei" in article.before
    assert "180 de lei" in article.after
    assert meanwhile.place == Place("art-2-alin-2", None, 2)


def test_an_article_with_a_new_number_is_carried_over_to_it(db: Session, consultation) -> None:
    meanwhile = changed_meanwhile(db, consultation.id, Place("art-3", version=1))

    assert meanwhile is not None
    assert meanwhile.place == Place("art-4", None, 2)
    assert not meanwhile.articles[0].is_changed


def test_of_an_article_that_is_gone_only_the_whole_draft_is_left(db: Session, consultation) -> None:
    meanwhile = changed_meanwhile(db, consultation.id, Place("art-4", version=1))

    assert meanwhile is not None
    assert meanwhile.articles[0].is_gone
    assert meanwhile.place == Place(None, None, 2)


def test_a_range_goes_with_its_ends(db: Session, consultation) -> None:
    meanwhile = changed_meanwhile(db, consultation.id, Place("art-2", "art-3", version=1))

    assert meanwhile is not None
    assert meanwhile.place == Place("art-2", "art-4", 2)


@pytest.mark.parametrize("place", [Place("art-1", version=1), Place("art-2", version=2), Place(None, version=1)])
def test_what_stands_as_it_was_read_is_not_worth_a_word(db: Session, consultation, place: Place) -> None:
    assert changed_meanwhile(db, consultation.id, place) is None


@pytest.mark.parametrize("key", ["art-2", "art-3", "art-4"])
def test_a_proposal_about_what_has_changed_is_refused_until_it_is_carried_over(
    db: Session, consultation, key: str
) -> None:
    said = {"kind": Kind.OBSERVATION, "wording": "Taxa e prea mare.", "reason": "", "named": False}
    at = NOW + timedelta(hours=1)

    with pytest.raises(TextChanged):
        submit_recommendation(db, consultation.id, provision_key=key, version=1, **said, by=a_citizen(db), at=at)


def test_a_proposal_about_what_has_not_changed_is_received_as_one_about_the_newest(db: Session, consultation) -> None:
    said = {"kind": Kind.OBSERVATION, "wording": "Foarte bine.", "reason": "", "named": False}

    it = submit_recommendation(db, consultation.id, provision_key="art-1", version=1, **said, by=a_citizen(db), at=NOW)

    assert it.version_number == 2
