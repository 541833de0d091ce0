"""Whoever reads a log twice reads the same bytes twice: an address cannot verify so and be believed otherwise."""

from pathlib import Path
from time import monotonic, sleep

import pytest
from click.testing import CliRunner

from consult.commands.auditing import audit
from consult.record import sources
from consult.record.faults import Fault
from consult.record.fetched import open_kept
from consult.record.sources import NotReached, Source, read_all
from consult.record.verify import verify
from consult.store import Database
from tests.record.logs import KEY, exported, record_events, record_texts, sequence_all
from tests.record.test_sources import Answer, from_folder, served

LIMIT = 1 << 20


@pytest.fixture
def log(sqlite: Database, tmp_path: Path) -> Path:
    sqlite.act(record_texts, 3)
    sequence_all(sqlite)
    return exported(sqlite, tmp_path / "log")


@pytest.fixture
def grown(sqlite: Database, log: Path, tmp_path: Path) -> Path:
    sqlite.act(record_events, 300)
    sequence_all(sqlite)
    return exported(sqlite, log.with_name("grown"))


def every_file(source: Source, log: Path) -> dict[str, bytes]:
    return {path: read_all(source, path, LIMIT) for path in (log / "files").read_text().split()}


def lying(first: Path, asked: list[str]) -> Answer:
    """Give a file as it is when it is asked for the first time, and something else ever after."""

    def answer(path: str) -> tuple[int, bytes]:
        asked.append(path)
        status, content = from_folder(first)(path)
        return status, content if asked.count(path) == 1 else content.replace(b"e", b"a")

    return answer


def test_an_address_that_answers_otherwise_the_second_time_is_asked_once(log: Path) -> None:
    asked: list[str] = []

    with served(lying(log, asked)) as address, open_kept(address) as source:
        first, second = every_file(source, log), every_file(source, log)
        found = verify(source, KEY.verifying)

    assert first == second == every_file(sources.Folder(log), log)
    assert found.checkpoint.size == 4
    assert len(asked) == len(set(asked))


def test_a_log_that_grows_meanwhile_stays_as_it_was_for_its_reader(log: Path, grown: Path) -> None:
    now = [log]

    def answer(path: str) -> tuple[int, bytes]:
        return from_folder(now[0])(path)

    with served(answer) as address, open_kept(address) as source:
        now[0] = grown
        (grown / "tile/0/000.p").mkdir(exist_ok=True)
        for path in ("tile/0/000.p/4", "tile/entries/000.p/4"):
            (grown / path).parent.mkdir(exist_ok=True)
            (grown / path).write_bytes((log / path).read_bytes())
        assert verify(source, KEY.verifying).checkpoint.size == 4


def test_a_log_that_grows_between_its_first_files_is_read_at_its_new_size(log: Path, grown: Path) -> None:
    asked: list[str] = []

    def answer(path: str) -> tuple[int, bytes]:
        asked.append(path)
        return from_folder(log if asked in (["key"], ["key", "checkpoint"]) else grown)(path)

    with served(answer) as address, open_kept(address) as source:
        assert verify(source, KEY.verifying).checkpoint.size == 304


def test_an_audit_of_an_address_that_lies_is_that_of_its_first_answers(log: Path) -> None:
    asked: list[str] = []

    with served(lying(log, asked)) as address:
        lied_to = CliRunner().invoke(audit, [address, "--json"])
    told = CliRunner().invoke(audit, [str(log), "--json"])

    assert lied_to.output == told.output
    assert "checkpoint" in asked
    assert len(asked) == len(set(asked))


def stalling(_path: str) -> tuple[int, bytes]:
    sleep(0.6)
    return 200, b"a"


def redirecting(_path: str) -> tuple[int, bytes]:
    return 302, b""


def flooding(_path: str) -> tuple[int, bytes]:
    return 200, bytes(1 << 20)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(stalling, "timed out"), (redirecting, "sends us on to http://127.0.0.1:1/"), (flooding, "longer than the 1000")],
)
def test_an_address_that_misbehaves_is_said_in_a_sentence(
    answer: Answer, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "TIMEOUT_SECONDS", 0.2)

    with served(answer) as address, pytest.raises(Fault, match=sentence), open_kept(address):
        pass


def test_files_that_each_come_in_time_do_not_keep_a_reader_for_ever(log: Path) -> None:
    def answer(path: str) -> tuple[int, bytes]:
        sleep(0.2)
        return from_folder(log)(path)

    started = monotonic()
    with (
        served(answer) as address,
        pytest.raises(NotReached, match="longer than anybody can wait"),
        open_kept(address, seconds=0.5),
    ):
        pass
    assert monotonic() - started < 5


def test_what_was_fetched_is_gone_afterwards(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(incoming))

    with served(from_folder(log)) as address, open_kept(address):
        assert list(incoming.iterdir())

    assert not list(incoming.iterdir())
