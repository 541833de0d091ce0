"""`read` and `act` keep what they promise on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.store import Database


def make_counter(db: Session) -> None:
    db.execute(text("CREATE TABLE counter (value INTEGER)"))
    db.execute(text("INSERT INTO counter VALUES (0)"))


def value(db: Session) -> int:
    return db.execute(text("SELECT value FROM counter")).scalar_one()


def increase(db: Session) -> int:
    found = value(db)
    db.execute(text("UPDATE counter SET value = :value"), {"value": found + 1})
    return found + 1


def refuse(db: Session) -> None:
    increase(db)
    raise ValueError("no")


def test_no_update_is_lost_when_eight_writers_read_then_write(database: Database) -> None:
    database.act(make_counter)

    with ThreadPoolExecutor(8) as writers:
        seen = list(writers.map(lambda _: database.act_alone("counter", increase), range(80)))

    assert database.read(value) == 80
    assert sorted(seen) == list(range(1, 81))


def test_writers_that_name_no_key_are_retried_until_none_is_lost(database: Database) -> None:
    database.act(make_counter)

    with ThreadPoolExecutor(3) as writers:
        list(writers.map(lambda _: database.act(increase), range(30)))

    assert database.read(value) == 30


def test_an_act_that_fails_leaves_nothing_behind(database: Database) -> None:
    database.act(make_counter)

    with pytest.raises(ValueError, match="no"):
        database.act(refuse)

    assert database.read(value) == 0


def test_a_read_cannot_write(database: Database) -> None:
    database.act(make_counter)

    with pytest.raises(DBAPIError):
        database.read(increase)

    assert database.read(value) == 0


def test_an_act_inside_another_is_refused_and_does_not_wait_for_itself(database: Database) -> None:
    def nested(db: Session) -> None:
        increase(db)
        database.act(increase)

    database.act(make_counter)

    with pytest.raises(RuntimeError, match="inside another act"):
        database.act(nested)

    assert database.read(value) == 0
    assert database.act(increase) == 1
