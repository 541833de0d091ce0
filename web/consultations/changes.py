"""What changed from one version to another, article by article, and which proposals caused it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, QueryParameter

from consult.consultations.grammar.kinds import Kind
from consult.consultations.pages import ChangesPage, changes_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.consultations.changed_articles import ChangedArticle
from web.database import Db
from web.given import Given, Request

Older = Annotated[int | None, QueryParameter(name="de-la", ge=1, le=1_000_000)]
Newer = Annotated[int | None, QueryParameter(name="la", ge=1, le=1_000_000)]


@get("/consultari/{reference:str}/schimbari", opt=public("de-la", "la"))
async def changes(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    before: Older = None,
    after: Newer = None,
) -> Response[str]:
    """Show the comparison of two versions, the last two where none are named."""
    found = await db.read(changes_page, authority.id, reference, before=before, after=after)
    # Headings and titles are compared too; they are shown where they changed, and counted nowhere.
    articles = [each for each in found.changes.articles if each.here.kind == Kind.ARTICLE]
    return page(
        request,
        "consultations/changes.html",
        found=found,
        changed=list(changed_articles(found)),
        articles_changed=sum(not each.is_same for each in articles),
        same=[each.here for each in articles if each.is_same],
        steps=list(pairwise(version.number for version in found.versions)),
    )


def changed_articles(found: ChangesPage) -> Iterator[ChangedArticle]:
    """Return the articles that changed, each with the recommendations behind it."""
    newest = found.versions[-1].number
    for change in found.changes.changed:
        yield ChangedArticle(
            change, found.before.number, found.after.number, newest, tuple(found.causes_behind(change))
        )
