"""The projects of a cycle: the list, each on a page of its own with its history, and its photographs."""

from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream
from sqlalchemy.orm import Session

from consult.budgeting.cycles import find_announced
from consult.budgeting.project_lists import PAGE, Group, Wanted, project_list, project_page
from consult.budgeting.project_photos import ProjectPhoto, find_photo
from consult.budgeting.projects import find_project
from consult.i18n import ZONE
from consult.identity.authorities import Authority, AuthorityId
from consult.policy.deadlines import last_instant
from consult.record.entry_form import SALT_SIZE
from consult.settings import Settings
from web.access import public
from web.answers import page
from web.budgeting.progress_words import NEWS, TONES, WORKS
from web.consultations.documents import file_to_keep
from web.database import Db
from web.given import Given, PageNumber, Request
from web.keys import key_in
from web.static_files import FOR_A_YEAR

#: The groups by the words of the address.
GROUPS = {
    "verificare": Group.REVIEW,
    "eligibile": Group.ELIGIBLE,
    "neeligibile": Group.NOT_ELIGIBLE,
    "retrase": Group.GONE,
}


@get("/buget/{year:str}/proiecte", opt=public("zona", "domeniu", "stare", "q", "pagina"))
async def projects(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    year: FromPath[str],
    zona: FromQuery[str] = "",
    domeniu: FromQuery[str] = "",
    stare: FromQuery[str] = "",
    q: FromQuery[str] = "",
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """Show the projects of a cycle."""
    wanted = Wanted(zona, domeniu, GROUPS.get(stare), q)
    found = await db.read(project_list, authority.id, key_in(year), wanted=wanted, page=pagina)
    return page(
        request,
        "budgeting/projects.html",
        found=found,
        wanted=wanted,
        state=stare if wanted.group else "",
        groups=GROUPS,
        number=pagina,
        first=(pagina - 1) * PAGE + 1,
    )


@get("/buget/{year:str}/proiecte/{number:str}", opt=public())
async def project(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Show one project: what it is, what it would cost, what the review found, how it is carried out."""
    found = await db.read(project_page, authority.id, key_in(year), key_in(number))
    today = at.astimezone(ZONE).date()
    return page(
        request,
        "budgeting/project.html",
        # A step is late from the day after its own.
        changes_at=last_instant(today, ZONE) if found.progress else None,
        found=found,
        today=today,
        news=NEWS,
        works=WORKS,
        tones=TONES,
    )


def public_photo(db: Session, authority_id: AuthorityId, year: int, number: int, photo: str) -> ProjectPhoto:
    """Return a photograph of a project. Raises NotFound."""
    cycle = find_announced(db, authority_id, year)
    return find_photo(db, find_project(db, cycle.id, number), photo)


@get("/buget/{year:str}/proiecte/{number:str}/fotografii/{photo:str}", opt=public(is_streamed=True))
async def project_photo(
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    year: FromPath[str],
    number: FromPath[str],
    photo: FromPath[str],
) -> Stream:
    """Send a photograph: pages show it, and whoever opens it alone keeps it as a file."""
    found = await db.read(public_photo, authority.id, key_in(year), key_in(number), photo)
    return file_to_keep(settings, found, {"Cache-Control": FOR_A_YEAR}, after=SALT_SIZE)


handlers = [projects, project, project_photo]
