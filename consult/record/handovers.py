"""How one key of a log hands over to the next, read from the log's files alone.

`handover/<size>` is the first checkpoint that covers a `key.added`: the older keys signed it, and so vouch for the
entry and for the new key, which signed it too. Whoever trusts any key that the log ever had is led by these to those
of today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.events import KeyAdded, KeyRetired
from consult.record.faults import Fault, found_in
from consult.record.listing import HANDOVER
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.sources import Source, read_all


class KeyChange(NamedTuple):
    """An entry that adds a key or retires one, and its place."""

    place: int
    vkey: str
    is_addition: bool


@dataclass(frozen=True)
class Handovers:
    """The notes by which keys handed over, by their sizes, and the changes that the entries tell, as far as read.

    `origin`: the log's name, which all its keys bear.
    """

    origin: str
    notes: Mapping[int, Note]
    changes: list[KeyChange] = field(default_factory=list)

    @property
    def checkpoints(self) -> dict[str, Checkpoint]:
        """What was signed, by the file in which it lies."""
        return {path_of(size): Checkpoint.parse(note.text) for size, note in self.notes.items()}

    def follow(self, place: int, entry: Mapping[str, Any]) -> None:  # Any: what JSON can say
        """Note what an entry says of the log's keys.

        A change of keys that waited for its place in an earlier log, when that one's key was lost, is none of this log.
        """
        if entry.get("type") in (KeyAdded.type, KeyRetired.type):
            facts = entry.get("facts")
            with found_in(f"entry {place}"):
                key = VerifyingKey.parse(str(facts.get("key")) if isinstance(facts, dict) else "")
            if key.name == self.origin:
                self.changes.append(KeyChange(place, key.vkey, entry["type"] == KeyAdded.type))

    def all_keys(self) -> list[VerifyingKey]:
        """Return every key that an entry names."""
        return [VerifyingKey.parse(change.vkey) for change in self.changes]

    def first(self, keys: Iterable[VerifyingKey]) -> VerifyingKey:
        """Return the key that the log began with, which no entry adds. `keys`: those that sign now."""
        added = {change.vkey for change in self.changes if change.is_addition}
        retired = (VerifyingKey.parse(change.vkey) for change in self.changes if not change.is_addition)
        first = next((key for key in (*retired, *keys) if key.vkey not in added), None)
        if first is None:
            with found_in("key"):
                raise Fault(N_("The key that the log began with is not named, and no entry says that it was retired."))
        return first

    def trusted(self, anchors: Iterable[VerifyingKey]) -> list[VerifyingKey]:
        """Return the keys that may sign today for somebody who trusts these; none if nothing leads to them."""
        trusted = list(anchors)
        before = 0
        for size, note in sorted(self.notes.items()):
            with found_in(path_of(size)):
                trusted += self._handed_over(note, before, size, trusted)
            before = size
        if any(change.is_addition and change.place >= before for change in self.changes):
            with found_in("files"):
                raise Fault(N_("The checkpoint by which a key handed over to another is missing."))
        retired = {change.vkey for change in self.changes if not change.is_addition}
        return [key for key in trusted if key.vkey not in retired]

    def _handed_over(self, note: Note, start: int, end: int, trusted: Sequence[VerifyingKey]) -> list[VerifyingKey]:
        """Return the keys that a handover makes trusted."""
        added = [
            VerifyingKey.parse(change.vkey)
            for change in self.changes
            if change.is_addition and start <= change.place < end
        ]
        if not added:
            raise Fault(N_("No entry refers to this file."))
        signers = note.signed_by([*trusted, *added])
        if not set(added) <= set(signers):
            raise Fault(N_("The key that was added has not signed it."))
        # A reader whose key is a later one is not led here by anybody, and need not be.
        return [key for key in added if key not in trusted] if set(signers) & set(trusted) else []


def read_handovers(source: Source, sizes: Iterable[int], origin: str) -> Handovers:
    """Read the notes; what they sign is compared with the tree when it has grown so far."""
    notes = {}
    for size in sizes:
        data = read_all(source, path_of(size), MAX_NOTE_SIZE)
        with found_in(path_of(size)):
            note = Note.parse(data)
            checkpoint = Checkpoint.parse(note.text)
            if (checkpoint.origin, checkpoint.size) != (origin, size):
                raise Fault(N_("It is not the checkpoint that its name promises."))
        notes[size] = note
    return Handovers(origin, notes)


def path_of(size: int) -> str:
    """Return where the checkpoint of this size lies by which a key handed over."""
    return f"{HANDOVER}/{size}"
