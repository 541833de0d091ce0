"""Whatever is killed, and whenever: each acknowledged act is in the log once, and no signature is taken back."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.edge import Edge
from consult.record.entries import Leaf, Pending, RecordedEvent
from consult.record.high_water import HighWater
from consult.record.sequencer import advance
from consult.record.sources import Folder
from consult.record.tree import SignedCheckpoint
from consult.record.verify import verify
from consult.store import Base, Database
from tests.databases import MigratedDatabases, PostgresqlServer, find_postgresql, migrate
from tests.record.logs import KEY, NOON, ORIGIN, exported

#: How long they are killed: CRASH_SECONDS=60 for the whole minute.
SECONDS = float(os.environ.get("CRASH_SECONDS", "60" if os.environ.get("CI") == "true" else "8"))

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def survivor(request: pytest.FixtureRequest, databases: MigratedDatabases, tmp_path: Path) -> Iterator[str]:
    """A database that nobody else uses; PostgreSQL on a server of its own, since that is crashed as well."""
    if request.param == "sqlite":
        yield databases.fresh_url("sqlite")
        return
    binaries = find_postgresql()
    if binaries is None:
        pytest.skip("no PostgreSQL programs (initdb, pg_ctl) on this machine")
    server = PostgresqlServer(binaries, is_durable=True)
    url = f"{server.url}/postgres"
    migrate(url)
    yield url
    server.stop()


def how_many(db: Session, table: type[Base]) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def prefixes(leaves: Sequence[bytes], sizes: Sequence[int]) -> Iterator[Checkpoint]:
    """Return what the log was at each of these sizes."""
    edge = Edge()
    for size in sizes:
        edge.extend(leaves[edge.size : size])
        yield Checkpoint(ORIGIN, size, edge.root())


def test_nothing_is_lost_and_nothing_is_taken_back(survivor: str, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tests.record.crashing", survivor, str(tmp_path), str(SECONDS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=SECONDS + 60,
    )
    assert result.returncode == 0, result.stderr
    killed, crashed = map(int, result.stdout.split())
    database = Database(survivor)
    high_water = HighWater(tmp_path / "high-water")
    while advance(database, KEY, at=NOON, high_water=high_water):
        pass

    places = database.read(lambda db: list(db.execute(select(Leaf.idx, Leaf.event_id).order_by(Leaf.idx))))
    leaves = database.read(lambda db: list(db.scalars(select(RecordedEvent.leaf).join(Leaf).order_by(Leaf.idx))))
    events, waiting = database.read(how_many, RecordedEvent), database.read(how_many, Pending)
    signed = database.read(lambda db: list(db.scalars(select(SignedCheckpoint.note).order_by(SignedCheckpoint.size))))
    acknowledged = [line for file in tmp_path.glob("acknowledged-*") for line in file.read_text().split()]
    # The last line of a process that was killed may be cut short.
    whole = {each for each in acknowledged if len(each) == 32}
    readable = [bytes.fromhex(line) for line in (tmp_path / "readable").read_text().split()]

    assert killed > SECONDS
    assert crashed > 0 or survivor.startswith("sqlite")
    assert len(whole) > 10 * SECONDS
    assert [place.idx for place in places] == list(range(len(places)))
    assert (events, waiting) == (len(places), 0)
    assert whole <= {place.event_id for place in places}
    assert set(readable) <= set(signed)
    checkpoints = [open_checkpoint(note, [KEY.verifying])[0] for note in signed]
    assert checkpoints[-1].size == len(leaves)
    assert checkpoints == list(prefixes(leaves, [each.size for each in checkpoints]))
    assert high_water.read() == checkpoints[-1]
    assert verify(Folder(exported(database, tmp_path / "log")), KEY.verifying).checkpoint == checkpoints[-1]
    database.close()
