"""What became of the winners: in public for everybody, and at the desk where it is told."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.cycles import find_announced
from consult.budgeting.progress import LONGEST_NEWS, News, NewsKind, Progress, SumMissing, progress_of, tell_news
from consult.budgeting.progress_pages import carried_out
from consult.budgeting.projects import Project, find_project
from consult.budgeting.winners import has_won
from consult.i18n import N_, ZONE, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import require
from consult.money import Bani, NotAnAmount, read_amount
from consult.policy.deadlines import last_instant
from consult.refusals import NotFound
from web.access import at_desk, public
from web.answers import page
from web.budgeting.progress_words import NEWS, TONES, WORKS
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

PART = "realizare"


class NewsForm(msgspec.Struct):
    """What happened. `amount`: in lei, as written; `milestone`: which planned step."""

    kind: Annotated[NewsKind, asks(N_("Choose what happened."))]
    words: Annotated[str, text(LONGEST_NEWS, missing=N_("Write what happened: everybody reads it."))]
    amount: Annotated[str, line(40)] = ""
    due: date | None = None
    milestone: int | None = None
    url: Annotated[str, line(500)] = ""


@get(f"{links.BUDGETS}/{{year:str}}/realizare", opt=public())
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], year: FromPath[str]
) -> Response[str]:
    """Show what became of a year's winners."""
    found = await db.read(carried_out, authority.id, key_in(year), at)
    if not found.cycle.results_published_at:
        raise NotFound
    changes_at = last_instant(at.astimezone(ZONE).date(), ZONE)
    return page(request, "budgeting/progress.html", changes_at=changes_at, found=found, words=WORKS, tones=TONES)


def project_at_work(
    db: Session, authority_id: AuthorityId, year: int, number: int, by: Actor
) -> tuple[Project, Progress]:
    """Return a winner as officials see it. Raises NotFound, NotPermitted."""
    project = find_project(db, find_announced(db, authority_id, year).id, number)
    require("project.carry_out", by, project)
    if not has_won(db, project):
        raise NotFound
    return project, progress_of(db, project.id)


@get("/birou/buget/{year:str}/proiecte/{number:str}/realizare", opt=at_desk("project.carry_out"))
async def ask(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Ask what happened to a winner."""
    found = await db.read(project_at_work, authority.id, key_in(year), key_in(number), actor)
    return news_page(request, *found, blank(NewsForm), at)


@post("/birou/buget/{year:str}/proiecte/{number:str}/realizare", opt=at_desk("project.carry_out"))
async def tell(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:
    """Tell what happened to a winner."""
    form: Form[NewsForm] = await read_form(request, NewsForm)
    project, progress = await db.read(project_at_work, authority.id, key_in(year), key_in(number), actor)
    if form.data is not None:
        said = gettext("It is public, and the author of the project is written to.")
        where = links.desk_project(project.cycle.year, project.number, PART)
        deed = Deed(request, db, form, actor, lambda _: where, said, alone=f"project:{project.id}")
        try:
            news = news_of(form.data)
        except NotAnAmount:
            form.refuse(SumMissing())
        else:
            done = await deed.do(tell_news, project.id, news)
            if done is not None:
                return done
    return news_page(request, project, progress, form, form.received_at, status=422)


def news_of(said: NewsForm) -> News:
    """Return what a form tells. Raises NotAnAmount."""
    amount: Bani | None = read_amount(said.amount) if said.amount else None
    return News(said.kind, said.words, amount, said.due, said.milestone, said.url)


def news_page(
    request: Request, project: Project, progress: Progress, form: Form[NewsForm], at: datetime, *, status: int = 200
) -> Response[str]:
    """Return the page on which officials tell what happened."""
    planned = [(number, each) for number, each in enumerate(progress.milestones, 1) if each.reached_on is None]
    return page(
        request,
        "budgeting/desk_progress.html",
        status=status,
        it=project,
        progress=progress,
        form=form,
        kinds=[(kind.value, gettext(words)) for kind, words in NEWS.items()],
        planned=[("", "–"), *((number, each.name) for number, each in planned)],
        news=NEWS,
        words=WORKS,
        tones=TONES,
        today=at.astimezone(ZONE).date(),
    )


handlers = [show, ask, tell]
