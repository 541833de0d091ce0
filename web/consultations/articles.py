"""One article with everything that is said about it: each proposal as a change of its words, its reason, the answer."""

from datetime import datetime
from typing import Any

from litestar import Response

from consult import links
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.text_pages import ArticlePage, Elsewhere, article_page
from consult.consultations.tracked_changes import Mark, word_changes
from consult.identity.authorities import Authority
from web.answers import page, see_other
from web.consultations.changed_articles import Pieces
from web.database import Db
from web.given import Request


async def article_shown(
    request: Request, db: Db, authority: Authority, at: datetime, reference: str, key: str, *, after: int
) -> Response[Any]:  # Any: a page, or the way to where the article stands today
    """Show an article in the newest version; one that is gone, in the last version that had it."""
    try:
        found: ArticlePage = await db.read(article_page, authority.id, reference, key, after=after)
    except Elsewhere as elsewhere:
        return see_other(request, links.article(reference, elsewhere.key, place=elsewhere.place))
    is_open = not found.is_gone and found.consultation.is_open_at(at)
    return page(
        request,
        "consultations/article.html",
        changes_at=found.consultation.closes_at if is_open else None,
        found=found,
        changes={each.id: change_of(each, found.read.get(each.id, "")) for each in found.rows.recommendations},
        after=after,
        is_open=is_open,
    )


def change_of(recommendation: Recommendation, read: str) -> Pieces | None:
    """Return what an amendment does to the words that its author read; None for an observation, or without words."""
    words = recommendation.words
    return change_asked(recommendation.kind, read, words["wording"]) if words else None


def change_asked(kind: Kind, read: str, wording: str) -> Pieces | None:
    """Return what an amendment of a kind does to the words that are there; None for an observation."""
    match kind:
        case Kind.OBSERVATION | Kind.MOVE:
            return None
        case Kind.DELETION:
            return ((Mark.REMOVED.value, read),)
        case Kind.INSERTION:
            return ((Mark.ADDED.value, wording),)
        case Kind.CHANGE:
            return compared(read, wording)


def compared(old: str, new: str) -> Pieces:
    """Return the change from one wording to another."""
    return tuple((segment.mark.value, segment.text) for segment in word_changes(old, new))
