"""`consult record …`: the key, the export, and checking a log or a receipt offline, with nothing but its files."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from consult import clock
from consult.commands.keys import installation, record_key
from consult.commands.mirroring import mirror_log
from consult.commands.record_witnesses import record_witness
from consult.commands.recovering import recover_record, resume_record
from consult.i18n import gettext
from consult.record.growing import Progress, unwatched
from consult.record.keys import create_key
from consult.record.reports import Report, export_log, verify_log, verify_receipt
from consult.record.sources import ALL_SECONDS
from consult.record.tree import CURRENT
from consult.settings import Settings
from consult.store import Database

as_json_option = click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
File = click.Path(path_type=Path)
key_option = click.option("--key", "vkey", help="The log's verifier key, as you got it from elsewhere.")

continued_by_option = click.option(
    "--continued-by",
    multiple=True,
    metavar="DIR|URL",
    help="A log that continues this one, whose key was lost: it says which texts were erased since.",
)
roots_option = click.option(
    "--timestamp-roots", type=File, help="The certificates (PEM) of the authorities whose time stamps you believe."
)
policy_option = click.option("--policy", type=File, help="A tlog-policy file: the witnesses whose word you ask for.")

#: How many marks a check that is done shows.
BAR_WIDTH = 40


@click.group()
def record() -> None:
    """Keep, export and verify the public record."""


record.add_command(record_key)
record.add_command(record_witness)


@record.command("init")
def init_key() -> None:
    """Create the key that signs this installation's log, and print its public half."""
    settings = Settings.from_environment()
    click.echo(create_key(settings.keys, settings.log_origin).verifying.vkey)


@record.command()
@click.argument("folder", type=File)
@click.option("--log", type=click.IntRange(1), help="An earlier log, by its number; without it, the one that goes on.")
@as_json_option
def export(folder: Path, *, log: int | None, as_json: bool) -> None:
    """Write the whole log into FOLDER, which anyone can copy and verify."""
    settings = Settings.from_environment()
    say(export_log(Database(settings.database_url), folder, log or CURRENT), as_json=as_json)


@record.command()
@click.option("--from", "location", help="A folder or an address where a copy of the log is kept.")
@click.option("--checkpoint", "kept", type=File, help="Instead: the newest checkpoint that others kept of it.")
@continued_by_option
@as_json_option
def recover(location: str | None, kept: Path | None, *, continued_by: tuple[str, ...], as_json: bool) -> None:
    """After a restore: bring back what the record lacks from a copy of it that others kept, and go on.

    Where the database is whole, and only the file is missing that remembers how far was signed, a checkpoint is enough.
    """
    if (location is None) == (kept is None):
        raise click.UsageError(gettext("Name either a copy (--from) or a checkpoint (--checkpoint)."))
    with installation() as (settings, database):
        if location is not None:
            report = recover_record(settings, database, location, continued_by=continued_by, at=clock.now())
        elif kept is not None:
            report = resume_record(settings, database, kept, at=clock.now())
    say(report, as_json=as_json)


@record.command()
@click.argument("location")
@key_option
@policy_option
@click.option("--since", type=File, help="A checkpoint that you kept: the log must have grown from it.")
@continued_by_option
@roots_option
@click.option("--hashes-only", is_flag=True, help="Check the tree alone: works for any log in the tlog-tiles format.")
@as_json_option
def verify(
    location: str,
    *,
    vkey: str | None,
    policy: Path | None,
    since: Path | None,
    continued_by: tuple[str, ...],
    timestamp_roots: Path | None,
    hashes_only: bool,
    as_json: bool,
) -> None:
    """Check the log in a folder or at an address: that nothing was changed, dropped or added since it was signed."""
    with counting(gettext("Entries checked"), is_shown=not as_json) as progress:
        report = verify_log(
            location,
            vkey,
            policy=policy,
            since=since,
            continued_by=continued_by,
            timestamp_roots=timestamp_roots,
            hashes_only=hashes_only,
            progress=progress,
        )
    say(report, as_json=as_json)


@record.command("check")
@click.argument("receipt", type=File)
@click.argument("kept", type=File, required=False, metavar="[FILE]")
@key_option
@policy_option
@as_json_option
def check_receipt(receipt: Path, kept: Path | None, vkey: str | None, policy: Path | None, *, as_json: bool) -> None:
    """Check one RECEIPT, a .tlog-proof file, and whether FILE is the text or the document that it is about."""
    say(verify_receipt(receipt, vkey, kept=kept, policy=policy), as_json=as_json)


@record.command("mirror")
@click.argument("address", metavar="URL")
@click.argument("folder", type=File, metavar="DIR")
@key_option
@click.option(
    "--hours",
    default=ALL_SECONDS / 3_600,
    show_default=True,
    type=click.FloatRange(0),
    help="How long it may take at most.",
)
@continued_by_option
@as_json_option
def mirror_record(
    address: str, folder: Path, vkey: str | None, hours: float, *, continued_by: tuple[str, ...], as_json: bool
) -> None:
    """Make DIR a copy of the log at URL, or make such a copy new again, and check all of it."""
    with counting(gettext("Entries checked"), is_shown=not as_json) as progress:
        seconds = hours * 3_600
        report = mirror_log(address, folder, vkey, seconds=seconds, continued_by=continued_by, progress=progress)
    say(report, as_json=as_json)


@contextmanager
def counting(label: str, *, is_shown: bool) -> Iterator[Progress]:
    """Show on a terminal how far a long check has come; nothing where the output goes elsewhere."""
    if not is_shown or not sys.stderr.isatty():
        yield unwatched
        return

    def show(count: int, size: int) -> None:
        filled = BAR_WIDTH * count // size
        bar = "#" * filled + "-" * (BAR_WIDTH - filled)
        click.echo(f"\r{label} [{bar}] {count:,} / {size:,}", nl=False, err=True)

    yield show
    click.echo("", err=True)


def say(report: Report, *, as_json: bool) -> None:
    """Print a report and leave with its exit status."""
    if as_json:
        click.echo(json.dumps(report.json, ensure_ascii=False))
    else:
        for sentence in report.sentences:
            click.echo(sentence, err=not report.passed)
    sys.exit(report.exit_code)
