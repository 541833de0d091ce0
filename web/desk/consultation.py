"""A consultation at the desk: the list of all, a new one, and the page on which each is led from stage to stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery

from consult import links
from consult.consultations.announcements import create_consultation
from consult.consultations.consultations import ConsultationId, Stage
from consult.consultations.desk import DeskPage, desk_page, list_at_desk
from consult.consultations.steps import StepKind
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import Within, may, require
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.works import action_of, place_of
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, PageNumber, Request

LONGEST_TITLE = 300


class NewConsultation(msgspec.Struct):
    """What a consultation begins with."""

    title: Annotated[str, line(LONGEST_TITLE, missing=N_("Write the title of the draft."))]


@get(links.DESK_CONSULTATIONS, opt=at_desk())
async def consultations(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """List what is prepared and what was published."""
    listing = await db.read(list_at_desk, authority.id, page=pagina)
    house = Within(authority.id)
    return page(
        request,
        "desk/consultations.html",
        listing=listing,
        at=at,
        pagina=pagina,
        may_begin=may("draft.create", actor, house),
        may_keep_templates=may("template.keep", actor, house),
        may_read_contacts=may("contacts.read", actor, house),
    )


@get(links.NEW_CONSULTATION, opt=at_desk("draft.create"))
async def new(request: Request, authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """Ask for the title of a new consultation."""
    require("draft.create", actor, Within(authority.id))
    return page(request, "desk/consultation_new.html", form=blank(NewConsultation))


@post(links.NEW_CONSULTATION, opt=at_desk("draft.create"))
async def begin(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Begin a consultation and lead to its task list."""
    require("draft.create", actor, Within(authority.id))
    form: Form[NewConsultation] = await read_form(request, NewConsultation)
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                create_consultation,
                lambda made: links.desk_consultation(made.id),
                authority.id,
                title=form.data.title,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("The draft is begun. Nobody outside sees it yet."))
    return page(request, "desk/consultation_new.html", status=422, form=form)


@get("/", opt=at_desk("draft.read"))
async def consultation(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show how far a consultation is and what comes next."""
    desk = await db.read(desk_page, consultation_id, by=actor, at=at)
    own = desk.consultation
    return page(
        request,
        "desk/consultation.html",
        consultation=own,
        desk=desk,
        stage=own.stage_at(at),
        stages=list(stage_line(desk, at)),
        action=desk.due and action_of(desk.due),
        action_href=desk.due and place_of(desk.due),
        may_edit=may("draft.edit", actor, own),
        may_take_steps=may("answers.publish", actor, own),
    )


@dataclass(frozen=True)
class StageReached:
    """One stage of the line: `state` is done, now or later; `day` is when it ends, as far as that is known."""

    title: str
    state: str
    day: date | None = None


#: Where on the line a consultation stands, by its stage.
PLACES = {
    Stage.DRAFT: 0,
    Stage.APPROVAL: 1,
    Stage.PROPOSALS: 2,
    Stage.ANALYSIS: 3,
    Stage.ANSWERED: 4,
    Stage.SUBMITTED: 5,
    Stage.ADOPTED: 6,
    Stage.REJECTED: 6,
    Stage.WITHDRAWN: 6,
}


def stage_line(desk: DeskPage, at: datetime) -> Iterator[StageReached]:
    """Return the stages of the procedure as the desk sees them."""
    own = desk.consultation
    submission = desk.steps.get(StepKind.SUBMISSION)
    decision = desk.steps.get(StepKind.OUTCOME) or desk.steps.get(StepKind.SESSION)
    stages = (
        (N_("Draft"), None),
        (N_("Approval"), own.announced_on),
        (N_("Proposals"), own.proposals_until),
        (N_("Answers"), None),
        (N_("Avizare"), submission.on if submission else own.submission_on),
        (N_("Council decision"), decision.on if decision else None),
    )
    here = PLACES[own.stage_at(at)]
    for place, (title, day) in enumerate(stages):
        yield StageReached(title, "done" if place < here else "now" if place == here else "later", day)


handlers = [consultations, new, begin]
of_one = [consultation]
