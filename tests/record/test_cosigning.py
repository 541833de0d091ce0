"""The log asks its witnesses: what they sign is kept and published, and what they know better is said aloud."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult.record.checkpoints import Checkpoint
from consult.record.cosigning import accept, ask_witnesses, due
from consult.record.entries import append
from consult.record.events import QuorumChanged, WitnessAdded, WitnessRemoved
from consult.record.events.log import SUBJECT
from consult.record.faults import Fault
from consult.record.notes import CosigningKey, Note
from consult.record.outgoing import Answer, Unreachable
from consult.record.proofs import Proof, check_receipt
from consult.record.quorum import WitnessPolicy, met
from consult.record.receipts import receipt
from consult.record.sources import Folder
from consult.record.static import checkpoint_bytes, files_bytes, policy_bytes, witnessed_bytes
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.record.witnesses import Trouble, Witness, current_witnesses, seen_by_witnesses
from consult.store import Database
from consult.witness.memory import Memory
from consult.witness.protocol import add_checkpoint
from tests.record.logs import CLERK, KEY, NOON, ORIGIN, an_event, exported, record_events, sequence_all
from tests.witness.logs import TestLog

URLS = ("https://a.example", "https://b.example")


class Town:
    """A log with two witnesses, each a real one in a folder; `quorum` of them must have signed."""

    def __init__(self, database: Database, folder: Path, *, quorum: int = 2) -> None:
        self.database = database
        self.memories = {url: Memory.create(folder / url[8:], url[8:]) for url in URLS}
        self.alarms: list[tuple[str, Trouble | None]] = []
        self.asked: list[str] = []
        self.away: set[str] = set()
        for memory in self.memories.values():
            memory.trust(KEY.verifying.vkey, "")
        database.act(self._name_them, quorum)
        sequence_all(database)

    def _name_them(self, db: Session, quorum: int) -> None:
        for url, memory in self.memories.items():
            vkey = memory.key.verifying.vkey
            db.add(Witness(name=url, vkey=vkey, url=url, added_at=NOON))
            append(db, WitnessAdded(subject=SUBJECT, name=url, key=vkey, url=url), signer=CLERK, at=NOON)
        append(db, QuorumChanged(subject=SUBJECT, quorum=quorum), signer=CLERK, at=NOON)

    def post(self, url: str, body: bytes) -> Answer:
        base = url.removesuffix("/add-checkpoint")
        self.asked.append(base)
        if base in self.away:
            raise Unreachable("away")
        answer = add_checkpoint(self.memories[base], body, at=NOON, alarm=lambda _fork: None)
        return Answer(answer.status, answer.body)

    def announce(self, db: Session, witness: Witness, _at: datetime) -> None:
        alarm = (witness.url, witness.trouble)
        # Like a letter, it is told only if the transaction holds: one that lost a race is run again.
        event.listen(db, "after_commit", lambda _db: self.alarms.append(alarm), once=True)

    def ask(self, at: datetime = NOON, post: Callable[[str, bytes], Answer] | None = None) -> int:
        return ask_witnesses(self.database, post or self.post, self.announce, at=at)

    def grow(self, count: int = 1) -> list[str]:
        ids = self.database.act(record_events, count)
        sequence_all(self.database)
        return ids

    def troubles(self) -> list[Trouble | None]:
        return [seen.witness.trouble for seen in self.database.read(seen_by_witnesses)]


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Town:
    return Town(database, tmp_path / "witnesses")


def policy_of(database: Database) -> WitnessPolicy:
    return WitnessPolicy.parse(database.read(policy_bytes) or b"")


def size_of(note: bytes | None) -> int:
    return Checkpoint.parse(Note.parse(note or b"").text).size


def test_three_successive_checkpoints_are_cosigned_by_all_and_published(town: Town, database: Database) -> None:
    for count in (0, 5, 300):
        town.grow(count)
        town.ask()

        newest = database.read(checkpoint_bytes)
        assert newest == database.read(witnessed_bytes)
        assert met(Note.parse(newest or b""), policy_of(database)).holds
    assert town.alarms == []
    assert town.troubles() == [None, None]


def test_who_has_signed_is_left_in_peace_for_a_day(town: Town, database: Database) -> None:
    town.ask()

    assert town.ask(NOON + timedelta(hours=23)) == 0
    assert town.ask(NOON + timedelta(hours=25)) == 2
    assert database.read(due, at=NOON + timedelta(hours=25)) != []


def test_what_is_witnessed_stays_published_while_the_log_grows(town: Town, database: Database) -> None:
    town.ask()
    town.grow()

    assert size_of(database.read(checkpoint_bytes)) == 4
    assert len(Note.parse(database.read(checkpoint_bytes) or b"").signatures) == 1
    assert size_of(database.read(witnessed_bytes)) == 3
    assert b"\nwitnessed\n" in (database.read(files_bytes) or b"")


def test_one_signature_of_two_is_published_but_does_not_count_as_witnessed(town: Town, database: Database) -> None:
    town.away = {URLS[1]}

    town.ask()

    assert len(Note.parse(database.read(checkpoint_bytes) or b"").signatures) == 2
    assert database.read(witnessed_bytes) is None
    assert b"witnessed" not in (database.read(files_bytes) or b"")
    assert town.troubles() == [None, Trouble.UNREACHABLE]
    assert town.alarms == []


def test_a_witness_who_does_not_answer_is_asked_again_ever_more_rarely(town: Town) -> None:
    town.away = set(URLS)
    asked = [at for at in range(0, 3_600, 5) if town.ask(NOON + timedelta(seconds=at))]

    pauses = [later - earlier for earlier, later in pairwise(asked)]
    assert pauses[:3] == [10, 20, 40]
    assert max(pauses) == 600


def test_a_receipt_carries_the_witnessed_checkpoint_where_it_covers_the_entry(town: Town, database: Database) -> None:
    (old,) = town.grow()
    town.ask()
    (new,) = town.grow()

    receipts = [database.read(receipt, event_id) or b"" for event_id in (old, new)]

    assert [check_receipt(each, [KEY.verifying]).checkpoint.size for each in receipts] == [4, 5]
    policy = policy_of(database)
    assert [met(Note.parse(Proof.parse(each).checkpoint), policy).holds for each in receipts] == [True, False]


def test_an_export_with_witnesses_verifies_and_a_forged_one_does_not(
    town: Town, database: Database, tmp_path: Path
) -> None:
    town.ask()
    town.grow(300)
    folder = exported(database, tmp_path / "log")

    assert verify(Folder(folder), KEY.verifying).checkpoint.size == 303
    for name, change, sentence in (
        ("policy", lambda data: data.replace(b"group martori 2", b"group martori 1"), "follows from the entries"),
        ("policy", lambda data: data.replace(b"https://a.example", b"https://c.example"), "follows from the entries"),
        ("witnessed", lambda data: KEY.sign(Note.parse(data).text), "Too few"),
        ("witnessed", lambda data: data.replace(b"\n3\n", b"\n2\n"), "signature"),
    ):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(change(whole))
        with pytest.raises(Fault, match=sentence) as caught:
            verify(Folder(folder), KEY.verifying)
        assert caught.value.where == name
        (folder / name).write_bytes(whole)


def test_a_fork_that_both_log_and_witnesses_signed_is_found_in_the_copy(
    town: Town, database: Database, tmp_path: Path
) -> None:
    town.ask()
    town.grow(300)
    folder = exported(database, tmp_path / "log")
    text = Checkpoint(ORIGIN, 3, bytes(32)).text
    lines = b"".join(memory.key.cosign(text, NOON) for memory in town.memories.values())

    (folder / "witnessed").write_bytes(KEY.sign(text) + lines)

    with pytest.raises(Fault, match="root over the entries") as caught:
        verify(Folder(folder), KEY.verifying)
    assert caught.value.where == "witnessed"


def test_a_database_restored_from_a_backup_is_noticed_and_told_once(town: Town) -> None:
    """A witness that has signed more than we have: our newer entries are gone."""
    ahead = TestLog(500)
    for memory in town.memories.values():
        add_checkpoint(memory, ahead.request(0), at=NOON, alarm=lambda _fork: None)

    for minute in range(0, 60, 20):
        town.ask(NOON + timedelta(minutes=minute))

    assert sorted(town.alarms) == [(url, Trouble.AHEAD) for url in URLS]
    assert town.troubles() == [Trouble.AHEAD] * 2


@pytest.mark.parametrize("size", [2, 3])
def test_a_rewritten_log_is_noticed_by_its_witnesses(town: Town, size: int) -> None:
    other = TestLog(size)
    for memory in town.memories.values():
        add_checkpoint(memory, other.request(0), at=NOON, alarm=lambda _fork: None)

    town.ask()

    assert sorted(town.alarms) == [(url, Trouble.FORK) for url in URLS]
    assert town.troubles() == [Trouble.FORK] * 2


def test_an_alarm_stays_until_the_witness_signs_again(town: Town) -> None:
    town.ask(post=lambda _url, _body: Answer(422, b""))
    town.away = set(URLS)
    town.ask(NOON + timedelta(hours=1))
    while_away = town.troubles()

    town.away = set()
    town.ask(NOON + timedelta(hours=2))

    assert while_away == [Trouble.FORK] * 2
    assert town.troubles() == [None, None]


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Answer(404, b""), Trouble.STRANGER),
        (Answer(403, b""), Trouble.STRANGER),
        (Answer(400, b""), Trouble.UNREACHABLE),
        (Answer(500, b""), Trouble.UNREACHABLE),
        (Answer(301, b""), Trouble.UNREACHABLE),
        (Answer(200, b""), Trouble.NO_SIGNATURE),
        (Answer(200, b"\xff\xfe"), Trouble.NO_SIGNATURE),
        (Answer(200, b"<html>\n"), Trouble.NO_SIGNATURE),
        (Answer(200, CosigningKey("a.example", bytes(32)).cosign("text\n", NOON)), Trouble.NO_SIGNATURE),
        (Answer(409, b"many\n"), Trouble.NO_SIGNATURE),
        (Answer(409, b"1\n"), Trouble.NO_SIGNATURE),
        (Answer(409, b"3\n"), Trouble.FORK),
        (Answer(409, b"9223372036854775807\n"), Trouble.AHEAD),
        (Answer(409, b"0\n"), Trouble.NO_SIGNATURE),
        (Answer(422, b""), Trouble.FORK),
    ],
)
def test_whatever_a_witness_answers_is_understood_or_set_aside(town: Town, answer: Answer, trouble: Trouble) -> None:
    town.ask(post=lambda _url, _body: answer)

    assert town.troubles() == [trouble] * 2


def test_a_signature_from_the_future_is_not_taken(town: Town) -> None:
    assert town.ask(NOON - timedelta(hours=1)) == 2

    assert town.troubles() == [Trouble.NO_SIGNATURE] * 2


def test_a_witness_brings_its_signature_by_itself(town: Town, database: Database) -> None:
    newest = database.read(newest_checkpoint)
    assert newest is not None
    key = town.memories[URLS[0]].key
    brought = newest.note + key.cosign(Note.parse(newest.note).text, NOON)

    for _ in range(2):
        assert database.act(accept, brought, town.announce, at=NOON) == URLS[0]

    assert [seen.size for seen in database.read(seen_by_witnesses)] == [3, None]


def test_a_signed_checkpoint_that_we_do_not_have_is_an_alarm(town: Town, database: Database) -> None:
    key = town.memories[URLS[0]].key
    for size, trouble in ((9, Trouble.AHEAD), (2, Trouble.FORK)):
        text = Checkpoint(ORIGIN, size, bytes(32)).text
        database.act(accept, KEY.sign(text) + key.cosign(text, NOON), town.announce, at=NOON)
        assert town.alarms[-1] == (URLS[0], trouble)


def test_what_no_witness_or_not_our_log_signed_is_refused_and_raises_no_alarm(town: Town, database: Database) -> None:
    stranger = CosigningKey("stranger.example", bytes(32))
    text = Checkpoint(ORIGIN, 9, bytes(32)).text
    unsigned = text.encode() + b"\n" + town.memories[URLS[0]].key.cosign(text, NOON)

    for brought in (KEY.sign(text) + stranger.cosign(text, NOON), unsigned, b"", b"\xff" * 50):
        with pytest.raises(Fault):
            database.act(accept, brought, town.announce, at=NOON)
    assert town.alarms == []


def test_a_witness_who_was_removed_counts_no_longer_once_the_entry_is_signed(town: Town, database: Database) -> None:
    town.ask()

    def remove(db: Session) -> None:
        witness = current_witnesses(db)[0]
        witness.removed_at = NOON
        gone = WitnessRemoved(subject=SUBJECT, name=witness.name, key=witness.vkey, reason="A plecat.")
        append(db, QuorumChanged(subject=SUBJECT, quorum=1), signer=CLERK, at=NOON)
        append(db, gone, signer=CLERK, at=NOON)

    database.act(remove)
    assert len(policy_of(database).witnesses) == 2
    sequence_all(database)

    assert [witness.url for witness in policy_of(database).witnesses] == [URLS[1]]
    assert len(Note.parse(database.read(witnessed_bytes) or b"").signatures) == 2
    town.ask()
    assert town.asked[-1:] == [URLS[1]]


def test_a_log_whose_first_entries_wait_asks_nobody(database: Database) -> None:
    database.act(lambda db: append(db, an_event(), signer=CLERK, at=NOON).id)

    assert database.read(due, at=NOON) == []
