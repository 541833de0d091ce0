"""What a request may look like and how much it may bring, decided before anybody looks into it.

Every address of ours is made in `consult/links.py` of plain letters and digits, so whatever else stands in a path is an
address that does not exist, and no handler ever sees it.
"""

import re
from typing import ClassVar
from urllib.parse import parse_qsl

from anyio import fail_after
from litestar.types import ReceiveMessage

from consult.i18n import N_
from consult.refusals import NotFound
from web.asgi import App, HTTPScope, Receive, Send, header
from web.bodies import Malformed

#: The longest draft pasted at once (5 MB, of which each letter may be sent as six characters), or a file of 10 MB.
MOST_BYTES = 16 * 1024 * 1024
LONGEST_ADDRESS = 4096
MOST_PARAMETERS = 50
MOST_HEADERS = 100
MOST_HEADER_BYTES = 32 * 1024
#: How long a sender may be silent in the middle of a body.
PATIENCE_SECONDS = 30

PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~^-]+)*/?")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class TooLarge(Malformed):
    """More than any form of ours takes."""

    sentence = N_("What was sent is larger than 16 MB, the most that is accepted at once. Nothing was saved.")
    status: ClassVar[int] = 413


class TooSlow(Malformed):
    """The sender stopped in the middle."""

    sentence = N_("The connection was interrupted before everything had arrived. Nothing was saved: send it again.")
    status = 408


class AddressTooLong(Malformed):
    """An address that none of our pages has."""

    sentence = N_("The address is too long.")
    status = 414


class AddressUnclear(Malformed):
    """A parameter is given twice, or is no text."""

    sentence = N_("The address is damaged: part of it cannot be read or stands in it twice.")


class TooManyHeaders(Malformed):
    """Cookies or headers that no browser of ours has."""

    sentence = N_("The browser sent too much besides. Delete the cookies of this site and try again.")
    status = 431


def within_limits(app: App) -> App:
    """Refuse what is too large, too slow, or cannot be an address of ours."""

    async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
        check_headers(scope)
        check_address(scope)
        check_announced_length(scope)
        await app(scope, limited(receive), send)

    return answer


def check_headers(scope: HTTPScope) -> None:
    """Refuse headers that are too many or too long."""
    headers = list(scope["headers"])
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > MOST_HEADER_BYTES:
        raise TooManyHeaders


def check_address(scope: HTTPScope) -> None:
    """Refuse an address that no page of ours can have, or that could be read in two ways."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        raise AddressTooLong
    if not PATH.fullmatch(scope["path"]):
        raise NotFound
    try:
        query = scope["query_string"].decode("ascii")
        parameters = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise AddressUnclear from None
    names = {name for name, _ in parameters}
    if len(names) < len(parameters) or any(CONTROLS.search(name + value) for name, value in parameters):
        raise AddressUnclear


def check_announced_length(scope: HTTPScope) -> None:
    """Refuse at once a body that says to be too large."""
    written = header(scope, b"content-length") or "0"
    if not (written.isascii() and written.isdigit()):
        raise Malformed
    if int(written) > MOST_BYTES:
        raise TooLarge


def limited(receive: Receive, *, patience: float = PATIENCE_SECONDS) -> Receive:
    """Return the body's messages, counted and timed: a body may say nothing, or something false, of its length."""
    arrived = 0
    is_complete = False

    async def receive_in_time() -> ReceiveMessage:
        nonlocal arrived, is_complete
        if is_complete:
            return await receive()
        try:
            with fail_after(patience):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.request":
            arrived += len(message.get("body", b""))
            is_complete = not message.get("more_body", False)
            if arrived > MOST_BYTES:
                raise TooLarge
        else:
            raise TooSlow
        return message

    return receive_in_time
