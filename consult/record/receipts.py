"""The receipt of an act: a `.tlog-proof` file that shows to anybody, without us, that the act stands in the record.

It carries the salts of the act's text, and of the files that came with it, until they are erased, so that whoever kept
one of them can show by the receipt alone what was received. That gives nobody anything new: salt and text are public
together, as `body/<commitment>`, and a file on the page of what it came with. A receipt taken after the erasure has no
salts, and what was taken before is in the hands of those who could as well have taken the text itself.
"""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.files.blobs import BlobMissing, open_blob
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent, entry_of
from consult.record.entry_form import SALT_SIZE
from consult.record.proofs import Proof, encode_receipt
from consult.record.tree import inclusion_proof
from consult.record.witnesses import best_note


def receipt(db: Session, event_id: str, files: Path | None = None) -> bytes | None:
    """Return the receipt of an act, under the checkpoint that others have cosigned where it holds the act already.

    Nothing while the act is in no signed tree. `files`: the folder in which people's files lie behind their salts.
    """
    entry = entry_of(db, event_id)
    best = best_note(db, entry.index, entry.log) if entry and entry.index is not None and entry.log else None
    if entry is None or entry.index is None or entry.log is None or best is None:
        return None
    size, note = best
    hashes = inclusion_proof(db, entry.index, size, entry.log)
    salt = db.scalar(select(Body.salt).where(Body.commitment == entry.event.commitment))
    salts = salts_of_files(files, entry.event) if files else {}
    return encode_receipt(Proof(entry.index, tuple(hashes), note), entry.event.entry, salt or b"", salts)


def salts_of_files(folder: Path, event: RecordedEvent) -> Mapping[str, bytes]:
    """Return the salts of the files that came with an act's text, by their hashes; an erased file has none."""
    salts = {}
    for file in event.stated["facts"].get("files") or ():
        try:
            with open_blob(folder, file["c"]) as sealed:
                salts[file["c"]] = sealed.read(SALT_SIZE)
        except BlobMissing:
            continue
    return salts
