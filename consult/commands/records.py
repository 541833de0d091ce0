"""`consult record …`: the key, the export, and checking a log or a receipt offline, with nothing but its files."""

import json
from pathlib import Path

import click

from consult.i18n import gettext
from consult.record.export import export as export_log
from consult.record.keys import create_key, load_key
from consult.record.notes import VerifyingKey
from consult.record.proofs import MAX_PROOF_SIZE, check_receipt
from consult.record.sources import source_of
from consult.record.verify import verify as verify_log
from consult.settings import Settings
from consult.store import Database


@click.group()
def record() -> None:
    """Keep, export and verify the public record."""


@record.command("init")
def init_key() -> None:
    """Create the key that signs this installation's log."""
    settings = Settings.from_environment()
    key = create_key(settings.keys, settings.log_origin)
    click.echo(key.verifying_key.vkey)


@record.command()
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """Write the whole log into FOLDER, which anyone can copy and verify."""
    settings = Settings.from_environment()
    key = load_key(settings.keys)
    database = Database(settings.database_url)
    count = database.read(export_log, folder, key.verifying_key)
    click.echo(gettext("%(count)d files written to %(folder)s.") % {"count": count, "folder": folder})


@record.command()
@click.argument("location")
@click.option("--key", "vkey", help="The log's verifier key, as you got it from elsewhere.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def verify(location: str, vkey: str | None, *, as_json: bool) -> None:
    """Check the log in a folder or at an address: that nothing was changed, dropped or added since it was signed."""
    trusted = VerifyingKey.parse(vkey) if vkey else None
    verified = verify_log(source_of(location), trusted)
    checkpoint = verified.checkpoint
    if as_json:
        facts = {
            "ok": True,
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": checkpoint.root.hex(),
            "key": verified.key.vkey,
            "packs": verified.packs,
            "bodies": verified.bodies,
        }
        click.echo(json.dumps(facts))
        return
    sentence = gettext("The log %(origin)s holds: %(size)d entries, every file as it was signed by %(key)s.")
    click.echo(sentence % {"origin": checkpoint.origin, "size": checkpoint.size, "key": verified.key.vkey})
    if trusted is None:
        click.echo(gettext("The key was read from the log itself. Compare it with the one that is printed elsewhere."))


@record.command("check")
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "vkey", help="The log's verifier key.")
def check_one(receipt: Path, vkey: str | None) -> None:
    """Check one receipt, a .tlog-proof file."""
    with receipt.open("rb") as file:
        data = file.read(MAX_PROOF_SIZE + 1)
    checked = check_receipt(data, [VerifyingKey.parse(vkey)] if vkey else [])
    sentence = gettext("The receipt holds: entry %(index)d of %(size)d in the log %(origin)s.")
    facts = {"index": checked.index, "size": checked.checkpoint.size, "origin": checked.checkpoint.origin}
    click.echo(sentence % facts)
    click.echo(json.dumps(checked.entry, ensure_ascii=False, indent=2))
    if vkey and not checked.signers:
        raise click.ClickException(gettext("The checkpoint is not signed by the key you gave."))
    if not vkey:
        click.echo(gettext("No key was given, so its signature was not checked."))
