"""Checking a receipt that a reader brings: by itself, against our key, and against what the record says today.

The last is what a receipt is for. One that our key signed and that today's record contradicts is the proof that the
record was rewritten, and its bearer is told so.
"""

from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from consult.i18n import gettext, ngettext
from consult.identity.authorities import Authority
from consult.record import canonical
from consult.record.checkpoints import Checkpoint
from consult.record.committed import check_kept
from consult.record.entries import entry_at
from consult.record.faults import Fault
from consult.record.keyring import all_keys, log_named
from consult.record.notes import Note
from consult.record.proofs import FIRST_LINE, CheckedReceipt, check_receipt
from consult.record.quorum import met
from consult.record.tree import checkpoint_of
from consult.record.witnesses import signed_roll
from web.bodies import UploadedFile
from web.record.findings import Finding, said_of
from web.ui.dates import moment
from web.ui.figures import number

#: How a receipt begins in every version of its format, and how its file is called.
BEGINNING = FIRST_LINE.partition("@")[0].encode()
ENDING = ".tlog-proof"
#: A stranger's receipt may say anything where the name of its record stands.
LONGEST_NAME = 100


def is_receipt(file: UploadedFile) -> bool:
    """Tell whether a file is a receipt, or was meant to be one."""
    # What a program for texts put before it is told of where the receipt is read.
    return file.content.removeprefix(BOM_UTF8).startswith(BEGINNING) or file.name.endswith(ENDING)


def about_receipt(db: Session, authority: Authority, own: str, data: bytes, kept: bytes | None) -> list[Finding]:
    """Return whether a receipt holds, and if not, why.

    `own`: the name of this record; `kept`: the text that its bearer says the receipt is about.
    """
    try:
        origin = check_receipt(data).checkpoint.origin
        log = log_named(db, origin)
        if log is None:
            return [of_another_record(origin, own)]
        # A receipt may be older than today's key, and of a log that another one continues.
        checked = check_receipt(data, all_keys(db, log))
        cosigned = met(checked.note, signed_roll(db, log).policy(())).cosigned
    except Fault as fault:
        again = gettext("You can download it again from the page of the act: look for the number of the proposal.")
        return [Finding(holds=False, title=gettext("The receipt does not hold"), sentences=(fault.explain(), again))]
    if not is_continued(db, checked, log):
        return [contradiction(checked)]
    entry = entry_at(db, checked.index, log)
    assert entry is not None, "it was compared a moment ago, in the same snapshot"
    act, ways = said_of(db, authority, entry)
    sentences = [act, place_under(checked), gettext("The record says the same today.")]
    if cosigned:
        sentences.append(seen_by(cosigned))
    holds = Finding(holds=True, title=gettext("The receipt holds"), sentences=tuple(sentences), links=ways)
    return [holds] if kept is None else [holds, about_kept(checked, kept)]


def about_kept(checked: CheckedReceipt, kept: bytes) -> Finding:
    """Return whether a file is the text, or the document, that the act of a receipt is about."""
    try:
        check_kept(checked.entry, checked.salt, kept, checked.files)
    except Fault as fault:
        return Finding(holds=False, title=gettext("The receipt is not of this file"), sentences=(fault.explain(),))
    sentence = gettext("It is exactly what the act commits to, and has been since then.")
    return Finding(holds=True, title=gettext("The receipt is of this file"), sentences=(sentence,))


def place_under(checked: CheckedReceipt) -> str:
    """Return where the entry stood when the receipt was taken."""
    place = gettext(
        "It is entry %(index)s of the %(size)s that this record's key had signed when you took the receipt."
    )
    return place % {"index": number(checked.index), "size": number(checked.checkpoint.size)}


def seen_by(cosigned: Mapping[str, datetime]) -> str:
    """Return how many of today's witnesses had seen the record by then, and when the first of them had."""
    said = ngettext(
        "A witness has signed it too, on %(moment)s.",
        "%(count)s witnesses have signed it too, the first on %(moment)s.",
        len(cosigned),
    )
    return said % {"count": number(len(cosigned)), "moment": moment(min(cosigned.values()))}


def is_continued(db: Session, checked: CheckedReceipt, log: int) -> bool:
    """Tell whether the record is still the one under which a receipt was given."""
    signed = checkpoint_of(db, checked.checkpoint.size, log)
    entry = entry_at(db, checked.index, log)
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


def of_another_record(origin: str, own: str) -> Finding:
    """Return that the receipt is to be checked elsewhere."""
    elsewhere = gettext("It was given by %(origin)s. This is %(own)s, which can say nothing of it.")
    return Finding(
        holds=False,
        title=gettext("The receipt is of another record"),
        sentences=(elsewhere % {"origin": origin[:LONGEST_NAME], "own": own},),
    )
