"""Acts of one line are committed together, and each is a whole of its own all the same."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from threading import Event
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.store import Database

KEY = "notes"
spoken = ContextVar("spoken", default="ro")


def make_notes(db: Session) -> None:
    db.execute(text("CREATE TABLE note (place INTEGER PRIMARY KEY, words TEXT NOT NULL)"))


def write(db: Session, words: str) -> int:
    place = len(notes(db)) + 1
    db.execute(text("INSERT INTO note VALUES (:place, :words)"), {"place": place, "words": words})
    return place


def write_and_tell_where(db: Session, words: str) -> Connection:
    write(db, words)
    return db.connection()


def refuse(db: Session) -> None:
    write(db, "refused")
    raise ValueError("no")


def repeat_a_place(db: Session) -> None:
    write(db, "broken")
    db.execute(text("INSERT INTO note VALUES (1, 'broken')"))


def notes(db: Session) -> list[str]:
    return list(db.scalars(text("SELECT words FROM note ORDER BY place")))


@contextmanager
def the_turn_taken(database: Database) -> Iterator[Callable[..., Future[Any]]]:
    """Let somebody have the turn until all have come who are sent in the meantime, each after the one before."""
    has_turn, go_on = Event(), Event()

    def dawdle(_db: Session) -> None:
        has_turn.set()
        assert go_on.wait(10)

    with ThreadPoolExecutor(12) as people:
        first = people.submit(database.act_alone, KEY, dawdle)
        assert has_turn.wait(10)

        def send(act: Callable[..., Any], *args: object) -> Future[Any]:
            sent = people.submit(copy_context().run, database.act_alone, KEY, act, *args)
            sleep(0.02)
            return sent

        yield send
        go_on.set()
        first.result()


def test_those_who_wait_are_committed_together_in_the_order_in_which_they_came(database: Database) -> None:
    database.act(make_notes)

    with the_turn_taken(database) as send:
        sent = [send(write_and_tell_where, f"note {number}") for number in range(1, 6)]

    assert len({each.result() for each in sent}) == 1
    assert database.read(notes) == [f"note {number}" for number in range(1, 6)]


def test_an_act_that_is_refused_leaves_nothing_behind_and_keeps_nobody_back(database: Database) -> None:
    database.act(make_notes)

    with the_turn_taken(database) as send:
        before, refused, after = send(write, "before"), send(refuse), send(write, "after")

    assert (before.result(), after.result()) == (1, 2)
    with pytest.raises(ValueError, match="no"):
        refused.result()
    assert database.read(notes) == ["before", "after"]


def test_an_act_that_breaks_the_transaction_of_all_fails_alone(database: Database) -> None:
    database.act(make_notes)

    with the_turn_taken(database) as send:
        before, broken, after = send(write, "before"), send(repeat_a_place), send(write, "after")

    assert (before.result(), after.result()) == (1, 2)
    with pytest.raises(DBAPIError):
        broken.result()
    assert database.read(notes) == ["before", "after"]


def test_an_act_is_done_in_the_language_of_whoever_asked_for_it(database: Database) -> None:
    database.act(make_notes)

    with the_turn_taken(database) as send:
        spoken.set("en")
        english = send(lambda _db: spoken.get())
        spoken.set("ro")
        romanian = send(lambda _db: spoken.get())

    assert (english.result(), romanian.result()) == ("en", "ro")


def test_of_many_who_come_at_once_each_gets_what_is_theirs(database: Database) -> None:
    database.act(make_notes)

    with ThreadPoolExecutor(40) as people:
        places = list(people.map(lambda number: database.act_alone(KEY, write, f"{number}"), range(120)))

    assert sorted(places) == list(range(1, 121))


def test_what_must_be_alone_gets_its_turn_while_others_keep_writing(database: Database) -> None:
    database.act(make_notes)
    stop = Event()

    def keep_writing() -> None:
        while not stop.is_set():
            database.act_alone(KEY, write, "again")

    with ThreadPoolExecutor(8) as people:
        busy = [people.submit(keep_writing) for _ in range(8)]
        rounds = [database.sequence(notes) for _ in range(10)]
        stop.set()
    assert all(each.exception() is None for each in busy)

    assert [len(each) for each in rounds] == sorted(len(each) for each in rounds)
