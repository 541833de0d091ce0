"""What `consult policy check`, `show` and `date` print; the command line itself is in `consult.commands`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from consult.policy.deadlines import Deadline, evaluate
from consult.policy.examples import HOLIDAYS, Outcome, run_examples
from consult.policy.packs import Pack
from consult.policy.reading import find_pack, load_pack, pack_names
from consult.policy.sheets import as_text, sheet_of
from consult.policy.voting_command import check_voting_pack, is_voting_pack, named_voting_pack
from consult.policy.voting_packs import voting_pack_names
from consult.policy.voting_words import voting_as_text
from consult.refusals import Refusal
from consult.settings import POLICIES


@dataclass(frozen=True)
class Report:
    """The lines to print, and whether all is well (the exit status)."""

    lines: tuple[str, ...]
    passed: bool


def check_packs(names: Sequence[str] = (), directory: Path = POLICIES) -> Report:
    """Read the packs named (`ro/law-52-2003`, or a path to a .toml file; all if none) and run their examples."""
    names = names or [*pack_names(directory), *voting_pack_names(directory)]
    lines: list[str] = []
    passed = True
    for name in names:
        try:
            if is_voting_pack(name):
                said, is_right = check_voting_pack(named_voting_pack(name, directory))
                lines += said
                passed = passed and is_right
                continue
            pack = named_pack(name, directory)
            outcomes = list(run_examples(pack))
        except Refusal as refusal:
            lines.append(refusal.explain())
            passed = False
            continue
        failed = sum(not outcome.passed for outcome in outcomes)
        lines += [*_pack_lines(pack, outcomes), f"{pack.id}: {len(outcomes)} examples, {failed} failed"]
        passed = passed and not failed
    return Report(tuple(lines), passed)


def show_pack(name: str, directory: Path = POLICIES) -> str:
    """Return a pack as a sheet that a lawyer reads and prints. Raises refusals."""
    if is_voting_pack(name):
        return "\n".join(voting_as_text(named_voting_pack(name, directory)))
    return "\n".join(as_text(sheet_of(named_pack(name, directory))))


def compute_date(name: str, rule_id: str, start: date, *, as_json: bool = False, directory: Path = POLICIES) -> str:
    """Return what a rule of a pack makes of a day, for people or as JSON with ISO dates. Raises refusals."""
    deadline = evaluate(named_pack(name, directory), rule_id, start)
    if as_json:
        return json.dumps(as_plain(deadline), ensure_ascii=False)
    return f"{deadline}\n{deadline.rule.text}"


def named_pack(name: str, directory: Path = POLICIES) -> Pack:
    """Return a pack by its name under policies/, or by the path of its file."""
    return load_pack(Path(name)) if name.endswith(".toml") else find_pack(name, directory)


def as_plain(deadline: Deadline) -> dict[str, object]:
    """Return a deadline as open data: ISO dates, and the reason, which names the days off, in the current locale."""
    return {
        "rule": deadline.rule.id,
        "cite": deadline.rule.citation,
        "from": deadline.start.isoformat(),
        "earliest" if deadline.is_earliest else "latest": deadline.day.isoformat(),
        "lenient": deadline.lenient.isoformat(),
        "days_off": [off.date.isoformat() for off in deadline.days_off],
        "why": str(deadline),
    }


def _pack_lines(pack: Pack, outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield f"{pack.id}, version {pack.version}: {pack.title}"
    for source in pack.sources:
        yield f"  {'verified    ' if source.verified else 'NOT VERIFIED'}  {source.act}, {source.articles}"
    headings = {rule.id: f"  {rule.id}: {rule.citation}" for rule in pack.rules}
    headings[HOLIDAYS] = f"  days off of {pack.holidays.country}"
    current = ""
    for outcome in outcomes:
        if outcome.rule_id != current:
            current = outcome.rule_id
            yield headings[current]
        mark = "ok    " if outcome.passed else "FAILED"
        yield f"    {mark}  given {_said(outcome.given)} then {_said(outcome.expected)}"
        if not outcome.passed:
            yield f"            computed {_said(outcome.computed)}"
        if outcome.note:
            yield f"            {outcome.note}"


def _said(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in facts.items())


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
