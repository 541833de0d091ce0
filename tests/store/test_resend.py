"""A form is done once, however often and however fast it arrives."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.store import Database
from consult.store.resend import REMEMBERED, Sending, SentDifferently, SentForm, forget_sent_forms, once
from tests.factories import NOW


def sending(key: str = "key", body: str = "body") -> Sending:
    return Sending(sha256(key.encode()).digest(), sha256(body.encode()).digest(), NOW)


def make_register(db: Session) -> None:
    db.execute(text("CREATE TABLE entry (number INTEGER PRIMARY KEY)"))


def enter(db: Session) -> int:
    number = db.execute(text("SELECT count(*) FROM entry")).scalar_one() + 1
    db.execute(text("INSERT INTO entry VALUES (:number)"), {"number": number})
    return int(number)


def entries(db: Session) -> int:
    return int(db.execute(text("SELECT count(*) FROM entry")).scalar_one())


def address(number: int) -> str:
    return f"/entry/{number}"


def test_a_resend_leads_to_the_same_page_and_does_nothing(database: Database) -> None:
    database.act(make_register)

    first = database.act(once, sending(), enter, address)
    again = database.act(once, sending(), enter, address)

    assert (first, again) == ("/entry/1", "/entry/1")
    assert database.read(entries) == 1


def test_the_same_key_with_another_body_is_refused(database: Database) -> None:
    database.act(make_register)
    database.act(once, sending(body="one"), enter, address)

    with pytest.raises(SentDifferently):
        database.act(once, sending(body="two"), enter, address)

    assert database.read(entries) == 1


def test_a_form_that_was_refused_may_be_sent_again(database: Database) -> None:
    def refuse(_db: Session) -> int:
        raise SentDifferently

    database.act(make_register)
    with pytest.raises(SentDifferently):
        database.act(once, sending(), refuse, address)

    assert database.act(once, sending(), enter, address) == "/entry/1"


def test_eight_sendings_at_once_are_one_deed_with_one_page(database: Database) -> None:
    database.act(make_register)
    together = Barrier(8)

    def send(_: int) -> str:
        together.wait()
        return database.act(once, sending(), enter, address)

    with ThreadPoolExecutor(8) as senders:
        pages = set(senders.map(send, range(8)))

    assert pages == {"/entry/1"}
    assert database.read(entries) == 1


def test_a_real_violation_of_a_unique_constraint_is_raised(database: Database) -> None:
    def collide(db: Session) -> None:
        db.execute(text("INSERT INTO entry VALUES (1)"))

    database.act(make_register)
    database.act(collide)

    with pytest.raises(Exception, match=r"(?i)unique"):
        database.act(collide)


def test_old_forms_are_forgotten(db: Session) -> None:
    db.execute(text("CREATE TABLE entry (number INTEGER PRIMARY KEY)"))
    once(db, sending(), enter, address)

    forget_sent_forms(db, at=NOW + REMEMBERED)
    assert db.scalars(select(SentForm)).one()

    forget_sent_forms(db, at=NOW + REMEMBERED + timedelta(seconds=1))
    assert db.scalars(select(SentForm)).all() == []
