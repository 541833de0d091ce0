"""The audit of a whole log: hashes first, then meaning, in one reading of its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from cryptography.x509 import Certificate

from consult.audit.books import Books
from consult.audit.continued import Beginning, Continued
from consult.audit.days import days_in
from consult.audit.failures import Failure, Place
from consult.audit.indicators import YearlyReport, yearly_reports
from consult.audit.keepers import ErasedReason
from consult.audit.replay import Replay
from consult.audit.times import Bounds, Gap, bounds_in
from consult.record.checkpoints import Checkpoint
from consult.record.faults import found_in
from consult.record.growing import Progress, unwatched
from consult.record.later_logs import LaterLogs
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.sources import Missing, Source, read_all
from consult.record.texts import MAX_FILE_SIZE
from consult.record.verify import Verified, verify


@dataclass(frozen=True)
class Audit:
    """What the audit of a log found.

    `is_trusted`: whether the auditor had the key from elsewhere. `at`: the instant as of which it was judged, None
    for a log without entries; `is_given`: whether the auditor chose it. `failures`: the first of them; `count`: all.
    `seen`: how many entries of each type. `witnessed`: how many entries somebody outside had seen at a known time.
    `packs`: name and version of the rules that procedures froze. `continued`: the end of the log before, if this one
    goes on from another. `gaps`: the first entries that are dated before a signature over a log without them;
    `gap_count`: all of those. `without_session`: how many drafts are said to have needed none.
    `erased_reasons`: the answers whose words are gone. `open_appeals`: those that wait, the oldest first.
    """

    verified: Verified
    is_trusted: bool
    at: datetime | None
    is_given: bool
    since: datetime | None
    until: datetime | None
    failures: Sequence[Failure]
    count: int
    seen: Mapping[str, int]
    witnessed: int
    packs: Mapping[tuple[str, str], int]
    continued: Continued | None
    without_session: int
    gaps: Sequence[Gap]
    gap_count: int
    erased_reasons: Sequence[ErasedReason]
    open_appeals: Sequence[Place]
    reports: Sequence[YearlyReport]


def audit(
    source: Source,
    trusted: VerifyingKey | None = None,
    at: datetime | None = None,
    *,
    earlier: Sequence[Source] = (),
    later: LaterLogs | None = None,
    stamp_roots: Sequence[Certificate] = (),
    progress: Progress = unwatched,
) -> Audit:
    """Verify a log and replay what its entries say.

    `trusted`: the key that the reader got from elsewhere. `at`: the instant by which what is due is judged; the time of
    the newest entry if none is given. `earlier`: the logs that this one continues, the first of them first. `later`:
    what the logs say that continue it. `stamp_roots`: the certificates from which the signers of time stamps must
    descend. A fault is raised where hashes do not hold: then nothing in it can be believed.
    """
    replay = replay_of([*earlier, source], at)
    books = replay.books
    verified = verify(
        source,
        trusted,
        later=later,
        stamp_roots=stamp_roots,
        visit=replay.meet,
        read=books.wording.read,
        progress=progress,
    )

    judged_at = at or replay.newest or replay.oldest
    if judged_at:
        replay.close(judged_at)
    return Audit(
        verified=verified,
        is_trusted=trusted is not None,
        at=judged_at,
        is_given=at is not None,
        since=replay.oldest,
        until=replay.newest,
        failures=replay.failures.told,
        count=replay.failures.count,
        seen=replay.seen,
        witnessed=min(replay.bounds.size, verified.checkpoint.size),
        packs=books.packs,
        continued=replay.beginning.continued,
        without_session=sum(each.is_executive for each in books.procedures.values()),
        gaps=replay.gaps.told,
        gap_count=replay.gaps.count,
        erased_reasons=books.keepers.erased_reasons,
        open_appeals=[*books.appeals.values()],
        reports=yearly_reports(books, judged_at) if judged_at else (),
    )


def replay_of(logs: Sequence[Source], until: datetime | None = None) -> Replay:
    """Return the replay of the last of some logs that continue each other, once those before it are read.

    What is wrong in these is for an audit of their own to say, with the key that was theirs.
    """
    *earlier, last = logs
    books, before = Books(partial(_file_in, logs)), None
    for place, log in enumerate(earlier, start=1):
        after = LaterLogs()
        for following in logs[place:]:
            verify(following, visit=after.follow)
        before = verify(log, later=after, visit=_replay(log, books, before).meet, read=books.wording.read).checkpoint
    return _replay(last, books, before, until)


def _replay(log: Source, books: Books, before: Checkpoint | None, until: datetime | None = None) -> Replay:
    beginning = Beginning(_origin_of(log), before)
    return Replay(books, Bounds(bounds_in(log)), days_in(log), beginning, until)


def _origin_of(source: Source) -> str:
    data = read_all(source, "checkpoint", MAX_NOTE_SIZE)
    with found_in("checkpoint"):
        return Checkpoint.parse(Note.parse(data).text).origin


def _file_in(logs: Sequence[Source], path: str) -> bytes:
    """Return a file that entries name by its hash from whichever of the logs has it."""
    *others, last = logs
    for each in others:
        try:
            return read_all(each, path, MAX_FILE_SIZE)
        except Missing:
            continue
    return read_all(last, path, MAX_FILE_SIZE)
