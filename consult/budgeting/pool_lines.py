"""Pots of money as an official pastes them: one a line, its name, its money, and what one project may cost at most."""

from collections.abc import Iterable

from consult.budgeting.planning import PoolPlan
from consult.i18n import N_
from consult.money import Bani, NotAnAmount, read_amount, write_amount
from consult.policy.voting_rules import PoolKind
from consult.refusals import Refusal

PARTS = ";"
#: Of a line: the name, the money and, if it is said, the ceiling.
FEWEST, MOST = 2, 3


class PoolLineUnread(Refusal):
    """A line is not a name and one or two amounts."""

    sentence = N_(
        "Line %(line)s: write a name, the money in lei and, if there is one, the ceiling: Centru; 500000; 100000"
    )


def read_pools(text: str, kind: PoolKind) -> list[PoolPlan]:
    """Return the pots of money in a text. Raises PoolLineUnread, beside the field of their kind."""
    pools = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                pools.append(_read(line, kind))
            except (NotAnAmount, ValueError):
                refusal = PoolLineUnread(line=number)
                refusal.field = field_of(kind)  # type: ignore[misc]  # each kind has a field of its own
                raise refusal from None
    return pools


def write_pools(pools: Iterable[PoolPlan]) -> str:
    """Return pots of money as lines that `read_pools` reads."""
    return "\n".join(
        f"{PARTS} ".join(
            [pool.name, write_amount(pool.amount), *([write_amount(pool.ceiling)] if pool.ceiling else [])]
        )
        for pool in pools
    )


def field_of(kind: PoolKind) -> str:
    """Return the field of a form in which the pots of a kind are written."""
    return "city" if kind is PoolKind.CITY else "districts"


def _read(line: str, kind: PoolKind) -> PoolPlan:
    name, *amounts = (part.strip() for part in line.split(PARTS))
    if not name or not FEWEST <= len(amounts) + 1 <= MOST:
        raise ValueError(line)
    read = [read_amount(amount) for amount in amounts]
    if any(amount <= 0 for amount in read):
        raise ValueError(line)
    return PoolPlan(name, kind, *map(Bani, read))
