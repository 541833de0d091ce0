"""Behind a real server, over a real socket: what a client library would never send, and what only a server shows."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from time import sleep

import pytest
import uvicorn
from litestar.types import ControllerRouterHandler

from consult.identity.authorities import ANY_HOST
from consult.settings import Settings
from consult.store import Database
from tests.databases import free_port
from tests.factories import an_authority
from tests.web.core.sample import sign_in_page
from web.app import installed, routed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

#: After so many seconds of silence an answer that had begun is over, though the line stays open.
A_PAUSE = 0.2


class Line:
    """A connection on which bytes are sent as they are."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, request: str) -> bytes:
        """Send a request and return everything that comes until the server closes, or says nothing more."""
        with socket.create_connection(("127.0.0.1", self._port), timeout=1) as line:
            line.sendall(request.encode("latin-1"))
            answer = b""
            with suppress(TimeoutError):
                while received := line.recv(65536):
                    answer += received
                    line.settimeout(A_PAUSE)
        return answer

    def say_and_leave(self, request: str) -> None:
        """Send a part of a request and go away."""
        with socket.create_connection(("127.0.0.1", self._port)) as line:
            line.sendall(request.encode("latin-1"))


@pytest.fixture
def line(settings: Settings, database: Database, handlers: tuple[ControllerRouterHandler, ...]) -> Iterator[Line]:
    database.act(an_authority, host=ANY_HOST)
    port = free_port()
    own = Settings(settings.data, settings.keys, settings.database_url, f"http://127.0.0.1:{port}")
    app = installed(routed(handlers, sign_in_page), own, database)
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", server_header=False)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        sleep(0.01)
    yield Line(port)
    server.should_exit = True
    thread.join()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("path", ["/note", "/nicaieri", "/intra", "/note/scrie"])
def test_head_sends_the_headers_of_get_and_no_body(line: Line, path: str) -> None:
    ends = "Host: localhost\r\nConnection: close\r\n\r\n"
    head = line.ask(f"HEAD {path} HTTP/1.1\r\n{ends}")
    whole = line.ask(f"GET {path} HTTP/1.1\r\n{ends}")

    assert status(head) == status(whole)
    assert head.endswith(b"\r\n\r\n")
    assert b"content-length: " + str(len(whole.split(b"\r\n\r\n", 1)[1])).encode() in head


def test_one_connection_carries_several_answers(line: Line) -> None:
    ends = "Host: localhost\r\n"
    answer = line.ask(
        f"HEAD /note HTTP/1.1\r\n{ends}\r\nGET /nicaieri HTTP/1.1\r\n{ends}\r\n"
        f"GET /note HTTP/1.1\r\n{ends}Connection: close\r\n\r\n"
    )

    assert [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]] == [200, 404, 200]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("GET /note HTTP/1.1\r\n\r\n", 400),
        ("GET /note HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("POST /intra HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST /intra HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", 413),
        ("GET /note HTTP/1.1\r\nHost: localhost\r\nCookie: " + "a" * 65536 + "\r\n\r\n", 431),
        ("GET /note/%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
        ("GET /note/\xff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        ("GET //evil.example/%2e%2e HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
        ("GET http://evil.example/note HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 200),
        ("TRACE /note HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405),
        ("GARBAGE\r\n\r\n", 400),
    ],
    ids=[
        "no host",
        "two hosts",
        "two lengths",
        "an announced terabyte",
        "a cookie of 64 KB",
        "not UTF-8",
        "raw bytes",
        "a path like a host",
        "an absolute address",
        "TRACE",
        "garbage",
    ],
)
def test_what_no_client_sends_is_answered_and_never_a_failure(line: Line, request_: str, expected: int) -> None:
    assert status(line.ask(request_)) == expected


def test_a_sender_who_goes_away_in_the_middle_harms_nobody(line: Line) -> None:
    line.say_and_leave("POST /intra HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\npassword=")

    assert status(line.ask("GET /note HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) == 200
