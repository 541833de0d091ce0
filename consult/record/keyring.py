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
from consult.record.tree import CURRENT, Head, LogNumber, SignedCheckpoint, newest_checkpoint, number_of


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


def key_changes(db: Session, size: int, log: LogNumber = CURRENT) -> list[KeyChange]:
    """Return the changes of keys among the first entries of a log, in their order.

    Of its own keys: a change that waited for its place when the key of an earlier log was lost changes nothing.
    """
    types = (KeyAdded.type, KeyRetired.type)
    chosen = (
        select(Leaf.log, Leaf.idx, RecordedEvent)
        .join(RecordedEvent)
        .where(Leaf.log == log, Leaf.type.in_(types), Leaf.idx < size)
        .order_by(Leaf.idx)
    )
    stated = [(log, index, event.type, event.stated["facts"]["key"]) for log, index, event in db.execute(chosen)]
    return [
        KeyChange(index, vkey, type_ == KeyAdded.type)
        for log, index, type_, vkey in stated
        if number_of(VerifyingKey.parse(vkey).name) == log
    ]


def signing_keys(db: Session, log: LogNumber = CURRENT) -> list[VerifyingKey]:
    """Return the keys under the newest checkpoint of a log, the older first: during a handover, two."""
    first, changes = _signed_with(db, log)
    retired = {change.vkey for change in changes if not change.is_addition}
    added = [change.vkey for change in changes if change.is_addition]
    keys = dict.fromkeys([*([] if first in added else [first]), *added]) if first else {}
    return [VerifyingKey.parse(vkey) for vkey in keys if vkey not in retired]


def log_named(db: Session, origin: str) -> int | None:
    """Return the number of the log of ours that has this name; None if it is another's."""
    began = db.execute(select(Head.log, Head.key))
    return next((log for log, key in began if key and VerifyingKey.parse(key).name == origin), None)


def all_keys(db: Session, log: LogNumber = CURRENT, size: int | None = None) -> list[VerifyingKey]:
    """Return every key that ever signed a log, for what was signed long ago.

    `size`: up to there; None as far as it was signed.
    """
    first, changes = _signed_with(db, log)
    if size is not None:
        changes = key_changes(db, size, log)
    named = dict.fromkeys([first, *(change.vkey for change in changes)]) if first else {}
    return [VerifyingKey.parse(vkey) for vkey in named]


def handover_sizes(db: Session, size: int, log: LogNumber = CURRENT) -> list[int]:
    """Return the sizes of the checkpoints by which keys handed over: the first to cover the entry of a new key."""
    added = [change.place for change in key_changes(db, size, log) if change.is_addition]
    sizes = select(func.min(SignedCheckpoint.size)).where(SignedCheckpoint.log == log)
    first = (db.scalar(sizes.where(SignedCheckpoint.size > place)) for place in added)
    return sorted({found for found in first if found is not None and found <= size})


def _signed_with(db: Session, log: LogNumber) -> tuple[str | None, list[KeyChange]]:
    """Return the key that a log began with, and what its newest checkpoint covers of the changes since."""
    newest = newest_checkpoint(db, log)
    first = db.scalar(select(Head.key).where(Head.log == log))
    return first, key_changes(db, newest.size, log) if newest else []
