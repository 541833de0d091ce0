"""Keeping a copy of somebody's log, and making it new again: what others hold, nobody can take back or rewrite.

What is new comes into a folder beside the copy and is checked there, together with what the copy has already. Only what
holds is moved over; so a copy is never worse than before, and a run that was interrupted is simply repeated. A log that
does not go on from what the copy holds is refused, and what it shows now stays beside the copy: two signed states that
contradict each other are the proof that a log was rewritten.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.faults import Fault, found_in
from consult.record.fetched import Fetched
from consult.record.growing import Progress, unwatched
from consult.record.heads import read_keys
from consult.record.later_logs import LaterLogs
from consult.record.listing import GROWING, MAX_LIST_SIZE, Listing, is_path_of_a_log, read_listing
from consult.record.merkle import is_consistent
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.sources import Folder, NotReached, Source, read_all
from consult.record.tile_proofs import consistency_from
from consult.record.verify import Verified, signed_before, verify

#: Beside the copy: where it is made new, and where stays what does not go on from it.
INCOMING, REFUSED = ".incoming", ".refused"


class Refused(Fault):
    """What an address shows was not taken over. `evidence`: the folder in which it stays."""

    def __init__(self, fault: Fault, evidence: Path) -> None:
        super().__init__(fault.fault, **fault.facts)
        self.where = fault.where
        self.evidence = evidence


@dataclass(frozen=True)
class Mirrored:
    """A copy that is as new as the log. `dropped`: old partial tiles, and texts that the log says were erased."""

    verified: Verified
    fetched: int
    dropped: tuple[str, ...]


def mirror(
    site: Source,
    copy: Path,
    trusted: VerifyingKey | None = None,
    *,
    later: LaterLogs | None = None,
    progress: Progress = unwatched,
) -> Mirrored:
    """Make a folder a copy of a log as it is now. `trusted`: its key; by itself that of the copy, if there is one.

    `later`: what the logs say that continue it.
    Raises Refused where the log does not hold, or does not continue the copy; NotReached where it must be asked again.
    """
    kept, own = _kept(copy)
    incoming = copy.with_name(copy.name + INCOMING)
    incoming.mkdir(parents=True, exist_ok=True)
    with _alone(incoming):
        source = Fetched(site, incoming, copy)
        try:
            if kept is not None:
                _check_goes_on(Fetched(site, incoming), kept)
            verified = verify(source, trusted or own, kept=kept, later=later, progress=progress)
            listing = _listing(incoming, verified.checkpoint.size)
        except NotReached:
            raise
        except Fault as fault:
            if not (incoming / "checkpoint").exists():
                # It shows no log at all: a wrong address, and nothing to keep.
                shutil.rmtree(incoming)
                raise
            raise Refused(fault, _set_aside(incoming, copy)) from None
        fetched = _move_over(incoming, copy, listing)
        return Mirrored(verified, fetched, tuple(_drop_old(copy, listing)))


def _kept(copy: Path) -> tuple[Note | None, VerifyingKey | None]:
    """Return what the copy's newest checkpoint says, and under which key; a folder with anything else is no copy."""
    if not copy.is_dir():
        return None, None
    folder = Folder(copy)
    for path in folder.paths():
        if not is_path_of_a_log(path):
            with found_in(path):
                raise Fault(N_("This is no file of a log: a copy needs a folder of its own."))
    if not (copy / "checkpoint").exists():
        return None, None
    with found_in("checkpoint"):
        note = Note.parse(read_all(folder, "checkpoint", MAX_NOTE_SIZE))
    (key, *_) = read_keys(folder)
    return note, key


def _check_goes_on(site: Source, kept: Note) -> None:
    """Check, before anything large is fetched, that what the copy holds is the beginning of what is signed now."""
    keys = read_keys(site)
    with found_in("checkpoint"):
        note = Note.parse(read_all(site, "checkpoint", MAX_NOTE_SIZE))
        note.signed_by(keys)
        now = Checkpoint.parse(note.text)
        (before,) = signed_before(kept, now).values()
    if before.size == 0:
        return
    proof = consistency_from(site, before.size, now.size)
    if not is_consistent(before.size, now.size, before.root, now.root, proof):
        with found_in("checkpoint"):
            raise Fault(N_("The log does not go on from the copy: what was signed before is not its beginning."))


def _listing(incoming: Path, size: int) -> Listing:
    with Folder(incoming).open("files", MAX_LIST_SIZE) as lines:
        return read_listing(iter(lines), size)


def _set_aside(incoming: Path, copy: Path) -> Path:
    """Keep what was refused, beside whatever was refused before."""
    names = chain([REFUSED], (f"{REFUSED}-{number}" for number in count(2)))
    places = (copy.with_name(copy.name + name) for name in names)
    evidence = next(place for place in places if not place.exists())
    return incoming.rename(evidence)


def _move_over(incoming: Path, copy: Path, listing: Listing) -> int:
    """Move what is listed into the copy, the checkpoint last, and return how many files that were."""
    came = sorted((path for path in Folder(incoming).paths() if path in listing), key=_last_the_checkpoint)
    for path in came:
        file = copy / path
        file.parent.mkdir(parents=True, exist_ok=True)
        (incoming / path).replace(file)
    shutil.rmtree(incoming)
    return len(came)


def _last_the_checkpoint(path: str) -> tuple[bool, bool]:
    return path in GROWING, path == "checkpoint"


def _drop_old(copy: Path, listing: Listing) -> Iterator[str]:
    """Delete what the log has no longer; whatever is not of a log's kind was refused at the beginning."""
    for path in list(Folder(copy).paths()):
        if path not in listing:
            (copy / path).unlink()
            with suppress(OSError):
                (copy / path).parent.rmdir()
            yield path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run out."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Fault(N_("Another run is at work on this copy.")) from None
    finally:
        os.close(opened)
