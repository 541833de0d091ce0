"""`consult policy check` and `consult policy date`: the law's rules, run on files alone."""

import sys
from datetime import date, datetime

import click

from consult.policy.command import check_packs, compute_date


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


@policy.command("date")
@click.argument("pack")
@click.argument("rule")
@click.argument("start", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--json", "as_json", is_flag=True, help="As JSON with ISO dates.")
def policy_date(pack: str, rule: str, start: datetime, *, as_json: bool) -> None:
    """Say which date RULE of PACK makes of START, and why."""
    day: date = start.date()
    click.echo(compute_date(pack, rule, day, as_json=as_json))
