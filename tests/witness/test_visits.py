"""A witness without a server goes to the log itself, and makes the proof from the log's own files."""

import asyncio
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from consult.commands.witnessing import witness
from consult.record.notes import Note
from consult.store import Database
from consult.witness.memory import KnownLog, Memory, name_of
from consult.witness.server import witness_app
from consult.witness.visits import Caught, keep_in, visit
from tests.mail.servers import mail_server
from tests.record.logs import KEY, NOON, ORIGIN, exported, record_events, sequence_all
from tests.witness.logs import TestLog


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    made = Memory.create(tmp_path / "witness", "pietonii.example/martor")
    made.trust(KEY.verifying.vkey, "")
    return made


def grown(database: Database, folder: Path, count: int) -> KnownLog:
    database.act(record_events, count)
    sequence_all(database)
    return KnownLog(KEY.verifying, str(exported(database, folder)))


def test_a_log_is_visited_again_and_again_as_it_grows(sqlite: Database, memory: Memory, tmp_path: Path) -> None:
    for number, count in enumerate((1, 300, 70)):
        log = grown(sqlite, tmp_path / str(number), count)

        visited = visit(memory, log, at=NOON, alarm=lambda _fork: None)

        (said,) = Note.parse(visited.note).cosigned_by([memory.key.verifying])
        assert said.at == NOON
        assert keep_in(tmp_path / "kept", log, visited).read_bytes() == visited.note
    assert memory.latest(ORIGIN).size == 371


def test_a_log_that_shrank_or_was_rewritten_is_caught(sqlite: Database, memory: Memory, tmp_path: Path) -> None:
    earlier = grown(sqlite, tmp_path / "earlier", 5)
    later = grown(sqlite, tmp_path / "later", 5)
    other = Memory.create(tmp_path / "other", "other.example")
    other.trust(KEY.verifying.vkey, "")
    other.remember(ORIGIN, TestLog(7).signed())
    caught: list[object] = []
    visit(memory, later, at=NOON, alarm=caught.append)

    with pytest.raises(Caught, match="had 10 entries and now shows only 5"):
        visit(memory, earlier, at=NOON, alarm=caught.append)
    with pytest.raises(Caught, match="does not continue"):
        visit(other, later, at=NOON, alarm=caught.append)

    assert len(caught) == 1
    assert (memory.latest(ORIGIN).size, other.latest(ORIGIN).size) == (10, 7)


def test_a_fork_is_told_by_one_letter_with_its_proof(sqlite: Database, tmp_path: Path) -> None:
    rewritten = grown(sqlite, tmp_path / "rewritten", 10)
    memory = Memory.create(tmp_path / "witness", "pietonii.example/martor")
    memory.trust(KEY.verifying.vkey, rewritten.url)
    memory.remember(ORIGIN, TestLog(7).signed())

    with mail_server() as mailbox:
        given = ["--folder", str(tmp_path / "witness"), "--smtp", f"smtp://127.0.0.1:{mailbox.port}"]
        ended = CliRunner().invoke(witness, [*given, "--mail-to", "presa@ziar.example", "once"])

    (letter,) = mailbox.messages
    assert ended.exit_code == 1
    assert mailbox.recipients == [["presa@ziar.example"]]
    assert letter["Subject"] == f"A log was caught: {ORIGIN}"
    assert str(tmp_path / "witness" / "evidence") in letter.get_content()


def test_the_server_answers_logs_and_shows_what_it_signed(memory: Memory) -> None:
    log = TestLog(9)

    async def conversation() -> list[httpx.Response]:
        app = witness_app(memory, clock=lambda: NOON, alarm=lambda _fork: None)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://w.example") as client:
            return [
                await client.get(f"/{name_of(ORIGIN)}/checkpoint"),
                await client.post("/add-checkpoint", content=log.request(0)),
                await client.post("/add-checkpoint", content=log.request(0)),
                await client.get(f"/{name_of(ORIGIN)}/checkpoint"),
                await client.post("/add-checkpoint", content=b"a" * 200_000),
                await client.put("/add-checkpoint"),
                await client.get("/"),
                await client.get("/../witness.key"),
            ]

    before, signed, again, shown, long, wrong, front, key = asyncio.run(conversation())

    assert [each.status_code for each in (before, signed, again, shown, long, wrong, front, key)] == [
        404,
        200,
        409,
        200,
        400,
        405,
        200,
        404,
    ]
    assert (again.text, again.headers["content-type"]) == ("9\n", "text/x.tlog.size")
    assert shown.content == log.signed() + signed.content
    assert memory.key.verifying.vkey in front.text
    assert "PRIVATE" not in front.text
