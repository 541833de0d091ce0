"""Following one consultation: asked for, confirmed, written to at each step, ended by one press."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Stage
from consult.consultations.date_moves import Promised, move_date
from consult.consultations.debates import announce_debate
from consult.consultations.following import (
    Follower,
    as_followed,
    ask_to_follow,
    confirm_following,
    follow,
    forget_follower,
    leave,
    mailbox_to_confirm,
    unfollow,
)
from consult.consultations.outcomes import record_outcome
from consult.identity.names import NotAnEmail
from consult.identity.offices import Role
from consult.identity.one_use_links import LinkSpent
from consult.mail.kinds import ConsultationStep
from consult.meetings.meetings import Notice
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import answer_everything
from tests.identity.letters import last_token, letters

ION = "ion@posta.example"


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


def steps(db: Session) -> list[tuple[str, str]]:
    """What followers were told of, and where."""
    return [(each.to, each.letter.happened) for each in letters(db) if isinstance(each.letter, ConsultationStep)]


def follows(db: Session, consultation, email: str = ION) -> bool:
    return as_followed(db, consultation.authority_id, consultation.reference, email)[1]


def test_a_mailbox_follows_once_its_reader_has_confirmed_it(db: Session, authority, consultation) -> None:
    ask_to_follow(db, authority.id, consultation.reference, email=ION, locale="ro", at=NOW)
    token = last_token(db)
    assert not follows(db, consultation)

    assert mailbox_to_confirm(db, consultation.reference, token, at=NOW) == ION
    confirm_following(db, authority.id, consultation.reference, token, locale="ro", at=NOW)

    assert follows(db, consultation)
    with pytest.raises(LinkSpent):
        confirm_following(db, authority.id, consultation.reference, token, locale="ro", at=NOW)


def test_a_link_confirms_only_the_consultation_for_which_it_was_sent(db: Session, authority, consultation) -> None:
    other = an_open_consultation(db, authority)
    ask_to_follow(db, authority.id, consultation.reference, email=ION, locale="ro", at=NOW)

    with pytest.raises(LinkSpent):
        mailbox_to_confirm(db, other.reference, last_token(db), at=NOW)


def test_what_is_no_address_follows_nothing(db: Session, authority, consultation) -> None:
    with pytest.raises(NotAnEmail):
        ask_to_follow(db, authority.id, consultation.reference, email="ion", locale="ro", at=NOW)


def test_each_step_is_written_to_followers_of_this_consultation_alone(
    db: Session, authority, consultation, contact
) -> None:
    other = an_open_consultation(db, authority)
    follow(db, consultation.id, email=ION, locale="ro", at=NOW)
    follow(db, other.id, email="alta@posta.example", locale="ro", at=NOW)
    a_recommendation(db, consultation)
    later = consultation.submission_on + timedelta(days=3)

    move_date(db, consultation.id, of=Promised.SUBMISSION, day=later, reason="La cerere.", by=contact, at=NOW)
    announce_debate(db, consultation.id, notice=Notice(NOW + timedelta(days=2), "Sala Mare"), by=contact, at=NOW)
    at = answer_everything(db, consultation)
    record_outcome(db, consultation.id, outcome=Stage.WITHDRAWN, on=at.date(), note="Se reface.", by=contact, at=at)

    assert steps(db) == [(ION, each) for each in ("submission_on", "debate", "answers", "withdrawn")]


def test_whoever_has_a_letter_of_their_own_gets_no_second_one(db: Session, consultation) -> None:
    author = a_citizen(db)
    a_recommendation(db, consultation, by=author)
    follow(db, consultation.id, email=author.email, locale="ro", at=NOW)

    answer_everything(db, consultation)

    assert steps(db) == []


def test_one_press_ends_the_letters_and_forgets_the_mailbox(db: Session, consultation) -> None:
    for _ in range(2):
        follow(db, consultation.id, email=ION, locale="ro", at=NOW)
    [follower] = db.scalars(select(Follower))

    for _ in range(2):
        leave(db, follower.leave_token)

    assert not follows(db, consultation)
    follow(db, consultation.id, email=ION, locale="ro", at=NOW)
    unfollow(db, consultation.id, email=ION)
    assert not follows(db, consultation)


def test_a_closed_account_follows_nothing_any_more(db: Session, authority, consultation) -> None:
    for each in (consultation, an_open_consultation(db, authority)):
        follow(db, each.id, email=ION, locale="ro", at=NOW)

    forget_follower(db, ION)

    assert db.scalars(select(Follower)).all() == []
