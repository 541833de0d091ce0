"""The sequencer gives every committed act one place, without a gap, and signs only what is durable."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from consult.record import sequencer
from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.entries import Leaf, Pending, RecordedEvent
from consult.record.keyring import Keyring
from consult.record.merkle import EMPTY_ROOT, root_of
from consult.record.sequencer import advance, grow, sign_head
from consult.record.tree import Head, SignedCheckpoint, newest_checkpoint
from consult.store import Database
from tests.record.logs import KEY, NOON, ORIGIN, record_events, sequence_all


def leaves(db: Session) -> list[bytes]:
    return list(db.scalars(select(RecordedEvent.leaf).join(Leaf).order_by(Leaf.idx)))


def checkpoints(db: Session) -> list[Checkpoint]:
    notes = db.scalars(select(SignedCheckpoint.note).order_by(SignedCheckpoint.size))
    return [open_checkpoint(note, [KEY.verifying])[0] for note in notes]


def waiting(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Pending)) or 0


def test_an_empty_log_gets_a_checkpoint_too(database: Database) -> None:
    assert advance(database, KEY, at=NOON, high_water=None) == 0

    assert database.read(checkpoints) == [Checkpoint(ORIGIN, 0, EMPTY_ROOT)]


@pytest.mark.parametrize("counts", [[1], [257], [100, 156, 1], [1, 1, 300]])
def test_the_signed_root_is_the_root_over_all_committed_acts_in_order(database: Database, counts: list[int]) -> None:
    ids: list[str] = []
    for count in counts:
        ids += database.act(record_events, count)
        advance(database, KEY, at=NOON, high_water=None)

    all_leaves = database.read(leaves)
    sequenced = database.read(lambda db: list(db.scalars(select(Leaf.event_id).order_by(Leaf.idx))))
    assert sequenced == ids
    assert database.read(waiting) == 0
    assert [one.size for one in database.read(checkpoints)] == [sum(counts[: at + 1]) for at in range(len(counts))]
    assert all(one.root == root_of(all_leaves[: one.size]) for one in database.read(checkpoints))


def test_a_long_queue_is_taken_in_rounds(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 100)
    database.act(record_events, 250)

    taken = [advance(database, KEY, at=NOON, high_water=None) for _ in range(4)]

    assert taken == [100, 100, 50, 0]
    assert [one.size for one in database.read(checkpoints)] == [100, 200, 250]


def test_a_round_with_nothing_to_do_writes_nothing(database: Database) -> None:
    database.act(record_events, 3)
    sequence_all(database)

    assert advance(database, KEY, at=NOON, high_water=None) == 0

    assert len(database.read(checkpoints)) == 1


def test_after_a_crash_between_commit_and_signature_the_same_bytes_are_signed(database: Database) -> None:
    database.act(record_events, 3)
    database.sequence(grow)
    head = database.read(lambda db: db.get_one(Head, 1))
    would_have_signed = KEY.sign(Checkpoint(ORIGIN, head.size, head.root).text)

    assert advance(database, KEY, at=NOON, high_water=None) == 0

    newest = database.read(newest_checkpoint)
    assert newest is not None
    assert newest.note == would_have_signed


def test_after_a_crash_the_unsigned_head_is_signed_before_the_log_grows_on(database: Database) -> None:
    database.act(record_events, 3)
    database.sequence(grow)
    database.act(record_events, 2)

    advance(database, KEY, at=NOON, high_water=None)

    assert [one.size for one in database.read(checkpoints)] == [3, 5]


def test_signing_twice_keeps_one_checkpoint(database: Database) -> None:
    database.act(record_events, 3)
    sequence_all(database)

    database.sequence(sign_head, Keyring(KEY), None, at=NOON)

    assert len(database.read(checkpoints)) == 1


def test_rival_sequencers_and_writers_leave_no_gap(database: Database) -> None:
    def write(_: int) -> None:
        for _ in range(5):
            database.act(record_events, 1)

    def sequence(_: int) -> None:
        for _ in range(15):
            advance(database, KEY, at=NOON, high_water=None)

    with ThreadPoolExecutor(5) as people:
        list(people.map(lambda job: job[0](job[1]), [(write, 0), (write, 1), (sequence, 0), (sequence, 1), (write, 2)]))
    sequence_all(database)

    places = database.read(lambda db: list(db.scalars(select(Leaf.idx).order_by(Leaf.idx))))
    all_leaves = database.read(leaves)
    assert places == list(range(15))
    assert database.read(waiting) == 0
    assert all(one.root == root_of(all_leaves[: one.size]) for one in database.read(checkpoints))


@pytest.fixture
def broken(database: Database) -> Database:
    database.act(record_events, 3)
    sequence_all(database)
    database.sequence(lambda db: db.execute(text("UPDATE tile SET hashes = :other"), {"other": bytes(96)}))
    database.act(record_events, 1)
    return database


def test_nothing_is_signed_on_top_of_stored_tiles_that_are_not_those_of_the_head(broken: Database) -> None:
    with pytest.raises(RuntimeError, match="do not give the root"):
        advance(broken, KEY, at=NOON, high_water=None)

    assert [one.size for one in broken.read(checkpoints)] == [3]
    assert broken.read(waiting) == 1
