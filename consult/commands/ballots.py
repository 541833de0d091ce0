"""`consult ballot …`: what the commission does at the machine, before the vote and after its close.

The commission's key is made here and never kept: three people take its parts away, and two of them come back to open
the ballots. Whoever runs the machine while they do could copy the key then; nobody could before, or with one part.
"""

import click
from sqlalchemy.orm import Session

from consult import clock
from consult.budgeting.commission_key import Part
from consult.budgeting.cycles import CycleId, find_announced, lock_of
from consult.budgeting.elections import prepare_election
from consult.budgeting.opened import open_ballots
from consult.commands.keys import installation
from consult.i18n import gettext
from consult.identity.authorities import authorities
from consult.refusals import NotFound
from consult.store import Database

authority_option = click.option("--authority", required=True, help="By its name in addresses.")


@click.group()
def ballot() -> None:
    """Prepare the secret vote of a participatory budget, and open its ballots after the close."""


@ballot.command("prepare")
@click.argument("year", type=int)
@authority_option
def prepare(year: int, authority: str) -> None:
    """Make the keys of the vote of YEAR and show the three parts of the commission's, each to one person alone."""
    with installation() as (settings, database):
        parts = prepare_election(database, settings.keys, cycle_in(database, authority, year))
    for part in parts:
        alone = gettext("Part %(number)d: only its keeper may look now. Press a key to see it.") % {
            "number": part.holder
        }
        click.pause(alone)
        click.echo(part.line)
        click.pause(gettext("Write it down, then press a key. It is shown once and kept nowhere."))
        click.clear()


@ballot.command("open")
@click.argument("year", type=int)
@authority_option
def open_(year: int, authority: str) -> None:
    """Open all ballots of the vote of YEAR. Two keepers type their parts; neither sees the other's."""
    with installation() as (_settings, database):
        cycle_id = cycle_in(database, authority, year)
        one, other = (Part.parse(_asked(number)) for number in (1, 2))
        opened = database.act_alone(lock_of(cycle_id), open_ballots, cycle_id, one, other, at=clock.now())
    click.echo(gettext("Ballots opened and published: %(count)d.") % {"count": len(opened)})


def cycle_in(database: Database, authority: str, year: int) -> CycleId:
    """Return the announced cycle of an authority and a year. Raises NotFound."""

    def found(db: Session) -> CycleId:
        known = next((each for each in authorities(db) if each.slug == authority), None)
        if known is None:
            raise NotFound
        return find_announced(db, known.id, year).id

    return database.read(found)


def _asked(number: int) -> str:
    said: str = click.prompt(gettext("Part of keeper %(number)d") % {"number": number}, hide_input=True)
    return said
