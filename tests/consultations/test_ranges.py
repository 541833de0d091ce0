"""A proposal about several articles that follow one another: one number, shown on the page of each."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.counters import article_tallies, refresh_counters, tally, total
from consult.consultations.drafts import save_text
from consult.consultations.places import Place
from consult.consultations.publication import publish_version
from consult.consultations.ranges import NotARange, range_label
from consult.consultations.recommendations import Kind, RangeArticle, list_recommendations
from consult.consultations.submissions import AlreadyProposed, NoPlace, look_at, submit_recommendation
from consult.consultations.text_pages import article_page, text_page, words_read
from consult.consultations.versions import versions_of
from consult.consultations.words import ChangesNothing
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.record.entries import RecordedEvent
from consult.refusals import NotFound
from tests.factories import DRAFT, NOW, a_citizen, a_recommendation, an_official, an_open_consultation
from tests.factories.consultations import answer_everything


@pytest.fixture
def consultation(db: Session):
    return an_open_consultation(db)


def send(db: Session, consultation, **changes: object):
    """Ask to strike art. 2 to 4 out, unless a test says otherwise."""
    asked = {
        "kind": Kind.DELETION,
        "provision_key": "art-2",
        "until_key": "art-4",
        "wording": "",
        "reason": "Nu sunt necesare.",
        "named": False,
        "by": changes.pop("by", None) or a_citizen(db),
        "at": NOW,
    }
    return submit_recommendation(db, consultation.id, **(asked | changes))


def numbers_about(db: Session, consultation, key: str) -> list[int]:
    return [each.number for each in list_recommendations(db, consultation.id, article_key=key).recommendations]


def test_it_has_one_number_and_stands_on_the_page_of_each_of_its_articles(db: Session, consultation) -> None:
    a_recommendation(db, consultation, provision_key="art-3")
    sent = send(db, consultation)

    assert (sent.number, sent.provision_label) == (2, "Art. 2–4")
    assert [numbers_about(db, consultation, f"art-{at}") for at in (1, 2, 3, 4)] == [[], [2], [1, 2], [2]]
    assert [each.number for each in list_recommendations(db, consultation.id).recommendations] == [1, 2]


def test_it_is_shown_beside_each_of_its_articles_and_counted_once_in_all(db: Session, consultation) -> None:
    send(db, consultation)
    refresh_counters(db, consultation.id)
    authority = db.get_one(Authority, consultation.authority_id)

    page = text_page(db, authority.id, consultation.reference, with_said=True)

    assert page.counts == {"art-2": 1, "art-3": 1, "art-4": 1}
    assert {key: [it.number for it in said] for key, said in (page.said or {}).items()} == {
        "art-2": [1],
        "art-3": [1],
        "art-4": [1],
    }
    assert article_page(db, authority.id, consultation.reference, "art-3").tally.shown == 1
    assert (tally(db, consultation.id).received, total(article_tallies(db, consultation.id).values()).received) == (
        1,
        1,
    )


def test_the_entry_names_both_ends(db: Session, consultation) -> None:
    sent = send(db, consultation)

    entry = db.get_one(RecordedEvent, sent.event_id).entry

    assert b'"provision":"art-2"' in entry
    assert b'"until":"art-4"' in entry


def test_its_words_are_those_of_all_its_articles(db: Session, consultation) -> None:
    sent = send(db, consultation, until_key="art-3")

    read = words_read(db, versions_of(db, consultation.id), [sent])[sent.id]

    assert read == look_at(db, consultation.id, Place("art-2", "art-3"), by=None, at=NOW).current
    assert read.startswith("Art. 2\n(1) Abonamentul")
    assert read.endswith("Cererile se depun online sau la ghișeul unic.")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"until_key": "art-2"}, NotARange),
        ({"until_key": "art-1"}, NotARange),
        ({"until_key": "art-9"}, NotFound),
        ({"provision_key": "art-2-alin-1"}, NotFound),
        ({"kind": Kind.INSERTION, "wording": "Art. nou."}, NoPlace),
    ],
)
def test_a_range_goes_from_an_article_to_a_later_one_and_nothing_is_inserted_after_it(
    db: Session, consultation, changes, refusal
) -> None:
    with pytest.raises(refusal):
        send(db, consultation, **changes)


def test_a_change_of_a_range_must_change_something(db: Session, consultation) -> None:
    current = look_at(db, consultation.id, Place("art-2", "art-3"), by=None, at=NOW).current

    with pytest.raises(ChangesNothing):
        send(db, consultation, kind=Kind.CHANGE, until_key="art-3", wording=current)


def test_the_same_words_about_the_first_article_alone_are_another_proposal(db: Session, consultation) -> None:
    author = a_citizen(db)
    send(db, consultation, by=author)

    assert send(db, consultation, by=author, until_key=None).number == 2
    with pytest.raises(AlreadyProposed):
        send(db, consultation, by=author)


def test_a_new_version_moves_it_with_all_its_articles(db: Session, consultation) -> None:
    send(db, consultation)
    at = answer_everything(db, consultation)
    contact = an_official(db, db.get_one(Authority, consultation.authority_id), Role.CONTACT_PERSON)
    clerk = an_official(db, db.get_one(Authority, consultation.authority_id), Role.CLERK)
    inserted = DRAFT.replace("Art. 4.", "Art. 4. - Un articol cu totul nou, despre biciclete.\nArt. 5.")
    save_text(db, consultation.id, text=inserted, edition=1, by=clerk, at=at)

    publish_version(db, consultation.id, causes={}, by=contact, at=at)

    places = db.scalars(select(RangeArticle.article_key).order_by(RangeArticle.article_key)).all()
    assert places == ["art-3", "art-5"]


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("Art. 2", "Art. 4", "Art. 2–4"),
        ("Art. 2", "Anexa nr. 1", "Art. 2 – Anexa nr. 1"),
        ("Anexa", "Anexa nr. 2", "Anexa – Anexa nr. 2"),
    ],
)
def test_what_both_ends_are_called_is_said_once(first: str, last: str, label: str) -> None:
    assert range_label(first, last) == label
