"""What a witness says to a checkpoint (C2SP tlog-witness): its signature, or why not.

The order of the questions is the standard's: is the log known, has it signed, is the old size the one that we cosigned,
does the proof hold. Only then is the new checkpoint put on the disk, and only after that does the signature leave.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.encoding import decode_base64, read_number
from consult.record.faults import Fault
from consult.record.merkle import EMPTY_ROOT, HASH_SIZE, is_consistent
from consult.record.notes import MAX_NOTE_SIZE, Note
from consult.witness.memory import Memory

MAX_HASHES = 63
#: An old size, 63 hashes and a checkpoint.
MAX_REQUEST_SIZE = MAX_NOTE_SIZE + 4_096
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"

_OLD = re.compile(r"old (\S+)")


@dataclass(frozen=True)
class Answer:
    """The answer to a request, as HTTP says it."""

    status: int
    body: bytes
    media_type: str = TEXT


@dataclass(frozen=True)
class Fork:
    """A log was caught: it has signed a checkpoint that does not continue the one we cosigned.

    `evidence`: where the request is kept; the log's own signature under it is what proves it.
    """

    origin: str
    known: Checkpoint
    shown: Checkpoint
    evidence: Path


@dataclass(frozen=True)
class Request:
    """What a log asks: to cosign this checkpoint, which the proof says continues the one of the old size."""

    old: int
    proof: Sequence[bytes]
    note: Note
    checkpoint: Checkpoint
    signed: bytes

    @classmethod
    def parse(cls, body: bytes) -> "Request":
        """Read the body of a request strictly."""
        if len(body) > MAX_REQUEST_SIZE:
            raise Fault(N_("The request is longer than any can be."))
        head, blank, signed = body.partition(b"\n\n")
        first, *lines = head.decode("ascii", "replace").split("\n")
        old = _OLD.fullmatch(first)
        if old is None or not blank:
            raise Fault(N_("The request does not begin with the old size, the proof and an empty line."))
        proof = [decode_base64(line) for line in lines]
        if len(proof) > MAX_HASHES or any(len(one) != HASH_SIZE for one in proof):
            raise Fault(N_("The proof is not a list of at most 63 hashes of 32 bytes."))
        note = Note.parse(signed)
        request = cls(read_number(old[1]), proof, note, Checkpoint.parse(note.text), signed)
        if request.old > request.checkpoint.size:
            raise Fault(N_("The old size is larger than the checkpoint."))
        return request

    def continues(self, known: Checkpoint) -> bool:
        """Tell whether the checkpoint is a continuation of the one that is known, whose size the request names."""
        if known.size == 0:
            return not self.proof and (self.checkpoint.size > 0 or self.checkpoint.root == EMPTY_ROOT)
        return is_consistent(known.size, self.checkpoint.size, known.root, self.checkpoint.root, self.proof)


def add_checkpoint(memory: Memory, body: bytes, *, at: datetime, alarm: Callable[[Fork], None]) -> Answer:
    """Cosign a checkpoint, or say why not. `alarm`: told of every new fork, once its evidence is kept."""
    try:
        request = Request.parse(body)
    except Fault as fault:
        return Answer(400, f"{fault}\n".encode())
    origin = request.checkpoint.origin
    keys = memory.keys_of(origin)
    if not keys:
        return Answer(404, b"This witness does not know the log.\n")
    try:
        request.note.signed_by(keys)
    except Fault:
        return Answer(403, b"The checkpoint is not signed by the log's key.\n")
    with memory.held():
        known = memory.latest(origin)
        if request.old != known.size:
            return Answer(409, f"{known.size}\n".encode(), SIZE)
        if request.continues(known):
            line = memory.key.cosign(request.note.text, at)
            # First the disk, then the signature: who signs what they forget has signed both sides of a fork.
            memory.remember(origin, signed_alone(request, memory) + line)
            return Answer(200, line)
        evidence = memory.keep_evidence(origin, body)
    if evidence is not None:
        alarm(Fork(origin, known, request.checkpoint, evidence))
    return Answer(422, b"The proof does not show that this log continues the one that was cosigned.\n")


def signed_alone(request: Request, memory: Memory) -> bytes:
    """Return the note with the log's signatures alone: those of other witnesses would push ours out in time."""
    keys = {(key.name, key.id) for key in memory.keys_of(request.checkpoint.origin)}
    lines = [each.line for each in request.note.signatures if (each.name, each.key_id) in keys]
    return request.note.text.encode() + b"\n" + b"".join(lines)
