"""A form is done once, however often and however fast it arrives."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.refusals import Refusal
from consult.store import Database
from consult.store.resend import REMEMBERED, Sending, SentDifferently, SentForm, act_once, forget_sent_forms, remember
from tests.factories import NOW


def sending(key: str = "key", body: str = "body") -> Sending:
    return Sending(sha256(key.encode()).digest(), sha256(body.encode()).digest(), NOW)


class OnlyOne(Refusal):
    """There is an entry already."""


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

    first = act_once(database, None, sending(), enter, address)
    again = act_once(database, None, sending(), enter, address)

    assert (first, again) == ("/entry/1", "/entry/1")
    assert database.read(entries) == 1


def test_a_resend_of_what_cannot_be_done_twice_leads_to_the_same_page(database: Database) -> None:
    def enter_the_first(db: Session) -> int:
        if entries(db):
            raise OnlyOne
        return enter(db)

    database.act(make_register)
    act_once(database, None, sending(), enter_the_first, address)

    again = act_once(database, None, sending(), enter_the_first, address)
    with pytest.raises(OnlyOne):
        act_once(database, None, sending("another key"), enter_the_first, address)

    assert again == "/entry/1"


def test_the_same_key_with_another_body_is_refused(database: Database) -> None:
    database.act(make_register)
    act_once(database, None, sending(body="one"), enter, address)

    with pytest.raises(SentDifferently):
        act_once(database, None, sending(body="two"), enter, address)

    assert database.read(entries) == 1


def test_a_form_that_was_refused_may_be_sent_again(database: Database) -> None:
    def refuse(_db: Session) -> int:
        raise SentDifferently

    database.act(make_register)
    with pytest.raises(SentDifferently):
        act_once(database, None, sending(), refuse, address)

    assert act_once(database, None, sending(), enter, address) == "/entry/1"


def test_eight_sendings_at_once_are_one_deed_with_one_page(database: Database) -> None:
    database.act(make_register)
    together = Barrier(8)

    def send(_: int) -> str:
        together.wait()
        return act_once(database, None, sending(), enter, address)

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
    remember(db, sending(), "/entry/1")

    forget_sent_forms(db, at=NOW + REMEMBERED)
    assert db.scalars(select(SentForm)).one()

    forget_sent_forms(db, at=NOW + REMEMBERED + timedelta(seconds=1))
    assert db.scalars(select(SentForm)).all() == []
