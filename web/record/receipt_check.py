"""Checking a receipt that a reader brings: by itself, against our key, and against what the record says today.

The last is what a receipt is for. One that our key signed and that today's record contradicts is the proof that the
record was rewritten, and its bearer is told so.
"""

from sqlalchemy.orm import Session

from consult.i18n import gettext
from consult.identity.authorities import Authority
from consult.record import canonical
from consult.record.checkpoints import Checkpoint
from consult.record.entries import entry_at
from consult.record.faults import Fault
from consult.record.keyring import all_keys
from consult.record.notes import Note, VerifyingKey
from consult.record.proofs import FIRST_LINE, CheckedReceipt, check_receipt
from consult.record.tree import SignedCheckpoint, newest_checkpoint
from web.bodies import UploadedFile
from web.record.findings import Finding, said_of
from web.ui.figures import number

#: How a receipt begins in every version of its format, and how its file is called.
BEGINNING = FIRST_LINE.partition("@")[0].encode()
ENDING = ".tlog-proof"
#: A stranger's receipt may say anything where the name of its record stands.
LONGEST_NAME = 100


def is_receipt(file: UploadedFile) -> bool:
    """Tell whether a file is a receipt, or was meant to be one."""
    return file.content.startswith(BEGINNING) or file.name.endswith(ENDING)


def about_receipt(db: Session, authority: Authority, key: VerifyingKey, data: bytes) -> Finding:
    """Return whether a receipt holds, and if not, why."""
    try:
        origin = check_receipt(data).checkpoint.origin
        if origin != key.name:
            return of_another_record(origin, key)
        newest = newest_checkpoint(db)
        # A receipt may be older than today's key.
        checked = check_receipt(data, all_keys(db, key, newest.size if newest else 0))
    except Fault as fault:
        again = gettext("You can download it again from the page of the act: look for the number of the proposal.")
        return Finding(holds=False, title=gettext("The receipt does not hold"), sentences=(fault.explain(), again))
    if not is_continued(db, checked):
        return contradiction(checked)
    entry = entry_at(db, checked.index)
    assert entry is not None, "it was compared a moment ago, in the same snapshot"
    act, ways = said_of(db, authority, entry)
    place = gettext(
        "It is entry %(index)s of the %(size)s that this record's key had signed when you took the receipt."
    )
    return Finding(
        holds=True,
        title=gettext("The receipt holds"),
        sentences=(
            act,
            place % {"index": number(checked.index), "size": number(checked.checkpoint.size)},
            gettext("The record says the same today."),
        ),
        links=ways,
    )


def is_continued(db: Session, checked: CheckedReceipt) -> bool:
    """Tell whether the record is still the one under which a receipt was given."""
    signed = db.get(SignedCheckpoint, checked.checkpoint.size)
    entry = entry_at(db, checked.index)
    return (
        signed is not None
        and Checkpoint.parse(Note.parse(signed.note).text) == checked.checkpoint
        and entry is not None
        and entry.event.entry == canonical.dump(checked.entry)
    )


def contradiction(checked: CheckedReceipt) -> Finding:
    """Return that the record is not the one that was signed."""
    differs = gettext(
        "It was signed with this record's key, and yet the record is another one today at entry %(index)s."
    )
    return Finding(
        holds=False,
        title=gettext("The record contradicts this receipt"),
        sentences=(
            differs % {"index": number(checked.index)},
            gettext("Keep the file and show it to others: it proves that the record was rewritten."),
        ),
    )


def of_another_record(origin: str, key: VerifyingKey) -> Finding:
    """Return that the receipt is to be checked elsewhere."""
    elsewhere = gettext("It was given by %(origin)s. This is %(own)s, which can say nothing of it.")
    return Finding(
        holds=False,
        title=gettext("The receipt is of another record"),
        sentences=(elsewhere % {"origin": origin[:LONGEST_NAME], "own": key.name},),
    )
