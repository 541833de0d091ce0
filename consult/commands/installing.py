"""`consult init`, `consult migrate` and `consult check`: putting an installation up and keeping it sound."""

import stat
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from consult import clock
from consult.commands.rights import give_rights, is_unbound
from consult.identity.authorities import AuthorityFacts, authorities
from consult.identity.founding import FirstOfficial, Founded, found
from consult.identity.vault import FILE_NAME, NoIdentityKey, Vault
from consult.jobs import backlog
from consult.record.continuity import refuse_if_halted, why_halted
from consult.record.entries import waiting_since
from consult.record.faults import Fault
from consult.record.keys import create_key, load_key
from consult.record.tree import number_of
from consult.record.witnesses import current_witnesses
from consult.settings import Settings
from consult.store import Database
from consult.store.migrations import is_at_head
from consult.store.migrations import migrate as migrate_database

#: What has waited for so long is not merely waiting for its turn.
LATE = timedelta(minutes=5)


@click.command()
@click.option(
    "--role", help="PostgreSQL: the role that serves; it gets what it needs, and no way to rewrite the record."
)
def migrate(role: str | None) -> None:
    """Bring the database to the schema of this program."""
    settings = Settings.from_environment()
    if role and settings.is_embedded:
        raise click.ClickException("The embedded database knows no roles.")
    # Whoever owns the tables of PostgreSQL has no business in the service's folders.
    database = prepare(settings) if settings.is_embedded else Database(settings.database_url)
    try:
        migrate_database(database)
        if role:
            database.act(give_rights, role)
    finally:
        database.close()
    click.echo("The database is up to date.")


@click.command()
@click.option("--slug", prompt="Short name in addresses (izvoru)", help="Short name of the authority in addresses.")
@click.option("--name", prompt="Official name (Municipiul Izvoru)", help="Official name of the authority.")
@click.option("--county", prompt=True, help="Its county.")
@click.option("--siruta", prompt="SIRUTA code", help="Its SIRUTA code.")
@click.option("--address", prompt="Address for proposals on paper", help="Postal address for proposals on paper.")
@click.option("--proposals-email", prompt="E-mail for proposals", help="E-mail for proposals.")
@click.option(
    "--contact-name",
    prompt="Person responsible for civil society (art. 7(7))",
    help="Person responsible for civil society (art. 7(7)).",
)
@click.option("--contact-email", prompt=True, help="E-mail of that person.")
@click.option("--contact-phone", prompt=True, help="Telephone of that person.")
@click.option(
    "--official", "officials", type=(str, str), multiple=True, help="NAME E-MAIL of an official; give it twice."
)
def init(
    *,
    slug: str,
    name: str,
    county: str,
    siruta: str,
    address: str,
    proposals_email: str,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
    officials: tuple[tuple[str, str], ...],
) -> None:
    """Create the keys, the first authority and its first two officials, each appointed by the other."""
    settings = Settings.from_environment()
    facts = AuthorityFacts(
        slug=slug,
        name=name,
        county=county,
        siruta=siruta,
        postal_address=address,
        proposals_email=proposals_email,
        contact_name=contact_name,
        contact_email=contact_email,
        contact_phone=contact_phone,
    )
    while len(officials) < 2:  # noqa: PLR2004 - four eyes
        label = "first" if not officials else "second"
        officials = (*officials, (click.prompt(f"Name of the {label} official"), click.prompt("E-mail")))
    founded = initialise(settings, facts, [FirstOfficial(name, email) for name, email in officials])
    click.echo("Each official chooses a password at their own link (valid for a limited time, sent by e-mail too):")
    for person, link in zip(founded.people, founded.setup_links, strict=True):
        click.echo(f"  {person.name}: {settings.base_url}{link}")


def initialise(settings: Settings, facts: AuthorityFacts, officials: list[FirstOfficial]) -> Founded:
    """Create the keys that are not there yet and found the authority."""
    database = prepare(settings)
    create_keys(settings)
    try:
        refuse_if_halted(database, settings.keys, settings.high_water_file)
        return database.act(found, facts, officials, at=clock.now())
    finally:
        database.close()


def prepare(settings: Settings) -> Database:
    """Make the folders and bring the database to the schema's head."""
    for folder in (settings.data, settings.files, settings.keys):
        folder.mkdir(parents=True, exist_ok=True)
    settings.keys.chmod(0o700)
    database = Database(settings.database_url)
    if not is_at_head(database):
        migrate_database(database)
    return database


def create_keys(settings: Settings) -> None:
    """Create the log's key and the vault's, each once and for good."""
    try:
        load_key(settings.keys)
    except Fault:
        create_key(settings.keys, settings.log_origin)
    if not (settings.keys / FILE_NAME).exists():
        Vault.create(settings.keys)


@click.command()
def check() -> None:
    """Say what keeps this installation from being safe to open to the public; exit status 1 if anything does."""
    problems = list(problems_of(Settings.from_environment()))
    for problem in problems:
        click.echo(f"- {problem}")
    if problems:
        sys.exit(1)
    click.echo("Nothing was found that keeps this installation from opening.")


def problems_of(settings: Settings) -> Iterator[str]:
    """Yield a sentence for every setting that is unsafe in production."""
    if settings.demo:
        yield "CONSULT_DEMO is set: everybody could read everybody's letters."
    if not settings.is_secure:
        yield "CONSULT_BASE_URL is not https: passwords and sessions would travel in clear."
    if not settings.smtp_url:
        yield "CONSULT_SMTP_URL is not set: letters would stay in a folder."
    if settings.keys.is_relative_to(settings.data):
        yield "CONSULT_KEYS lies inside CONSULT_DATA: the keys would be in every backup of the data."
    yield from problems_of_keys(settings)
    yield from problems_of_database(settings)


def problems_of_keys(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with the key files."""
    try:
        key = load_key(settings.keys)
    except Fault as fault:
        yield fault.explain()
    else:
        expected = settings.origin_of(number_of(key.name))
        if key.name != expected:
            yield f"The log is {key.name} for ever, but CONSULT_BASE_URL says {expected}."
    try:
        Vault.read(settings.keys)
    except NoIdentityKey as lost:
        yield lost.explain()
    if settings.high_water_file.is_relative_to(settings.data) and not settings.keys.is_relative_to(settings.data):
        yield "CONSULT_HIGH_WATER lies inside CONSULT_DATA: a restore would take it back together with the record."
    for file in settings.keys.glob("*.key"):
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield f"{file.name} can be read by others than the service; give it the mode 0600."


def problems_of_database(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with the database."""
    database = Database(settings.database_url)
    try:
        if not is_at_head(database):
            yield "The database does not have this program's schema: run `consult migrate`."
        else:
            if not database.read(authorities):
                yield "There is no authority yet: run `consult init`."
            yield from problems_of_work(database, at=clock.now())
            halted = why_halted(database, settings.keys, settings.high_water_file)
            if halted is not None:
                yield f"Nothing can be recorded. {halted.explain_cause()}"
        if database.is_superuser():
            yield "The database role is a superuser: it could delete the record."
        elif is_at_head(database) and is_unbound(database):
            yield "The database role owns its tables and could rewrite the record: see RUNBOOK.md, 10."
    finally:
        database.close()


def problems_of_work(database: Database, *, at: datetime) -> Iterator[str]:
    """Yield what was left undone: letters that failed, jobs and public acts that nobody takes."""
    work = database.read(backlog, at=at)
    if work.failed:
        yield f"Jobs given up after their last try: {work.failed}. The worker's log says why (RUNBOOK.md, 8)."
    if work.due_since is not None and at - work.due_since > LATE:
        yield f"A job has been due since {work.due_since:%Y-%m-%d %H:%M} UTC: is a worker running?"
    for witness in database.read(current_witnesses):
        if witness.is_alarmed:
            yield f"Witness {witness.name} knows another record than this one, or more of it (RUNBOOK.md, 9)."
    waiting = database.read(waiting_since)
    if waiting is not None and at - waiting > LATE:
        yield f"A public act of {waiting:%Y-%m-%d %H:%M} UTC is not in the record yet: is a worker running?"
