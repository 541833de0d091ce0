"""Asking the witnesses to cosign (C2SP tlog-witness), beside the pages and never in anybody's request.

A witness is shown the newest checkpoint and the proof that it continues the last one they cosigned. What they answer is
their word: a signature is kept; that they know a larger log than ours, or another one, is said aloud at once, since our
database was then restored from a backup, or somebody rewrote it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.cosignatures import encode_request
from consult.record.encoding import read_number
from consult.record.faults import Fault
from consult.record.keyring import all_keys
from consult.record.notes import Note, VerifyingKey
from consult.record.outgoing import Answer, Post, Unreachable
from consult.record.tree import checkpoint_of, consistency_proof, newest_checkpoint
from consult.record.witnesses import ALARMS, FRESH, KeptCosignature, Trouble, Witness, WitnessId, current_witnesses
from consult.store import Database
from consult.store.upsert import insert_into

#: A witness who does not answer is asked again after this long, then after twice as long, up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=10)
#: So many are asked at once.
AT_ONCE = 8
#: How often a witness is asked in one go: they may tell us a size that we did not know, or the log may grow meanwhile.
TRIES = 3
#: By so much a witness's clock may be ahead of ours.
CLOCKS = timedelta(minutes=5)

#: What is done, in the same transaction, when a witness says that something is wrong with the log.
Announce = Callable[[Session, Witness, datetime], None]


@dataclass(frozen=True)
class Question:
    """What a witness is sent. `checkpoint`: the signed note, as it was stored."""

    old: int
    proof: Sequence[bytes]
    checkpoint: bytes

    @property
    def size(self) -> int:
        """The size that they are asked to cosign."""
        return Checkpoint.parse(Note.parse(self.checkpoint).text).size

    def encode(self) -> bytes:
        """Return the body of the request."""
        return encode_request(self.old, self.proof, self.checkpoint)


class NotCosigned(Fault):
    """What was sent is not the signature of one of our witnesses under one of our checkpoints."""


def ask_witnesses(database: Database, post: Post, announce: Announce, *, at: datetime) -> int:
    """Ask every witness whose signature is missing or old; return how many were asked."""
    waiting = database.read(due, at=at)
    if waiting:
        with ThreadPoolExecutor(min(len(waiting), AT_ONCE)) as threads:
            list(threads.map(partial(ask, database, post=post, announce=announce, at=at), waiting))
    return len(waiting)


def due(db: Session, *, at: datetime) -> list[Witness]:
    """Return the witnesses to be asked now: who has not cosigned the newest checkpoint, or not for a day."""
    newest = newest_checkpoint(db)
    if newest is None or newest.size == 0:
        return []
    fresh = select(KeptCosignature.witness_id).where(
        KeptCosignature.log == newest.log, KeptCosignature.size == newest.size, KeptCosignature.at > at - FRESH
    )
    done = set(db.scalars(fresh))
    return [
        witness
        for witness in current_witnesses(db)
        if witness.url and witness.id not in done and (witness.ask_after is None or witness.ask_after <= at)
    ]


def ask(database: Database, witness: Witness, *, post: Post, announce: Announce, at: datetime) -> None:
    """Ask one witness, and keep what they say."""
    old = witness.known_size
    trouble = Trouble.UNREACHABLE
    for _ in range(TRIES):
        question = database.read(_question, old)
        if question is None:
            trouble = Trouble.AHEAD
            break
        try:
            answer = post(f"{witness.url.rstrip('/')}/add-checkpoint", question.encode())
        except Unreachable:
            break
        told = _judge(answer, question, witness.key, at=at)
        if isinstance(told, bytes):
            database.act(keep, witness.id, question.size, told)
            return
        if isinstance(told, Trouble):
            trouble = told
            break
        old = told
    database.act(note_trouble, witness.id, trouble, announce, at=at)


def accept(db: Session, data: bytes, announce: Announce, *, at: datetime) -> str:
    """Keep the signatures that a witness brings by themselves, under a checkpoint of ours; return who they are.

    Raises Fault for what no witness of ours signed. A checkpoint that a key of ours signed, that a witness cosigned
    and that we do not have is the proof that this database is not the one that was published from.
    """
    note, witnesses = brought(db, data, at=at)
    checkpoint = Checkpoint.parse(note.text)
    known = checkpoint_of(db, checkpoint.size)
    is_ours = known is not None and Note.parse(known.note).text == note.text
    if not is_ours:
        note.signed_by(all_keys(db))
    newest = newest_checkpoint(db)
    trouble = Trouble.AHEAD if newest is None or checkpoint.size > newest.size else Trouble.FORK
    for witness in witnesses:
        if is_ours:
            keep(db, witness.id, checkpoint.size, _line_of(note, witness.key))
        else:
            note_trouble(db, witness.id, trouble, announce, at=at)
    return ", ".join(witness.name for witness in witnesses)


def brought(db: Session, data: bytes, *, at: datetime) -> tuple[Note, list[Witness]]:
    """Return what somebody brings, and which of our witnesses signed it. Raises Fault where none did."""
    note = Note.parse(data)
    asked = {witness.key: witness for witness in current_witnesses(db)}
    cosigned = note.cosigned_by(asked)
    if not cosigned or any(said.at > at + CLOCKS for said in cosigned):
        raise NotCosigned(N_("None of the signatures is by a witness of this record."))
    return note, [asked[said.key] for said in cosigned]


def keep(db: Session, witness_id: WitnessId, size: int, line: bytes) -> None:
    """Keep a signature that was verified. The same one is kept once, however often it is brought."""
    witness = db.get_one(Witness, witness_id)
    signed = checkpoint_of(db, size)
    assert signed is not None, "it was taken from there to be cosigned"
    note = Note.parse(signed.note + line)
    (said,) = note.cosigned_by([witness.key])
    row = insert_into(db, KeptCosignature).values(
        log=signed.log, size=size, witness_id=witness_id, at=said.at, line=line
    )
    db.execute(row.on_conflict_do_nothing())
    witness.known_size = max(witness.known_size, size)
    witness.trouble = witness.trouble_since = witness.ask_after = None
    witness.failures = 0


def note_trouble(db: Session, witness_id: WitnessId, trouble: Trouble, announce: Announce, *, at: datetime) -> None:
    """Remember why a signature is not there. An alarm stays until the witness signs again, and is announced once."""
    witness = db.get_one(Witness, witness_id)
    witness.ask_after = at + min(FIRST_PAUSE * 2 ** min(witness.failures, 10), LONGEST_PAUSE)
    witness.failures += 1
    if witness.trouble == trouble or (witness.is_alarmed and trouble not in ALARMS):
        return
    witness.trouble, witness.trouble_since = trouble, at
    if trouble in ALARMS:
        announce(db, witness, at)


def _question(db: Session, old: int) -> Question | None:
    """Return what to ask a witness who cosigned so many entries; nothing if the log has fewer."""
    newest = newest_checkpoint(db)
    if newest is None or old > newest.size:
        return None
    return Question(old, consistency_proof(db, old, newest.size), newest.note)


def _judge(answer: Answer, question: Question, key: VerifyingKey, *, at: datetime) -> bytes | int | Trouble:
    """Return the witness's signature line, or the size that they last cosigned, or what is wrong."""
    if answer.status == 200:  # noqa: PLR2004 - HTTP, as below
        return _signature_in(answer.body, question, key, at=at)
    if answer.status == 409:  # noqa: PLR2004
        size = _size_in(answer.body)
        if size is None or (size == question.old and size < question.size):
            return Trouble.NO_SIGNATURE
        # Witnesses of the first edition of the protocol say so of another root at the same size.
        return Trouble.FORK if size == question.old else size
    known = {403: Trouble.STRANGER, 404: Trouble.STRANGER, 422: Trouble.FORK}
    return known.get(answer.status, Trouble.UNREACHABLE)


def _signature_in(body: bytes, question: Question, key: VerifyingKey, *, at: datetime) -> bytes | Trouble:
    try:
        note = Note.parse(question.checkpoint + body)
        (said,) = note.cosigned_by([key])
        return _line_of(note, key) if said.at <= at + CLOCKS else Trouble.NO_SIGNATURE
    except (Fault, ValueError):  # ValueError: they sent nothing that is signed by their key
        return Trouble.NO_SIGNATURE


def _size_in(body: bytes) -> int | None:
    try:
        return read_number(body.decode("ascii").removesuffix("\n"))
    except (Fault, UnicodeDecodeError):
        return None


def _line_of(note: Note, key: VerifyingKey) -> bytes:
    """Return the latest signature of a witness under a note as the line that it is."""
    mine = [each for each in note.signatures if (each.name, each.key_id) == (key.name, key.id)]
    return max(mine, key=lambda each: each.value).line
