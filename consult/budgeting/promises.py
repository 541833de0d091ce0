"""What a voter gets at once: a signed promise that a ballot with this commitment will be in the record and counted.

It is a signed note (C2SP), so that any program for such notes can check it. Should the ballot be missing in the end,
the promise convicts the authority, and without the voter's choices being told.
"""

import re

from consult.budgeting.codes import grouped
from consult.budgeting.openings import Opening
from consult.i18n import N_
from consult.record.faults import Fault
from consult.record.notes import Note, SigningKey, VerifyingKey

FIRST_LINE = "consult ballot promise v1"
_TEXT = re.compile(rf"{FIRST_LINE}\n(?P<election>[^\n]+)\n(?P<commitment>[0-9a-f]{{64}})\n(?P<code>[0-9A-Z-]+)\n")


def promise(opening: Opening, key: SigningKey) -> bytes:
    """Return the promise for a ballot; its choices and its word are no part of it."""
    return key.sign(f"{FIRST_LINE}\n{opening.election}\n{opening.commitment}\n{grouped(opening.code)}\n")


def read_promise(data: bytes, key: VerifyingKey) -> str:
    """Return the commitment that a promise is about. Raises Fault for one that the election's key did not sign."""
    note = Note.parse(data)
    note.signed_by([key])
    found = _TEXT.fullmatch(note.text)
    if found is None or found["election"] != key.name:
        raise Fault(N_("This is not the promise of a ballot in this election."))
    return found["commitment"]
