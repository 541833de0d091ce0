"""Giving proposals to departments and officials, keeping alike ones as a group, approving drafted answers.

The buttons of the sheet (`sheet`) for what is ticked, and the page on which whole articles are given out at once.
"""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery

from consult import links
from consult.consultations.alike import keep_group, leave_group
from consult.consultations.alike_suggestions import suggested_groups
from consult.consultations.answer_approval import approve_answers, return_answers
from consult.consultations.assignments import assign, suggested_term, take_back
from consult.consultations.consultations import ConsultationId
from consult.consultations.drafts import find_for_desk
from consult.consultations.procedure import local_day
from consult.consultations.routing import RoutingPage, routing_page
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import Within, require
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.bench import Bench
from web.desk.sheet import AssignForm, Narrowed, ReturnForm, TickedForm, hands_in, offered, usual_recipient
from web.fields import asks, line, several
from web.forms import Form, blank, read_form
from web.given import Given, Request

#: More articles than the longest code has.
MOST_ARTICLES = 2_000
GIVEN_OUT = N_("Given out. Those who answer have been written to.")


class ArticlesForm(msgspec.Struct):
    """To whom everything about some articles is given, and until when."""

    articles: Annotated[list[str], several(MOST_ARTICLES, missing=N_("Tick at least one article."))]
    to: Annotated[str, line(20, missing=N_("Choose a department or an official."))]
    due_on: Annotated[date, asks(N_("Write the last day for drafting the answers."))]


@get("/propuneri/repartizare", opt=at_desk("recommendation.route"))
async def by_articles(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
    articol: FromQuery[str] = "",
) -> Response[str]:
    """Show what was received by article, with a form that gives whole articles out; one ticked where asked for."""
    require("recommendation.route", actor, Within(authority.id))
    found = await db.read(routing_page, consultation_id, by=actor)
    to, due_on = usual_recipient(found.recipients, found.consultation), suggested_term(found.consultation, at)
    form = blank(ArticlesForm, articles=[articol], to=to, due_on=due_on)
    return articles_page(request, found, form, at)


@post("/propuneri/repartizare", opt=at_desk("recommendation.route"))
async def assign_articles(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Give out everything about the ticked articles that is nobody's yet."""
    require("recommendation.route", actor, Within(authority.id))
    form: Form[ArticlesForm] = await read_form(request, ArticlesForm)
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                assign,
                lambda _count: links.desk_consultation(consultation_id, "propuneri/repartizare"),
                consultation_id,
                articles=form.data.articles,
                to=hands_in(form.data.to),
                due_on=form.data.due_on,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext(GIVEN_OUT))
    found = await db.read(routing_page, consultation_id, by=actor)
    return articles_page(request, found, form, at)


def articles_page(request: Request, found: RoutingPage, form: Form[ArticlesForm], at: datetime) -> Response[str]:
    """Return the page on which whole articles are given out."""
    own = found.consultation
    return page(
        request,
        "desk/routing.html",
        status=422 if form.errors else 200,
        consultation=own,
        found=found,
        form=form,
        recipients=offered(found.recipients),
        today=local_day(at),
        hrefs={each.key: Narrowed(article=each.key).address(own.id) for each in found.articles},
        own=links.desk_consultation(own.id),
    )


@post("/propuneri/da", opt=at_desk("recommendation.route"))
async def assign_ticked(bench: Given[Bench]) -> Response[Any]:
    """Give what is ticked to a department or an official."""
    form = await bench.read(AssignForm, "recommendation.route")
    if form.data is None:
        return await bench.show(form)
    return await bench.do(
        form,
        gettext(GIVEN_OUT),
        assign,
        recommendation_ids=form.data.chosen,
        to=hands_in(form.data.to),
        due_on=form.data.due_on,
        by=bench.actor,
        at=form.received_at,
    )


@post("/propuneri/ia-inapoi", opt=at_desk("recommendation.route"))
async def take_ticked_back(bench: Given[Bench]) -> Response[Any]:
    """Take what is ticked out of the hands in which it is."""
    form = await bench.read(TickedForm, "recommendation.route")
    if form.data is None:
        return await bench.show(form)
    said = gettext(N_("They are in nobody's hands now."))
    return await bench.do(
        form, said, take_back, recommendation_ids=form.data.chosen, by=bench.actor, at=form.received_at
    )


@post("/propuneri/aproba", opt=at_desk("answers.publish"))
async def approve_ticked(bench: Given[Bench]) -> Response[Any]:
    """Approve the drafted answers of what is ticked."""
    form = await bench.read(TickedForm, "answers.publish")
    if form.data is None:
        return await bench.show(form)
    said = gettext(N_("Approved. They are published together with all others."))
    return await bench.do(
        form, said, approve_answers, recommendation_ids=form.data.chosen, by=bench.actor, at=form.received_at
    )


@post("/propuneri/intoarce", opt=at_desk("answers.publish"))
async def return_ticked(bench: Given[Bench]) -> Response[Any]:
    """Send the drafted answers of what is ticked back, with a note."""
    form = await bench.read(ReturnForm, "answers.publish")
    if form.data is None:
        return await bench.show(form)
    said = gettext(N_("Sent back. Those who drafted them have been written to."))
    return await bench.do(
        form,
        said,
        return_answers,
        recommendation_ids=form.data.chosen,
        note=form.data.note,
        by=bench.actor,
        at=form.received_at,
    )


@get("/propuneri/asemanatoare", opt=at_desk("recommendation.answer"))
async def show_alike(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    articol: FromQuery[str] = "",
) -> Response[str]:
    """Show what seems to say the same, each group with a form that keeps it."""
    require("recommendation.answer", actor, Within(authority.id))
    consultation = await db.read(find_for_desk, consultation_id, actor)
    groups = await db.read(suggested_groups, consultation_id, article=articol)
    own = links.desk_consultation(consultation_id)
    forms = [blank(TickedForm) for _ in groups]
    return page(request, "desk/alike.html", consultation=consultation, groups=groups, forms=forms, own=own)


@post("/propuneri/grup", opt=at_desk("recommendation.answer"))
async def keep_ticked_together(bench: Given[Bench]) -> Response[Any]:
    """Keep what is ticked as alike: one reason answers all of it."""
    form = await bench.read(TickedForm, "recommendation.answer")
    if form.data is None:
        return await bench.show(form)
    said = gettext(N_("Kept as a group: one answer is for all of them."))
    return await bench.do(form, said, keep_group, recommendation_ids=form.data.chosen, by=bench.actor)


@post("/propuneri/din-grup", opt=at_desk("recommendation.answer"))
async def take_ticked_out(bench: Given[Bench]) -> Response[Any]:
    """Take what is ticked out of its group."""
    form = await bench.read(TickedForm, "recommendation.answer")
    if form.data is None:
        return await bench.show(form)
    said = gettext(N_("Each gets an answer of its own now."))
    return await bench.do(form, said, leave_group, recommendation_ids=form.data.chosen, by=bench.actor)


handlers = [
    by_articles,
    assign_articles,
    assign_ticked,
    take_ticked_back,
    approve_ticked,
    return_ticked,
    show_alike,
    keep_ticked_together,
    take_ticked_out,
]
