"""The protocol of C2SP tlog-witness, question by question: what is signed is remembered first, the rest refused."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from consult.record.checkpoints import Checkpoint
from consult.record.faults import Fault
from consult.record.merkle import EMPTY_ROOT
from consult.record.notes import Note, SigningKey
from consult.witness.memory import Memory, name_of
from consult.witness.protocol import Answer, Fork, add_checkpoint
from tests.record.logs import KEY, NOON, ORIGIN
from tests.witness.logs import TestLog

LOG = TestLog(300)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    made = Memory.create(tmp_path / "witness", "pietonii.example/martor")
    made.trust(KEY.verifying.vkey, f"https://{ORIGIN}")
    return made


@pytest.fixture
def forks() -> list[Fork]:
    return []


Ask = Callable[..., Answer]


@pytest.fixture
def ask(memory: Memory, forks: list[Fork]) -> Ask:
    def asked(body: bytes, at: datetime = NOON) -> Answer:
        return add_checkpoint(memory, body, at=at, alarm=forks.append)

    return asked


def cosigned(answer: Answer, log: TestLog, memory: Memory, size: int) -> datetime:
    (said,) = Note.parse(log.signed(size) + answer.body).cosigned_by([memory.key.verifying])
    return said.at


def test_a_log_is_cosigned_step_by_step(ask: Ask, memory: Memory) -> None:
    for old, size in ((0, 1), (1, 100), (100, 256), (256, 300), (300, 300)):
        answer = ask(LOG.request(old, size), NOON + timedelta(minutes=size))

        assert answer.status == 200
        assert cosigned(answer, LOG, memory, size) == NOON + timedelta(minutes=size)
        assert memory.latest(ORIGIN) == LOG.checkpoint(size)


def test_who_begins_at_another_size_is_told_the_right_one(ask: Ask) -> None:
    ask(LOG.request(0, 100))

    for old in (0, 50, 200):
        answer = ask(LOG.request(old))
        assert (answer.status, answer.body, answer.media_type) == (409, b"100\n", "text/x.tlog.size")


def test_a_log_that_is_not_known_or_has_not_signed_is_refused(ask: Ask, memory: Memory) -> None:
    stranger = SigningKey("elsewhere.example/log/1", bytes(32))
    forger = SigningKey(ORIGIN, bytes(32))
    text = LOG.checkpoint(5).text

    assert ask(b"old 0\n\n" + stranger.sign(text.replace(ORIGIN, stranger.name))).status == 404
    assert ask(b"old 0\n\n" + forger.sign(text)).status == 403
    assert ask(b"old 0\n\n" + KEY.sign(text)[:-9] + b"AAAAAA==\n").status in (400, 403)
    assert memory.latest(ORIGIN).size == 0


@pytest.mark.parametrize(
    ("old", "fork"),
    [
        (100, TestLog(300, forked_at=99)),
        (100, TestLog(300, forked_at=0)),
        (100, TestLog(100, forked_at=50)),
    ],
)
def test_a_fork_is_refused_and_its_signed_proof_kept(
    ask: Ask, memory: Memory, forks: list[Fork], old: int, fork: TestLog
) -> None:
    ask(LOG.request(0, 100))
    request = fork.request(old)

    answer = ask(request)

    assert answer.status == 422
    assert memory.latest(ORIGIN) == LOG.checkpoint(100)
    (caught,) = forks
    assert caught.shown == fork.checkpoint()
    assert caught.evidence.read_bytes() == request
    note = Note.parse(request.partition(b"\n\n")[2])
    assert note.signed_by([KEY.verifying]) == [KEY.verifying]


def test_a_fork_that_is_shown_again_is_refused_again_but_told_of_once(ask: Ask, forks: list[Fork]) -> None:
    ask(LOG.request(0, 100))
    request = TestLog(200, forked_at=3).request(100)

    assert [ask(request).status for _ in range(3)] == [422, 422, 422]
    assert len(forks) == 1


def test_a_rollback_is_refused_although_every_proof_in_it_holds(ask: Ask, memory: Memory) -> None:
    ask(LOG.request(0, 200))

    for old, size in ((0, 100), (100, 150), (100, 100)):
        assert ask(LOG.request(old, size)).status == 409
    assert ask(b"old 200\n\n" + LOG.signed(100)).status == 400
    assert memory.latest(ORIGIN).size == 200


def test_an_empty_log_is_the_beginning_of_any(ask: Ask) -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    false = Checkpoint(ORIGIN, 0, bytes(32))

    assert ask(b"old 0\n\n" + KEY.sign(false.text)).status == 422
    assert ask(b"old 0\n\n" + KEY.sign(empty.text)).status == 200
    assert ask(LOG.request(0, 7)).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old 00\n\n" + LOG.signed(5),
        b"old -1\n\n" + LOG.signed(5),
        b"old 6\n\n" + LOG.signed(5),
        b"old 9223372036854775808\n\n" + LOG.signed(5),
        b"old 0\nnot base64\n\n" + LOG.signed(5),
        b"old 0\nAAAA\n\n" + LOG.signed(5),
        b"old 0\n" + b"A" * 43 + b"=\n" * 1 + (b"A" * 43 + b"=\n") * 63 + b"\n" + LOG.signed(5),
        b"new 0\n\n" + LOG.signed(5),
        b"old 0\r\n\r\n" + LOG.signed(5),
        b"\xff\xfe",
        b"old 0\n\n" + LOG.signed(5)[:-1],
        b"a" * 200_000,
    ],
)
def test_what_is_no_request_is_a_bad_one(ask: Ask, memory: Memory, body: bytes) -> None:
    assert ask(body).status == 400
    assert memory.latest(ORIGIN).size == 0


def test_a_proof_from_nothing_must_be_empty(ask: Ask) -> None:
    assert ask(b"old 0\n" + b"A" * 43 + b"=\n\n" + LOG.signed(5)).status == 422


def test_the_signatures_of_others_do_not_push_ours_out_of_what_is_kept(ask: Ask, memory: Memory) -> None:
    crowd = b"".join(SigningKey(f"w{number}.example", bytes(32)).line(bytes(64)) for number in range(15))

    assert ask(b"old 0\n\n" + LOG.signed(5) + crowd).status == 200

    kept = Note.parse(memory.note_of(ORIGIN) or b"")
    assert [signature.name for signature in kept.signatures] == [ORIGIN, "pietonii.example/martor"]


def test_a_crash_before_the_state_is_on_the_disk_signs_nothing(
    ask: Ask, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(LOG.request(0, 100))

    def crash(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        ask(LOG.request(100, 200))
    monkeypatch.undo()

    assert memory.latest(ORIGIN).size == 100
    assert ask(LOG.request(100, 200)).status == 200


def test_a_crash_after_the_state_is_on_the_disk_loses_the_answer_but_forgets_nothing(
    ask: Ask, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(LOG.request(0, 100))
    real = Memory.remember

    def remember_and_crash(self: Memory, origin: str, note: bytes) -> None:
        real(self, origin, note)
        raise KeyboardInterrupt

    monkeypatch.setattr(Memory, "remember", remember_and_crash)
    with pytest.raises(KeyboardInterrupt):
        ask(LOG.request(100, 200))
    monkeypatch.undo()

    assert ask(TestLog(200, forked_at=150).request(100)).status == 409
    assert ask(LOG.request(200, 200)).status == 200
    assert ask(TestLog(200, forked_at=150).request(200)).status == 422


def test_of_many_who_ask_at_once_only_one_moves_the_state(tmp_path: Path) -> None:
    Memory.create(tmp_path / "witness", "w.example").trust(KEY.verifying.vkey, "")
    answers: list[int] = []

    def race(log: TestLog) -> None:
        own = Memory(tmp_path / "witness")
        answers.append(add_checkpoint(own, log.request(0), at=NOON, alarm=lambda _fork: None).status)

    racers = [Thread(target=race, args=(TestLog(100 + number, forked_at=number),)) for number in range(12)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(answers) == [200] + [409] * 11


def test_a_witness_is_made_once_and_its_key_is_its_own(tmp_path: Path) -> None:
    memory = Memory.create(tmp_path / "witness", "w.example")

    assert Memory(tmp_path / "witness").key == memory.key
    assert (tmp_path / "witness" / "witness.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Fault, match="already"):
        Memory.create(tmp_path / "witness", "w.example")
    with pytest.raises(Fault, match="no spaces"):
        Memory.create(tmp_path / "other", "our witness")
    (tmp_path / "witness" / "witness.key").chmod(0o644)
    with pytest.raises(Fault, match="0600"):
        _ = memory.key


def test_a_second_key_of_a_log_is_believed_beside_the_first(ask: Ask, memory: Memory) -> None:
    newer = SigningKey(ORIGIN, b"n" * 32)
    memory.trust(newer.verifying.vkey, f"https://{ORIGIN}")
    ask(LOG.request(0, 100))

    handed_over = b"old 100\n" + LOG.request(100).split(b"\n", 1)[1].partition(b"\n\n")[0]
    answer = ask(handed_over + b"\n\n" + newer.sign(LOG.checkpoint().text))

    assert answer.status == 200
    assert len(memory.keys_of(ORIGIN)) == 2
    assert name_of(ORIGIN) in str(memory._path_of(ORIGIN))
