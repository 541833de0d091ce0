"""The receipt of an act: a `.tlog-proof` file that shows to anybody, without us, that the act stands in the record."""

from sqlalchemy.orm import Session

from consult.record.entries import entry_of
from consult.record.proofs import Proof, encode_receipt
from consult.record.tree import inclusion_proof, newest_checkpoint


def receipt(db: Session, event_id: str) -> bytes | None:
    """Return the receipt of an act under the newest checkpoint; nothing while the act is not in a signed tree."""
    entry, checkpoint = entry_of(db, event_id), newest_checkpoint(db)
    if entry is None or entry.index is None or checkpoint is None or entry.index >= checkpoint.size:
        return None
    hashes = inclusion_proof(db, entry.index, checkpoint.size)
    return encode_receipt(Proof(entry.index, tuple(hashes), checkpoint.note), entry.event.entry)
