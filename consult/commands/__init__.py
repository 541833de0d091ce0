"""The command line: `consult init`, `serve`, `worker`, `check`, `record …`, `witness …`, `policy …` and more.

Everything that reads files alone (verifying a record, evaluating a policy, parsing a draft) runs without a database
and without the web framework, so that it starts at once on an NGO's laptop.
"""

import sys
from importlib import import_module

import click

from consult.i18n import current_locale
from consult.refusals import Refusal

#: The modules beside this one, and the commands that each defines.
COMMANDS = {
    "installing": ("init", "migrate", "check"),
    "serving": ("serve", "worker"),
    "demo": ("demo",),
    "records": ("record",),
    "auditing": ("audit",),
    "witnessing": ("witness",),
    "policies": ("policy",),
    "drafts": ("draft",),
    "counting": ("count",),
    "ballots": ("ballot",),
}


class Commands(click.Group):
    """Commands that are imported when they are called: none waits for what only another needs."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(name for names in COMMANDS.values() for name in names)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return a command, if there is one of this name."""
        for module, names in COMMANDS.items():
            if name in names:
                command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
                return command
        return None


@click.group(cls=Commands)
@click.option("--locale", default="en", envvar="CONSULT_LOCALE", help="Language of the sentences: en or ro.")
@click.version_option(package_name="consult")
def consult(locale: str) -> None:
    """Public consultation and participatory budgeting that anyone can check."""
    current_locale.set(locale)


def main() -> None:
    """Run a command; what is refused is one sentence and exit status 1, never a traceback."""
    try:
        consult()
    except Refusal as refusal:
        click.echo(refusal.explain_cause(), err=True)
        sys.exit(1)
