"""The digests of the days and their time stamps, read from a log's files alone.

`digests/<day>` is a checkpoint that was spread on that day: it must be one of this log, which grew from it to what it
is now, and the one that the entry about that day names. `timestamps/<day>.tsr` must be over exactly that file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import takewhile
from typing import Any

from cryptography.x509 import Certificate

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.events import DigestPublished
from consult.record.faults import Fault, found_in
from consult.record.listing import DIGESTS, MAX_LIST_SIZE, TIMESTAMPS, Listing
from consult.record.notes import MAX_NOTE_SIZE, Note
from consult.record.sources import Missing, Source, read_all
from consult.record.timestamps import MAX_ANSWER_SIZE, Timestamp, read_timestamp, verify_timestamp

#: No line of the list is longer.
LONGEST = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class DailyNotes:
    """What was spread, and what strangers said of its time; each by the day, as in `2026-11-23`.

    `hashes`: SHA-256 of each note's file, hexadecimal.
    """

    notes: Mapping[str, Note]
    hashes: Mapping[str, str]
    timestamps: Mapping[str, Timestamp]

    def follow(self, entry: Mapping[str, Any]) -> None:  # Any: what JSON can say
        """Check that a digest of which an entry says that it went out lies here, as it was."""
        facts = entry.get("facts")
        if entry.get("type") != DigestPublished.type or not isinstance(facts, dict):
            return
        day, stated = str(facts.get("day")), facts.get("sha256")
        if day not in self.hashes:
            raise Fault(N_("The digest %(path)s, which went out, is not in the list of files."), path=digest_path(day))
        if self.hashes[day] != stated:
            raise Fault(N_("The digest %(path)s is not the one that went out."), path=digest_path(day))

    @property
    def checkpoints(self) -> dict[str, Checkpoint]:
        """What was signed, by the file in which it lies."""
        return {digest_path(day): Checkpoint.parse(note.text) for day, note in self.notes.items()}


def read_daily_notes(
    source: Source, listing: Listing, origin: str, stamp_roots: Sequence[Certificate] = ()
) -> DailyNotes:
    """Read the listed files; what the notes sign is compared with the tree when it has grown so far.

    `stamp_roots`: the certificates from which the signers of the time stamps must descend; without any, nobody can say
    who signed them.
    """
    notes, hashes, timestamps = {}, {}, {}
    for day in listing.days[DIGESTS]:
        data = read_all(source, digest_path(day), MAX_NOTE_SIZE)
        with found_in(digest_path(day)):
            note = notes[day] = Note.parse(data)
            hashes[day] = sha256(data).hexdigest()
            checkpoint = Checkpoint.parse(note.text)
            if checkpoint.origin != origin:
                facts = {"origin": checkpoint.origin, "name": origin}
                raise Fault(N_("This is the checkpoint of %(origin)s, not of %(name)s."), **facts)
            if checkpoint.size > listing.size:
                raise Fault(N_("It is larger than the newest checkpoint."))
        if day in listing.days[TIMESTAMPS]:
            answer = read_all(source, timestamp_path(day), MAX_ANSWER_SIZE)
            with found_in(timestamp_path(day)):
                timestamps[day] = (
                    verify_timestamp(answer, data, stamp_roots) if stamp_roots else read_timestamp(answer, data)
                )
    return DailyNotes(notes, hashes, timestamps)


def listed_days(source: Source) -> list[tuple[str, bool]]:
    """Return the days whose digests are listed, each with whether it has a time stamp; of a log without a list, none.

    For whoever must know them before the whole list is read and checked.
    """
    try:
        with source.open("files", MAX_LIST_SIZE) as file:
            leading = takewhile(lambda line: not line.startswith(b"tile/"), iter(partial(file.readline, LONGEST), b""))
            paths = [line.decode("ascii", "replace").strip() for line in leading]
    except Missing:
        return []
    days = [path.removeprefix(f"{DIGESTS}/") for path in paths if path.startswith(f"{DIGESTS}/")]
    return [(day, timestamp_path(day) in paths) for day in days if _DAY.fullmatch(day)]


def digest_path(day: str) -> str:
    """Return where the digest of a day lies."""
    return f"{DIGESTS}/{day}"


def timestamp_path(day: str) -> str:
    """Return where the time stamp over the digest of a day lies."""
    return f"{TIMESTAMPS}/{day}.tsr"
