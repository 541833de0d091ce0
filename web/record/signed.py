"""What the log's key has signed, in the forms in which people compare it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from consult.record.checkpoints import Checkpoint
from consult.record.encoding import encode_base64
from consult.record.keys import load_key
from consult.record.notes import Note, VerifyingKey
from consult.record.tree import newest_checkpoint

#: So many characters of a hash are read aloud in one breath.
GROUP = 4


@cache
def published_key(keys: Path) -> VerifyingKey:
    """Return the public half of the log's key, read once: it is the log's for ever."""
    return load_key(keys).verifying


@dataclass(frozen=True)
class SignedState:
    """A checkpoint: how many entries there were, the one hash over all of them, and when that was signed."""

    size: int
    root: bytes
    signed_at: datetime

    @property
    def root_in_base64(self) -> str:
        """The hash as it stands in the checkpoint and in every receipt."""
        return encode_base64(self.root)

    @property
    def root_to_read_aloud(self) -> str:
        """The hash as people compare it: sixteen groups of four characters."""
        digits = self.root.hex()
        return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def newest_signed(db: Session) -> SignedState | None:
    """Return the newest checkpoint; nothing before the sequencer's first round."""
    signed = newest_checkpoint(db)
    if signed is None:
        return None
    checkpoint = Checkpoint.parse(Note.parse(signed.note).text)
    return SignedState(checkpoint.size, checkpoint.root, signed.signed_at)
