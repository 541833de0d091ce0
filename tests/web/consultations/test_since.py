"""The page on which the author of a proposal sees what has become of its articles."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.drafts import save_text
from consult.consultations.publication import publish_version
from consult.consultations.recommendations import Recommendation
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from tests.factories import DRAFT, a_citizen, a_recommendation, an_official
from tests.factories.consultations import answer_everything
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def consultation(town: Town) -> Consultation:
    return town.publish()


def improve(db: Session, consultation_id: int, text: str) -> None:
    """Answer what was received and publish a second version."""
    consultation = db.get_one(Consultation, consultation_id)
    authority = db.get_one(Authority, consultation.authority_id)
    at = answer_everything(db, consultation)
    clerk, contact = (an_official(db, authority, role) for role in (Role.CLERK, Role.CONTACT_PERSON))
    save_text(db, consultation.id, text=text, edition=1, by=clerk, at=at)
    publish_version(db, consultation.id, causes={}, by=contact, at=at)


def test_it_shows_only_the_articles_spoken_of_with_their_changes_and_the_answer(
    reader: Reader, town: Town, consultation: Consultation
) -> None:
    said: Recommendation = town.database.act(a_recommendation, consultation)
    town.database.act(improve, consultation.id, DRAFT.replace("ghișeul unic", "orice ghișeu"))

    page = reader.get(f"/en/consultari/1-2026/propuneri/{said.reference}").follow("What has changed since")

    assert page.heading == "What has changed since proposal no. 1/2026"
    assert page.texts("section h2") == ["Art. 3", "Answer"]
    assert "orice ghișeu" in page.select("ins").get_text()
    assert "Costul real a fost recalculat." in page.text


def test_before_a_new_version_it_says_that_there_is_none(
    reader: Reader, town: Town, consultation: Consultation
) -> None:
    said: Recommendation = town.database.act(a_recommendation, consultation)

    page = reader.get(f"/en/consultari/1-2026/propuneri/{said.reference}/de-atunci")

    assert "No new version was published since" in page.text


def test_its_author_finds_it_from_their_own_page(reader: Reader, town: Town, consultation: Consultation) -> None:
    author = town.database.act(a_citizen)
    said: Recommendation = town.database.act(a_recommendation, consultation, by=author)
    town.database.act(improve, consultation.id, DRAFT.replace("ghișeul unic", "orice ghișeu"))

    account = reader.sign_in(author).get("/en/cont")

    assert account.link(f"What has changed since : {said.register_number}").endswith("/de-atunci")
