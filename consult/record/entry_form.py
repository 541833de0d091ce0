"""The form in which a public act becomes an entry of the record: small canonical JSON, fixed for ever.

An entry has exactly these members: `v` the version of the vocabulary; `type`; `at` the instant of the act (UTC, whole
seconds); `subject` the thing that it is about; `actor` who acted, as a role and a pseudonym, never a name; `prev` the
leaf hash of the previous entry about the same subject (hexadecimal, or null), so that the history of one thing can be
followed alone; `facts`, the members of the event's class; and `body` the commitment to a text that lies outside the
log (or null).

Nothing personal is a fact. What people wrote is in the body, which can be erased while every proof stays valid; what
officials published is named by its plain hash.
"""

import re
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from consult.record import canonical
from consult.record.tiles import MAX_ENTRY_SIZE

VERSION = 1
#: A commitment is SHA-256(salt || content), with 32 random bytes of salt.
BODY_ALGORITHM = "sha256-salt32"
SALT_SIZE = 32

#: A moment that everybody reads as the same one: whoever reads an entry back refuses one without its time zone.
Instant = Annotated[datetime, Meta(tz=True)]

#: How an entry names what it is about.
SUBJECT_FORM = re.compile(r"consult:[a-z0-9.^_-]+(/[a-z0-9.^_-]+)*", re.ASCII)


@dataclass(frozen=True)
class Signer:
    """Who acted, as the record says it: the role, and a pseudonym that means nothing outside one procedure."""

    role: str
    pseudonym: str


@dataclass(frozen=True)
class Commitment:
    """What an entry says of a text: nothing that could be guessed, but enough to recognise it. `c`: hexadecimal."""

    c: str
    size: int
    alg: str = BODY_ALGORITHM


@dataclass(frozen=True, kw_only=True)
class Event:
    """A public act. `subject`: the thing it is about, such as `consult:izvoru/consultari/112-2026`."""

    type: ClassVar[str]
    #: In which roles it may be recorded (`roles`); nobody may unless the event says so. Of several roles that an
    #: official holds, the record names the first that stands here.
    signers: ClassVar[tuple[str, ...]] = ()
    #: Whether nothing can have been recorded before about its subject, which begins with it.
    begins: ClassVar[bool] = False

    subject: str
    body: Commitment | None = None

    def __post_init__(self) -> None:
        if not SUBJECT_FORM.fullmatch(self.subject):
            raise ValueError(f"not a subject: {self.subject!r}")

    @property
    def facts(self) -> dict[str, Any]:  # Any: what JSON can say
        """What the act says beyond who, when and about what."""
        # Mypy takes a class for one of its instances, and so for not hashable.
        return {name: _stated(getattr(self, name)) for name in _own_members(type(self))}  # type: ignore[arg-type]


@cache
def _own_members(event: type[Event]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(event) if field.name not in ("subject", "body"))


def encode_entry(event: Event, *, signer: Signer, at: datetime, prev: bytes | None) -> bytes:
    """Return the bytes that enter the log. `prev`: leaf hash of the previous entry about this subject."""
    if at.tzinfo is None:
        raise ValueError("an instant must carry its time zone")
    entry = canonical.dump(
        {
            "v": VERSION,
            "type": event.type,
            "at": _stated(at),
            "subject": event.subject,
            "actor": asdict(signer),
            "prev": prev.hex() if prev else None,
            "facts": event.facts,
            "body": asdict(event.body) if event.body else None,
        }
    )
    if len(entry) > MAX_ENTRY_SIZE:
        raise ValueError(f"an entry has at most {MAX_ENTRY_SIZE} bytes; long texts enter by their hash")
    return entry


def _stated(fact: object) -> Any:  # Any: what JSON can say
    """Return a fact as JSON says it. Fractions are refused: programs round them differently."""
    match fact:
        case None | bool() | int() | str():
            return fact
        case datetime():
            return fact.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return fact.isoformat()
        case tuple():
            return [_stated(one) for one in fact]
        case _ if is_dataclass(fact):
            return {field.name: _stated(getattr(fact, field.name)) for field in fields(fact)}
        case _:
            raise TypeError(f"{type(fact).__name__} cannot be a fact of an entry")
