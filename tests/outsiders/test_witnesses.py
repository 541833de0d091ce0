"""Witnesses of others cosign our log, ours cosigns for the clients of others, and each refuses another history.

A witness sees checkpoints and the proofs between them, never an entry or a tile: that one of those was changed is for
verifiers to find, and no test here asks a witness for it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.record.checkpoints import Checkpoint
from consult.record.cosignatures import encode_request
from consult.record.cosigning import ask_witnesses
from consult.record.entries import append
from consult.record.events import QuorumChanged, WitnessAdded
from consult.record.events.log import SUBJECT
from consult.record.notes import Note, VerifyingKey
from consult.record.outgoing import posting
from consult.record.quorum import TrustedLog, TrustedWitness, WitnessPolicy, met
from consult.record.reports import verify_log
from consult.record.static import checkpoint_bytes
from consult.record.witnesses import Trouble, Witness, seen_by_witnesses
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.outsiders.programs import HERE, aics
from tests.outsiders.test_outsiders import run
from tests.outsiders.witnesses import NAME, Running, aics_witness, own_witness
from tests.record.logs import CLERK, KEY, NOON, exported, record_events, sequence_all

pytestmark = pytest.mark.slow

#: By how much the log grows each time: beyond the first tile.
STEPS = (5, 200, 100)
POST = posting(allows_private=True)


@dataclass(frozen=True)
class Town:
    """A log whose authority asks one witness. `url`: of its database, a file."""

    database: Database
    url: str

    def grow(self, count: int) -> None:
        self.database.act(record_events, count)
        sequence_all(self.database)

    def ask(self) -> None:
        ask_witnesses(self.database, POST, lambda *_: None, at=clock.now())

    @property
    def trouble(self) -> Trouble | None:
        (seen,) = self.database.read(seen_by_witnesses)
        return seen.witness.trouble

    @property
    def checkpoint(self) -> bytes:
        return self.database.read(checkpoint_bytes) or b""

    @contextmanager
    def restored_later(self, file: Path) -> Iterator["Town"]:
        """Copy the database as it is now: what somebody has who restores a backup, or rewrites history."""
        with (
            closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as true,
            closing(sqlite3.connect(file)) as other,
        ):
            true.backup(other)
        url = f"sqlite:///{file}"
        with closing(Database(url)) as database:
            yield Town(database, url)


@pytest.fixture
def town(databases: MigratedDatabases) -> Iterator[Town]:
    url = databases.fresh_url("sqlite")
    with closing(Database(url)) as database:
        yield Town(database, url)
    databases.forget(url)


@pytest.fixture
def programs(shared_by_workers: Path) -> Path:
    return aics(shared_by_workers)


@pytest.fixture
def theirs(programs: Path, tmp_path: Path, town: Town) -> Iterator[Running]:
    """The witness of others, whom the authority has named."""
    with aics_witness(programs, tmp_path, KEY.verifying.vkey) as running:
        town.database.act(name_witness, running)
        sequence_all(town.database)
        yield running


def name_witness(db: Session, running: Running) -> None:
    db.add(Witness(name="Pietonii", vkey=running.vkey, url=running.url, added_at=NOON))
    named = WitnessAdded(subject=SUBJECT, name="Pietonii", key=running.vkey, url=running.url)
    append(db, named, signer=CLERK, at=NOON)
    append(db, QuorumChanged(subject=SUBJECT, quorum=1), signer=CLERK, at=NOON)


def policy_of(witness: Running) -> WitnessPolicy:
    """Return a policy that an association wrote for itself."""
    key = VerifyingKey.parse(witness.vkey)
    log = TrustedLog(KEY.verifying.vkey, key=KEY.verifying)
    return WitnessPolicy((log,), (TrustedWitness("pietonii", key.vkey, key=key),), (), "pietonii")


def test_three_checkpoints_of_a_growing_log_are_cosigned_and_our_program_believes_them(
    town: Town, theirs: Running, tmp_path: Path
) -> None:
    policy = tmp_path / "policy"
    policy.write_bytes(policy_of(theirs).encode())
    times = []

    for number, count in enumerate(STEPS):
        town.grow(count)
        town.ask()

        times.append(met(Note.parse(town.checkpoint), policy_of(theirs)).cosigned["pietonii"])
        report = verify_log(str(exported(town.database, tmp_path / str(number))), policy=policy)
        assert report.passed, report.sentences
    assert town.trouble is None
    assert all(earlier <= later for earlier, later in pairwise(times))


def test_a_log_that_was_set_back_is_refused_and_the_alarm_is_raised(
    town: Town, theirs: Running, tmp_path: Path
) -> None:
    town.grow(5)
    with town.restored_later(tmp_path / "backup.db") as restored:
        town.grow(100)
        town.ask()

        restored.ask()

        assert restored.trouble is Trouble.AHEAD


def test_a_forked_log_of_the_same_key_is_refused_and_the_alarm_is_raised(
    town: Town, theirs: Running, tmp_path: Path
) -> None:
    town.grow(5)
    town.ask()
    with town.restored_later(tmp_path / "backup.db") as forked:
        town.grow(100)
        town.ask()
        forked.database.act(lambda db: record_events(db, 7) and record_events(db, 200))
        sequence_all(forked.database)

        forked.ask()

        assert forked.trouble is Trouble.FORK
        assert met(Note.parse(town.checkpoint), policy_of(theirs)).holds
        assert not met(Note.parse(forked.checkpoint), policy_of(theirs)).holds


def test_a_checkpoint_whose_size_was_changed_is_refused(town: Town, theirs: Running) -> None:
    town.grow(5)
    size = Checkpoint.parse(Note.parse(town.checkpoint).text).size
    changed = town.checkpoint.replace(f"\n{size}\n".encode(), f"\n{size - 1}\n".encode())

    answers = [POST(f"{theirs.url}/add-checkpoint", encode_request(0, [], note)) for note in (changed, town.checkpoint)]

    assert [answer.status for answer in answers] == [403, 200]


def test_our_witness_cosigns_for_the_client_of_others_and_refuses_a_fork(
    town: Town, programs: Path, tmp_path: Path
) -> None:
    def feed(running: Running, folder: Path, state: str) -> tuple[int, str, str]:
        done = run(programs / "python", HERE / "feed.py", running.url, running.vkey, tmp_path / state, folder)
        return done.returncode, done.stdout, done.stderr

    with own_witness(tmp_path, KEY.verifying.vkey) as running:
        for number, count in enumerate(STEPS):
            if number == 1:
                forked = tmp_path / "forked.db"
                with town.restored_later(forked) as other:
                    other.database.act(lambda db: record_events(db, 3) and record_events(db, 400))
                    sequence_all(other.database)
                    exported(other.database, tmp_path / "forked")
            town.grow(count)
            folder = exported(town.database, tmp_path / str(number))

            status, signature, problem = feed(running, folder, "state.json")

            assert status == 0, problem
            note = Note.parse(town.checkpoint + signature.encode())
            assert met(note, policy_of(running)).holds
            assert f"— {NAME} " in signature
        status, _, problem = feed(running, tmp_path / "forked", "other.json")

    assert status == 1
    assert "WitnessRejected: witness answered 422" in problem
