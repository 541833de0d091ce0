"""What a ballot is before it is sealed: the choices, the voter's own word, and a number that hides both until opened.

The record says of a ballot only the SHA-256 of these bytes. After the count every opening is published, so that anyone
can hash it, find the commitment among those that were logged while people voted, and count again. This module is pure:
whoever checks an election elsewhere needs nothing but it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from consult.budgeting.codes import code_of
from consult.i18n import N_
from consult.record import canonical
from consult.record.faults import Fault
from consult.refusals import Refusal

NONCE_SIZE = 32
#: The voter's own word, by which they know that a code was given to nobody else who chose the same.
WORD = re.compile(r"[a-z0-9]{4,6}", re.ASCII)
LONGEST_WORD = "x" * 6
NONCE = re.compile(rf"[0-9a-f]{{{2 * NONCE_SIZE}}}", re.ASCII)
#: Hides how much was chosen: JSON has no space at its end, so what was added can be taken away again.
PADDING = b" "
#: What is chosen without being measured, as on most ballots.
CHOSEN = 1

#: For each project that a ballot names, its number there and what it was given.
Choices = Mapping[str, int]


class NotAWord(Refusal):
    """The voter's word must be one that a page can show and a keyboard type in any language."""

    sentence = N_("Write a word of your own of 4 to 6 letters or digits, without diacritics, such as “nuc7”.")
    field = "word"


@dataclass(frozen=True)
class Opening:
    """A ballot, opened. `election`: the subject of its cycle in the record. `nonce`: 32 random bytes, hexadecimal."""

    election: str
    choices: Choices
    word: str
    nonce: str

    @property
    def form(self) -> bytes:
        """The bytes that are hashed and published: canonical JSON."""
        stated = {"election": self.election, "choices": dict(self.choices), "word": self.word, "nonce": self.nonce}
        return canonical.dump(stated)

    @property
    def commitment(self) -> str:
        """What the record says of it, hexadecimal."""
        return sha256(self.form).hexdigest()

    @property
    def code(self) -> str:
        """What the voter is shown: the beginning of the commitment, with a check character."""
        code = code_of(bytes.fromhex(self.commitment))
        if code is None:
            raise ValueError("an opening whose commitment has no code is never cast")
        return code

    def padded(self, size: int) -> bytes:
        """Return its form at the size that all ballots of an election have, so that none tells how long it is."""
        form = self.form
        if len(form) > size:
            raise ValueError(f"the ballot has {len(form)} bytes, more than the {size} of the longest")
        return form.ljust(size, PADDING)


def draw(election: str, choices: Choices, word: str, nonces: Iterable[bytes]) -> Opening:
    """Return a ballot with the first of some nonces by which its commitment has a code."""
    drawn = (Opening(election, choices, word, nonce.hex()) for nonce in nonces)
    return next(opening for opening in drawn if code_of(bytes.fromhex(opening.commitment)) is not None)


def read_opening(data: bytes) -> Opening:
    """Read an opening, padded or not. Raises Fault for what is none."""
    stated = canonical.load(data.rstrip(PADDING))
    if stated.keys() != {"election", "choices", "word", "nonce"} or not _is_opening(stated):
        raise Fault(N_("This is not the opening of a ballot."))
    return Opening(stated["election"], stated["choices"], stated["word"], stated["nonce"])


def read_word(typed: str) -> str:
    """Return the voter's own word. Raises NotAWord."""
    word = unicodedata.normalize("NFKC", typed).strip().lower()
    if not WORD.fullmatch(word):
        raise NotAWord
    return word


def size_of_longest(election: str, projects: Iterable[str], most: int = CHOSEN) -> int:
    """Return the size to which ballots are padded. `most`: the most that one project may be given."""
    longest = Opening(election, dict.fromkeys(projects, most), LONGEST_WORD, "0" * 2 * NONCE_SIZE)
    return len(longest.form)


def _is_opening(stated: Mapping[str, Any]) -> bool:  # Any: what JSON can say
    choices = stated["choices"]
    return (
        isinstance(stated["election"], str)
        and isinstance(choices, dict)
        and all(type(given) is int for given in choices.values())
        and isinstance(stated["word"], str)
        and WORD.fullmatch(stated["word"]) is not None
        and isinstance(stated["nonce"], str)
        and NONCE.fullmatch(stated["nonce"]) is not None
    )
