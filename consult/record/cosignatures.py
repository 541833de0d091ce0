"""What a witness signs (C2SP cosignature/v1), the text of a checkpoint together with the time, and how it is asked to.

A cosignature says: at this instant this was the largest checkpoint of this log that I had seen, and it continues every
one that I saw before. Whoever knows some witnesses so knows that others were shown the same log, and when.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from consult.i18n import N_
from consult.record.encoding import encode_base64
from consult.record.faults import Fault

#: Before the signature itself stands the time, in seconds since 1970, in eight bytes.
TIME_SIZE = 8
SIGNATURE_SIZE = 64
#: The end of the year 9999; later instants have no date.
MAX_TIME = 253_402_300_799


def cosigned_message(text: str, time: int) -> bytes:
    """Return the bytes that are signed. `time`: seconds since 1970."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def split_cosignature(value: bytes) -> tuple[int, bytes]:
    """Return the time, in seconds since 1970, and the signature."""
    if len(value) != TIME_SIZE + SIGNATURE_SIZE:
        raise Fault(N_("The signature of a witness does not have the length that it must have."))
    return int.from_bytes(value[:TIME_SIZE], "big"), value[TIME_SIZE:]


def cosigned_at(value: bytes) -> datetime:
    """Return the instant that a cosignature tells."""
    time, _ = split_cosignature(value)
    if time > MAX_TIME:
        raise Fault(N_("The signature of a witness tells a time that no calendar has."))
    return datetime.fromtimestamp(time, UTC)


def encode_request(old: int, proof: Sequence[bytes], signed: bytes) -> bytes:
    """Return what a log sends to a witness (tlog-witness). `signed`: its checkpoint; `proof`: from the old size on."""
    return "\n".join([f"old {old}", *map(encode_base64, proof), "", ""]).encode() + signed
