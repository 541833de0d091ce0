"""Answering recommendations: many alike ones at once, in private, until all answers are published (`responses`)."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromQuery

from consult.consultations.alike import with_alike
from consult.consultations.answer_templates import AnswerTemplateId, find_template
from consult.consultations.answering import AnsweringPage
from consult.consultations.assignments import suggested_term
from consult.consultations.recommendations import RecommendationId
from consult.consultations.responses import draft_answers
from consult.i18n import ngettext
from consult.identity.authorities import Authority
from web.access import at_desk
from web.desk.bench import Bench
from web.desk.sheet import AnswerForm, Sheet, usual_recipient
from web.forms import blank
from web.given import Given


@get("/propuneri", opt=at_desk("draft.read"))
async def proposals(bench: Given[Bench], bifate: FromQuery[str] = "") -> Response[str]:
    """Show the proposals to answer; those of the page ticked where the address says so (`bifate=toate`)."""
    found = await bench.found()
    ticked = to_tick(found) if bifate == "toate" else []
    to, due_on = usual_recipient(found.recipients, found.consultation), suggested_term(found.consultation, bench.at)
    form = blank(Sheet, recommendations=ticked, to=to, due_on=due_on)
    return await bench.show(form, found)


@post("/propuneri", opt=at_desk("recommendation.answer"))
async def answer(bench: Given[Bench]) -> Response[Any]:
    """Draft one answer for all that are ticked, and for what is kept as alike with them."""
    form = await bench.read(AnswerForm, "recommendation.answer")
    if form.data is None:
        return await bench.show(form)
    chosen = [RecommendationId(key) for key in form.data.recommendations]
    count = len(await bench.db.read(with_alike, chosen))
    said = ngettext(
        "The answer is drafted for %(num)d proposal. Nobody outside sees it yet.",
        "The answer is drafted for %(num)d proposals. Nobody outside sees it yet.",
        count,
    )
    return await bench.do(
        form,
        said % {"num": count},
        draft_answers,
        recommendation_ids=chosen,
        verdict=form.data.verdict,
        reason=form.data.reason,
        seen=form.data.seen,
        by=bench.actor,
        at=form.received_at,
    )


@post("/propuneri/sablon", opt=at_desk("recommendation.answer"))
async def begin_with_template(bench: Given[Bench], authority: Given[Authority]) -> Response[str]:
    """Put a template's words into the reason, after what stands there; nothing is saved."""
    form = await bench.read(Sheet, "recommendation.answer")
    if form.data is None or form.data.template is None:
        return await bench.show(form)
    template = await bench.db.read(find_template, authority.id, AnswerTemplateId(form.data.template))
    stands = {name: form.texts(name) for name in Sheet.__struct_fields__ if name != "template"}
    reason = "\n\n".join(filter(None, [form.data.reason, template.words]))
    return await bench.show(blank(Sheet, **(stands | {"reason": [reason]})))


def to_tick(found: AnsweringPage) -> list[RecommendationId]:
    """Return whom one link ticks: what has no answer yet, so that no drafted one is replaced unawares.

    Where everything on the page has a drafted answer, all of it: whoever looks at drafts alone means to change them.
    """
    open_ = [row for row in found.rows if row.can_be_answered]
    return [row.recommendation.id for row in open_ if row.draft is None] or [row.recommendation.id for row in open_]


handlers = [proposals, answer, begin_with_template]
