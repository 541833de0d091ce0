"""The JSON of entries: RFC 8785 canonical, so that a meaning has exactly one form and one hash.

Entries hold objects with ASCII names, lists, strings, integers, booleans and null; never a fraction, which programs
round differently.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import rfc8785

from consult.i18n import N_
from consult.record.faults import Fault

MAX_INTEGER = 2**53 - 1
#: Shorter numbers are all safe, so that an entry in which no longer one can stand need not be searched for one.
_LONG = re.compile(rb"[:,\[]-?[0-9]{16}")


def dump(stated: Mapping[str, Any]) -> bytes:  # Any: what JSON can say
    """Return the canonical bytes of a JSON object."""
    return rfc8785.dumps(dict(stated))


def load(data: bytes) -> dict[str, Any]:  # Any: as above
    """Read a JSON object and refuse any other form of it than the canonical one."""
    try:
        stated = _READER.decode(data)
        form = dump_loaded(stated)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise Fault(N_("This is not the JSON of an entry.")) from None
    if _LONG.search(data) and any(abs(number) > MAX_INTEGER for number in _integers_in(stated)):
        raise Fault(N_("This is not the JSON of an entry."))
    if not isinstance(stated, dict) or form != data:
        raise Fault(N_("This is not canonical JSON (RFC 8785): it could be read in two ways."))
    return stated


def read_back(data: bytes) -> dict[str, Any]:  # Any: as above
    """Read what `dump` made and we kept: whether it was altered since is for `verify` to say, not for each page."""
    stated: dict[str, Any] = msgspec.json.decode(data)
    return stated


def dump_loaded(stated: Mapping[str, Any]) -> bytes:  # Any: as above
    """Return the bytes of what `load` has read: for that this is RFC 8785, at a hundredth of the time."""
    return _WRITER.encode(stated)


def _integers_in(stated: object) -> Iterator[int]:
    waiting = [stated]
    while waiting:
        one = waiting.pop()
        if isinstance(one, int):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _refuse(number: str) -> float:
    """Refuse a fraction, which programs round differently."""
    raise ValueError(number)


#: Made once: a log has millions of entries.
_READER = msgspec.json.Decoder(float_hook=_refuse)
_WRITER = msgspec.json.Encoder(order="sorted")
