"""What the demo's files say of a participatory budget: its rules come from a pack, its money and its days are here."""

from consult.budgeting.phases import Phase
from consult.counting.ties import TieRule
from consult.demo.facts import Fact
from consult.policy.voting_rules import PoolKind


class BudgetPool(Fact, frozen=True):
    """A pot of money, in lei."""

    name: str
    kind: PoolKind
    amount: int
    ceiling: int


class Budget(Fact, frozen=True):
    """A cycle, so many years after the one in which the town is loaded. `phases`: first and last day of each."""

    years_ahead: int
    pack: str
    tie: TieRule
    summary: str
    regulation: str
    regulation_url: str
    drafted_by: str
    approved_by: str
    announced: int
    pools: tuple[BudgetPool, ...]
    categories: tuple[str, ...]
    phases: dict[Phase, tuple[int, int]]
