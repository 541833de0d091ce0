"""Whoever is asked over the network is asked once, at the address that was looked at, and never inside our house."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from consult.record import outgoing
from consult.record.outgoing import MAX_ANSWER, Unreachable, is_public, posting


class Other(BaseHTTPRequestHandler):
    """A server that answers as its path says."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/echo")
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a" * (MAX_ANSWER + 1))
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            threading.Event().wait(2)
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["Host"].encode() + b" " + body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_server_is_asked_under_its_own_name(url: str) -> None:
    answer = posting(allows_private=True)(f"{url}/echo", b"old 0")

    assert (answer.status, answer.body) == (200, f"{url[7:]} old 0".encode())


def test_a_machine_of_our_own_network_is_not_asked_unless_the_settings_allow_it(url: str) -> None:
    with pytest.raises(Unreachable, match="private network"):
        posting()(f"{url}/echo", b"")


def test_a_redirection_is_an_answer_and_not_a_way(url: str) -> None:
    assert posting(allows_private=True)(f"{url}/away", b"").status == 302


def test_an_answer_that_never_ends_is_not_read_to_its_end(url: str) -> None:
    with pytest.raises(Unreachable, match="too long"):
        posting(allows_private=True)(f"{url}/endless", b"")


def test_a_server_that_stalls_is_given_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "STEP_SECONDS", 0.2)

    with pytest.raises(Unreachable):
        posting(allows_private=True)(f"{url}/slow", b"")


@pytest.mark.parametrize(
    "address", ["", "ftp://a.example", "file:///etc/passwd", "http://", "http://[", "http://nobody.invalid", "http://ș"]
)
def test_what_is_no_address_of_a_server_is_said(address: str) -> None:
    with pytest.raises(Unreachable):
        posting(allows_private=True)(address, b"")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to be refused
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_addresses_of_no_open_network_are_known_in_every_form(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_open_network_may_be_asked(address: str) -> None:
    assert is_public(ip_address(address))
