"""`consult demo`: loads the demo town once, and says under which accounts it can be tried."""

from collections.abc import Sequence
from datetime import datetime

import click

from consult import clock
from consult.commands.cosigning import ask_them, way_to_witnesses
from consult.commands.installing import create_keys, prepare
from consult.commands.working import handlers
from consult.demo.loading import load_town
from consult.demo.play import Play
from consult.demo.residents import ACCOUNTS, Account, Residents, read_accounts, write_accounts
from consult.demo.witnesses import DemoWitnesses
from consult.i18n import ZONE
from consult.identity.authorities import authorities
from consult.identity.vault import Vault
from consult.jobs import work_once
from consult.record.digests import keep_digest
from consult.record.high_water import HighWater
from consult.record.keys import load_key
from consult.record.sequencer import advance
from consult.settings import Settings
from consult.store import Database


@click.command()
def demo() -> None:
    """Load the demo town, if it is not there yet, and print its accounts."""
    settings = Settings.from_environment()
    database = prepare(settings)
    create_keys(settings)
    path = settings.data / ACCOUNTS
    if not database.read(authorities):
        write_accounts(path, load(settings, database, at=clock.now()))
    database.close()
    tell(settings, read_accounts(path))


def load(settings: Settings, database: Database, *, at: datetime) -> Sequence[Account]:
    """Play the town's last half year up to an instant; returns the accounts that visitors may use."""
    town = load_town()
    key, high_water = load_key(settings.keys), HighWater(settings.high_water_file)
    residents = Residents(Vault.read(settings.keys))
    witnesses = DemoWitnesses(settings.keys)
    witness_keys = {each.url: witnesses.settle(each.url, key.verifying.vkey) for each in town.witnesses}
    today = at.astimezone(ZONE).date()
    play = Play(database, settings.files, settings.keys, town, residents, today, witness_keys)
    deeds = play.deeds()
    with click.progressbar(deeds, label="Half a year in Izvoru", show_pos=True) as shown:
        day = None
        for deed in shown:
            if deed.at.date() != day:
                day = deed.at.date()
                advance(database, key, at=deed.at, high_water=high_water)
                if day < at.date():
                    database.act(keep_digest, at=deed.at)
            deed.do(at=deed.at)
    advance(database, key, at=at, high_water=high_water)
    ask_them(database, way_to_witnesses(settings, now=lambda: at), at=at)
    database.act(keep_digest, at=at)
    click.echo("Writing the letters of half a year…")
    jobs = handlers(settings)
    while work_once(database, jobs, at):
        pass
    visitors = [Account(each.name, [each.kind], each.email, residents.password) for each in town.visitors]
    return residents.accounts + visitors


def tell(settings: Settings, accounts: Sequence[Account]) -> None:
    """Print the address and the accounts."""
    click.echo(f"\n  The demo town:  {settings.base_url}")
    click.echo(f"  Its letters:    {settings.base_url}/demo/mail")
    click.echo(f"  Its accounts:   {settings.base_url}/demo (with the codes of the moment)\n")
    for account in accounts:
        secret = f"   TOTP {account.secret}" if account.secret else ""
        click.echo(f"  {account.email:<32} {account.password}{secret}   {account.role}")
    click.echo()
