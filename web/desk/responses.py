"""Publishing the answers: checked once more together, then public at once, each author written to."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery

from consult import links
from consult.consultations.answer_publication import publish_answers
from consult.consultations.answering import answers_page
from consult.consultations.consultations import ConsultationId
from consult.consultations.report_figures import figures_key
from consult.i18n import gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import Within, may
from consult.refusals import NotPermitted, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.sheet import Narrowed
from web.forms import Form, blank, read_form
from web.given import After, Given, Request


class Publication(msgspec.Struct):
    """The button that makes all answers public."""


@get("/raspunsuri/publica", opt=at_desk("draft.read"))
async def check_answers(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
    dupa: FromQuery[After] = 0,
) -> Response[str]:
    """Show the answers as they will be public, page by page, and what stands in the way."""
    return await publication_page(request, db, actor, at, consultation_id, blank(Publication), after=dupa)


@post("/raspunsuri/publica", opt=at_desk("answers.publish"))
async def publish(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Publish all answers together."""
    form: Form[Publication] = await read_form(request, Publication)
    try:
        where = await db.act_once_alone(
            figures_key(authority.id),
            form,
            publish_answers,
            lambda _count: links.desk_consultation(consultation_id),
            consultation_id,
            by=actor,
            at=form.received_at,
        )
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return await publication_page(request, db, actor, at, consultation_id, form)
    said = gettext("The answers are public. Each author has been written to.")
    return see_other(request, where, flash=said)


async def publication_page(
    request: Request,
    db: Db,
    actor: Actor,
    at: datetime,
    consultation_id: ConsultationId,
    form: Form[Publication],
    *,
    after: int = 0,
) -> Response[str]:
    """Return the page on which all answers are checked before they are published."""
    found = await db.read(answers_page, consultation_id, after=after, by=actor)
    own = found.consultation
    here = links.desk_consultation(consultation_id, "raspunsuri/publica")
    return page(
        request,
        "desk/responses.html",
        status=422 if form.errors else 200,
        consultation=own,
        found=found,
        form=form,
        first_href=here if after else None,
        following=f"{here}?dupa={found.drafted.after}" if found.drafted.after else None,
        is_open=own.is_open_at(at),
        may_answer=may("recommendation.answer", actor, Within(own.authority_id)),
        may_publish=may("answers.publish", actor, Within(own.authority_id)),
        waiting=Narrowed(state="fara-raspuns").address(consultation_id),
        drafts=Narrowed(state="cu-ciorna").address(consultation_id),
        own=links.desk_consultation(consultation_id),
    )


handlers = [check_answers, publish]
