"""What a request may look like and how much it may bring, decided before anybody looks into it.

The look is judged before any page is found; how much may come is a matter of the page, whose handler says so in its
`opt` (`web.access`) where it takes more than most.

Every address of ours is made in `consult.links` of plain letters and digits, so whatever else stands in a path is an
address that does not exist, and no handler ever sees it.
"""

import re
from typing import ClassVar, cast
from urllib.parse import parse_qsl

from anyio import fail_after
from litestar.types import ASGIApp, ReceiveMessage, Scope

from consult.i18n import N_
from consult.refusals import NotFound
from web.asgi import App, HTTPScope, Receive, Send, header
from web.bodies import Malformed

MEGABYTE = 1024 * 1024
#: What a form may bring whose handler says nothing else: a file of 10 MB, and the words around it.
MOST_BYTES = 16 * MEGABYTE
#: What one letter of a long text may cost on its way: two bytes for ă or ș, each sent as three characters (`%C8%99`).
LETTER_BYTES = 6
#: So much of what is too large is let come to its end and dropped, so that the sender, who is still speaking, hears the
#: answer: a connection that is closed on a browser's words shows its user nothing of ours.
MOST_HEARD = 64 * MEGABYTE
LONGEST_ADDRESS = 4096
MOST_PARAMETERS = 50
MOST_HEADERS = 100
MOST_HEADER_BYTES = 32 * 1024
#: How long a sender may be silent in the middle of a body.
PATIENCE_SECONDS = 30

PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~^-]+)*/?")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class TooLarge(Malformed):
    """More than the form takes, whatever it says: it is not read."""

    sentence = N_(
        "What was sent has more than %(most)s MB, the most that can arrive here at once. Nothing was saved, and nothing"
        " is lost: what you wrote is still in your browser, on the page before this one. Go there with the button"
        " “Back”, shorten the text or choose a smaller file, and send it again."
    )
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
    """Refuse what cannot be an address of ours, or says too much besides."""

    async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
        check_headers(scope)
        check_address(scope)
        await app(scope, receive, send)

    return answer


def bodies_within_limits(app: ASGIApp) -> ASGIApp:
    """Refuse what is too large for the page that was asked, or comes too slowly."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        most = scope["route_handler"].opt.get("most_bytes", MOST_BYTES)
        in_time = timed(receive)
        announced = announced_length(cast("HTTPScope", scope))
        if announced > most:
            if announced <= MOST_HEARD:
                await hear_out(in_time)
            raise TooLarge(most=most // MEGABYTE)
        await app(scope, counted(in_time, most), send)

    return answer


def bytes_of_text(letters: int) -> int:
    """Return what a form may bring that holds a text of so many letters, and as much again as its other fields need."""
    return letters * LETTER_BYTES + MEGABYTE


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


def announced_length(scope: HTTPScope) -> int:
    """Return how long a body says to be."""
    written = header(scope, b"content-length") or "0"
    if not (written.isascii() and written.isdigit()):
        raise Malformed
    return int(written)


def timed(receive: Receive, *, patience: float = PATIENCE_SECONDS) -> Receive:
    """Return the body's messages, none of which may keep us waiting."""
    is_complete = False

    async def receive_in_time() -> ReceiveMessage:
        nonlocal is_complete
        if is_complete:
            return await receive()
        try:
            with fail_after(patience):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        if message["type"] != "http.request":
            raise TooSlow
        is_complete = not message.get("more_body", False)
        return message

    return receive_in_time


def counted(receive: Receive, most: int) -> Receive:
    """Return the body's messages as long as they are not too many: a body may say nothing of its length, or lie."""
    arrived = 0

    async def receive_within() -> ReceiveMessage:
        nonlocal arrived
        message = await receive()
        if message["type"] == "http.request":
            arrived += len(message.get("body", b""))
            if arrived > most:
                if message.get("more_body", False):
                    await hear_out(receive, arrived)
                raise TooLarge(most=most // MEGABYTE)
        return message

    return receive_within


async def hear_out(receive: Receive, arrived: int = 0) -> None:
    """Let a body come to its end, up to what we are willing to hear, and keep nothing of it."""
    more = True
    while more and arrived <= MOST_HEARD:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
        arrived += len(message.get("body", b"")) if message["type"] == "http.request" else 0
