"""What has changed since somebody commented: their articles, wherever these stand now."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.drafts import save_text
from consult.consultations.participation import contributions_of
from consult.consultations.publication import publish_version
from consult.consultations.recommendations import Kind
from consult.consultations.since import since_page
from consult.consultations.submissions import submit_recommendation
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from tests.factories import DRAFT, NOW, a_citizen, an_official, an_open_consultation
from tests.factories.consultations import answer_everything


@pytest.fixture
def author(db: Session):
    return a_citizen(db)


@pytest.fixture
def consultation(db: Session):
    return an_open_consultation(db)


def comment(db: Session, consultation, author, provision_key: str | None, until_key: str | None = None):
    return submit_recommendation(
        db,
        consultation.id,
        kind=Kind.OBSERVATION,
        provision_key=provision_key,
        until_key=until_key,
        wording="Ar trebui lămurit.",
        reason="",
        named=False,
        by=author,
        at=NOW,
    )


def improve(db: Session, consultation, text: str) -> None:
    """Answer what was received and publish a second version."""
    authority = db.get_one(Authority, consultation.authority_id)
    at = answer_everything(db, consultation)
    clerk, contact = (an_official(db, authority, role) for role in (Role.CLERK, Role.CONTACT_PERSON))
    save_text(db, consultation.id, text=text, edition=1, by=clerk, at=at)
    publish_version(db, consultation.id, causes={}, by=contact, at=at)


def since(db: Session, consultation, said):
    return since_page(db, consultation.authority_id, consultation.reference, said.reference)


def test_an_article_that_moved_is_compared_with_itself(db: Session, consultation, author) -> None:
    said = comment(db, consultation, author, "art-3")
    text = DRAFT.replace("Art. 4.", "Art. 5.").replace(
        "online sau la ghișeul unic", "tot anul, online sau la ghișeul unic"
    )
    improve(db, consultation, text.replace("Art. 3.", "Art. 3. - Un articol nou, despre biciclete.\nArt. 4."))

    (article,) = since(db, consultation, said).articles

    assert (article.label_read, article.label, article.key) == ("Art. 3", "Art. 4", "art-4")
    assert article.is_changed
    assert article.before == "Cererile se depun online sau la ghișeul unic."
    assert article.after == "Cererile se depun tot anul, online sau la ghișeul unic."


def test_an_article_that_only_moved_reads_as_it_did(db: Session, consultation, author) -> None:
    said = comment(db, consultation, author, "art-2-alin-1")
    improve(db, consultation, DRAFT.replace("se duce la îndeplinire", "se aduce la îndeplinire"))

    (article,) = since(db, consultation, said).articles

    assert not article.is_changed
    assert not article.is_gone


def test_an_article_that_is_gone_is_said_to_be(db: Session, consultation, author) -> None:
    said = comment(db, consultation, author, "art-4")
    improve(db, consultation, DRAFT.partition("Art. 4.")[0])

    (article,) = since(db, consultation, said).articles

    assert article.is_gone
    assert article.before.startswith("Prezenta hotărâre")


def test_of_a_range_each_article_is_compared(db: Session, consultation, author) -> None:
    said = comment(db, consultation, author, "art-2", "art-4")
    improve(db, consultation, DRAFT.replace("240 de lei", "180 de lei"))

    found = since(db, consultation, said)

    assert [(each.label, each.is_changed) for each in found.articles] == [
        ("Art. 2", True),
        ("Art. 3", False),
        ("Art. 4", False),
    ]


def test_about_the_whole_draft_and_without_a_new_version_there_is_nothing_to_compare(
    db: Session, consultation, author
) -> None:
    found = since(db, consultation, comment(db, consultation, author, None))

    assert found.articles == []
    assert found.read is found.newest


def test_ones_own_page_knows_which_text_has_changed_since(db: Session, consultation, author) -> None:
    comment(db, consultation, author, "art-3")
    before = [each.has_newer_text for each in contributions_of(db, author.person_id)]
    improve(db, consultation, DRAFT.replace("240 de lei", "180 de lei"))

    assert before == [False]
    assert [each.has_newer_text for each in contributions_of(db, author.person_id)] == [True]
