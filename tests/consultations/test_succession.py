"""What was said about an article stays with it from version to version."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.counters import WHOLE_DRAFT, article_tallies
from consult.consultations.drafts import save_text
from consult.consultations.publication import publish_version
from consult.consultations.succession import as_last_seen
from consult.identity.offices import Role
from tests.factories import DRAFT, NOW, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import answer_everything

INSERTED = DRAFT.replace("Art. 4.", "Art. 5.").replace(
    "Art. 3. - ", "Art. 3. - Persoanele cu handicap grav nu plătesc nicio taxă de parcare.\nArt. 4. - "
)
STRUCK_OUT = DRAFT.replace("Art. 3. - Cererile se depun online sau la ghișeul unic.\n", "").replace(
    "Art. 4.", "Art. 3."
)


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def spoken(db: Session, consultation):
    """What was said about each article, and about the whole draft, by the article's key."""
    keys = ("art-2", "art-3", "art-4", None)
    return {key: a_recommendation(db, consultation, provision_key=key) for key in keys}


def publish(db: Session, authority, consultation, *texts: str) -> None:
    clerk, contact = an_official(db, authority, Role.CLERK), an_official(db, authority, Role.CONTACT_PERSON)
    at = answer_everything(db, consultation)
    for edition, text in enumerate(texts, start=1):
        save_text(db, consultation.id, text=text, edition=edition, by=clerk, at=NOW)
        publish_version(db, consultation.id, causes={}, by=contact, at=at)


def test_what_was_said_moves_with_an_article_that_got_another_number(db, authority, consultation, spoken) -> None:
    publish(db, authority, consultation, INSERTED)

    assert {key: each.article_key for key, each in spoken.items()} == {
        "art-2": "art-2",
        "art-3": "art-4",
        "art-4": "art-5",
        None: None,
    }
    assert {each.provision_key for each in spoken.values()} == {"art-2", "art-3", "art-4", None}
    assert article_tallies(db, consultation.id).keys() == {"art-2", "art-4", "art-5", WHOLE_DRAFT}


def test_what_was_said_about_an_article_that_is_gone_is_not_given_to_its_successor(
    db, authority, consultation, spoken
) -> None:
    publish(db, authority, consultation, STRUCK_OUT)

    assert spoken["art-3"].article_key == "art-3-v1"
    assert spoken["art-4"].article_key == "art-3"
    assert as_last_seen("art-3-v1") == ("art-3", 1)
    assert as_last_seen("art-3") == ("art-3", None)


def test_it_stays_there_in_every_version_that_follows(db, authority, consultation, spoken) -> None:
    publish(db, authority, consultation, STRUCK_OUT, DRAFT)

    assert spoken["art-3"].article_key == "art-3-v1"
    assert spoken["art-4"].article_key == "art-4"
