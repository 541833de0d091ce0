"""A session is a random token with limits of its own; it ends when the person says so, or the authority."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.identity.offices import Role
from consult.identity.sessions import (
    BrowserSession,
    Certainty,
    begin_session,
    end_one_session,
    end_session,
    end_sessions,
    forget_sessions,
    half_session_of,
    is_due_to_be_seen,
    see_session,
    session_of,
    sessions_of,
)
from tests.factories.people import an_authority, an_official
from tests.identity.accounts import an_account

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
LINUX = "Firefox, Linux"


def test_a_token_is_known_by_its_hash_alone_and_a_planted_one_is_nobody(db: Session) -> None:
    person = an_account(db)
    token = begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)

    found = session_of(db, token, at=AT)
    kept = db.scalars(select(BrowserSession.token_hash)).one()

    assert found is not None
    assert found.person_id == person.id
    assert token.encode() not in kept
    assert len(token) == 43
    for planted in ("", "attackerchosen", kept.hex()):
        assert session_of(db, planted, at=AT) is None


def test_a_citizen_stays_for_an_hour_of_silence_and_twelve_in_all(db: Session) -> None:
    person = an_account(db)
    token = begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)

    assert session_of(db, token, at=AT + timedelta(minutes=59))
    assert session_of(db, token, at=AT + timedelta(minutes=60)) is None
    assert lasts(db, token) == timedelta(hours=12)


def test_an_official_stays_for_half_an_hour_of_silence_and_eight_in_all(db: Session) -> None:
    official = an_official(db, an_authority(db), Role.CLERK)
    token = begin_session(db, official.person_id, Certainty.TWO_FACTORS, device=LINUX, at=AT)

    assert session_of(db, token, at=AT + timedelta(minutes=29))
    assert session_of(db, token, at=AT + timedelta(minutes=30)) is None
    assert lasts(db, token) == timedelta(hours=8)


def lasts(db: Session, token: str) -> timedelta:
    """Return how long a session lasts that gives a sign of life every five minutes."""
    now = AT
    while (found := session_of(db, token, at=now)) is not None:
        see_session(db, found.session_id, at=now)
        now += timedelta(minutes=5)
    return now - AT


def test_half_a_session_is_nobodys_and_ends_after_ten_minutes(db: Session) -> None:
    person = an_account(db)
    token = begin_session(db, person.id, Certainty.HALF, device=LINUX, at=AT)

    assert session_of(db, token, at=AT) is None
    assert half_session_of(db, token, at=AT + timedelta(minutes=9)) is not None
    assert half_session_of(db, token, at=AT + timedelta(minutes=10)) is None
    assert sessions_of(db, person.id, at=AT) == []


def test_a_whole_session_is_not_taken_for_half_of_one(db: Session) -> None:
    person = an_account(db)
    token = begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)

    assert half_session_of(db, token, at=AT) is None


def test_the_session_that_a_new_one_replaces_is_gone(db: Session) -> None:
    person = an_account(db)
    old = begin_session(db, person.id, Certainty.HALF, device=LINUX, at=AT)

    new = begin_session(db, person.id, Certainty.TWO_FACTORS, device=LINUX, replacing=old, at=AT)

    assert new != old
    assert half_session_of(db, old, at=AT) is None
    assert session_of(db, new, at=AT) is not None


def test_the_cookie_of_a_closed_account_is_nobodys(db: Session) -> None:
    person = an_account(db)
    token = begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)

    person.disabled_at = AT

    assert session_of(db, token, at=AT) is None


def test_people_see_their_sessions_and_end_one_or_all_others(db: Session) -> None:
    person, other = an_account(db), an_account(db)
    phone, laptop, library = (
        begin_session(db, person.id, Certainty.ONE_FACTOR, device=device, at=AT)
        for device in ("Safari, iOS", LINUX, "Edge, Windows")
    )
    strangers = begin_session(db, other.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)
    devices = {session.device: session.id for session in sessions_of(db, person.id, at=AT)}

    end_one_session(db, person.id, devices["Edge, Windows"])
    assert session_of(db, library, at=AT) is None
    assert session_of(db, phone, at=AT) is not None

    end_sessions(db, person.id, keeping=devices[LINUX])
    assert session_of(db, phone, at=AT) is None
    assert session_of(db, laptop, at=AT) is not None
    assert session_of(db, strangers, at=AT) is not None


def test_nobody_ends_the_session_of_somebody_else(db: Session) -> None:
    person, other = an_account(db), an_account(db)
    token = begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)
    (session,) = sessions_of(db, person.id, at=AT)

    end_one_session(db, other.id, session.id)

    assert session_of(db, token, at=AT) is not None


def test_whoever_signs_out_is_a_reader_again(db: Session) -> None:
    person = an_account(db)
    token = begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)

    end_session(db, token)

    assert session_of(db, token, at=AT) is None


@pytest.mark.parametrize(("seconds", "is_due"), [(0, False), (59, False), (60, True)])
def test_a_sign_of_life_is_written_once_a_minute(db: Session, *, seconds: int, is_due: bool) -> None:
    person = an_account(db)
    token = begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)
    session = session_of(db, token, at=AT)

    assert session is not None
    assert is_due_to_be_seen(session, at=AT + timedelta(seconds=seconds)) is is_due


def test_sessions_that_ended_long_ago_are_forgotten(db: Session) -> None:
    person = an_account(db)
    begin_session(db, person.id, Certainty.ONE_FACTOR, device=LINUX, at=AT)
    begin_session(db, person.id, Certainty.ONE_FACTOR, device="new", at=AT + timedelta(hours=12))

    forget_sessions(db, at=AT + timedelta(hours=13))

    assert db.scalars(select(BrowserSession.device)).all() == ["new"]
