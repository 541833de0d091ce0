"""The second pair of eyes: everything as the public will see it, asked for by a clerk, approved or sent back."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post

from consult import links
from consult.consultations.as_read import approve_as_read
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.desk import DeskPage, desk_page
from consult.consultations.documents import AlreadyPublished
from consult.consultations.doubts import doubts_about_draft
from consult.consultations.drafts import request_approval, return_to_clerk
from consult.consultations.grammar.misread import misread_words
from consult.consultations.procedure import UnlawfulDates, local_day
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.permissions import may
from consult.identity.predicates import hands
from consult.identity.registers import Register, register_key
from consult.refusals import NotPermitted, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.cut import cut, cut_page, remarks_on
from web.desk.documents import KIND_NAMES
from web.fields import text
from web.forms import Form, blank, read_form
from web.given import Given, Request

#: What the announcement says in words of its own, whose letters may have been damaged on their way.
SAID = ("title", "summary", "justification", "domain", "initiator", "department", "ways_to_send", "channels")


class ApprovalRequest(msgspec.Struct):
    """A clerk asks for the second pair of eyes."""


class Approval(msgspec.Struct):
    """A second official publishes what they read. `edition`: which it was."""

    edition: int


class Return(msgspec.Struct):
    """A second official sends the draft back."""

    note: Annotated[str, text(2000, missing=N_("Write what should be changed."))]


@get("/verifica", opt=at_desk("draft.read"))
async def verify(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show everything as the public will see it."""
    return await verify_page(request, db, actor, at, consultation_id, blank(Return))


@post("/verifica/cere", opt=at_desk("draft.edit"))
async def ask(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Ask for approval."""
    form: Form[ApprovalRequest] = await read_form(request, ApprovalRequest)
    where = links.desk_consultation(consultation_id)
    try:
        await db.act_once(
            form,
            request_approval,
            lambda _nothing: where,
            consultation_id,
            by=actor,
            at=form.received_at,
        )
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return await verify_page(request, db, actor, at, consultation_id, form)
    return see_other(request, where, flash=gettext("Approval is asked for. The approvers have been written to."))


@post("/verifica/aproba", opt=at_desk("draft.approve"))
async def approve(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Publish the consultation."""
    form: Form[Approval] = await read_form(request, Approval)
    where = links.desk_consultation(consultation_id)
    try:
        if form.data is not None:
            await db.act_once_alone(
                register_key(Register.CONSULTATIONS, authority.id),
                form,
                approve_as_read,
                lambda _public: where,
                consultation_id,
                edition=form.data.edition,
                by=actor,
                at=form.received_at,
            )
            return see_other(request, where, flash=gettext("The consultation is public."))
    except NotPermitted:
        raise
    except UnlawfulDates as refusal:
        form.add("", f"{refusal.explain()} {gettext('Send the draft back, so that its dates are chosen again.')}")
    except Refusal as refusal:
        form.refuse(refusal)
    return await verify_page(request, db, actor, at, consultation_id, form)


@post("/verifica/trimite-inapoi", opt=at_desk("draft.approve"))
async def send_back(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Send the draft back with a note."""
    form: Form[Return] = await read_form(request, Return)
    where = links.desk_consultation(consultation_id)
    if form.data is not None:
        try:
            await db.act_once(
                form,
                return_to_clerk,
                lambda _nothing: where,
                consultation_id,
                note=form.data.note,
                by=actor,
                at=form.received_at,
            )
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("The draft is sent back with your note."))
    return await verify_page(request, db, actor, at, consultation_id, form, note=form)


async def verify_page(
    request: Request,
    db: Db,
    actor: Actor,
    at: datetime,
    consultation_id: ConsultationId,
    form: Form[Any],
    *,
    note: Form[Return] | None = None,
) -> Response[str]:
    """Return the page with whatever this official may do on it. `form`: of whichever of its buttons was pressed."""
    desk = await db.read(desk_page, consultation_id, by=actor, at=at)
    own = desk.consultation
    if own.is_public:
        raise AlreadyPublished
    parsed = await run_sync(cut, desk.text.text) if desk.text else None
    return page(
        request,
        "desk/approval.html",
        status=422 if form.errors else 200,
        consultation=own,
        desk=desk,
        missing=[part for part in desk.parts if not part.is_done],
        parsed=parsed,
        cut=cut_page(parsed, 1) if parsed else None,
        remarks=remarks_on(parsed) if parsed else [],
        kinds={kind: gettext(name) for kind, name in KIND_NAMES.items()},
        form=form,
        note=note or blank(Return),
        doubts=doubts_about_draft(own, today=local_day(at)),
        damaged=[str(word) for said in SAID for word in misread_words(getattr(own, said))],
        is_early=own.announced_on is not None and own.announced_on > local_day(at),
        eyes=eyes(desk, actor),
        own=links.desk_consultation(consultation_id),
    )


def eyes(desk: DeskPage, by: Actor) -> str:
    """Return what this official can do with the draft: `ask`, `approve`, or why neither: `own`, `others`, `waits`."""
    own: Consultation = desk.consultation
    if own.stage is Stage.APPROVAL:
        if may("draft.approve", by, own):
            return "approve"
        return "own" if Role.APPROVER in by.roles and by.person_id in hands(own) else "others"
    return "ask" if may("draft.edit", by, own) else "waits"


handlers = [verify, ask, approve, send_back]
