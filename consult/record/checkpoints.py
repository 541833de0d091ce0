"""Checkpoints (C2SP tlog-checkpoint): a log at one size, signed.

Whoever signs one stands by exactly these entries in this order: a log that signs two which do not continue each other
has been caught.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.i18n import N_
from consult.record.encoding import decode_base64, encode_base64, read_number
from consult.record.faults import Fault
from consult.record.merkle import HASH_SIZE
from consult.record.notes import Note, VerifyingKey


@dataclass(frozen=True)
class Checkpoint:
    """A log at one size: its origin, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{encode_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a checkpoint; lines after the third are somebody's extensions."""
        lines = text.removesuffix("\n").split("\n")
        if len(lines) < 3 or not all(lines):  # noqa: PLR2004 - origin, size, root
            raise Fault(N_("The checkpoint does not have an origin, a size and a root, each on a line."))
        root = decode_base64(lines[2])
        if len(root) != HASH_SIZE:
            raise Fault(N_("The root in the checkpoint is not a hash of 32 bytes."))
        return cls(lines[0], read_number(lines[1]), root)


def open_checkpoint(data: bytes, keys: Sequence[VerifyingKey]) -> tuple[Checkpoint, list[VerifyingKey]]:
    """Return a checkpoint that at least one of these keys signed, and those that did."""
    note = Note.parse(data)
    signers = note.signed_by(keys)
    return Checkpoint.parse(note.text), signers
