"""Asking somebody else's server, at an address that an administrator wrote: short, once, and never inside our house.

A redirection is not followed. The name is resolved here, and the connection goes to the very address that was looked
at, so that a name which points elsewhere a moment later gains nothing. Machines of our own network are asked only where
the settings allow it.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic

import httpx

#: One step of the conversation, and all of it.
STEP_SECONDS = 5
WHOLE_SECONDS = 15
#: Sixteen signature lines, with room; or a number.
MAX_ANSWER = 16_384

#: Where a network of IPv6 alone shows addresses of the older kind (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")


class Unreachable(Exception):  # noqa: N818 - what the other side is, not what went wrong here
    """There was no answer, or none that is read."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


#: Sends bytes to an address and returns the answer; raises Unreachable.
Post = Callable[[str, bytes], Answer]


def posting(*, allows_private: bool = False) -> Post:
    """Return the way to servers outside; with `allows_private` also to those on this machine and its network."""

    def post(url: str, body: bytes) -> Answer:
        try:
            return _post(httpx.URL(url), body, allows_private=allows_private)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as problem:
            raise Unreachable(str(problem) or type(problem).__name__) from None

    return post


def _post(url: httpx.URL, body: bytes, *, allows_private: bool) -> Answer:
    if url.scheme not in {"http", "https"}:
        raise Unreachable("the address is not http")
    ends_at = monotonic() + WHOLE_SECONDS
    address = _address_of(url, allows_private=allows_private)
    headers = {"Host": url.netloc.decode("ascii"), "Content-Type": "text/plain; charset=utf-8"}
    with (
        # No proxy from the environment: it would resolve the name once more, by itself.
        httpx.Client(timeout=STEP_SECONDS, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST",
            url.copy_with(host=str(address)),
            content=body,
            headers=headers,
            # The certificate must still be that of the name.
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        ) as answer,
    ):
        received = b""
        for chunk in answer.iter_raw():
            received += chunk
            if len(received) > MAX_ANSWER or monotonic() > ends_at:
                raise Unreachable("the answer is too long, or comes too slowly")
        return Answer(answer.status_code, received)


def _address_of(url: httpx.URL, *, allows_private: bool) -> IPv4Address | IPv6Address:
    """Return the address behind a name, if all that it points to may be asked."""
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    found = socket.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    addresses = [ip_address(place[4][0]) for place in found]
    if not allows_private and not all(map(is_public, addresses)):
        raise Unreachable("the address lies in a private network")
    return addresses[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the open internet, in whatever form it is written."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(inner)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address.is_global and not address.is_multicast
