"""Nothing is signed where it is not remembered how far was signed, or where what is remembered cannot be true."""

from pathlib import Path

import pytest

from consult.record.checkpoints import open_checkpoint
from consult.record.continuity import (
    Forked,
    Misremembered,
    NotShown,
    PerhapsOlder,
    RecordHalted,
    Shortened,
    Unknowable,
    Unremembered,
    check_history,
    check_shown,
    remember_again,
)
from consult.record.high_water import HighWater
from consult.record.sequencer import advance
from consult.record.tree import newest_checkpoint
from consult.store import Database
from tests.record.logs import KEY, NOON, record_events


@pytest.fixture
def high_water(tmp_path: Path) -> HighWater:
    return HighWater(tmp_path / "high-water")


def sign(database: Database, high_water: HighWater, count: int) -> bytes:
    """Let so many acts happen; return the checkpoint that covers them."""
    database.act(record_events, count)
    advance(database, KEY, at=NOON, high_water=high_water)
    newest = database.read(newest_checkpoint)
    assert newest is not None
    return newest.note


def test_before_anything_was_signed_there_is_nothing_to_remember(database: Database, high_water: HighWater) -> None:
    database.act(record_events, 2)

    database.read(check_history, high_water)

    assert advance(database, KEY, at=NOON, high_water=high_water) == 2


def test_a_database_that_signed_goes_nowhere_without_the_file_that_says_how_far(
    database: Database, high_water: HighWater
) -> None:
    sign(database, high_water, 2)
    high_water.path.unlink()
    database.act(record_events, 1)

    with pytest.raises(Unremembered) as refused:
        advance(database, KEY, at=NOON, high_water=high_water)

    assert refused.value.facts == {"signed": 2, "path": str(high_water.path)}
    assert not high_water.path.exists()


def test_a_file_that_is_older_than_the_database_remembers_nothing(database: Database, high_water: HighWater) -> None:
    before = sign(database, high_water, 2)
    sign(database, high_water, 1)
    high_water.write(before)

    with pytest.raises(Misremembered) as refused:
        database.read(check_history, high_water)

    assert (refused.value.facts["remembered"], refused.value.facts["signed"]) == (2, 3)


@pytest.mark.parametrize("length", [0, 1, 30, -1])
def test_a_file_that_was_cut_short_is_not_guessed_at(database: Database, high_water: HighWater, length: int) -> None:
    sign(database, high_water, 1)
    high_water.path.write_bytes(high_water.path.read_bytes()[:length])

    with pytest.raises(Unknowable):
        database.read(check_history, high_water)


def test_a_file_that_cannot_be_read_halts_the_record(database: Database, high_water: HighWater) -> None:
    sign(database, high_water, 1)
    high_water.path.unlink()
    high_water.path.mkdir()

    with pytest.raises(Unknowable):
        database.read(check_history, high_water)


@pytest.mark.parametrize("damage", ["missing", "cut short", "older"])
def test_what_others_kept_lets_a_healthy_database_go_on(database: Database, high_water: HighWater, damage: str) -> None:
    first = sign(database, high_water, 2)
    newest, _ = open_checkpoint(sign(database, high_water, 1), [KEY.verifying])
    if damage == "missing":
        high_water.path.unlink()
    else:
        high_water.write(first if damage == "older" else first[:40])

    database.read(check_shown, newest)
    database.read(remember_again, high_water, newest)

    assert high_water.read() == newest
    database.act(record_events, 1)
    assert advance(database, KEY, at=NOON, high_water=high_water) == 1


def test_what_others_kept_must_reach_as_far_as_was_signed_here(database: Database, high_water: HighWater) -> None:
    older, _ = open_checkpoint(sign(database, high_water, 2), [KEY.verifying])
    sign(database, high_water, 1)
    high_water.path.unlink()

    with pytest.raises(NotShown):
        database.read(remember_again, high_water, older)

    assert not high_water.path.exists()


def test_what_others_kept_shows_a_database_that_is_older_or_another(database: Database, high_water: HighWater) -> None:
    signed, _ = open_checkpoint(sign(database, high_water, 2), [KEY.verifying])
    longer = type(signed)(signed.origin, 3, signed.root)
    another = type(signed)(signed.origin, 2, bytes(32))

    for shown, refusal in ((longer, Shortened), (another, Forked)):
        with pytest.raises(refusal):
            database.read(check_shown, shown)


def test_a_file_that_remembers_well_is_left_as_it_is(database: Database, high_water: HighWater) -> None:
    older, _ = open_checkpoint(sign(database, high_water, 2), [KEY.verifying])
    sign(database, high_water, 1)
    before = high_water.path.read_bytes()

    database.read(remember_again, high_water, older)

    assert high_water.path.read_bytes() == before


def test_every_halt_tells_whoever_keeps_the_machine_more_than_a_reader() -> None:
    kinds = {*RecordHalted.__subclasses__(), *PerhapsOlder.__subclasses__()} - {PerhapsOlder}

    assert len({kind.cause for kind in kinds} - {RecordHalted.cause}) == len(kinds)
