"""The keys of one log. Which of them sign at a size of the log is said by the log itself, and by nothing else.

The first key signs from the beginning. Another signs from the first tree that has its `key.added`, and none signs a
tree that has its `key.retired`. So everybody who reads the log knows whose signatures to expect at every size, a crash
between the entry and the signature changes nothing, and a key file that lies here by mistake signs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.record.entries import Leaf, RecordedEvent
from consult.record.events import KeyAdded, KeyRetired
from consult.record.faults import Fault
from consult.record.handovers import KeyChange
from consult.record.notes import SigningKey, VerifyingKey
from consult.record.tree import SignedCheckpoint


@dataclass(frozen=True)
class Keyring:
    """The keys that are here. `first`: the one that the log began with; None once it is retired and destroyed."""

    first: SigningKey | None
    others: tuple[SigningKey, ...] = ()

    @property
    def keys(self) -> tuple[SigningKey, ...]:
        """All of them, the first first."""
        return (self.first, *self.others) if self.first else self.others

    @property
    def name(self) -> str:
        """The log's origin, which all its keys bear."""
        return self.keys[0].name

    def signing(self, changes: Sequence[KeyChange]) -> list[SigningKey]:
        """Return the keys that sign a tree with these changes in it, the older first."""
        retired = {change.vkey for change in changes if not change.is_addition}
        known = {key.verifying.vkey: key for key in self.keys}
        began = [self.first.verifying.vkey] if self.first else []
        added = [change.vkey for change in changes if change.is_addition]
        return [known[vkey] for vkey in (*began, *added) if vkey in known and vkey not in retired]

    def sign(self, text: str, changes: Sequence[KeyChange]) -> bytes:
        """Return the text as a note signed by every key that signs now. The same text always gives the same bytes."""
        keys = self.signing(changes)
        if not keys:
            raise Fault(N_("None of the keys that are here signs the log %(name)s any more."), name=self.name)
        signed = keys[0].sign(text)
        return signed + b"".join(key.sign(text).removeprefix(f"{text}\n".encode()) for key in keys[1:])


def keyring_of(keys: Keyring | SigningKey) -> Keyring:
    """Return a keyring; a log that never had but one key may give that key alone."""
    return keys if isinstance(keys, Keyring) else Keyring(keys)


def key_changes(db: Session, size: int) -> list[KeyChange]:
    """Return the changes of keys among the first entries of the log, in their order."""
    types = (KeyAdded.type, KeyRetired.type)
    chosen = (
        select(Leaf.idx, RecordedEvent)
        .join(RecordedEvent)
        .where(Leaf.type.in_(types), Leaf.idx < size)
        .order_by(Leaf.idx)
    )
    return [
        KeyChange(index, event.stated["facts"]["key"], event.type == KeyAdded.type)
        for index, event in db.execute(chosen)
    ]


def published_keys(db: Session, known: VerifyingKey, size: int) -> list[VerifyingKey]:
    """Return the keys that sign the log at this size, the older first: during a handover, two.

    `known`: the key that the log began with, which no entry names, or any other of its keys.
    """
    changes = key_changes(db, size)
    retired = {change.vkey for change in changes if not change.is_addition}
    added = [VerifyingKey.parse(change.vkey) for change in changes if change.is_addition]
    keys = added if known in added else [known, *added]
    return [key for key in keys if key.vkey not in retired]


def all_keys(db: Session, known: VerifyingKey, size: int) -> list[VerifyingKey]:
    """Return every key that ever signed the log up to this size, for what was signed long ago."""
    named = [VerifyingKey.parse(change.vkey) for change in key_changes(db, size)]
    return list(dict.fromkeys([known, *named]))


def handover_sizes(db: Session, size: int) -> list[int]:
    """Return the sizes of the checkpoints by which keys handed over: the first to cover the entry of a new key."""
    added = [change.place for change in key_changes(db, size) if change.is_addition]
    first = (db.scalar(select(func.min(SignedCheckpoint.size)).where(SignedCheckpoint.size > place)) for place in added)
    return sorted({found for found in first if found is not None and found <= size})
