"""Proposals without an account: a name, an address, a letter; what counts is when they were sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Stage
from consult.consultations.places import Place
from consult.consultations.recommendations import Kind, Recommendation, list_recommendations
from consult.consultations.submissions import AlreadyProposed, ConsultationClosed
from consult.consultations.unconfirmed import (
    LetterOnItsWay,
    UnconfirmedRecommendation,
    WentOn,
    confirm_recommendation,
    confirmed_by,
    send_unconfirmed,
    to_confirm,
)
from consult.consultations.words import SaysNothing, Words
from consult.identity.names import NotAnEmail
from consult.identity.one_use_links import LinkExpired, LinkUsed
from consult.identity.people import Person, person_by_email
from consult.identity.retention import forget_expired
from consult.identity.sign_up import sign_up
from consult.jobs import Job
from consult.record.entries import RecordedEvent
from consult.refusals import NotFound
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_open_consultation

ANA = "ana@exemplu.ro"


@pytest.fixture
def consultation(db: Session):
    return an_open_consultation(db)


def send(db: Session, consultation, **changes: object) -> None:
    """Send a comment on art. 2 without an account, unless a test says otherwise."""
    sent = {
        "said": Words(Kind.OBSERVATION, "Taxa e prea mare.", ""),
        "place": Place("art-2"),
        "named": True,
        "name": "Ana Pop",
        "email": ANA,
        "locale": "ro",
        "at": NOW,
    }
    send_unconfirmed(db, consultation.id, **(sent | changes))


def letters(db: Session, to: str = ANA) -> list[dict[str, object]]:
    """Return what was posted to a mailbox, in order."""
    posted = db.scalars(select(Job).where(Job.kind == "letter").order_by(Job.id))
    return [job.facts["letter"] for job in posted if job.facts["to"] == to]


def token(db: Session) -> str:
    """Return what stands in the link of the last letter."""
    return str(letters(db)[-1]["link"]).rpartition("/")[2]


def confirm(db: Session, consultation, at=NOW + timedelta(hours=2)) -> Recommendation:
    confirm_recommendation(db, consultation.authority_id, token(db), at=at)
    return list_recommendations(db, consultation.id).recommendations[-1]


def test_before_the_confirmation_it_has_no_number_and_nothing_of_it_is_public(db: Session, consultation) -> None:
    send(db, consultation)

    assert list_recommendations(db, consultation.id).recommendations == []
    assert a_recommendation(db, consultation).number == 1
    assert db.scalars(select(RecordedEvent).where(RecordedEvent.subject.contains("/propuneri/"))).one()


def test_confirmed_it_is_received_as_of_when_it_was_sent_and_gets_the_next_number(db: Session, consultation) -> None:
    send(db, consultation)
    a_recommendation(db, consultation)

    received = confirm(db, consultation)

    assert (received.number, received.received_at, received.confirmed_at) == (2, NOW, NOW + timedelta(hours=2))
    assert (received.author, received.article_key, received.words["wording"]) == (
        "Ana Pop",
        "art-2",
        "Taxa e prea mare.",
    )
    assert letters(db)[-1]["kind"] == "recommendation-received"


def test_who_sends_it_in_the_last_instant_and_confirms_the_next_day_is_in_time(db: Session, consultation) -> None:
    last = consultation.closes_at - timedelta(microseconds=1)
    send(db, consultation, at=last)

    received = confirm(db, consultation, at=last + timedelta(days=1))

    assert received.received_at == last
    with pytest.raises(ConsultationClosed):
        send(db, consultation, at=consultation.closes_at, email="ion@exemplu.ro")


def test_the_number_is_of_the_year_in_which_it_was_confirmed(db: Session) -> None:
    at = NOW.replace(month=12, day=28)
    consultation = an_open_consultation(db, at=at)
    send(db, consultation, at=at)

    assert confirm(db, consultation, at=at + timedelta(days=5)).register_number == "1/2027"


def test_after_seven_days_the_link_is_dead_and_what_was_written_is_deleted(db: Session, consultation) -> None:
    send(db, consultation)
    late = NOW + timedelta(days=7)

    with pytest.raises(LinkExpired):
        confirm(db, consultation, at=late)
    forget_expired(db, at=late)

    db.expire_all()
    assert db.scalars(select(UnconfirmedRecommendation)).all() == []


def test_a_link_confirms_once_and_then_leads_to_the_proposal(db: Session, consultation) -> None:
    send(db, consultation)
    received = confirm(db, consultation)

    with pytest.raises(LinkUsed):
        confirm_recommendation(db, consultation.authority_id, token_of_first(db), at=NOW + timedelta(hours=3))
    assert confirmed_by(db, token_of_first(db)) == f"/consultari/1-2026/propuneri/{received.reference}"


def token_of_first(db: Session) -> str:
    return str(letters(db)[0]["link"]).rpartition("/")[2]


def test_an_address_with_an_account_gets_the_same_letter_and_it_is_the_accounts_proposal(
    db: Session, consultation
) -> None:
    owner = a_citizen(db, name="Ana Popescu", email=ANA)
    send(db, consultation)

    shown = to_confirm(db, consultation.authority_id, token(db), at=NOW)
    kinds = [letter["kind"] for letter in letters(db)]
    received = confirm(db, consultation)

    assert kinds == ["confirm-proposal"]
    assert (received.person_id, received.author) == (owner.person_id, "Ana Popescu")
    assert shown.name == "Ana Popescu"


def test_who_has_none_becomes_a_person_who_cannot_sign_in_before_they_choose_a_password(
    db: Session, consultation
) -> None:
    send(db, consultation)
    confirm(db, consultation)

    person = person_by_email(db, ANA)
    sign_up(db, email=ANA, name="Altcineva", password_hash="hash", locale="ro", at=NOW + timedelta(days=1))

    assert person is not None
    assert (person.password_hash, person.is_confirmed) == (None, True)
    assert letters(db)[-1] == {"kind": "already-registered", "link": "/recuperare"}


def test_nobody_gets_more_than_one_such_letter_an_hour(db: Session, consultation) -> None:
    send(db, consultation)

    with pytest.raises(LetterOnItsWay):
        send(db, consultation, said=Words(Kind.OBSERVATION, "Și încă ceva.", ""), at=NOW + timedelta(minutes=59))
    send(db, consultation, said=Words(Kind.OBSERVATION, "Și încă ceva.", ""), at=NOW + timedelta(minutes=60))

    assert len(letters(db)) == 2


def test_the_letter_carries_no_word_of_who_sent_it(db: Session, consultation) -> None:
    send(db, consultation, name="Vizitați cazinoul", said=Words(Kind.OBSERVATION, "Vizitați cazinoul", ""))

    assert letters(db)[0].keys() == {"kind", "link", "expires_at"}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"said": Words(Kind.OBSERVATION, " ", "")}, SaysNothing),
        ({"email": "ana@"}, NotAnEmail),
        ({"place": Place("art-99")}, NotFound),
    ],
)
def test_what_was_written_is_checked_when_it_is_sent(db: Session, consultation, changes, refusal) -> None:
    with pytest.raises(refusal):
        send(db, consultation, **changes)

    assert db.scalars(select(Person).where(Person.email == ANA)).all() == []


def test_the_same_words_of_the_same_author_are_refused_when_they_are_confirmed(db: Session, consultation) -> None:
    send(db, consultation)
    confirm(db, consultation)
    send(db, consultation, at=NOW + timedelta(hours=3))

    with pytest.raises(AlreadyProposed):
        confirm(db, consultation, at=NOW + timedelta(hours=4))


def test_a_draft_that_went_on_to_the_council_receives_nothing_more(db: Session, consultation) -> None:
    send(db, consultation)
    consultation.stage = Stage.SUBMITTED

    with pytest.raises(WentOn):
        confirm(db, consultation)


def test_a_link_works_only_at_the_authority_whose_draft_it_is_about(db: Session, consultation) -> None:
    send(db, consultation)
    elsewhere = an_authority(db)

    with pytest.raises(NotFound):
        confirm_recommendation(db, elsewhere.id, token(db), at=NOW)
