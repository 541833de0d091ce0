"""What `consult policy check` prints of the rule packs of participatory budgets."""

from collections.abc import Iterator
from pathlib import Path

from consult.policy.voting_packs import FOLDER, VotingPack, find_voting_pack, load_voting_pack, winners_of
from consult.settings import POLICIES


def is_voting_pack(name: str) -> bool:
    """Whether a name under policies/, or a path, is that of a rule pack of participatory budgets."""
    return (Path(name).parent.name if name.endswith(".toml") else name.partition("/")[0]) == FOLDER


def named_voting_pack(name: str, directory: Path = POLICIES) -> VotingPack:
    """Return a pack by its name under policies/, or by the path of its file."""
    return load_voting_pack(Path(name)) if name.endswith(".toml") else find_voting_pack(name, directory)


def check_voting_pack(pack: VotingPack) -> tuple[list[str], bool]:
    """Run the small elections of a pack; return the lines to print, and whether all came out as written."""
    lines = [*_heading(pack)]
    failed = 0
    for example in pack.examples:
        computed = winners_of(pack.rules, example.given)
        is_right = computed == example.then.winners
        failed += not is_right
        lines.append(f"    {'ok    ' if is_right else 'FAILED'}  then {_winners(example.then.winners)}")
        if not is_right:
            lines.append(f"            computed {_winners(computed)}")
        lines.append(f"            {example.note}")
    return [*lines, f"{pack.id}: {len(pack.examples)} examples, {failed} failed"], not failed


def _heading(pack: VotingPack) -> Iterator[str]:
    yield f"{pack.id}, version {pack.version}: {pack.title}"
    for source in pack.sources:
        yield f"  {'verified    ' if source.verified else 'NOT VERIFIED'}  {source.act}, {source.articles}"
    yield f"  {pack.rules.ballot}, {pack.rules.rule}"


def _winners(winners: dict[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{pool}: {', '.join(names)}" for pool, names in winners.items())
