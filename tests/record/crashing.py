"""Processes that are killed at any instant: writers and sequencers over one log, for the crash test.

    python -m tests.record.crashing URL FOLDER SECONDS

It forks workers, kills them at random with SIGKILL and starts them again until the time is up. Each writer notes an act
in FOLDER/acknowledged once it was told that it is committed; a reader, who is never killed, notes each checkpoint that
anybody could have read in FOLDER/readable. What must hold afterwards is for the test to say.
"""

import os
import secrets
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread, get_ident

import psycopg
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.record.entries import append
from consult.record.high_water import HighWater
from consult.record.sequencer import advance
from consult.record.tree import newest_checkpoint
from consult.store import Database
from consult.store.database import Busy
from tests.record.logs import CLERK, KEY, NOON, an_event

#: On PostgreSQL so many processes of each kind; on SQLite one process has as many threads.
WRITERS, SEQUENCERS = 4, 3
#: How long a process may live, in seconds.
LONGEST_LIFE = 0.6
#: Some writers change their mind after all is written: their acts must leave no trace.
ROLLED_BACK = 0.05
#: How often PostgreSQL itself is crashed, in seconds.
SERVER_LIFE = 4.0

#: The system's own chance, which is another one in each process that was forked.
CHANCE = secrets.SystemRandom()

Role = Callable[[Database, Path], None]


class ChangedTheirMind(Exception):  # noqa: N818 - nothing went wrong
    """An action that is rolled back."""


def write(database: Database, folder: Path) -> None:
    """Record acts, and note each that was acknowledged."""

    def act(db: Session) -> str:
        event = append(db, an_event(CHANCE.getrandbits(40)), signer=CLERK, at=NOON)
        if CHANCE.random() < ROLLED_BACK:
            raise ChangedTheirMind
        return event.id

    with (folder / f"acknowledged-{os.getpid()}-{get_ident()}").open("a", buffering=1) as noted:
        while True:
            with suppress(ChangedTheirMind):
                noted.write(f"{database.act(act)}\n")


def sequence(database: Database, folder: Path) -> None:
    """Give acts their places and sign, as fast as can be."""
    high_water = HighWater(folder / "high-water")
    while True:
        if not advance(database, KEY, at=NOON, high_water=high_water):
            time.sleep(0.002)


def read(database: Database, folder: Path) -> None:
    """Note every checkpoint that can be read."""
    last = b""
    with (folder / "readable").open("ab") as noted:
        while True:
            newest = database.read(newest_checkpoint)
            if newest is not None and newest.note != last:
                last = newest.note
                noted.write(last.hex().encode() + b"\n")
                noted.flush()
            time.sleep(0.001)


def all_in_one(database: Database, folder: Path) -> None:
    """Be the one process of an embedded database: writers and sequencer are its threads."""
    threads = [
        Thread(target=untiring, args=(role, database, folder), daemon=True) for role in (*[write] * WRITERS, sequence)
    ]
    for thread in threads:
        thread.start()
    threads[0].join()


def start(role: Role, url: str, folder: Path) -> int:
    """Fork a process that does one thing until it is killed; while the database is away it waits."""
    pid = os.fork()
    if pid:
        return pid
    untiring(role, Database(url), folder)
    raise AssertionError("unreachable")


def untiring(role: Role, database: Database, folder: Path) -> None:
    """Do one thing for ever; while the database is away, wait for it."""
    while True:
        try:
            role(database, folder)
        except (SQLAlchemyError, Busy):
            time.sleep(0.05)


def crash_server(url: str) -> None:
    """Kill one of PostgreSQL's own processes: the server then drops everybody and recovers from its log."""
    with (
        suppress(psycopg.Error),
        psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string()) as asked,
    ):
        others = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        if found := asked.execute(others).fetchall():
            os.kill(CHANCE.choice(found)[0], signal.SIGKILL)


def main(url: str, folder: Path, seconds: float) -> None:
    """Let them work, and kill them."""
    roles: list[Role] = [all_in_one] if url.startswith("sqlite") else [*[write] * WRITERS, *[sequence] * SEQUENCERS]
    reader = start(read, url, folder)
    living = {start(role, url, folder): role for role in roles}
    killed = crashed = 0
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        if not url.startswith("sqlite") and passed > (crashed + 1) * SERVER_LIFE:
            crash_server(url)
            crashed += 1
        time.sleep(CHANCE.uniform(0, LONGEST_LIFE / len(roles)))
        victim = CHANCE.choice(list(living))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        role = living.pop(victim)
        living[start(role, url, folder)] = role
        killed += 1
    for pid in (*living, reader):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    sys.stdout.write(f"{killed} {crashed}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
