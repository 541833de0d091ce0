"""The command line: `consult init`, `serve`, `worker`, `check`, `record …`, `witness …`, `policy …` and more.

Everything that reads files alone (verifying a record, evaluating a policy, parsing a draft) runs without a database
and without the web framework, so that it starts at once on an NGO's laptop.
"""

import sys

import click

from consult.commands.auditing import audit
from consult.commands.demo import demo
from consult.commands.drafts import draft
from consult.commands.installing import check, init, migrate
from consult.commands.policies import policy
from consult.commands.records import record
from consult.commands.serving import serve, worker
from consult.commands.witnessing import witness
from consult.i18n import current_locale
from consult.refusals import Refusal

COMMANDS = (init, serve, worker, migrate, check, demo, record, audit, witness, policy, draft)


@click.group()
@click.option("--locale", default="en", envvar="CONSULT_LOCALE", help="Language of the sentences: en or ro.")
@click.version_option(package_name="consult")
def consult(locale: str) -> None:
    """Public consultation and participatory budgeting that anyone can check."""
    current_locale.set(locale)


for command in COMMANDS:
    consult.add_command(command)


def main() -> None:
    """Run a command; what is refused is one sentence and exit status 1, never a traceback."""
    try:
        consult()
    except Refusal as refusal:
        click.echo(refusal.explain(), err=True)
        sys.exit(1)
