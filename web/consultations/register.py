"""The register of what was received, as the law wants it (art. 7(5)), and each recommendation on a page of its own."""

from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from consult.consultations.procedure import local_day
from consult.consultations.recommendations import Source
from consult.consultations.register_pages import RecommendationPage, recommendation_page, register_page
from consult.identity.authorities import Authority
from consult.record.events import RecommendationReceived
from web.access import public
from web.answers import page
from web.consultations.articles import change_of
from web.consultations.words import VERDICTS
from web.database import Db
from web.given import After, Given, Request
from web.record.sentences import role_name

#: By which word the address asks for the contestations of a draft budget.
CONTESTATIONS = "contestatii"


@get("/consultari/{reference:str}/propuneri", opt=public("raspuns", "fel", "dupa"))
async def register(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    raspuns: FromQuery[str] = "",
    fel: FromQuery[str] = "",
    dupa: FromQuery[After] = 0,
) -> Response[str]:
    """Show the register."""
    contestations = fel == CONTESTATIONS
    verdict = None if contestations else VERDICTS.get(raspuns)
    found = await db.read(
        register_page, authority.id, reference, verdict=verdict, only_contestations=contestations, after=dupa
    )
    return page(
        request,
        "consultations/register.html",
        found=found,
        verdict=raspuns if verdict else "",
        contestations=contestations,
        verdicts=VERDICTS,
        after=dupa,
    )


def entered_as(found: RecommendationPage) -> str | None:
    """Return the role of the official who entered a proposal, as the record tells it; None for one sent here."""
    if found.recommendation.source is Source.ONLINE:
        return None
    received = (act.event for act in found.acts if act.event.type == RecommendationReceived.type)
    return next((role_name(event.stated["actor"]["role"]) for event in received), None)


@get("/consultari/{reference:str}/propuneri/{number:str}", opt=public())
async def recommendation(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Show one recommendation: what it says, what was answered, what it changed, and its place in the record."""
    found = await db.read(recommendation_page, authority.id, reference, number)
    return page(
        request,
        "consultations/recommendation.html",
        found=found,
        change=change_of(found.recommendation, found.current),
        entered_as=entered_as(found),
        is_open=found.consultation.is_open_at(at),
        today=local_day(at),
    )
