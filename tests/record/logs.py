"""Logs for the tests: acts recorded through the real tables, sequenced, and exported."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.record.bodies import Body, keep_body
from consult.record.checkpoints import Checkpoint
from consult.record.cosigning import keep
from consult.record.entries import RecordedEvent, append
from consult.record.entry_form import Event, Signer
from consult.record.events import BodyErased, OfficialAppointed, PackFrozen, RecommendationReceived
from consult.record.export import export
from consult.record.notes import CosigningKey, SigningKey
from consult.record.packs import keep_pack
from consult.record.sequencer import advance
from consult.record.tree import newest_checkpoint
from consult.record.witnesses import Witness
from consult.store import Database

ORIGIN = "consult.example.org/log/1"
KEY = SigningKey(ORIGIN, sha256(b"the key of the tests").digest())
WITNESS = CosigningKey("pietonii.example/martor", sha256(b"the key of a witness").digest())
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CLERK = Signer("clerk", "c0ffee00")
CONSULTATION = "consult:izvoru/consultari/112-2026"


def an_event(number: int = 0) -> Event:
    return OfficialAppointed(subject=f"consult:izvoru/functionari/{number}", role="clerk")


def record_events(db: Session, count: int) -> list[str]:
    return [append(db, an_event(number), signer=CLERK, at=NOON).id for number in range(count)]


def record_texts(db: Session, count: int) -> None:
    """Record a frozen pack and proposals with texts of their own."""
    digest = keep_pack(db, b'title = "Legea nr. 52/2003"\n')
    frozen = PackFrozen(subject=CONSULTATION, name="ro/law-52-2003", version="1", pack=digest)
    append(db, frozen, signer=CLERK, at=NOON)
    for number in range(1, count + 1):
        body = keep_body(db, {"wording": f"Propunerea {number}", "reason": "Trotuarul este prea îngust."})
        received = RecommendationReceived(
            subject=f"{CONSULTATION}/propuneri/{number}", number=number, kind="change", body=body.committed
        )
        append(db, received, signer=Signer("person", f"{number:08x}"), at=NOON)


def erase_text(db: Session, number: int) -> bytes:
    """Erase the text of a proposal; returns what was its file."""
    subject = f"{CONSULTATION}/propuneri/{number}"
    commitment = db.scalars(select(RecordedEvent.commitment).where(RecordedEvent.subject == subject)).one()
    body = db.scalars(select(Body).where(Body.commitment == commitment)).one()
    append(db, BodyErased(subject=subject, erased=body.commitment, ground="gdpr-17-1-b"), signer=CLERK, at=NOON)
    db.delete(body)
    return body.file


def sequence_all(database: Database) -> None:
    advance(database, KEY, at=NOON, high_water=None)
    while advance(database, KEY, at=NOON, high_water=None):
        pass


def exported(database: Database, folder: Path) -> Path:
    database.read(export, folder)
    return folder


def a_witness(db: Session, key: CosigningKey = WITNESS, url: str = "https://pietonii.example/martor") -> Witness:
    witness = Witness(name="Asociația Pietonii Orașului", vkey=key.verifying.vkey, url=url, added_at=NOON)
    db.add(witness)
    db.flush()
    return witness


def cosign_newest(db: Session, witness: Witness, key: CosigningKey = WITNESS, at: datetime = NOON) -> None:
    """Keep a witness's signature under the newest checkpoint."""
    newest = newest_checkpoint(db)
    assert newest is not None
    text = Checkpoint.parse(newest.note.decode().partition("\n\n")[0] + "\n").text
    keep(db, witness.id, newest.size, key.cosign(text, at))
