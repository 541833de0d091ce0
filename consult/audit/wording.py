"""Whether a text says anything: a reason of which nobody can read a word is none.

What a text says can be read only where it lies beside the log. Of one that was erased its size is left, by which a text
can still be too short for any word.
"""

import msgspec

from consult.record.committed import strings_in
from consult.record.entry_form import Commitment

#: A form without a word takes fewer bytes than the shortest one with a single letter.
SHORTEST = len(b'{"":"a"}')


def is_wordless(content: bytes) -> bool:
    """Return whether nothing in a text can be read: its form is empty, or filled in with what leaves no mark."""
    try:
        stated = msgspec.json.decode(content)
    except RecursionError:
        return True
    except (msgspec.DecodeError, UnicodeDecodeError):
        stated = content.decode(errors="replace")
    return not any(sign.isprintable() and not sign.isspace() for words in strings_in(stated) for sign in words)


class Wording:
    """The texts of a log that say nothing; there are hardly any, so it stays small."""

    def __init__(self) -> None:
        self._wordless: set[str] = set()

    def read(self, commitment: str, content: bytes) -> None:
        """Take a text that lies beside the log."""
        if is_wordless(content):
            self._wordless.add(commitment)

    def says_something(self, body: Commitment | None) -> bool:
        """Return whether there is a text, and a word in it, as far as can be known."""
        return body is not None and body.size >= SHORTEST and body.c not in self._wordless
