"""`consult count`: the winners of a participatory budget from its published `.pb` file, on anybody's computer."""

from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import click

from consult.counting import command
from consult.counting.command import Options, Rule, as_json, as_lines
from consult.counting.elections import Election
from consult.counting.equal_shares import Completion, Shares, Start, Stop, Utility
from consult.counting.greedy import Terms
from consult.counting.pabulib import read_pb
from consult.counting.reading import read_conflicts, read_lot
from consult.counting.ties import TieOrder, TieRule, drawn_order, tie_order


def _one_of(kinds: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([kind.value for kind in kinds])


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("count")
@click.argument("file", type=FILE)
@click.option("--rule", type=_one_of(Rule), required=True, help="The counting rule.")
@click.option("--no-skip", is_flag=True, help="Greedy: end at the first project that does not fit.")
@click.option("--min-votes", type=click.IntRange(min=0), default=0, help="Fewer votes are not enough.")
@click.option("--top-up", type=str, help="Greedy: choose the first that does not fit if this part of its cost is left.")
@click.option("--top-up-amount", type=str, help="Greedy: choose it if no more than this is missing.")
@click.option("--conflicts", type=FILE, help="Pairs of projects that exclude each other: one pair a line, id;id.")
@click.option("--utility", type=_one_of(Utility), default=Utility.COST.value, help="Equal shares.")
@click.option("--completion", type=_one_of(Completion), default=Completion.NONE.value, help="Equal shares.")
@click.option("--step", type=str, default="1", help="Equal shares: what each voter is given more in each run.")
@click.option("--start", type=_one_of(Start), default=Start.RATIONAL.value, help="Equal shares.")
@click.option("--stop", type=_one_of(Stop), default=Stop.EXHAUSTED.value, help="Equal shares.")
@click.option("--most-projects", type=click.IntRange(min=1), help="Category guarantee: no more are chosen.")
@click.option("--tie", default=TieRule.ID.value, help="id, cost, votes, or a file with the order drawn by lot.")
@click.option("--explain", is_flag=True, help="Say of each project why it won or lost.")
@click.option("--json", "is_json", is_flag=True, help="As JSON.")
def count(
    file: Path,
    *,
    rule: str,
    no_skip: bool,
    min_votes: int,
    top_up: str | None,
    top_up_amount: str | None,
    conflicts: Path | None,
    utility: str,
    completion: str,
    step: str,
    start: str,
    stop: str,
    most_projects: int | None,
    tie: str,
    explain: bool,
    is_json: bool,
) -> None:
    """Count the election in FILE.pb."""
    election = read_pb(file.read_bytes())
    options = Options(
        terms=Terms(
            skips=not no_skip,
            least_votes=min_votes,
            top_up=_part(top_up, "--top-up") if top_up else None,
            top_up_amount=_part(top_up_amount, "--top-up-amount") if top_up_amount else None,
            conflicts=read_conflicts(conflicts.read_bytes(), election) if conflicts else (),
        ),
        shares=Shares(Utility(utility), Completion(completion), _part(step, "--step"), Start(start), Stop(stop)),
        most_projects=most_projects,
        explains=explain,
    )
    result = command.count(election, Rule(rule), _ties(tie, election), options)
    if is_json:
        click.echo(as_json(result, explains=explain))
    else:
        click.echo("\n".join(as_lines(result, explains=explain)))


def _part(text: str, option: str) -> Fraction:
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if value <= 0:
        raise click.BadParameter("a number above zero, such as 0.8 or 1", param_hint=option)
    return value


def _ties(tie: str, election: Election) -> TieOrder:
    if tie in list(TieRule):
        return tie_order(election, TieRule(tie))
    path = Path(tie)
    if not path.is_file():
        raise click.BadParameter("id, cost, votes, or a file with one project id a line", param_hint="--tie")
    return drawn_order(election, read_lot(path.read_bytes()))
