"""Whether the log in the database is the one that was signed: nothing is added or signed where it is not.

Three things lie outside the database and its backups: the keys, how far they signed (`high_water`), and what others
hold. The first two are compared here, before each signature and at start; the third is for `consult record recover`.
"""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.i18n import N_, gettext
from consult.record.edge import Edge, edge_tiles
from consult.record.faults import Fault
from consult.record.high_water import HighWater
from consult.record.keyring import Keyring
from consult.record.keys import load_keyring
from consult.record.merkle import EMPTY_ROOT, HASH_SIZE
from consult.record.notes import Note
from consult.record.tree import CURRENT, Head, LogNumber, newest_checkpoint, number_of, stored_tiles
from consult.refusals import Refusal
from consult.store import Database


class RecordHalted(Refusal):
    """Nothing can be recorded: the log in the database is not the one that was signed. Reading goes on."""

    status = 503
    sentence = N_("The public record cannot take anything new at the moment. What was published can be read as before.")

    #: What the operator must know: the reader needs no more than the sentence.
    cause = N_("The record does not continue what was signed.")

    def explain_cause(self) -> str:
        """Return the cause with its facts, in the current locale."""
        return gettext(self.cause) % self.facts


class Shortened(RecordHalted):
    """The database has less than was signed: it was restored from a backup."""

    cause = N_(
        "The record has %(size)d entries, but %(signed)d were signed: the database was restored from a backup. Bring"
        " back what is missing with `consult record recover`."
    )


class NotContinued(RecordHalted):
    """The database knows nothing of a log that was begun: it is from before the key was lost."""

    cause = N_(
        "The record was continued as %(name)s, of which this database knows nothing: it was restored from a backup."
        " Bring back what is missing with `consult record recover`."
    )


class Forked(RecordHalted):
    """The database has another history than the one that was signed: two copies of it went on."""

    cause = N_(
        "The first %(signed)d entries of the record are not those that were signed: this database is a copy that went"
        " on by itself. Find the one that was signed."
    )


class ForeignKey(RecordHalted):
    """The key is not the one with which this log is signed."""

    cause = N_("The key is that of %(name)s and did not sign this record: the wrong key was put into its place.")


class Unknowable(RecordHalted):
    """The keys, or the file that says how far they signed, cannot be read."""

    cause = N_("It cannot be known whether the record goes on where it was signed. %(fault)s")


def why_halted(database: Database, keys: Path, high_water: Path) -> RecordHalted | None:
    """Return why nothing can be recorded; None while the record goes on where it was signed."""
    try:
        database.read(check_continuity, load_keyring(keys), HighWater(high_water))
    except RecordHalted as halted:
        return halted
    except Fault as fault:
        return Unknowable(fault=fault.explain())
    return None


def check_continuity(db: Session, keyring: Keyring, high_water: HighWater | None) -> None:
    """Compare the log in the database with its keys and with how far they signed. Raises RecordHalted."""
    check_history(db, high_water)
    newest = newest_checkpoint(db)
    if newest is not None:
        try:
            Note.parse(newest.note).signed_by([key.verifying for key in keyring.keys])
        except Fault:
            raise ForeignKey(name=keyring.name) from None
    signed = high_water.read() if high_water else None
    number = number_of(keyring.name)
    is_another = signed is not None and signed.origin != keyring.name and number_of(signed.origin) >= number
    if is_another or number != number_of_newest(db):
        raise ForeignKey(name=keyring.name)


def check_history(db: Session, high_water: HighWater | None) -> None:
    """Compare what is in the database with how far it was signed, with whatever key. Raises RecordHalted."""
    signed = high_water.read() if high_water else None
    if signed is None:
        return
    log = number_of(signed.origin)
    if log > number_of_newest(db):
        raise NotContinued(name=signed.origin)
    head = db.get(Head, log)
    size = head.size if head else 0
    if size < signed.size:
        raise Shortened(size=size, signed=signed.size)
    if root_at(db, signed.size, log) != signed.root:
        raise Forked(signed=signed.size)


def number_of_newest(db: Session) -> int:
    """Return the number of the log that goes on, or that will be the first."""
    return db.scalar(select(CURRENT)) or 1


def root_at(db: Session, size: int, log: LogNumber = CURRENT) -> bytes | None:
    """Return the root that the tree had at an earlier size; None where the stored tiles do not reach so far."""
    if size == 0:
        return EMPTY_ROOT
    stored = stored_tiles(db, (tile[:2] for tile in edge_tiles(size)), log)
    partial = {}
    for tile in edge_tiles(size):
        found = stored.get(tile[:2])
        wanted = tile.width * HASH_SIZE
        if found is None or len(found.hashes) < wanted:
            return None
        partial[tile.level] = found.hashes[:wanted]
    return Edge(size, partial).root()
