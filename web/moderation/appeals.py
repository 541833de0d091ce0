"""An author appeals against the hiding of a proposal; officials who did not hide it decide, with reasons."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.consultations.appealing import LONGEST_APPEAL, AppealPage, appeal, appeal_page, decide_appeal
from consult.consultations.appeals import AppealId, Outcome
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.refusals import Refusal
from web.access import at_desk, signed_in
from web.answers import page, see_other
from web.consultations.confirmation import Sent, sent_by
from web.database import Db
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in
from web.moderation.unseen import forget_copies

OWN = "/consultari/{reference:str}/propuneri/{number:str}/contestatie"


class AppealForm(msgspec.Struct):
    """Why the decision is wrong."""

    reasons: Annotated[str, text(LONGEST_APPEAL, missing=N_("Write why the decision is wrong."))]


class DecisionForm(msgspec.Struct):
    """What becomes of an appeal, and why."""

    outcome: Annotated[Outcome, asks(N_("Choose what you decide."))]
    reasons: Annotated[str, text(LONGEST_APPEAL, missing=N_("Write why you decide so; everybody reads it."))]
    withheld: bool = False


def own_page(request: Request, sent: Sent, form: Form[AppealForm]) -> Response[str]:
    """Return the page on which an author appeals."""
    status = 422 if form.errors else 200
    return page(request, "moderation/appeal.html", status=status, sent=sent, form=form, most=LONGEST_APPEAL)


@get(OWN, opt=signed_in("moderation.appeal"))
async def ask(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Ask the author why the decision is wrong."""
    sent = await db.read(sent_by, authority.id, reference, number, actor=actor)
    return own_page(request, sent, blank(AppealForm))


@post(OWN, opt=signed_in("moderation.appeal"))
async def lodge(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Take the appeal."""
    form = await read_form(request, AppealForm)
    sent = await db.read(sent_by, authority.id, reference, number, actor=actor)
    if form.data is None:
        return own_page(request, sent, form)
    place = links.confirmation(reference, number)
    try:
        where = await db.act_once(
            form,
            appeal,
            lambda _: place,
            sent.recommendation.id,
            reasons=form.data.reasons,
            by=sent.by,
            at=form.received_at,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return own_page(request, sent, form)
    return see_other(
        request, where, flash=gettext("Your appeal was received. Somebody else than who decided reads it.")
    )


def desk_page(request: Request, found: AppealPage, form: Form[DecisionForm]) -> Response[str]:
    """Return the page on which an appeal is decided."""
    status = 422 if form.errors else 200
    return page(request, "moderation/appeal_decision.html", status=status, found=found, form=form, most=LONGEST_APPEAL)


@get(f"{links.DESK_MODERATION}/contestatii/{{appeal_id:str}}", opt=at_desk("draft.read"))
async def show(request: Request, db: Given[Db], actor: Given[Actor], appeal_id: FromPath[str]) -> Response[str]:
    """Show both sides of an appeal, and to whom it is not their own decision the form."""
    found = await db.read(appeal_page, AppealId(key_in(appeal_id)), by=actor)
    return desk_page(request, found, blank(DecisionForm))


@post(f"{links.DESK_MODERATION}/contestatii/{{appeal_id:str}}", opt=at_desk("appeal.decide"))
async def decide(request: Request, db: Given[Db], actor: Given[Actor], appeal_id: FromPath[str]) -> Response[Any]:
    """Decide an appeal."""
    form = await read_form(request, DecisionForm)
    found = await db.read(appeal_page, AppealId(key_in(appeal_id)), by=actor)
    if form.data is None:
        return desk_page(request, found, form)
    where = await db.act_once(
        form,
        decide_appeal,
        lambda it: links.desk_appeal(it.id),
        found.appeal.id,
        outcome=form.data.outcome,
        reasons=form.data.reasons,
        withheld=form.data.withheld,
        by=actor,
        at=form.received_at,
    )
    forget_copies(request)
    upheld = form.data.outcome is Outcome.UPHELD
    said = gettext("The text can be read by everybody again. Its author was told.") if upheld else None
    return see_other(request, where, flash=said or gettext("The text stays hidden. Its author was told why."))


handlers = [ask, lodge, show, decide]
