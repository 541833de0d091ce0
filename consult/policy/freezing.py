"""Freezing: the pack a procedure is held to for ever, as bytes that anyone can read and hash.

A procedure freezes its pack when it is announced. The bytes carry the whole pack and the days off between two days,
so that the same dates come out in ten years, whatever has become of the law, of the calendar or of this program.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import msgspec

from consult.i18n import N_
from consult.policy.packs import FrozenDays, Pack
from consult.policy.working_days import ONE_DAY
from consult.refusals import Refusal


class FrozenPackAltered(Refusal):
    """The bytes are not those that were frozen."""

    sentence = N_("The frozen pack does not have the digest %(digest)s: it was altered.")


@dataclass(frozen=True)
class FrozenPack:
    """A pack as a procedure keeps it. `content`: canonical JSON (RFC 8785); `digest`: its SHA-256 in hexadecimal."""

    name: str
    version: str
    digest: str
    content: bytes


def freeze(pack: Pack, since: date, until: date) -> FrozenPack:
    """Freeze a pack with the days off from `since` to `until`, both included.

    Choose `until` well after the procedure's end: beyond it a frozen pack computes nothing. Raises DaysOffUnknown.
    """
    days_off = {off.date: off.name for off in pack.calendar.days_off(since, until + ONE_DAY)}
    frozen = msgspec.structs.replace(pack, frozen=FrozenDays(since=since, until=until, days_off=days_off))
    # Sorted, this is RFC 8785: a pack holds no fractions, and its names are ASCII.
    content = msgspec.json.encode(msgspec.to_builtins(frozen, str_keys=True), order="sorted")
    return FrozenPack(pack.id, pack.version, sha256(content).hexdigest(), content)


def thaw(content: bytes, digest: str) -> Pack:
    """Return the pack that was frozen; it computes from its own days off alone. Raises FrozenPackAltered."""
    if sha256(content).hexdigest() != digest:
        raise FrozenPackAltered(digest=digest)
    return msgspec.json.decode(content, type=Pack)
