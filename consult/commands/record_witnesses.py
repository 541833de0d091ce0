"""`consult record witness …`: who witnesses the record, for whoever keeps the machine, in an administrator's name."""

from collections.abc import Callable

import click
from sqlalchemy.orm import Session

from consult import clock
from consult.commands.keys import installation
from consult.identity.actors import Actor, acting_as_official
from consult.identity.people import person_by_email
from consult.identity.witnesses import add_witness, record_keeper, remove_witness, set_quorum
from consult.record.continuity import refuse_if_halted
from consult.record.witnesses import WitnessId, quorum, seen_by_witnesses
from consult.refusals import NotPermitted
from consult.settings import Settings
from consult.store import Database

by_option = click.option("--by", "email", required=True, help="E-mail of the administrator in whose name this is done.")


@click.group("witness")
def record_witness() -> None:
    """Say who witnesses the record, and how many of them must have signed."""


@record_witness.command("list")
def list_() -> None:
    """Print the witnesses, how far each has signed, and how many must have signed."""
    database = Database(Settings.from_environment().database_url)
    try:
        for seen in database.read(seen_by_witnesses):
            witness = seen.witness
            signed = f"{seen.size} entries on {seen.at:%Y-%m-%d %H:%M} UTC" if seen.at else "nothing signed yet"
            trouble = f"  {witness.trouble}" if witness.trouble else ""
            click.echo(f"{witness.id}  {witness.name}  {signed}{trouble}\n   {witness.vkey}  {witness.url}")
        click.echo(f"Quorum: {database.read(quorum)}")
    finally:
        database.close()


@record_witness.command()
@click.argument("name")
@click.argument("key")
@click.argument("url", required=False, default="")
@by_option
def add(name: str, key: str, url: str, email: str) -> None:
    """Begin to ask a witness: their NAME for people, their KEY, and the URL where they are asked, if they have one."""
    _act(email, lambda db, by: add_witness(db, name=name, vkey=key, url=url, by=by, at=clock.now()))


@record_witness.command()
@click.argument("witness_id", metavar="NUMBER", type=int)
@click.option("--reason", required=True, help="Why; everybody can read it.")
@by_option
def remove(witness_id: int, reason: str, email: str) -> None:
    """Stop asking the witness with this NUMBER in the list."""
    _act(email, lambda db, by: remove_witness(db, WitnessId(witness_id), reason=reason, by=by, at=clock.now()))


@record_witness.command("quorum")
@click.argument("wanted", metavar="NUMBER", type=click.IntRange(0))
@by_option
def quorum_(wanted: int, email: str) -> None:
    """Say how many witnesses must have signed a checkpoint for it to count as witnessed."""
    _act(email, lambda db, by: set_quorum(db, wanted, by=by, at=clock.now()))


def _act(email: str, action: Callable[[Session, Actor], object]) -> None:
    """Do something in the name of an administrator of the authority that keeps the record."""

    def done(db: Session) -> object:
        person = person_by_email(db, email)
        if person is None:
            raise NotPermitted
        return action(db, acting_as_official(db, person.id, record_keeper(db)))

    with installation() as (settings, database):
        refuse_if_halted(database, settings.keys, settings.high_water_file)
        database.act(done)
    click.echo("Done; it is in the record.")
