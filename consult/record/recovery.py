"""Bringing back what a restored database has forgotten, from a copy of the log that somebody else kept.

The copy is believed for one reason: its leaves, put after ours, give the root that our own key signed. So a copy with
another history changes nothing here, and neither does one that was tampered with. Entries, texts, packs and witnesses
come back; the other rows of the service that the entries tell of do not, for who wrote what is in no entry.
"""

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.record import canonical
from consult.record.bodies import Body, BodyId
from consult.record.checkpoints import Checkpoint
from consult.record.continuation import end_at
from consult.record.continuity import root_at
from consult.record.daily_notes import digest_path, timestamp_path
from consult.record.digests import Digest, digest_of
from consult.record.entries import EventId, Leaf, Pending, RecordedEvent, procedure_of
from consult.record.entry_form import SALT_SIZE
from consult.record.events import BodyErased, WitnessAdded, WitnessRemoved
from consult.record.faults import Fault, found_in
from consult.record.handovers import path_of
from consult.record.keyring import all_keys
from consult.record.listing import BODY, DIGESTS, PACK, TIMESTAMPS, read_listing
from consult.record.merkle import EMPTY_ROOT, leaf_hash
from consult.record.notes import MAX_NOTE_SIZE, Note
from consult.record.openings import keep_election_file
from consult.record.packs import keep_pack
from consult.record.sequencer import SequencerAtWork, grow_tree, is_elected
from consult.record.sources import Source, read_all
from consult.record.stamping import keep_timestamp
from consult.record.texts import FILES, MAX_FILE_SIZE, files_named
from consult.record.tiles import MAX_BUNDLE_SIZE, bundles_of, entries_in
from consult.record.timestamps import MAX_ANSWER_SIZE
from consult.record.tree import Head, SignedCheckpoint, checkpoint_of, newest_head, number_of
from consult.record.verify import Verified
from consult.record.witnesses import Witness, current_witnesses


class TwoHistories(Fault):
    """The copy does not continue what is here, or what is here does not continue the copy."""


@dataclass(frozen=True)
class BroughtBack:
    """An act that is in the log again. `is_known`: its rows are here too, since it only had no place yet."""

    index: int
    entry: dict[str, Any]  # Any: what JSON can say
    is_known: bool

    @property
    def said(self) -> str:
        """The act in one line: its place, when, what, about what."""
        return f"{self.index} {self.entry['at']} {self.entry['type']} {self.entry['subject']}"


def bring_back(
    db: Session, source: Source, copy: Verified, *, erased_later: Collection[bytes] = (), at: datetime
) -> list[BroughtBack]:
    """Take what our log lacks out of a copy of it, in one transaction; return what came back.

    `copy`: as it was verified, with a key of ours. What waits here and is not in the copy goes on waiting and comes
    after. A log that continues an earlier one comes back once that is whole. `erased_later`: texts of which a log that
    continues this one says that they were erased. Raises TwoHistories.
    """
    if not is_elected(db):
        raise SequencerAtWork
    checkpoint = copy.checkpoint
    log = number_of(checkpoint.origin)
    head = db.get(Head, log) or _begin(db, source, copy, at=at)
    head.key = head.key or copy.first.vkey
    if head.size >= checkpoint.size:
        if root_at(db, checkpoint.size, log) != checkpoint.root:
            raise TwoHistories(N_("The copy is not the beginning of this record: they have two different histories."))
        keep_note(db, copy.note, at=at)
        return []
    start = head.size
    entries = list(_entries_from(source, start, checkpoint.size))
    grow_tree(db, head, [leaf_hash(entry) for _, entry in entries])
    if head.root != checkpoint.root:
        raise TwoHistories(N_("The copy does not continue this record: they have two different histories."))
    found = [_bring_back(db, log, index, entry) for index, entry in entries]
    erased = {one.entry["facts"]["erased"] for one in found if one.entry["type"] == BodyErased.type}
    erased.update(commitment.hex() for commitment in erased_later)
    for one in found:
        _bring_files(db, source, one.entry, erased)
        _bring_witness(db, one)
    _bring_notes(db, source, log, start, checkpoint.size, at=at)
    keep_note(db, copy.note, at=at)
    return found


def keep_note(db: Session, note: Note, *, at: datetime) -> None:
    """Keep a checkpoint that a log of ours signed, as somebody else kept it, without their own signatures."""
    checkpoint = Checkpoint.parse(note.text)
    log = number_of(checkpoint.origin)
    signers = {(key.name, key.id) for key in note.signed_by(all_keys(db, log, checkpoint.size))}
    lines = b"".join(each.line for each in note.signatures if (each.name, each.key_id) in signers)
    if checkpoint_of(db, checkpoint.size, log) is None:
        kept = note.text.encode() + b"\n" + lines
        db.add(SignedCheckpoint(log=log, size=checkpoint.size, note=kept, signed_at=at))
        db.flush()


def _begin(db: Session, source: Source, copy: Verified, *, at: datetime) -> Head:
    """Begin a log that this database does not have: the first, or one that continues the last log that it has."""
    before, log = newest_head(db), number_of(copy.checkpoint.origin)
    if log > 1:
        _, first = next(_entries_from(source, 0, copy.checkpoint.size))
        facts = canonical.load(first)["facts"]
        with found_in("entry 0"):
            note = Note.parse(facts["checkpoint"].encode())
            cited = Checkpoint.parse(note.text)
        number = number_of(cited.origin)
        if before is None or before.log != number or root_at(db, cited.size, number) != cited.root:
            sentence = N_("This copy continues %(name)s, which is not whole here: bring that back first.")
            raise TwoHistories(sentence, name=cited.origin)
        keep_note(db, note, at=at)
        end_at(db, before, cited)
    head = Head(log=log, size=0, root=EMPTY_ROOT, key=copy.first.vkey)
    db.add(head)
    db.flush()
    return head


def _entries_from(source: Source, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    for bundle in bundles_of(end):
        if bundle.start + bundle.width <= start:
            continue
        data = read_all(source, bundle.path, MAX_BUNDLE_SIZE)
        with found_in(bundle.path):
            numbered = zip(count(bundle.start), entries_in(data, bundle.width), strict=False)
            yield from ((index, entry) for index, entry in numbered if index >= start)


def _bring_back(db: Session, log: int, index: int, entry: bytes) -> BroughtBack:
    """Give an entry its place again: to the act that waits here for it, or to a new row."""
    stated, leaf = canonical.load(entry), leaf_hash(entry)
    subject = stated["subject"]
    here = db.scalars(
        select(RecordedEvent).where(RecordedEvent.subject == subject).order_by(RecordedEvent.ordinal)
    ).all()
    event = next((each for each in here if each.leaf == leaf), None)
    if event is None:
        before = next((each.ordinal for each in here if each.leaf.hex() == stated["prev"]), -1)
        if before != len(here) - 1:
            sentence = N_(
                "Something was recorded here about %(subject)s that the copy knows nothing of: restore the backup"
                " again, and recover before anybody writes."
            )
            with found_in(f"entry {index}"):
                raise TwoHistories(sentence, subject=subject)
        event = RecordedEvent(
            id=EventId(secrets.token_hex(16)),
            type=stated["type"],
            subject=subject,
            ordinal=before + 1,
            at=datetime.fromisoformat(stated["at"]),
            entry=entry,
            leaf=leaf,
            commitment=stated["body"]["c"] if stated["body"] else None,
        )
        db.add(event)
        db.flush()
    db.execute(delete(Pending).where(Pending.event_id == event.id))
    place = {"log": log, "idx": index, "event_id": event.id, "type": event.type, "procedure": procedure_of(subject)}
    db.execute(insert(Leaf), [place])
    return BroughtBack(index, stated, is_known=event in here)


def _bring_files(db: Session, source: Source, entry: dict[str, Any], erased: Collection[str]) -> None:  # Any: JSON
    """Bring back the text that an entry commits to, unless the record says that it was erased, and what it names."""
    if entry["type"] in FILES:
        kind = FILES[entry["type"]][0]
        keep = keep_pack if kind == PACK else keep_election_file
        for named in files_named(entry["type"], entry["facts"]):
            keep(db, _hashed(source, kind, named))
    commitment = entry["body"]["c"] if entry["body"] else None
    if commitment is None or commitment in erased:
        return
    if db.scalar(select(Body.id).where(Body.commitment == commitment)) is None:
        file = _hashed(source, BODY, commitment)
        body = Body(
            id=BodyId(secrets.token_hex(16)), salt=file[:SALT_SIZE], content=file[SALT_SIZE:], commitment=commitment
        )
        db.add(body)
        db.flush()


def _bring_witness(db: Session, one: BroughtBack) -> None:
    """Ask a witness again, or no more, as an entry says: it tells all that there is to know of one."""
    if one.is_known or one.entry["type"] not in (WitnessAdded.type, WitnessRemoved.type):
        return
    facts, at = one.entry["facts"], datetime.fromisoformat(one.entry["at"])
    here = next((each for each in current_witnesses(db) if each.vkey == facts["key"]), None)
    if one.entry["type"] == WitnessRemoved.type and here is not None:
        here.removed_at = at
    elif one.entry["type"] == WitnessAdded.type and here is None:
        db.add(Witness(name=facts["name"], vkey=facts["key"], url=facts["url"], added_at=at))
    db.flush()


def _bring_notes(db: Session, source: Source, log: int, start: int, end: int, *, at: datetime) -> None:
    """Bring back what is kept for ever as it was: checkpoints by which keys handed over, digests and time stamps."""
    with source.open("files", MAX_FILE_SIZE) as file:
        listing = read_listing(iter(file.readline, b""), end)
    for size in listing.handovers:
        if size > start:
            note = read_all(source, path_of(size), MAX_NOTE_SIZE)
            db.add(SignedCheckpoint(log=log, size=size, note=note, signed_at=at))
    for written in listing.days[DIGESTS]:
        day = date.fromisoformat(written)
        if digest_of(db, day, log) is None:
            note = read_all(source, digest_path(written), MAX_NOTE_SIZE)
            size = Checkpoint.parse(Note.parse(note).text).size
            db.add(Digest(day=day, log=log, size=size, note=note, made_at=at))
            db.flush()
    for written in listing.days[TIMESTAMPS]:
        answer = read_all(source, timestamp_path(written), MAX_ANSWER_SIZE)
        keep_timestamp(db, date.fromisoformat(written), answer, log, at=at)


def _hashed(source: Source, kind: str, digest: str) -> bytes:
    """Return a file that is named by its own hash; compared again, for an address may give two answers."""
    path = f"{kind}/{digest}"
    content = read_all(source, path, MAX_FILE_SIZE)
    if sha256(content).hexdigest() != digest:
        with found_in(path):
            raise Fault(N_("The content is not the one that the entry in the record commits to."))
    return content
