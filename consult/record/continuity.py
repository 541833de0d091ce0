"""Whether the log in the database is the one that was signed: nothing is added or signed where it is not.

Three things lie outside the database and its backups: the keys, how far they signed (`high_water`), and what others
hold. The first two are compared here, before each signature and at start; the third is for `consult record recover`.
Where how far was signed is not remembered, nobody can tell a healthy database from one that was restored, so none is
taken for healthy.
"""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.i18n import N_, gettext
from consult.record.checkpoints import Checkpoint
from consult.record.edge import Edge, edge_tiles
from consult.record.faults import Fault
from consult.record.high_water import HighWater
from consult.record.keyring import Keyring
from consult.record.keys import load_keyring
from consult.record.merkle import EMPTY_ROOT, HASH_SIZE
from consult.record.notes import Note
from consult.record.tree import CURRENT, Head, LogNumber, SignedCheckpoint, newest_checkpoint, number_of, stored_tiles
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


class PerhapsOlder(RecordHalted):
    """The database may be from before something was published, and before something was erased: it shows no words."""

    sentence = N_(
        "The service is being brought up to date from what others kept of the public record. Until that is done nothing"
        " is taken in, and nothing is shown, for it could be a text that was erased."
    )


class Shortened(PerhapsOlder):
    """The database has less than was signed: it was restored from a backup."""

    cause = N_(
        "The record has %(size)d entries, but %(signed)d were signed: the database was restored from a backup. Bring"
        " back what is missing with `consult record recover`."
    )


class NotContinued(PerhapsOlder):
    """The database knows nothing of a log that was begun: it is from before the key was lost."""

    cause = N_(
        "The record was continued as %(name)s, of which this database knows nothing: it was restored from a backup."
        " Bring back what is missing with `consult record recover`."
    )


class Forked(PerhapsOlder):
    """The database has another history than the one that was signed: two copies of it went on."""

    cause = N_(
        "The first %(signed)d entries of the record are not those that were signed: this database is a copy that went"
        " on by itself. Find the one that was signed."
    )


class Unremembered(PerhapsOlder):
    """The file that says how far was signed is missing, though something was."""

    cause = N_(
        "At least %(signed)d entries of the record were signed, but the file that remembers how many, %(path)s, is"
        " missing. This database may be an older one: show that it is not, with a copy of the record or with a"
        " checkpoint that others kept (`consult record recover`)."
    )


class Misremembered(PerhapsOlder):
    """The file that says how far was signed is older than the database: it was put back from somewhere."""

    cause = N_(
        "At least %(signed)d entries of the record were signed, but %(path)s remembers only %(remembered)d: the file"
        " is an older one, and so may be this database. Show that it is not, with a copy of the record or with a"
        " checkpoint that others kept (`consult record recover`)."
    )


class NotShown(PerhapsOlder):
    """What others kept is older than the database, and so does not show that it is not an older one itself."""

    cause = N_(
        "What others kept shows %(shown)d entries, but at least %(signed)d were signed. Whether there were more, only a"
        " copy or a checkpoint can show that reaches at least as far."
    )


class ForeignKey(RecordHalted):
    """The key is not the one with which this log is signed."""

    cause = N_("The key is that of %(name)s and did not sign this record: the wrong key was put into its place.")


class Unknowable(PerhapsOlder):
    """The file that says how far was signed cannot be read."""

    cause = N_(
        "It cannot be known whether the record goes on where it was signed. %(fault)s If the file cannot be mended,"
        " show that it goes on, with a copy of the record or with a checkpoint that others kept (`consult record"
        " recover`)."
    )


class KeysUnreadable(RecordHalted):
    """The keys are not here, or cannot be read."""

    cause = N_("The record cannot be signed. %(fault)s")


def why_halted(database: Database, keys: Path, high_water: Path) -> RecordHalted | None:
    """Return why nothing can be recorded; None while the record goes on where it was signed."""
    remembered = HighWater(high_water)
    try:
        # First what needs no key: a database that may be an older one is worse than keys that are not here.
        database.read(check_history, remembered)
        database.read(check_continuity, load_keyring(keys), remembered)
    except RecordHalted as halted:
        return halted
    except Fault as fault:
        return KeysUnreadable(fault=fault.explain())
    return None


def refuse_if_halted(database: Database, keys: Path, high_water: Path) -> None:
    """Refuse an act that would wait in vain for its place, and stand in the way of those that have to come back."""
    halted = why_halted(database, keys, high_water)
    if halted is not None:
        raise halted


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
    if high_water is None:
        return
    # Before the database is looked at, and after: the sequencer writes the file, then the database, as we look.
    signed = _remembered(high_water)
    newest = newest_signed(db)
    if signed is not None:
        if number_of(signed.origin) > number_of_newest(db):
            raise NotContinued(name=signed.origin)
        check_shown(db, signed)
    if newest is not None:
        _check_memory(newest, high_water)


def _remembered(high_water: HighWater) -> Checkpoint | None:
    try:
        return high_water.read()
    except Fault as fault:
        raise Unknowable(fault=fault.explain()) from None


def _check_memory(newest: SignedCheckpoint, high_water: HighWater) -> None:
    """Check that what was signed is remembered: the file is written first, so it is never behind the database."""
    facts = {"signed": newest.size, "path": str(high_water.path)}
    remembered = _remembered(high_water)
    if remembered is None:
        raise Unremembered(**facts)
    if _place_of(remembered) < (newest.log, newest.size):
        raise Misremembered(remembered=remembered.size, **facts)


def check_shown(db: Session, shown: Checkpoint) -> None:
    """Compare the log in the database with a checkpoint that others kept of it. Raises RecordHalted."""
    log = number_of(shown.origin)
    head = db.get(Head, log)
    size = head.size if head else 0
    if size < shown.size:
        raise Shortened(size=size, signed=shown.size)
    if root_at(db, shown.size, log) != shown.root:
        raise Forked(signed=shown.size)


def remember_again(db: Session, high_water: HighWater, shown: Checkpoint) -> bool:
    """Write down how far was signed, where the file is missing, unreadable or behind the database.

    `shown`: what others kept of the log, which was compared with the database. Returns whether it had to be believed:
    then nothing here knows of what may have been signed beyond it. Raises NotShown where it is older.
    """
    newest = newest_signed(db)
    assert newest is not None, "what others kept was signed, and is here"
    try:
        _check_memory(newest, high_water)
    except RecordHalted:
        if _place_of(shown) < (newest.log, newest.size):
            raise NotShown(shown=shown.size, signed=newest.size) from None
        high_water.write(newest.note)
        return True
    return False


def _place_of(signed: Checkpoint) -> tuple[int, int]:
    return number_of(signed.origin), signed.size


def newest_signed(db: Session) -> SignedCheckpoint | None:
    """Return the newest checkpoint of all logs."""
    newest_first = select(SignedCheckpoint).order_by(SignedCheckpoint.log.desc(), SignedCheckpoint.size.desc())
    return db.scalar(newest_first.limit(1))


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
