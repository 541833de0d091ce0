"""The addresses of participatory budgets: each year's cycle, and its setting up at the desk."""

from consult.links.desk import DESK
from consult.links.projects import BUDGETS

DESK_BUDGETS = f"{DESK}/buget"
NEW_BUDGET = f"{DESK_BUDGETS}/nou"


def budget(year: int, part: str = "") -> str:
    """Return the page of a year's participatory budget, or of one part of it ("metoda")."""
    return f"{BUDGETS}/{year}" + (f"/{part}" if part else "")


def desk_budget(year: int, part: str = "") -> str:
    """Return the officials' page of a year's cycle, announced or not, or one of its forms ("termene")."""
    return f"{DESK_BUDGETS}/{year}" + (f"/{part}" if part else "")
