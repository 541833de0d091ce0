"""What a log says of itself before its entries are read: its keys, its newest checkpoint, and the list of its files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from cryptography.x509 import Certificate

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.daily_notes import DailyNotes, read_daily_notes
from consult.record.faults import Fault, found_in
from consult.record.handovers import Handovers, read_handovers
from consult.record.listing import MAX_LIST_SIZE, Listing, read_listing
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.sources import Source, read_all
from consult.record.witnessed import Witnessing, read_witnessing

MAX_KEY_SIZE = 1_000
MAX_LISTED_LINE = 200
#: How often a living log may grow between the reading of its checkpoint and of its list of files.
TRIES = 5


@dataclass(frozen=True)
class Head:
    """The newest checkpoint, and what goes with it."""

    note: Note
    checkpoint: Checkpoint
    listing: Listing
    witnessing: Witnessing
    handovers: Handovers
    daily: DailyNotes


def read_keys(source: Source) -> list[VerifyingKey]:
    """Return the keys that sign now by the log's own words; whether that is so shows at the end."""
    stated = read_all(source, "key", MAX_KEY_SIZE)
    with found_in("key"):
        try:
            keys = [VerifyingKey.parse(line) for line in stated.decode().removesuffix("\n").split("\n")]
        except UnicodeDecodeError:
            raise Fault(N_("The key is not UTF-8 text.")) from None
        if stated != "".join(f"{key.vkey}\n" for key in keys).encode():
            raise Fault(N_("The key does not end with one line end."))
        if len({key.name for key in keys}) > 1:
            raise Fault(N_("The keys are not of one log."))
    return keys


def read_head(source: Source, keys: Sequence[VerifyingKey], stamp_roots: Sequence[Certificate] = ()) -> Head:
    """Return the checkpoint, the list of files that goes with it, and what is published about witnesses and keys.

    `stamp_roots`: the certificates from which the signers of time stamps must descend.
    """
    name = keys[0].name
    for tried in range(1, TRIES + 1):
        signed = read_all(source, "checkpoint", MAX_NOTE_SIZE)
        with found_in("checkpoint"):
            note = Note.parse(signed)
            if set(note.signed_by(keys)) != set(keys):
                raise Fault(N_("Not all of the keys that sign the log have signed it."))
            checkpoint = Checkpoint.parse(note.text)
            if checkpoint.origin != name:
                facts = {"origin": checkpoint.origin, "name": name}
                raise Fault(N_("This is the checkpoint of %(origin)s, not of %(name)s."), **facts)
        try:
            with found_in("files"), source.open("files", MAX_LIST_SIZE) as file:
                listing = read_listing(_lines_of(file), checkpoint.size)
            witnessing = read_witnessing(source, listing, name)
            handovers = read_handovers(source, listing.handovers, name)
            daily = read_daily_notes(source, listing, name, stamp_roots)
            return Head(note, checkpoint, listing, witnessing, handovers, daily)
        except Fault:
            if tried == TRIES or read_all(source, "checkpoint", MAX_NOTE_SIZE) == signed:
                raise
    raise AssertionError("unreachable")


def _lines_of(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(MAX_LISTED_LINE):
        yield line
