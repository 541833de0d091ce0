"""The audit of a whole log: hashes first, then meaning, in one reading of its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import Certificate

from consult.audit.books import Books
from consult.audit.failures import Failure
from consult.audit.indicators import YearlyReport, yearly_reports
from consult.audit.replay import Replay
from consult.audit.times import Bounds, bounds_in
from consult.record.growing import Progress, unwatched
from consult.record.later_logs import LaterLogs
from consult.record.notes import VerifyingKey
from consult.record.sources import Source, read_all
from consult.record.texts import MAX_FILE_SIZE
from consult.record.verify import Verified, verify


@dataclass(frozen=True)
class Audit:
    """What the audit of a log found.

    `is_trusted`: whether the auditor had the key from elsewhere. `at`: the instant as of which it was judged, None
    for a log without entries; `is_given`: whether the auditor chose it. `failures`: the first of them; `count`: all.
    `seen`: how many entries of each type. `witnessed`: how many entries somebody outside had seen at a known time.
    `packs`: name and version of the rules that procedures froze.
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
    reports: Sequence[YearlyReport]


def audit(
    source: Source,
    trusted: VerifyingKey | None = None,
    at: datetime | None = None,
    *,
    later: LaterLogs | None = None,
    stamp_roots: Sequence[Certificate] = (),
    progress: Progress = unwatched,
) -> Audit:
    """Verify a log and replay what its entries say.

    `trusted`: the key that the reader got from elsewhere. `at`: the instant by which what is due is judged; the time of
    the newest entry if none is given. `later`: what the logs say that continue it. `stamp_roots`: the
    certificates from which the signers of time stamps must descend. A fault is raised where hashes do not hold: then
    nothing in it can be believed.
    """
    bounds = Bounds(bounds_in(source))
    replay = Replay(Books(lambda digest: read_all(source, f"pack/{digest}", MAX_FILE_SIZE)), bounds, at)
    verified = verify(source, trusted, later=later, stamp_roots=stamp_roots, visit=replay.meet, progress=progress)

    judged_at = at or replay.newest
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
        witnessed=min(bounds.size, verified.checkpoint.size),
        packs=replay.books.packs,
        reports=yearly_reports(replay.books, judged_at) if judged_at else (),
    )
