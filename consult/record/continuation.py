"""Going on after the loss of the key: another log, which begins by citing the last signed state of the earlier one.

Nothing can be added to a log without its key. What it signed stays, and stays verifiable; what had no signed place in
it yet comes after the first entry of the next log, in the order in which it waited. Whoever trusted the old key must
learn of the new one from elsewhere: no key vouches for another that took over from it unasked.
"""

from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.continuity import check_history, root_at
from consult.record.entries import Leaf, Pending, append
from consult.record.entry_form import Event, Signer
from consult.record.events import LogContinued, QuorumChanged, WitnessAdded
from consult.record.events.log import beginning_of
from consult.record.faults import Fault
from consult.record.high_water import HighWater
from consult.record.keyring import all_keys
from consult.record.merkle import EMPTY_ROOT
from consult.record.notes import Note
from consult.record.sequencer import SequencerAtWork, Unplaced, give_places, is_elected
from consult.record.tree import Head, SignedCheckpoint, newest_checkpoint, newest_head
from consult.record.witnesses import Witness, signed_roll


class NothingToContinue(Fault):
    """The log never signed anything, or what it signed is not here."""


def continue_log(db: Session, high_water: HighWater, reason: str, *, signer: Signer, at: datetime) -> int:
    """Begin the log that continues the newest one, in one transaction; return its number.

    `reason`: why the earlier log cannot go on; everybody can read it. Raises RecordHalted where the database is not the
    one that was signed: it must be recovered first, or the new log would contradict the old one.
    """
    if not is_elected(db):
        raise SequencerAtWork
    check_history(db, high_water)
    before = newest_head(db)
    if before is None or before.key is None:
        raise NothingToContinue(N_("The record has signed nothing yet: there is nothing to continue."))
    last = _last_note(db, before, high_water, at=at)
    end_at(db, before, Checkpoint.parse(Note.parse(last).text))

    head = Head(log=before.log + 1, size=0, root=EMPTY_ROOT)
    witnesses = _witnesses_of(db, before.log, beginning_of(head.log))
    db.add(head)
    began = LogContinued(subject=beginning_of(head.log), checkpoint=last.decode(), reason=reason)
    first = [append(db, event, signer=signer, at=at) for event in (began, *witnesses)]
    give_places(db, head, [Unplaced(each.id, each.type, each.subject, each.leaf) for each in first])
    _wait_again(db, before)
    return head.log


def end_at(db: Session, head: Head, last: Checkpoint) -> None:
    """Let a log end where it was last signed: what has a place beyond that has none."""
    assert root_at(db, last.size, head.log) == last.root, "it was compared, or signed from here"
    head.size, head.root = last.size, last.root
    db.flush()


def _last_note(db: Session, before: Head, high_water: HighWater, *, at: datetime) -> bytes:
    """Return the last note that the log signed: a crash may have left it beside the database."""
    newest = newest_checkpoint(db, before.log)
    note = high_water.read_note()
    if note is not None:
        signed = Checkpoint.parse(Note.parse(note).text)
        Note.parse(note).signed_by(all_keys(db, before.log))
        if newest is None or signed.size > newest.size:
            db.add(SignedCheckpoint(log=before.log, size=signed.size, note=note, signed_at=at))
            return note
    if newest is None:
        raise NothingToContinue(N_("The record has signed nothing yet: there is nothing to continue."))
    return newest.note


def _wait_again(db: Session, before: Head) -> None:
    """Let what had a place that was never signed wait for one in the next log, before all that waits already."""
    lost = db.scalars(select(Leaf.event_id).where(Leaf.log == before.log, Leaf.idx >= before.size).order_by(Leaf.idx))
    first = (db.scalar(select(func.min(Pending.n))) or 1) - 1
    rows = [{"n": first - place, "event_id": event_id} for place, event_id in enumerate(reversed(lost.all()))]
    if rows:
        db.execute(insert(Pending), rows)


def _witnesses_of(db: Session, log: int, subject: str) -> list[Event]:
    """Name the witnesses of the earlier log, and its quorum, anew: its entries say nothing of another log.

    They are those of its last signed state; a change that has no place yet comes after.
    """
    roll = signed_roll(db, log)
    names = {witness.vkey: witness.name for witness in db.scalars(select(Witness).order_by(Witness.id))}
    # Of another log they have cosigned nothing yet.
    forgotten = {"known_size": 0, "trouble": None, "trouble_since": None, "failures": 0, "ask_after": None}
    db.execute(update(Witness).values(**forgotten))
    named = [WitnessAdded(subject=subject, name=names[vkey], key=vkey, url=url) for vkey, url in roll.urls.items()]
    return [*named, *([QuorumChanged(subject=subject, quorum=roll.quorum)] if roll.quorum else [])]
