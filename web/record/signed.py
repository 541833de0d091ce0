"""What the log's key has signed, in the forms in which people compare it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from litestar.params import QueryParameter
from sqlalchemy.orm import Session

from consult.record.checkpoints import Checkpoint
from consult.record.encoding import encode_base64
from consult.record.keyring import signing_keys
from consult.record.keys import load_key
from consult.record.notes import Note, VerifyingKey
from consult.record.tree import CURRENT, LogNumber, SignedCheckpoint, newest_checkpoint

#: The number of a log, where a reader asks for an earlier one.
Log = Annotated[int, QueryParameter(ge=1, le=9_999)]
#: So many characters of a hash are read aloud in one breath.
GROUP = 4


def published_keys(db: Session, keys: Path) -> list[VerifyingKey]:
    """Return the keys that sign the record now, the older first; before the first signature, the one that will."""
    return signing_keys(db) or [load_key(keys).verifying]


@dataclass(frozen=True)
class SignedState:
    """A checkpoint: how many entries there were, the one hash over all of them, and when that was signed."""

    origin: str
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


def newest_signed(db: Session, log: LogNumber = CURRENT) -> SignedState | None:
    """Return the newest checkpoint of a log; nothing before the sequencer's first round."""
    signed = newest_checkpoint(db, log)
    return state_in(signed) if signed else None


def state_in(signed: SignedCheckpoint) -> SignedState:
    """Return what a checkpoint says."""
    checkpoint = Checkpoint.parse(Note.parse(signed.note).text)
    return SignedState(checkpoint.origin, checkpoint.size, checkpoint.root, signed.signed_at)
