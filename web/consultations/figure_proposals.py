"""The composer for the figures of a draft budget: about a line, or money from one line to another; a contestation.

As in the composer of the text, what was written travels in the form until it is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId, find_published
from consult.consultations.figure_proposals import (
    Checked,
    FigureProposal,
    check_figure_proposal,
    submit_figure_proposal,
)
from consult.consultations.figures import newest_figures
from consult.consultations.further_packs import Contesting, contesting
from consult.consultations.letters import LONGEST_CONTACT
from consult.consultations.recommendations import Kind
from consult.consultations.submissions import AlreadyProposed
from consult.consultations.words import LONGEST_TEXT
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import Organisation, organisations_of
from consult.identity.people import PersonId
from consult.identity.registers import Register, register_key
from consult.library.figures import FigureLine, lines_of
from consult.money import Bani, NotAnAmount, read_amount
from consult.refusals import NotFound, Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.consultations.propose import appears_as, speaking_for
from web.database import Db
from web.fields import line, text, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request


class FigureForm(msgspec.Struct):
    """What is said about the figures. `of`: the line; nothing for the budget as a whole, which can be contested."""

    step: Literal["check", "edit", "send"] = "check"
    kind: Literal[Kind.OBSERVATION, Kind.MOVE] = Kind.OBSERVATION
    of: Annotated[str, verbatim(100)] = ""
    to: Annotated[str, verbatim(100)] = ""
    amount: Annotated[str, line(40)] = ""
    reason: Annotated[str, text(LONGEST_TEXT, missing=N_("Write your proposal."))] = ""
    contests: bool = False
    address: Annotated[str, line(LONGEST_CONTACT)] = ""
    acting_for: int | None = None
    named: bool = False


@dataclass(frozen=True)
class FigureDesk:
    """What the composer shows: the line that is meant, all lines to which money could go, the time to contest."""

    consultation: Consultation
    line: FigureLine | None
    lines: Sequence[FigureLine]
    contesting: Contesting | None
    organisations: Sequence[Organisation]


def figure_desk(db: Session, authority_id: AuthorityId, reference: str, key: str, *, person_id: PersonId) -> FigureDesk:
    """Read what the composer shows. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    lines = lines_of(db, newest_figures(db, consultation.id).table_id)
    found = next((each for each in lines if each.key == key), None)
    if key and found is None:
        raise NotFound
    return FigureDesk(consultation, found, lines, contesting(db, consultation), organisations_of(db, person_id))


@get("/consultari/{reference:str}/propune/cifre", opt=signed_in("recommendation.submit"))
async def compose(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
    rand: FromQuery[str] = "",
) -> Response[str]:
    """Show the page on which something is said about a line, or the budget is contested."""
    desk = await db.read(figure_desk, authority.id, reference, rand, person_id=actor.person_id)
    form = blank(FigureForm, of=rand, kind=Kind.OBSERVATION)
    return writing_page(request, form, desk, at, by=actor)


@post("/consultari/{reference:str}/propune/cifre", opt=signed_in("recommendation.submit"))
async def check_or_send(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], reference: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what was written as it will stand, or send it."""
    form: Form[FigureForm] = await read_form(request, FigureForm)
    desk = await db.read(figure_desk, authority.id, reference, form.text("of"), person_id=actor.person_id)
    proposal = proposal_in(form)
    if form.data is None or proposal is None or form.data.step == "edit":
        return writing_page(request, form, desk, form.received_at, by=actor)
    consultation_id = desk.consultation.id
    try:
        by = await speaking_for(db, actor, form.data.acting_for)
        if form.data.step == "send":
            return see_other(request, await send(db, form, authority.id, desk.consultation, proposal, by))
        found = await db.read(check_figure_proposal, consultation_id, proposal=proposal, by=by, at=form.received_at)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, wording="reason")
        earlier = str(refusal.facts["reference"]) if isinstance(refusal, AlreadyProposed) else ""
        return writing_page(request, form, desk, form.received_at, by=actor, earlier=earlier)
    return check_page(request, form, found, author=appears_as(by, named=form.data.named))


async def send(
    db: Db, form: Form[FigureForm], authority_id: AuthorityId, own: Consultation, proposal: FigureProposal, by: Actor
) -> str:
    """Send what was written, once however often it arrives; return the page that confirms it."""
    consultation_id: ConsultationId = own.id
    return await db.act_once_alone(
        register_key(Register.RECOMMENDATIONS, authority_id),
        form,
        submit_figure_proposal,
        lambda sent: links.confirmation(own.reference, sent.reference),
        consultation_id,
        proposal=proposal,
        named=form.text("named") == "1",
        by=by,
        at=form.received_at,
    )


def proposal_in(form: Form[FigureForm]) -> FigureProposal | None:
    """Return what a form says; None, with what is wrong in the form, where it cannot be read."""
    data = form.data
    if data is None:
        return None
    if not data.of and not data.contests:
        form.add("contests", gettext("Tick the box: those who live here may contest the draft budget."))
        return None
    if data.kind is not Kind.MOVE:
        return FigureProposal(data.of or None, None, None, data.reason, data.contests, data.address)
    try:
        amount = read_amount(data.amount)
    except NotAnAmount:
        form.add("amount", gettext("Write an amount in lei, such as 150.000."))
        return None
    return FigureProposal(data.of or None, data.to, amount, data.reason, data.contests, data.address)


def writing_page(
    request: Request, form: Form[FigureForm], desk: FigureDesk, at: datetime, *, by: Actor, earlier: str = ""
) -> Response[str]:
    """Show the page on which it is written, with everything that was written so far."""
    time = desk.contesting
    return page(
        request,
        "consultations/propose_figures.html",
        status=422 if form.errors else 200,
        form=form,
        desk=desk,
        earlier=links.recommendation(desk.consultation.reference, earlier) if earlier else "",
        is_open=desk.consultation.is_open_at(at),
        contesting=time if time and time.is_open_at(at) else None,
        is_resident=by.is_verified,
    )


def check_page(request: Request, form: Form[FigureForm], found: Checked, *, author: str) -> Response[str]:
    """Show what was written as everybody will see it, and what each line would have before and after."""
    figures = found.about.figures
    return page(
        request,
        "consultations/propose_figures_check.html",
        form=form,
        found=found,
        amount=Bani(figures.amount) if figures and figures.amount else None,
        author=author,
    )


handlers = [compose, check_or_send]
