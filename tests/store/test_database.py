"""`read` and `act` keep what they promise on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.store import Database
from consult.store.database import advisory_lock


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


#: A connection to a file is not lost.
on_a_server = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def hang_up(db: Session) -> None:
    db.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


@on_a_server
@pytest.mark.parametrize("key", [None, "counter"])
def test_an_act_that_loses_its_connection_is_done_once_on_another(database: Database, key: str | None) -> None:
    database.act(make_counter)
    seen: list[int] = []

    def increase_at_last(db: Session) -> int:
        seen.append(increase(db))
        if len(seen) == 1:
            hang_up(db)
        return seen[-1]

    done = database.act_alone(key, increase_at_last) if key else database.act(increase_at_last)

    assert (done, seen) == (1, [1, 1])
    assert database.read(value) == 1


@on_a_server
def test_a_read_whose_connection_was_closed_meanwhile_is_answered(database: Database) -> None:
    database.act(make_counter)
    others = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :pid")
    pid = database.read(lambda db: db.scalar(text("SELECT pg_backend_pid()")))
    other = Database(database.url)
    other.act(lambda db: db.execute(others, {"pid": pid}))
    other.close()

    assert database.read(value) == 0


@on_a_server
def test_a_read_that_loses_one_connection_after_the_other_is_given_up(database: Database) -> None:
    with pytest.raises(DBAPIError):
        database.read(hang_up)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_whoever_waits_in_vain_for_a_lock_gives_the_connection_back_as_it_was(database: Database) -> None:
    with (
        database.engine.connect() as holder,
        advisory_lock(holder, "register"),
        database.engine.connect() as waiting,
    ):
        waiting.execute(text("SET statement_timeout = 50"))
        waiting.commit()

        with pytest.raises(DBAPIError, match="statement timeout"), advisory_lock(waiting, "register"):
            pass

        raw = waiting.connection.driver_connection
        assert raw is not None
        assert not raw.autocommit
        waiting.invalidate()
