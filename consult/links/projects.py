"""The addresses of the projects of a participatory budget, and of their review at the desk."""

from consult.links.addresses import asking
from consult.links.desk import DESK

BUDGETS = "/buget"
#: Projects that somebody has begun and not sent.
PROJECT_DRAFTS = "/cont/proiecte"


def propose_project(year: int, draft: int | None = None) -> str:
    """Return the page on which a project is proposed, or gone on with."""
    return asking(f"{BUDGETS}/{year}/depune", ciorna=draft)


def discard_project_draft(draft: int | str) -> str:
    """Return where a draft of a project is thrown away."""
    return f"{PROJECT_DRAFTS}/{draft}/sterge"


def projects(year: int, *, pool: str = "", category: str = "", state: str = "", words: str = "", page: int = 1) -> str:
    """Return the list of the projects of a cycle."""
    narrowed = {"zona": pool, "domeniu": category, "stare": state, "q": words}
    return asking(f"{BUDGETS}/{year}/proiecte", **narrowed, pagina=page if page > 1 else None)


def project(year: int, number: int, part: str = "") -> str:
    """Return the page of a project, or one of those that its author alone can open ("confirmare", "retragere")."""
    return f"{BUDGETS}/{year}/proiecte/{number}" + (f"/{part}" if part else "")


def project_photo(year: int, number: int, photo: str) -> str:
    """Return a photograph of a project, by its random name."""
    return project(year, number, f"fotografii/{photo}")


def desk_projects(year: int, *, work: str = "") -> str:
    """Return the desk's list of the projects of a cycle: all, or those that wait for one kind of work."""
    return asking(f"{DESK}/buget/{year}/proiecte", lucru=work)


def desk_project(year: int, number: int, part: str = "") -> str:
    """Return the desk's page of a project, or one of its forms ("formal", "contestatie")."""
    return f"{DESK}/buget/{year}/proiecte/{number}" + (f"/{part}" if part else "")


def desk_review(year: int, number: int, department: int) -> str:
    """Return the desk's page of a project with the form of one department's review; 0 for the formal one."""
    return asking(desk_project(year, number), directie=department)
