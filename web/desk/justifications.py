"""The written justification (art. 12(3)) as a letter to print, for authors who have no e-mail address."""

from litestar import Response, get
from litestar.params import FromPath

from consult import links
from consult.consultations.consultations import ConsultationId
from consult.identity.actors import Actor
from consult.refusals import NotFound
from web.access import at_desk
from web.addresses import absolute
from web.answers import page
from web.database import Db
from web.desk.letters import slip_of
from web.given import Given, Request


@get("/propuneri/{number:str}/justificare", opt=at_desk("recommendation.enter"))
async def justification(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    number: FromPath[str],
) -> Response[str]:
    """Show the answer as a letter to whoever sent a recommendation on paper; none before it is public."""
    found = await db.read(slip_of, consultation_id, number, by=actor)
    if found.recommendation.answered_at is None:
        raise NotFound
    reference = found.recommendation.reference
    return page(
        request,
        "desk/justification.html",
        consultation=found.consultation,
        it=found.recommendation,
        entry=found.entry,
        follow_at=absolute(request, links.recommendation(found.consultation.reference, reference)),
        own=links.desk_consultation(consultation_id),
    )


handlers = [justification]
