"""`consult policy check`, `consult policy show` and `consult policy date`: the law's rules, on files alone."""

import sys
from datetime import date

import click

from consult.i18n import gettext
from consult.policy.command import check_packs, compute_date, show_pack


class Day(click.ParamType[date]):
    """A day of the calendar, as 2026-12-31."""

    name = "day"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that was typed."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            said = gettext("There is no day %(typed)s. Write it as year, month and day: 2026-12-31.")
            self.fail(said % {"typed": value}, param, ctx)


@click.group()
def policy() -> None:
    """Read and try the policy packs."""


@policy.command("check")
@click.argument("packs", nargs=-1)
def check_policy(packs: tuple[str, ...]) -> None:
    """Run the worked examples of the named packs, or of all."""
    report = check_packs(packs)
    click.echo("\n".join(report.lines))
    if not report.passed:
        sys.exit(1)


@policy.command("show")
@click.argument("pack")
def show_policy(pack: str) -> None:
    """Show PACK as a sheet to read and print: its rules by event, each with its article and its examples."""
    click.echo(show_pack(pack))


@policy.command("date")
@click.argument("pack")
@click.argument("rule")
@click.argument("start", type=Day())
@click.option("--json", "as_json", is_flag=True, help="As JSON with ISO dates.")
def policy_date(pack: str, rule: str, start: date, *, as_json: bool) -> None:
    """Say which date RULE of PACK makes of START, and why."""
    click.echo(compute_date(pack, rule, start, as_json=as_json))
