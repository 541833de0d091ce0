"""Keys as they stand in an address: each is written in one way only, or there is no such page."""

import re

from consult.refusals import NotFound

#: Nothing larger is a key on either database, nothing else is how we write one.
KEY = re.compile(r"[1-9][0-9]{0,8}")


def key_in(written: str) -> int:
    """Return the key that an address names; raises NotFound for "0", "+1", "007" or "１２"."""
    if not KEY.fullmatch(written):
        raise NotFound
    return int(written)
