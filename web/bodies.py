"""Reading what a form sent, strictly: what has two meanings or none is refused here, before anybody looks at it.

Litestar's own readers replace broken UTF-8, keep parsed bodies in a cache of a thousand (passwords among them) and
take the last of two equal names; none of this may happen to a proposal or a vote.
"""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from anyio.to_thread import run_sync
from litestar import Request
from multipart import (  # type: ignore[import-untyped]  # the library has no type information
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
    parse_options_header,
)

from consult.i18n import N_
from consult.refusals import Refusal

MOST_FIELDS = 1000
#: A body larger than this is read beside the loop, so that nobody else's page waits for it.
READ_IN_PASSING = 64 * 1024


class Malformed(Refusal):
    """The request cannot be read, or can be read in two ways. No browser sends such a thing by itself."""

    sentence = N_("What was sent cannot be read: part of it is missing or damaged. Nothing was saved.")
    status: ClassVar[int] = 400


class TooManyFields(Malformed):
    """More fields than any form of ours has."""

    sentence = N_("What was sent has too many parts. Nothing was saved.")
    status = 413


class NotAForm(Malformed):
    """Something else than a form arrived at a form's address."""

    sentence = N_("This address receives forms only. Nothing was saved.")
    status = 415


@dataclass(frozen=True)
class UploadedFile:
    """A file as it was sent. `name` is what the sender's computer called it: never a path of ours."""

    name: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        """Return the hash of the bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Posted:
    """The fields of a form by name, each with every value that was sent, in order."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[UploadedFile]] = field(default_factory=dict)


async def read_posted(request: Request[Any, Any, Any]) -> Posted:  # Any: Litestar's user, auth and state types
    """Read the whole body; when this returns, the form has arrived. Raises Malformed."""
    body = await request.body()
    written = request.headers.get("content-type", "")
    if len(body) > READ_IN_PASSING:
        return await run_sync(parse, written, body)
    return parse(written, body)


def parse(content_type: str, body: bytes) -> Posted:
    """Return the fields of a body; raises Malformed."""
    kind, options = parse_options_header(content_type)
    try:
        if kind == "application/x-www-form-urlencoded":
            return from_urlencoded(body)
        if kind == "multipart/form-data":
            return from_multipart(body, options.get("boundary", ""))
    except UnicodeDecodeError:
        raise Malformed from None
    raise NotAForm


def from_urlencoded(body: bytes) -> Posted:
    """Read `name=value&…`; the bytes behind every %XX must be UTF-8."""
    if body.count(b"&") >= MOST_FIELDS:
        raise TooManyFields
    posted = Posted()
    for name, value in parse_qsl(body.decode(), keep_blank_values=True, errors="strict"):
        posted.texts.setdefault(name, []).append(value)
    return posted


def from_multipart(body: bytes, boundary: str) -> Posted:
    """Read the parts of a body: those with a file name are files, all others are text in UTF-8."""
    posted = Posted()
    segment = None
    content = bytearray()
    try:
        with PushMultipartParser(boundary, max_segment_count=MOST_FIELDS) as parser:
            for event in parser.parse(body):
                if isinstance(event, MultipartSegment):
                    segment, content = event, bytearray()
                elif event is not None:
                    content += event
                else:
                    add_part(posted, segment, bytes(content))
    except ParserLimitReached:
        raise TooManyFields from None
    except MultipartError:
        raise Malformed from None
    return posted


def add_part(posted: Posted, segment: MultipartSegment, content: bytes) -> None:
    """Put one part where it belongs. Browsers send an empty part for a file that was not chosen."""
    if segment.filename is None:
        posted.texts.setdefault(segment.name, []).append(content.decode())
    elif segment.filename or content:
        posted.files.setdefault(segment.name, []).append(UploadedFile(segment.filename, content))
