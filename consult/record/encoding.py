"""Numbers and base64 as every file of the log writes them, read so strictly that each has exactly one form."""

import binascii
import re
from base64 import b64encode

from consult.i18n import N_
from consult.record.faults import Fault

#: Sizes and indexes are signed 64-bit integers to most programs that read a log.
MAX_NUMBER = (1 << 63) - 1

_DECIMAL = re.compile(r"0|[1-9][0-9]*", re.ASCII)


def read_number(digits: str) -> int:
    """Read a size or an index: decimal, without leading zeros, within 63 bits."""
    if not _DECIMAL.fullmatch(digits):
        raise Fault(N_("A number is not written in plain decimal digits."))
    # Nineteen digits hold every number of 63 bits; longer ones are not even converted.
    if len(digits) > len(str(MAX_NUMBER)) or int(digits) > MAX_NUMBER:
        raise Fault(N_("A number is larger than any log can be (64-bit overflow)."))
    return int(digits)


def encode_base64(data: bytes) -> str:
    """Return data in standard base64, on one line."""
    return b64encode(data).decode()


def decode_base64(text: str) -> bytes:
    """Read standard base64, of which every datum has exactly one form: no white space, no stray bits."""
    try:
        data = binascii.a2b_base64(text.encode(errors="replace"), strict_mode=True)
    except binascii.Error:
        raise Fault(N_("A hash, key or signature is not in base64.")) from None
    if encode_base64(data) != text:
        raise Fault(N_("A hash, key or signature is not in base64."))
    return data
