"""What everything that the demo's files say has in common."""

import msgspec


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something the files say; a word that they do not know is a slip and is refused."""
