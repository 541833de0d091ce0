"""The addresses of a vote: the ballot, and at the desk who may cast one. No choice and no code ever stands in one."""

from consult.links.desk import DESK
from consult.links.projects import BUDGETS


def vote(year: int | str, part: str = "") -> str:
    """Return the ballot of a cycle, or a step after it: "verifica", "chitanta"; or "drept", "cod"."""
    return f"{BUDGETS}/{year}/vot" + (f"/{part}" if part else "")


def desk_voters(year: int | str, part: str = "") -> str:
    """Return the desk's page on which people are let to vote, or where codes for letters are made."""
    return f"{DESK}/buget/{year}/alegatori" + (f"/{part}" if part else "")
