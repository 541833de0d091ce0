"""A living log or a mirror is checked over HTTP like a folder; an address that misbehaves is a fault, not a crash."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from consult.record import sources
from consult.record.faults import Fault
from consult.record.reports import verify_log
from consult.record.sources import open_source, read_all
from consult.store import Database
from tests.record.logs import KEY, exported, record_events, record_texts, sequence_all

Answer = Callable[[str], tuple[int, bytes]]


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """Serve what `answer` says of a path, at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content = answer(self.path.removeprefix("/log/1/"))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/log/1/"
        server.shutdown()
        thread.join()


def from_folder(folder: Path) -> Answer:
    def answer(path: str) -> tuple[int, bytes]:
        file = folder / path
        return (200, file.read_bytes()) if file.is_file() else (404, b"")

    return answer


@pytest.fixture
def log(sqlite: Database, tmp_path: Path) -> Path:
    sqlite.act(record_texts, 3)
    sequence_all(sqlite)
    return exported(sqlite, tmp_path / "log")


def test_a_log_behind_an_address_is_verified(log: Path) -> None:
    with served(from_folder(log)) as address:
        report = verify_log(address, KEY.verifying.vkey)

    assert report.passed
    assert report.facts["size"] == 4


def test_a_file_missing_behind_an_address_is_named(log: Path) -> None:
    (log / "tile/0/000.p/4").unlink()

    with served(from_folder(log)) as address:
        report = verify_log(address)

    assert report.facts == {"where": "tile/0/000.p/4", "fault": "The file is missing."}


def test_a_log_that_grows_while_it_is_read_is_read_at_its_new_size(sqlite: Database, log: Path, tmp_path: Path) -> None:
    sqlite.act(record_events, 300)
    sequence_all(sqlite)
    grown = exported(sqlite, tmp_path / "grown")
    asked: list[str] = []

    def answer(path: str) -> tuple[int, bytes]:
        asked.append(path)
        return from_folder(log if asked in (["key"], ["key", "checkpoint"]) else grown)(path)

    with served(answer) as address:
        report = verify_log(address)

    assert report.sentences[0].startswith("The record consult.example.org/log/1 holds: 304 entries")
    assert asked.count("checkpoint") == 3


def test_a_list_that_never_goes_with_the_checkpoint_is_a_fault(log: Path) -> None:
    (log / "files").write_bytes(b"")

    with served(from_folder(log)) as address:
        assert verify_log(address).json["where"] == "files"


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirection_is_not_followed_since_it_could_lead_anywhere(status: int) -> None:
    with served(lambda _: (status, b"")) as address:
        report = verify_log(address)

    assert report.json == {
        "passed": False,
        "where": "key",
        "fault": f"The address answers with status {status}.",
    }


def test_a_server_that_is_broken_is_said() -> None:
    with served(lambda _: (500, b"traceback")) as address:
        assert "status 500" in verify_log(address).sentences[0]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/log/1", "http://", "https://[::1", "http://\x00/", "http://a..b/"]
)
def test_an_address_where_nothing_answers_is_said(address: str) -> None:
    report = verify_log(address)

    assert report.exit_code == 1
    assert report.json["where"] == "key"
    assert "cannot be fetched" in report.sentences[0]


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    with (
        served(lambda _: (200, bytes(1 << 20))) as address,
        open_source(address) as source,
        pytest.raises(Fault, match="longer than the 1000 bytes"),
    ):
        read_all(source, "key", 1_000)


def test_an_address_that_is_busy_for_a_moment_is_asked_again(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BUSY_SECONDS", 0.01)
    asked: list[str] = []

    def answer(path: str) -> tuple[int, bytes]:
        asked.append(path)
        return (503, b"") if asked.count("files") == 1 and path == "files" else from_folder(log)(path)

    with served(answer) as address:
        assert verify_log(address).passed

    assert asked.count("files") == 2


def test_an_address_that_stays_busy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BUSY_SECONDS", 0.01)

    with served(lambda _: (503, b"")) as address:
        assert "is busy" in verify_log(address).sentences[0]


def test_a_text_erased_while_the_log_is_read_is_said_to_be_so(log: Path) -> None:
    def answer(path: str) -> tuple[int, bytes]:
        return (410, b"") if path.startswith("body/") else from_folder(log)(path)

    with served(answer) as address:
        assert "was erased since" in verify_log(address).sentences[0]
