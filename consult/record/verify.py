"""Checks a whole log from its files alone: that nothing in it was changed, dropped or added since it was signed.

The tree is grown anew from its entries (see `growing`), and every text and policy pack compared with the entry that
commits to it. Nothing is trusted but the key. The log is read once, from its first entry to its last, in memory that
does not grow with it (but for 33 bytes for each text, and some more for each that was erased). Whether what the entries
say was lawful is another question.

A text may be missing for one reason only: that the log itself says, further on, that it was erased.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.x509 import Certificate

from consult.i18n import N_
from consult.record import canonical
from consult.record.checkpoints import Checkpoint
from consult.record.daily_notes import digest_path
from consult.record.entry_form import VERSION
from consult.record.faults import Fault, found_in
from consult.record.growing import Progress, entries_of, unwatched
from consult.record.handovers import Handovers
from consult.record.heads import Head, read_head, read_keys
from consult.record.later_logs import LaterLogs
from consult.record.listing import BODY, PACK, WITNESSED
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.quorum import WitnessPolicy, met
from consult.record.roll import TYPES, Roll
from consult.record.sources import Source, open_source, read_all
from consult.record.texts import Read, Texts, pass_over
from consult.record.timestamps import Timestamp

#: Where a fault is found in the checkpoint that the reader kept: it is what the command calls it.
KEPT = "--since"


@dataclass(frozen=True)
class Cosigned:
    """At which size the reader's own policy was content, and when each of its witnesses had signed."""

    size: int
    at: Mapping[str, datetime]


@dataclass(frozen=True)
class Hashed:
    """A log whose tree holds, whatever its entries may say."""

    key: VerifyingKey
    checkpoint: Checkpoint
    cosigned: Cosigned | None


@dataclass(frozen=True)
class Verified:
    """A log in which everything holds. `key`: the key that signed it; whose it is, the reader must know.

    `note`: its checkpoint as it was signed. `first`: the key that the log began with.
    `erased`: how many texts the log says were erased. `to_delete`: those of them that still lie here, which is no
    tampering; but whoever keeps this copy must delete them. `stamps`: what strangers said of the times of its digests,
    the oldest first; who signed them was checked only if the reader brought certificates.
    """

    key: VerifyingKey
    first: VerifyingKey
    note: Note
    checkpoint: Checkpoint
    packs: int
    bodies: int
    erased: int
    to_delete: tuple[str, ...]
    stamps: tuple[Timestamp, ...] = ()
    cosigned: Cosigned | None = None


#: Takes an entry whose hash is known to hold: its index, its leaf hash, and what it says. Any: what JSON can say.
Visit = Callable[[int, bytes, dict[str, Any]], None]


def pass_by(_index: int, _leaf: bytes, _entry: dict[str, Any]) -> None:
    """Visit an entry without looking at it."""


def verify(
    source: Source,
    trusted: VerifyingKey | None = None,
    *,
    kept: Note | None = None,
    policy: WitnessPolicy | None = None,
    stamp_roots: Sequence[Certificate] = (),
    later: LaterLogs | None = None,
    visit: Visit = pass_by,
    read: Read = pass_over,
    progress: Progress = unwatched,
) -> Verified:
    """Check every file of a log; a fault says where it does not hold.

    `trusted`: the key that the reader got from elsewhere. Without it the log is checked against the key that lies in
    it, which shows only that it holds together. `kept`: a checkpoint that the reader has from earlier; the log must
    have grown from it. `policy`: whose cosignatures the reader asks for. `stamp_roots`: the certificates from which
    the signers of time stamps must descend. `later`: what the logs say that continue this one. `visit`: is shown every
    entry in order, so that whoever asks what they mean need not read the log a second time; `read`: every text that is
    here, before the first entry that commits to it. What they saw counts only if no fault is raised until the end.
    """
    keys = read_keys(source)
    head = read_head(source, keys, stamp_roots)
    checkpoint, listing, witnessing, handovers = head.checkpoint, head.listing, head.witnessing, head.handovers
    if trusted not in (None, *keys) and not listing.handovers:
        raise _another_key(keys)
    later = later or LaterLogs()
    later.check_end(checkpoint)
    earlier = handovers.checkpoints | head.daily.checkpoints | signed_before(kept, checkpoint)
    if witnessing.checkpoint:
        earlier[WITNESSED] = witnessing.checkpoint
    texts, roll = Texts(source, listing, later.erased, read), Roll()
    for index, leaf, entry in entries_of(source, checkpoint, earlier, progress):
        with found_in(f"entry {index}"):
            stated = canonical.load(entry)
            if stated.get("v") != VERSION or stated["v"] is True:
                raise Fault(N_("The entry is written in a vocabulary that this program does not know."))
            texts.follow(index, stated)
            _follow(roll, stated)
            handovers.follow(index, stated)
            head.daily.follow(stated)
        visit(index, leaf, stated)
    _verify_keys(handovers, keys, trusted)
    all_keys = [*keys, *handovers.all_keys()]
    witnessing.check(roll, keys)
    _verify_signers(head, all_keys, roll.ever)
    if kept is not None:
        with found_in(KEPT):
            kept.signed_by(all_keys)
    cosigned = met_by([head.note, witnessing.note], policy) if policy else None
    texts.check()
    return Verified(
        trusted if trusted in keys else keys[0],
        handovers.first(keys),
        head.note,
        checkpoint,
        packs=len(listing.hashed[PACK]),
        bodies=len(listing.hashed[BODY]),
        erased=len(texts.erased),
        to_delete=tuple(sorted(texts.still_here())),
        stamps=tuple(stamp for _, stamp in sorted(head.daily.timestamps.items())),
        cosigned=cosigned,
    )


def read_later_logs(locations: Iterable[str]) -> LaterLogs:
    """Read the logs that came after one, each verified against the key that lies in it."""
    later = LaterLogs()
    for location in locations:
        with found_in(location), open_source(location) as source:
            later.keys.append(verify(source, visit=later.follow).key)
    return later


def verify_hashes(
    source: Source,
    keys: Sequence[VerifyingKey],
    *,
    kept: Note | None = None,
    policy: WitnessPolicy | None = None,
    progress: Progress = unwatched,
) -> Hashed:
    """Check the tree of any log in the tlog-tiles format, whatever its entries are and whoever keeps it.

    Only `checkpoint`, the tiles and the bundles of entries are read. `keys`: one of them must have signed.
    """
    with found_in("checkpoint"):
        note = Note.parse(read_all(source, "checkpoint", MAX_NOTE_SIZE))
        (key, *_) = note.signed_by(keys)
        checkpoint = Checkpoint.parse(note.text)
    for _ in entries_of(source, checkpoint, signed_before(kept, checkpoint), progress):
        pass
    if kept is not None:
        with found_in(KEPT):
            kept.signed_by(keys)
    return Hashed(key, checkpoint, met_by([note], policy) if policy else None)


def _verify_signers(head: Head, keys: Sequence[VerifyingKey], witnesses: Collection[VerifyingKey]) -> None:
    """Check who signed what the log gives out: one of the keys that it ever had, and nobody else but its witnesses."""
    notes = {"checkpoint": head.note, WITNESSED: head.witnessing.note}
    notes |= {digest_path(day): note for day, note in head.daily.notes.items()}
    for path, note in notes.items():
        if note is not None:
            with found_in(path):
                note.check_signers(keys, witnesses)


def _follow(roll: Roll, entry: Mapping[str, Any]) -> None:  # Any: what JSON can say
    if entry.get("type") in TYPES and isinstance(entry.get("facts"), dict):
        roll.follow(entry["type"], entry["facts"])


def signed_before(kept: Note | None, now: Checkpoint) -> dict[str, Checkpoint]:
    """Return the checkpoint that the reader kept, as one that was signed on the way."""
    if kept is None:
        return {}
    with found_in(KEPT):
        before = Checkpoint.parse(kept.text)
        if before.origin != now.origin:
            facts = {"origin": before.origin, "name": now.origin}
            raise Fault(N_("This is the checkpoint of %(origin)s, not of %(name)s."), **facts)
        if before.size > now.size:
            sentence = N_("The log had %(kept)d entries before and has only %(size)d now: it was cut back.")
            raise Fault(sentence, kept=before.size, size=now.size)
    return {KEPT: before}


def met_by(notes: Iterable[Note | None], policy: WitnessPolicy) -> Cosigned:
    """Return the first, and so the largest, checkpoint with which the reader's own policy is content, or a fault."""
    with found_in("--policy"):
        for note in notes:
            if note is not None and (found := met(note, policy)).holds:
                return Cosigned(Checkpoint.parse(note.text).size, found.cosigned)
        raise Fault(N_("Too few of the witnesses whom the policy names have signed."))


def _verify_keys(handovers: Handovers, keys: Sequence[VerifyingKey], trusted: VerifyingKey | None) -> None:
    """Check that the keys are those of the entries, and that the reader's own leads to them."""
    if set(handovers.trusted(keys)) != set(keys):
        with found_in("key"):
            raise Fault(N_("The keys are not those that sign by the entries of the log."))
    if trusted is not None and not set(handovers.trusted([trusted])) & set(keys):
        raise _another_key(keys)


def _another_key(keys: Sequence[VerifyingKey]) -> Fault:
    fault = Fault(N_("This log's key is %(key)s, not the one that you gave."), key=", ".join(key.vkey for key in keys))
    fault.where = "key"
    return fault
