"""After a restore nothing is signed until what was forgotten has come back from a copy that others kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.record.bodies import Body
from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.continuity import ForeignKey, Forked, Shortened
from consult.record.digests import keep_digest
from consult.record.entries import Leaf, Pending, RecordedEvent, append
from consult.record.events import BodyErased, OfficialAppointed, WitnessAdded, WitnessRemoved
from consult.record.events.log import SUBJECT
from consult.record.faults import Fault
from consult.record.high_water import HighWater
from consult.record.notes import CosigningKey, SigningKey
from consult.record.packs import KeptPack
from consult.record.recovery import TwoHistories, bring_back
from consult.record.sequencer import advance
from consult.record.sources import Folder
from consult.record.stamping import stamp_digest
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.record.witnesses import current_witnesses
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.record.logs import CLERK, CONSULTATION, KEY, NOON, ORIGIN, WITNESS, a_witness, exported, record_texts
from tests.record.timestamping import found, served


@pytest.fixture
def high_water(tmp_path: Path) -> HighWater:
    return HighWater(tmp_path / "high-water")


class Life:
    """A log, and the copies of its database that backups would bring back."""

    def __init__(self, database: Database, databases: MigratedDatabases, high_water: HighWater) -> None:
        self.database = database
        self._databases = databases
        self._high_water = high_water
        self._copies: list[Database] = []

    def appoint(self, number: int) -> str:
        event = OfficialAppointed(subject=f"consult:izvoru/functionari/{number}", role="clerk")
        return self.database.act(lambda db: append(db, event, signer=CLERK, at=NOON).id)

    def sequence(self, key: SigningKey = KEY) -> None:
        while advance(self.database, key, at=NOON, high_water=self._high_water):
            pass

    def back_up(self) -> str:
        self.database.engine.dispose()
        return self._databases.copy_url(self.database.url)

    def restore(self, url: str) -> None:
        self.database = Database(url)
        self._copies.append(self.database)

    def forget(self) -> None:
        for each in self._copies:
            each.close()
            self._databases.forget(each.url)

    def recover(self, mirror: Path) -> list[str]:
        source = Folder(mirror)
        found = self.database.sequence(bring_back, source, verify(source, KEY.verifying), at=NOON)
        return [act.said for act in found if not act.is_known]

    @property
    def signed(self) -> Checkpoint:
        newest = self.database.read(newest_checkpoint)
        assert newest is not None
        return open_checkpoint(newest.note, [KEY.verifying])[0]

    def count(self, table: type) -> int:
        return self.database.read(lambda db: db.scalar(select(func.count()).select_from(table)) or 0)

    def places(self) -> list[str]:
        return self.database.read(lambda db: list(db.scalars(select(Leaf.event_id).order_by(Leaf.idx))))


@pytest.fixture
def life(database: Database, databases: MigratedDatabases, high_water: HighWater) -> Iterator[Life]:
    """A log with three entries that are signed and one that waits, a backup of that, and more acts after it."""
    lived = Life(database, databases, high_water)
    for number in range(3):
        lived.appoint(number)
    lived.sequence()
    yield lived
    lived.forget()


def test_witnesses_are_asked_again_as_the_record_says(life: Life, tmp_path: Path) -> None:
    def name(db: Session, *keys: CosigningKey) -> None:
        for key in keys:
            vkey = a_witness(db, key).vkey
            append(db, WitnessAdded(subject=SUBJECT, name="Pietonii", key=vkey, url=""), signer=CLERK, at=NOON)

    def drop(db: Session, key: CosigningKey) -> None:
        gone = WitnessRemoved(subject=SUBJECT, name="Pietonii", key=key.verifying.vkey, reason="a plecat")
        append(db, gone, signer=CLERK, at=NOON)

    dropped = CosigningKey("ziarul.example/martor", b"z" * 32)
    life.database.act(name, dropped)
    life.sequence()
    backup = life.back_up()
    life.database.act(name, WITNESS)
    life.database.act(drop, dropped)
    life.sequence()
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)

    life.recover(mirror)

    [witness] = life.database.read(current_witnesses)
    assert (witness.vkey, witness.name, witness.url) == (WITNESS.verifying.vkey, "Pietonii", "")


def test_a_restored_database_signs_nothing_and_takes_nothing(life: Life) -> None:
    backup = life.back_up()
    life.appoint(3)
    life.sequence()
    life.restore(backup)
    life.appoint(4)

    with pytest.raises(Shortened):
        life.sequence()

    assert life.signed.size == 3
    assert life.count(Pending) == 1


def test_a_copy_that_went_on_by_itself_is_refused(life: Life) -> None:
    backup = life.back_up()
    life.appoint(3)
    life.sequence()
    life.restore(backup)
    life.appoint(4)
    life.appoint(5)
    advance(life.database, KEY, at=NOON, high_water=None)

    life.appoint(6)
    with pytest.raises(Forked):
        life.sequence()


def test_another_key_is_refused_whatever_its_name(life: Life) -> None:
    life.appoint(3)

    for name in (ORIGIN, "consult.example.org/log/7"):
        with pytest.raises(ForeignKey):
            life.sequence(SigningKey(name, bytes(32)))

    assert life.signed.size == 3


def test_the_high_water_file_is_never_behind_what_anybody_could_have_seen(life: Life, high_water: HighWater) -> None:
    assert high_water.read() == life.signed


def test_what_was_forgotten_comes_back_and_the_log_goes_on(life: Life, tmp_path: Path) -> None:
    backup = life.back_up()
    life.database.act(record_texts, 2)
    life.sequence()
    before = life.signed
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)

    lost = life.recover(mirror)
    life.sequence()
    life.appoint(9)
    life.sequence()

    assert [said.split()[0] for said in lost] == ["3", "4", "5"]
    assert lost[0].split(" ", 1)[1] == f"2026-11-24T12:00:00Z pack.frozen {CONSULTATION}"
    assert (life.count(Body), life.count(KeptPack)) == (2, 1)
    verified = verify(Folder(exported(life.database, tmp_path / "again")), KEY.verifying)
    assert verified.checkpoint.size == before.size + 1
    kept = exported(life.database, tmp_path / "kept")
    assert (kept / "tile/entries/000.p/7").read_bytes().startswith((mirror / "tile/entries/000.p/6").read_bytes())


def test_digests_and_time_stamps_come_back_as_they_went_out(life: Life, tmp_path: Path) -> None:
    life.database.act(keep_digest, at=NOON)
    backup = life.back_up()
    life.appoint(3)
    life.sequence()
    later = life.database.act(keep_digest, at=NOON + timedelta(days=1))
    assert later is not None
    authority = found(tmp_path / "tsa")
    with served(authority) as url:
        stamp_digest(life.database, later.day, url=url, roots=[authority.root], at=NOON)
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)

    life.recover(mirror)
    life.sequence()

    again = exported(life.database, tmp_path / "again")
    for path in ("digests/2026-11-24", "digests/2026-11-25", "timestamps/2026-11-25.tsr"):
        assert (again / path).read_bytes() == (mirror / path).read_bytes()
    assert verify(Folder(again), KEY.verifying).checkpoint == life.signed


def test_what_waited_when_the_backup_was_made_keeps_its_place_in_the_copy_and_its_row(
    life: Life, tmp_path: Path
) -> None:
    waiting = life.appoint(3)
    backup = life.back_up()
    life.appoint(4)
    life.sequence()
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)

    lost = life.recover(mirror)

    assert [said.split()[0] for said in lost] == ["4"]
    assert life.places()[3] == waiting
    assert life.count(Pending) == 0


def test_what_waits_here_and_is_not_in_the_copy_comes_after_it(life: Life, tmp_path: Path) -> None:
    mirror_of = life.back_up()
    waiting = life.appoint(7)
    backup = life.back_up()
    life.restore(mirror_of)
    life.appoint(3)
    life.sequence()
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)

    life.recover(mirror)
    life.sequence()

    assert life.places()[4] == waiting
    assert life.signed.size == 5


def test_a_copy_with_another_history_is_refused_and_changes_nothing(life: Life, tmp_path: Path) -> None:
    backup = life.back_up()
    life.appoint(3)
    life.sequence()
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)
    life.appoint(4)
    advance(life.database, KEY, at=NOON, high_water=None)

    with pytest.raises(TwoHistories):
        life.recover(mirror)
    life.appoint(5)
    advance(life.database, KEY, at=NOON, high_water=None)
    with pytest.raises(TwoHistories):
        life.recover(mirror)

    assert life.count(RecordedEvent) == 5


def test_an_act_that_the_copy_knows_nothing_of_stands_in_the_way_of_one_about_the_same_thing(
    life: Life, tmp_path: Path
) -> None:
    backup = life.back_up()
    life.appoint(1)
    life.sequence()
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)
    event = BodyErased(subject="consult:izvoru/functionari/1", erased="0" * 64, ground="gdpr-17-1-b")
    life.database.act(lambda db: append(db, event, signer=CLERK, at=NOON).id)

    with pytest.raises(TwoHistories, match="entry 3: Something was recorded here"):
        life.recover(mirror)

    assert life.count(RecordedEvent) == 4


def test_a_copy_that_is_shorter_than_the_log_brings_nothing(life: Life, tmp_path: Path) -> None:
    mirror = exported(life.database, tmp_path / "mirror")
    life.appoint(3)
    life.sequence()

    assert life.recover(mirror) == []


def test_an_erased_text_does_not_come_back(life: Life, tmp_path: Path) -> None:
    backup = life.back_up()
    life.database.act(record_texts, 2)
    life.sequence()

    def erase(db: Session) -> str:
        body = db.scalars(select(Body)).first()
        assert body is not None
        event = BodyErased(subject=CONSULTATION, erased=body.commitment, ground="gdpr-17-1-b")
        append(db, event, signer=CLERK, at=NOON)
        db.delete(body)
        return body.commitment

    commitment = life.database.act(erase)
    life.sequence()
    mirror = exported(life.database, tmp_path / "mirror")
    life.restore(backup)

    life.recover(mirror)

    kept = life.database.read(lambda db: list(db.scalars(select(Body.commitment))))
    assert len(kept) == 1
    assert commitment not in kept


def test_a_copy_whose_entry_was_changed_is_not_believed(life: Life, tmp_path: Path) -> None:
    backup = life.back_up()
    life.appoint(3)
    life.sequence()
    mirror = exported(life.database, tmp_path / "mirror")
    copy = verify(Folder(mirror), KEY.verifying)
    bundle = mirror / "tile/entries/000.p/4"
    bundle.write_bytes(bundle.read_bytes().replace(b"functionari/3", b"functionari/8"))
    life.restore(backup)

    with pytest.raises(Fault):
        verify(Folder(mirror), KEY.verifying)
    with pytest.raises(TwoHistories):
        life.database.sequence(bring_back, Folder(mirror), copy, at=NOON)

    assert life.signed.size == 3
