"""The JSON of entries: RFC 8785 canonical, so that a meaning has exactly one form and one hash.

Entries hold objects with ASCII names, lists, strings, integers, booleans and null; never a fraction, which programs
round differently.
"""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import rfc8785

from consult.i18n import N_
from consult.record.faults import Fault

MAX_INTEGER = 2**53 - 1
LONGEST_INTEGER = len(str(-MAX_INTEGER))


def dump(stated: Mapping[str, Any]) -> bytes:  # Any: what JSON can say
    """Return the canonical bytes of a JSON object."""
    return rfc8785.dumps(dict(stated))


def load(data: bytes) -> dict[str, Any]:  # Any: as above
    """Read a JSON object and refuse any other form of it than the canonical one."""
    try:
        stated = _READER.decode(data.decode())
        form = dump_loaded(stated)
    except (ValueError, RecursionError):
        raise Fault(N_("This is not the JSON of an entry.")) from None
    if form != data or not isinstance(stated, dict):
        raise Fault(N_("This is not canonical JSON (RFC 8785): it could be read in two ways."))
    return stated


def read_back(data: bytes) -> dict[str, Any]:  # Any: as above
    """Read what `dump` made and we kept: whether it was altered since is for `verify` to say, not for each page."""
    stated: dict[str, Any] = msgspec.json.decode(data)
    return stated


def dump_loaded(stated: Mapping[str, Any]) -> bytes:  # Any: as above
    """Return the bytes of what `load` has read: for that this is RFC 8785, at a fifth of the time and of any depth."""
    return _WRITER.encode(stated).encode()


def _safe_integer(digits: str) -> int:
    """Return an integer that every program reads as the same number: many keep numbers in 53 bits."""
    if len(digits) > LONGEST_INTEGER or abs(int(digits)) > MAX_INTEGER:
        raise ValueError(digits)
    return int(digits)


def _refuse(number: str) -> float:
    raise ValueError(number)


#: Made once: a log has millions of entries, and making these costs as much as reading one.
_READER = json.JSONDecoder(parse_int=_safe_integer, parse_float=_refuse, parse_constant=_refuse)
_WRITER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
