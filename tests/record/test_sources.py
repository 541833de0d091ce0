"""A living log or a mirror is checked over HTTP like a folder; an address that misbehaves is a fault, not a crash."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep

import pytest

from consult.record import sources
from consult.record.faults import Fault
from consult.record.reports import verify_log
from consult.record.sources import NotReached, open_site, open_source, read_all
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

    assert report.exit_code == 1
    assert report.sentences[0].startswith("key: The address sends us on to http://127.0.0.1:1/, and no redirection")


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


def dripping(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")


def dripping_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")


def dripping_without_length(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")


@contextmanager
def drips(begin: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve a byte now and then, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                begin(connection)
                while True:
                    connection.sendall(b"a")
                    sleep(0.02)

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/log/1"
        thread.join()


@pytest.mark.parametrize("begin", [dripping, dripping_headers, dripping_without_length])
def test_an_address_that_drips_its_bytes_is_not_waited_for(
    begin: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "FILE_SECONDS", 0.3)
    started = monotonic()

    with drips(begin) as address:
        report = verify_log(address)

    assert report.facts == {"where": "key", "fault": "The address takes longer than anybody can wait for."}
    assert monotonic() - started < 5


def test_an_address_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "TIMEOUT_SECONDS", 0.3)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        report = verify_log(f"http://127.0.0.1:{listening.getsockname()[1]}/log/1")

    assert "timed out" in report.sentences[0]


def test_no_file_is_asked_for_when_the_time_for_all_of_them_is_over(log: Path) -> None:
    with (
        served(from_folder(log)) as address,
        open_site(address, seconds=0) as site,
        pytest.raises(NotReached, match="longer than anybody can wait"),
    ):
        site.open("key", 1_000)


def test_a_file_shorter_than_it_says_it_is_is_not_taken_for_whole() -> None:
    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                answer(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        report = verify_log(f"http://127.0.0.1:{listening.getsockname()[1]}/log/1")
        thread.join()

    assert "cannot be fetched" in report.sentences[0]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder_instead(path: Path) -> None:
    path.mkdir()


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("put", [pipe, device, folder_instead, link_to_itself, link_to_nothing])
@pytest.mark.parametrize("name", ["checkpoint", "files", "tile/0/000.p/4", "tile/entries/000.p/4"])
def test_what_lies_where_a_file_should_be_and_is_none_is_a_fault(
    log: Path, put: Callable[[Path], None], name: str
) -> None:
    (log / name).unlink()
    put(log / name)

    assert verify_log(str(log)).facts["where"] == name


def test_a_link_to_a_folder_is_a_file_that_is_not_listed(log: Path) -> None:
    (log / "more").symlink_to("/")

    assert verify_log(str(log)).facts == {"where": "more", "fault": "The file is not in the list of files."}
