"""Logs for the tests: acts recorded through the real tables, sequenced, and exported."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from consult.record.bodies import keep_body
from consult.record.entries import append
from consult.record.entry_form import Event, Signer
from consult.record.events import OfficialAppointed, PackFrozen, RecommendationReceived
from consult.record.export import export
from consult.record.notes import SigningKey
from consult.record.packs import keep_pack
from consult.record.sequencer import advance
from consult.store import Database

ORIGIN = "consult.example.org/log/1"
KEY = SigningKey(ORIGIN, sha256(b"the key of the tests").digest())
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


def sequence_all(database: Database) -> None:
    advance(database, KEY, at=NOON)
    while advance(database, KEY, at=NOON):
        pass


def exported(database: Database, folder: Path) -> Path:
    database.read(export, folder, KEY.verifying)
    return folder
