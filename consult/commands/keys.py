"""`consult record key …`: another key for the log, and the end of an old one, as acts that the record itself tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from sqlalchemy.orm import Session

from consult import clock
from consult.commands.working import DIGEST
from consult.i18n import N_, gettext
from consult.jobs import enqueue
from consult.record.continuation import continue_log
from consult.record.continuity import check_history, refuse_if_halted
from consult.record.entries import append
from consult.record.entry_form import Signer
from consult.record.events import KeyAdded, KeyRetired
from consult.record.events.log import SUBJECT
from consult.record.faults import Fault
from consult.record.high_water import HighWater
from consult.record.keyring import Keyring, signing_keys
from consult.record.keys import NoKey, create_another_key, create_key, load_key, load_keyring, set_aside
from consult.record.notes import VerifyingKey
from consult.record.sequencer import advance
from consult.record.tree import newest_head, number_of
from consult.settings import Settings
from consult.store import Database

#: Who keeps the keys is nobody's clerk; the town hall answers for them as a whole.
OPERATOR = Signer("operator", "operator")


@click.group("key")
def record_key() -> None:
    """Change the keys that sign the record (RUNBOOK.md, 5)."""


@record_key.command("add")
def add() -> None:
    """Make another key. From now on both sign: publish the new one, then retire the old one."""
    with installation() as (settings, database):
        key = add_key(settings, database, at=clock.now())
    click.echo(key.vkey)
    click.echo(gettext("Publish this key beside the old one, and let the witnesses know it."), err=True)


@record_key.command("retire")
@click.argument("vkey")
@click.option("--reason", prompt=True, help="Why; everybody can read it.")
def retire(vkey: str, reason: str) -> None:
    """Let the key with this VKEY sign no more."""
    with installation() as (settings, database):
        retire_key(settings, database, vkey, reason, at=clock.now())
    click.echo(gettext("It signs no more. Destroy its file and every copy of it."))


@record_key.command("lost")
@click.option("--reason", required=True, help="Why the record cannot go on under its name; everybody can read it.")
@click.option("--compromised", is_flag=True, help="The key is here, but somebody else has it too.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def lost(reason: str, *, compromised: bool, yes: bool) -> None:
    """The key is lost for good: begin another log, which cites this one, with a key of its own."""
    with installation() as (settings, database):
        if not yes:
            click.confirm(gettext("The record will go on under another name, for ever. Shall it?"), abort=True)
        key = continue_without_key(settings, database, reason, is_compromised=compromised, at=clock.now())
    click.echo(key.vkey)
    click.echo(gettext("Publish this key and say why; the witnesses must trust it before they sign again."), err=True)


@contextmanager
def installation() -> Iterator[tuple[Settings, Database]]:
    """Open the installation that the environment describes."""
    settings = Settings.from_environment()
    database = Database(settings.database_url)
    try:
        yield settings, database
    finally:
        database.close()


class NotTheirTurn(Fault):
    """What is asked of the keys cannot be done now."""


def add_key(settings: Settings, database: Database, *, at: datetime) -> VerifyingKey:
    """Make another key; from the checkpoint on that covers its entry both sign. Raises Fault, RecordHalted.

    The file is there before the entry: a key that no entry names signs nothing, but one that is named must be at hand.
    """
    keyring = load_keyring(settings.keys)
    if len(database.read(signing_keys)) > 1:
        raise NotTheirTurn(N_("Two keys sign already: retire the older one first."))
    refuse_if_halted(database, settings.keys, settings.high_water_file)
    key = create_another_key(settings.keys, keyring.name).verifying
    database.act(_record_addition, key.vkey, at=at)
    settle(settings, database, at=at)
    return key


def retire_key(settings: Settings, database: Database, vkey: str, reason: str, *, at: datetime) -> None:
    """Let a key sign no more from the checkpoint on that covers its entry. Raises Fault, RecordHalted."""
    now = database.read(signing_keys)
    if vkey not in [key.vkey for key in now]:
        raise NotTheirTurn(N_("This key does not sign the log: %(keys)s."), keys=", ".join(key.vkey for key in now))
    if len(now) == 1:
        raise NotTheirTurn(N_("It is the only key: add another one first."))
    refuse_if_halted(database, settings.keys, settings.high_water_file)
    database.act(_record_retirement, vkey, reason, at=at)
    settle(settings, database, at=at)


def continue_without_key(
    settings: Settings, database: Database, reason: str, *, is_compromised: bool = False, at: datetime
) -> VerifyingKey:
    """Begin the log that continues the one whose key is lost, or in other hands too; return its key.

    The file is there before the log: whoever is interrupted in between runs the command again. Raises Fault,
    RecordHalted.
    """
    head, keyring = database.read(newest_head), own_keyring(settings)
    if head and head.log > 1 and head.key is None and keyring and number_of(keyring.name) == head.log:
        # It has begun already, and was interrupted before it was signed.
        settle(settings, database, at=at)
        return load_key(settings.keys).verifying
    number = head.log if head else 1
    if keyring is not None and {key.verifying for key in keyring.keys} & set(database.read(signing_keys)):
        if not is_compromised:
            raise NotTheirTurn(N_("The key is here, and signs: nothing is lost. Has somebody else got it too?"))
        settle(settings, database, at=at)
    if keyring is None or number_of(keyring.name) <= number:
        database.read(check_history, HighWater(settings.high_water_file))
        create_key(settings.keys, settings.origin_of(number + 1))
    if is_compromised:
        set_aside(settings.keys, number)
    database.sequence(continue_log, HighWater(settings.high_water_file), reason, signer=OPERATOR, at=at)
    settle(settings, database, at=at)
    # Whoever keeps the words of each day has those of the new log today.
    database.act(lambda db: enqueue(db, DIGEST, at=at))
    return load_key(settings.keys).verifying


def own_keyring(settings: Settings) -> Keyring | None:
    """Return the keys that are here; None where they are lost."""
    try:
        return load_keyring(settings.keys)
    except NoKey:
        return None


def settle(settings: Settings, database: Database, *, at: datetime) -> None:
    """Give what waits its place and sign it, so that the change holds when the command ends."""
    high_water = HighWater(settings.high_water_file)
    while advance(database, load_keyring(settings.keys), at=at, high_water=high_water):
        pass


def _record_addition(db: Session, vkey: str, *, at: datetime) -> None:
    append(db, KeyAdded(subject=SUBJECT, key=vkey), signer=OPERATOR, at=at)


def _record_retirement(db: Session, vkey: str, reason: str, *, at: datetime) -> None:
    append(db, KeyRetired(subject=SUBJECT, key=vkey, reason=reason), signer=OPERATOR, at=at)
