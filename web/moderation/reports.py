"""A reader reports a proposal: which rule it breaks and why. No account is needed."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.reader_reports import LONGEST_REPORT, report_recommendation
from consult.consultations.recommendations import Recommendation, find_recommendation
from consult.i18n import N_, current_locale
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.limits import admit_stranger
from consult.identity.names import EMAIL_LENGTH
from consult.record.moderation_rules import RULES, ModerationRule
from consult.refusals import Refusal
from web.access import ANYONE
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.identity.visitors import address_of

Spoken = tuple[Consultation, Recommendation]


class ReportForm(msgspec.Struct):
    """What a reader says of a proposal."""

    rule: Annotated[ModerationRule, asks(N_("Choose the rule that it breaks."))]
    words: Annotated[str, text(LONGEST_REPORT)] = ""
    email: Annotated[str, line(EMAIL_LENGTH)] = ""


def spoken_of(db: Session, authority_id: AuthorityId, reference: str, number: str) -> Spoken:
    """Read the proposal that somebody speaks of. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    return consultation, find_recommendation(db, consultation.id, number)


def form_page(request: Request, spoken: Spoken, form: Form[ReportForm], *, status: int = 200) -> Response[str]:
    """Return the page with the form."""
    consultation, it = spoken
    return page(
        request,
        "moderation/report.html",
        status=status,
        consultation=consultation,
        it=it,
        form=form,
        rules=RULES,
        most=LONGEST_REPORT,
    )


@get("/consultari/{reference:str}/propuneri/{number:str}/semnalare", opt=ANYONE)
async def ask(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], number: FromPath[str]
) -> Response[str]:
    """Ask what is wrong with a proposal."""
    spoken = await db.read(spoken_of, authority.id, reference, number)
    return form_page(request, spoken, blank(ReportForm))


@post("/consultari/{reference:str}/propuneri/{number:str}/semnalare", opt=ANYONE)
async def report(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], number: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Take a report."""
    form = await read_form(request, ReportForm)
    spoken = await db.read(spoken_of, authority.id, reference, number)
    if form.data is None:
        return form_page(request, spoken, form, status=422)
    try:
        await db.act(admit_stranger, address_of(request), at=form.received_at)
        where = await db.act_once(
            form,
            report_recommendation,
            lambda _: links.report(reference, number, "primita"),
            spoken[1].id,
            rule=form.data.rule,
            words=form.data.words,
            email=form.data.email or None,
            locale=current_locale.get(),
            at=form.received_at,
        )
    except Refusal as refusal:
        return form_page(request, spoken, form, status=refused(form, refusal))
    return see_other(request, where)


@get("/consultari/{reference:str}/propuneri/{number:str}/semnalare/primita", opt=ANYONE)
async def received(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], number: FromPath[str]
) -> Response[str]:
    """Say what happens with a report."""
    consultation, it = await db.read(spoken_of, authority.id, reference, number)
    return page(request, "moderation/report_received.html", consultation=consultation, it=it)


handlers = [ask, report, received]
