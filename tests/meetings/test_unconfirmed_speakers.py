"""Registering to speak without an account: a name, an address, a letter; the turn comes with its confirmation."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.gatherings import cancel
from consult.identity.names import NotAName, NotAnEmail
from consult.identity.offices import Role
from consult.identity.one_use_links import LinkUsed
from consult.identity.people import Person, person_by_email
from consult.identity.retention import forget_expired
from consult.meetings.meetings import Meeting, MeetingOver
from consult.meetings.speakers import AlreadyRegistered, HasBegun, register_speaker, speakers_of
from consult.meetings.unconfirmed_speakers import (
    LetterSentBefore,
    UnconfirmedSpeaker,
    ask_to_speak,
    confirm_speaker,
    speaker_confirmed,
    speaker_to_confirm,
)
from consult.refusals import NotFound
from tests.factories import NOW, a_citizen, a_debate, an_authority, an_official, an_open_consultation
from tests.identity.letters import last_token

VASILE = "vasile@exemplu.ro"
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


@pytest.fixture
def debate(db: Session, authority, contact) -> Meeting:
    return a_debate(db, an_open_consultation(db, authority), contact)


def ask(db: Session, debate: Meeting, **changes: object) -> str:
    """Ask for the floor without an account, unless a test says otherwise; return what stands in the letter's link."""
    asked = {"name": "Vasile Pop", "email": VASILE, "named": True, "locale": "ro", "at": NOW}
    ask_to_speak(db, debate.id, **(asked | changes))
    return last_token(db)


def test_before_the_confirmation_nobody_is_registered(db: Session, debate) -> None:
    ask(db, debate)

    assert speakers_of(db, debate.id) == []
    assert person_by_email(db, VASILE) is None


def test_the_turn_comes_with_the_confirmation_and_the_address_stays_with_the_authority(db: Session, debate) -> None:
    token = ask(db, debate)
    register_speaker(db, debate.id, named=True, by=a_citizen(db, name="Ana Ilie"), at=NOW)

    page = confirm_speaker(db, debate.authority_id, token, at=SOON)

    assert [(each.position, each.label) for each in speakers_of(db, debate.id)] == [(1, "Ana Ilie"), (2, "Vasile Pop")]
    assert page == speaker_confirmed(db, token)
    assert db.scalars(select(UnconfirmedSpeaker)).all() == []
    with pytest.raises(LinkUsed):
        confirm_speaker(db, debate.authority_id, token, at=SOON)


def test_the_mailbox_of_an_account_registers_its_owner_under_their_own_name(db: Session, debate) -> None:
    owner = a_citizen(db, name="Ana Ilie")
    token = ask(db, debate, email=owner.email)
    shown = speaker_to_confirm(db, debate.authority_id, token, at=SOON)

    confirm_speaker(db, debate.authority_id, token, at=SOON)

    [speaker] = speakers_of(db, debate.id)
    assert (speaker.person_id, speaker.label, shown.name) == (owner.person_id, "Ana Ilie", "Ana Ilie")


def test_who_registered_by_their_account_has_one_turn(db: Session, debate) -> None:
    owner = a_citizen(db)
    token = ask(db, debate, email=owner.email)
    register_speaker(db, debate.id, named=False, by=owner, at=NOW)

    with pytest.raises(AlreadyRegistered):
        confirm_speaker(db, debate.authority_id, token, at=SOON)


@pytest.mark.parametrize(
    ("wrong", "refusal"), [({"name": " "}, NotAName), ({"email": "vasile"}, NotAnEmail)], ids=["name", "address"]
)
def test_a_name_and_an_address_are_asked_for(db: Session, debate, wrong: dict[str, str], refusal) -> None:
    with pytest.raises(refusal):
        ask(db, debate, **wrong)


def test_one_mailbox_gets_one_such_letter_an_hour(db: Session, debate) -> None:
    ask(db, debate)

    with pytest.raises(LetterSentBefore):
        ask(db, debate, at=SOON)


def test_after_the_beginning_people_register_in_the_room(db: Session, debate) -> None:
    token = ask(db, debate)

    with pytest.raises(HasBegun):
        ask(db, debate, at=debate.starts_at)
    with pytest.raises(HasBegun):
        confirm_speaker(db, debate.authority_id, token, at=debate.starts_at)


def test_a_debate_that_was_called_off_gives_no_turn(db: Session, debate, contact) -> None:
    token = ask(db, debate)
    cancel(db, debate.id, reason="Sala e inundată.", by=contact, at=SOON)

    with pytest.raises(MeetingOver):
        confirm_speaker(db, debate.authority_id, token, at=SOON)


def test_a_link_of_another_authority_opens_nothing(db: Session, debate) -> None:
    token = ask(db, debate)

    with pytest.raises(NotFound):
        confirm_speaker(db, an_authority(db, slug="livada").id, token, at=SOON)


def test_what_is_not_confirmed_is_forgotten_with_its_link(db: Session, debate) -> None:
    ask(db, debate)

    forget_expired(db, at=NOW + timedelta(days=8))

    assert db.scalars(select(UnconfirmedSpeaker)).all() == []
    assert db.scalars(select(Person).where(Person.email == VASILE)).all() == []
