"""`python -m tests.load [VOTERS] [KILLS]`: rehearse a vote day and print its figures. `KILLS`: `none`, or `some`."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import consult.tables  # noqa: F401 - every table is known
from consult.settings import Settings
from tests.benchmarks.__main__ import installation
from tests.databases import PostgresqlServer, find_postgresql, migrate
from tests.load.day import Kills, Outcome, rehearse

VOTERS = 100_000
#: A worker is killed three times a minute, and PostgreSQL once in a minute and a half.
SOME = Kills(20, 90)


def main(voters: str = str(VOTERS), kills: str = "some") -> None:
    """Rehearse it on PostgreSQL."""
    binaries = find_postgresql()
    assert binaries is not None, "PostgreSQL's programs are not on this machine"
    server = PostgresqlServer(binaries, is_durable=True)
    try:
        with tempfile.TemporaryDirectory(prefix="consult-load-") as folder:
            url = f"{server.url}/postgres"
            migrate(url)
            settings: Settings = installation(Path(folder), url)
            outcome = rehearse(settings, int(voters), server=server, kills=SOME if kills == "some" else None)
            show(outcome)
            print((Path(folder) / "errors.log").read_text()[-3000:], file=sys.stderr)
    finally:
        server.stop()


def show(outcome: Outcome) -> None:
    """Print how fast it went, and whether anything was lost."""
    answers = [each for each in outcome.log.answers if each[1] <= outcome.began + outcome.seconds]
    cast = [at for what, at, _ in answers if what == "chitanta"]
    each_second = Counter(int(at - outcome.began) for at in cast)
    print(f"{len(cast):,} ballots in {outcome.seconds:.0f} s: {len(cast) / outcome.seconds:.1f} a second")
    print(f"  in the best second {max(each_second.values())}")
    for what in ("vot", "verifica", "chitanta"):
        times = sorted(taken for asked, _, taken in answers if asked == what)
        p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        print(f"  {what}: p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms")
    print(f"  sent again {outcome.log.retries} times; killed: {dict(Counter(outcome.killed))}")
    said, listed = outcome.acknowledged, outcome.listed
    print(f"  closed in {outcome.closing:.0f} s; told that it was too late: {len(outcome.log.late)}")
    print(f"  acknowledged {len(said):,}, listed {len(listed):,}, opened {len(outcome.opened):,}")
    print(f"  lost {len(said.keys() - listed.keys())}, not acknowledged {len(listed.keys() - said.keys())}")
    print(f"  as promised: {said == listed}")


if __name__ == "__main__":
    main(*sys.argv[1:])
