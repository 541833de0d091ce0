"""Going to a log instead of being asked: for a witness without a server, such as a laptop that is on now and then.

The log's newest checkpoint is fetched, the proof is made here from the log's own tiles, and then everything goes as if
the log had asked. The signature is brought to the log, or kept as a file for somebody to carry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.cosignatures import encode_request
from consult.record.faults import Fault, found_in
from consult.record.notes import MAX_NOTE_SIZE
from consult.record.outgoing import Post, Unreachable
from consult.record.sources import open_source, read_all
from consult.record.tile_proofs import consistency_from
from consult.witness.memory import KnownLog, Memory, name_of
from consult.witness.protocol import Fork, add_checkpoint

#: Where a log takes signatures that were not asked for, below its address.
COSIGNATURES = "cosignatures"
OK = 200


@dataclass(frozen=True)
class Visit:
    """What a visit led to: a checkpoint, cosigned, and the note that says so."""

    checkpoint: Checkpoint
    note: bytes


class Caught(Fault):
    """The log shows another past than the one that this witness cosigned."""


def visit(memory: Memory, log: KnownLog, *, at: datetime, alarm: Callable[[Fork], None]) -> Visit:
    """Fetch a log's newest checkpoint and cosign it. Raises Caught, or a Fault for a log that cannot be read."""
    with open_source(log.url) as source, found_in(log.url):
        signed = read_all(source, "checkpoint", MAX_NOTE_SIZE)
        checkpoint, _ = open_checkpoint(signed, memory.keys_of(log.origin))
        if checkpoint.origin != log.origin:
            facts = {"origin": checkpoint.origin, "name": log.origin}
            raise Fault(N_("This is the checkpoint of %(origin)s, not of %(name)s."), **facts)
        old = memory.latest(log.origin).size
        if checkpoint.size < old:
            fewer = N_("The log had %(known)d entries and now shows only %(shown)d.")
            raise Caught(fewer, known=old, shown=checkpoint.size)
        proof = consistency_from(source, old, checkpoint.size)
    answer = add_checkpoint(memory, encode_request(old, proof, signed), at=at, alarm=alarm)
    if answer.status != OK:
        with found_in(log.url):
            raise Caught(N_("The log does not continue the one that this witness cosigned."))
    return Visit(checkpoint, memory.note_of(log.origin) or b"")


def bring(log: KnownLog, visited: Visit, post: Post) -> None:
    """Bring the signature to the log, which puts it under its checkpoint if the authority has listed the witness."""
    with found_in(log.url):
        try:
            answer = post(f"{log.url.rstrip('/')}/{COSIGNATURES}", visited.note)
        except Unreachable as problem:
            raise Fault(N_("The signature could not be brought to the log (%(problem)s)."), problem=problem) from None
        if answer.status != OK:
            words = answer.body.decode(errors="replace").strip()[:200]
            raise Fault(N_("The log did not take the signature: %(words)s"), words=words)


def keep_in(folder: Path, log: KnownLog, visited: Visit) -> Path:
    """Write the cosigned checkpoint into a folder, for somebody to carry or to publish; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name_of(log.origin)}.checkpoint"
    path.write_bytes(visited.note)
    return path
