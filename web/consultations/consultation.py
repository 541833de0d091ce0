"""The page of one consultation: where it stands, what it is about, what can be done now, its dates and its news."""

from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from consult import links
from consult.consultations.consultations import find_published
from consult.consultations.pages import consultation_page
from consult.consultations.procedure import local_day
from consult.identity.authorities import Authority
from web.access import public
from web.answers import moved, page
from web.consultations.news import news_of
from web.consultations.stages import next_change, stages_of
from web.database import Db
from web.given import Given, Request


@get("/consultari/{reference:str}", opt=public())
async def short_address(db: Given[Db], authority: Given[Authority], reference: FromPath[str]) -> Response[bytes]:
    """Lead from the address that fits on a poster to the one that says what it is about."""
    consultation = await db.read(find_published, authority.id, reference)
    return moved(links.consultation(consultation.reference, consultation.title))


@get("/consultari/{reference:str}/{slug:str}", opt=public())
async def consultation(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    slug: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to its right address
    """Show a consultation; whatever else stands behind its number leads to it."""
    found = await db.read(consultation_page, authority.id, reference)
    address = links.consultation(found.consultation.reference, found.consultation.title)
    if slug != links.slug(found.consultation.title) or reference != found.consultation.reference:
        return moved(address)
    return page(
        request,
        "consultations/consultation.html",
        changes_at=next_change(found.consultation, found.steps, at),
        found=found,
        stages=stages_of(found.consultation, found.steps, at, answered_at=found.answered_at),
        news=news_of(found),
        at=at,
        today=local_day(at),
    )
