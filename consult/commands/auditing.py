"""`consult audit …`: was what the record tells lawful? Judged offline, from its files alone."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from consult.audit.audit import audit as audit_log
from consult.audit.report import facts, sentences
from consult.commands.records import as_json_option, continued_by_option, counting, key_option, roots_option, say
from consult.i18n import ZONE, gettext
from consult.record.faults import Fault
from consult.record.fetched import open_kept
from consult.record.growing import Progress
from consult.record.reports import Report, failed, on_their_word, roots_in, said_of_stamps, trusted_key, unreadable
from consult.record.verify import read_later_logs


def instant(typed: str) -> datetime:
    """Read a day or a moment, such as 2026-12-01 or 2026-12-01T10:00; without a time zone, by the clocks of Romania."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        raise click.BadParameter(f"{typed!r} is not a day or a moment, such as 2026-12-01T10:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


@click.command()
@click.argument("location")
@key_option
@click.option("--at", type=instant, help="Judge what is due as of this instant; as of the newest entry by itself.")
@click.option(
    "--continues",
    multiple=True,
    metavar="DIR|URL",
    help="The log that this one goes on from, which is read first; of several, the first of them first.",
)
@continued_by_option
@roots_option
@as_json_option
def audit(
    location: str,
    *,
    vkey: str | None,
    at: datetime | None,
    continues: tuple[str, ...],
    continued_by: tuple[str, ...],
    timestamp_roots: Path | None,
    as_json: bool,
) -> None:
    """Check the log in a folder or at an address, and replay what it tells: dates, numbers, answers, stages, keys."""
    with counting(gettext("Entries checked"), is_shown=not as_json) as progress:
        report = _report(
            location,
            vkey,
            at,
            continues=continues,
            continued_by=continued_by,
            timestamp_roots=timestamp_roots,
            progress=progress,
        )
    say(report, as_json=as_json)


def _report(
    location: str,
    vkey: str | None,
    at: datetime | None,
    *,
    continues: Iterable[str],
    continued_by: Iterable[str],
    timestamp_roots: Path | None,
    progress: Progress,
) -> Report:
    try:
        trusted, roots = trusted_key(vkey), roots_in(timestamp_roots)
        with ExitStack() as opened:
            earlier = [opened.enter_context(open_kept(each)) for each in continues]
            source = opened.enter_context(open_kept(location))
            later = read_later_logs(continued_by)
            found = audit_log(source, trusted, at, earlier=earlier, later=later, stamp_roots=roots, progress=progress)
    except Fault as fault:
        return failed(fault)
    except OSError as problem:
        return unreadable(problem)
    stamped = said_of_stamps(found.verified, is_checked=bool(roots))
    return Report(
        not found.count,
        [*sentences(found), *on_their_word(later), *stamped.sentences],
        {**facts(found), **stamped.facts},
    )
