"""The receipt of an act: a `.tlog-proof` file that shows to anybody, without us, that the act stands in the record.

It carries the salt of the act's text until the text is erased, so that whoever kept the text can show by the receipt
alone what was received. That gives nobody anything new: salt and text are public together, as `body/<commitment>`. A
receipt taken after the erasure has no salt, and what was taken before is in the hands of those who could as well have
taken the text itself.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.record.bodies import Body
from consult.record.entries import entry_of
from consult.record.proofs import Proof, encode_receipt
from consult.record.tree import inclusion_proof
from consult.record.witnesses import best_note


def receipt(db: Session, event_id: str) -> bytes | None:
    """Return the receipt of an act, under the checkpoint that others have cosigned where it holds the act already.

    Nothing while the act is in no signed tree.
    """
    entry = entry_of(db, event_id)
    best = best_note(db, entry.index, entry.log) if entry and entry.index is not None and entry.log else None
    if entry is None or entry.index is None or entry.log is None or best is None:
        return None
    size, note = best
    hashes = inclusion_proof(db, entry.index, size, entry.log)
    salt = db.scalar(select(Body.salt).where(Body.commitment == entry.event.commitment))
    return encode_receipt(Proof(entry.index, tuple(hashes), note), entry.event.entry, salt or b"")
