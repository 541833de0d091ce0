"""Answering recommendations: many alike ones at once, in private, until all answers are published (`responses`)."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery

from consult import links
from consult.consultations.answering import WHOLE_DRAFT, Answering, AnsweringPage, ToAnswer, answering_page
from consult.consultations.consultations import ConsultationId
from consult.consultations.entering import HEARING
from consult.consultations.recommendations import PAGE, Kind, RecommendationId, Verdict
from consult.consultations.responses import LONGEST_REASON, draft_answers
from consult.consultations.tracked_changes import word_changes
from consult.i18n import N_, gettext, ngettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import Within, may, require
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.consultations.words import KINDS
from web.database import Db
from web.desk.changes import Pieces, pieces
from web.fields import asks, several, text
from web.forms import Form, blank, read_form
from web.given import After, Given, Request

#: A page holds no more proposals, so no honest form ticks more.
MOST_AT_ONCE = PAGE
#: The states by the words of the address.
STATES = {
    "fara-raspuns": Answering.WAITING,
    "cu-ciorna": Answering.DRAFTED,
    "cu-raspuns": Answering.PUBLISHED,
    "retrase": Answering.WITHDRAWN,
}
STATE_NAMES = {
    "": N_("All"),
    "fara-raspuns": N_("Without an answer"),
    "cu-ciorna": N_("Answer drafted"),
    "cu-raspuns": N_("Answered in public"),
    "retrase": N_("Withdrawn proposals"),
}


class AnswerForm(msgspec.Struct):
    """One answer for all that are ticked."""

    recommendations: Annotated[list[int], several(MOST_AT_ONCE, missing=N_("Tick at least one proposal to answer."))]
    verdict: Annotated[Verdict, asks(N_("Choose what the authority decides."))]
    reason: Annotated[
        str, text(LONGEST_REASON, missing=N_("Write the reason: every answer has one, by art. 12(3) of Law 52/2003."))
    ]
    #: The last reason on the page on which this one was written.
    seen: int = 0


@get("/propuneri", opt=at_desk("draft.read"))
async def proposals(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
    articol: FromQuery[str] = "",
    stare: FromQuery[str] = "",
    fel: FromQuery[str] = "",
    dupa: FromQuery[After] = 0,
    bifate: FromQuery[str] = "",
) -> Response[str]:
    """Show the proposals to answer; those of the page ticked where the address says so (`bifate=toate`)."""
    narrowed = Narrowed(articol, stare, fel, dupa)
    found = await db.read(answering_page, consultation_id, **narrowed.asked(), by=actor)
    ticked = to_tick(found) if bifate == "toate" else []
    return answering(request, actor, at, found, blank(AnswerForm, recommendations=ticked), narrowed)


@post("/propuneri", opt=at_desk("recommendation.answer"))
async def answer(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    consultation_id: Given[ConsultationId],
    articol: FromQuery[str] = "",
    stare: FromQuery[str] = "",
    fel: FromQuery[str] = "",
    dupa: FromQuery[After] = 0,
) -> Response[Any]:
    """Draft one answer for all that are ticked."""
    require("recommendation.answer", actor, Within(authority.id))
    narrowed = Narrowed(articol, stare, fel, dupa)
    form: Form[AnswerForm] = await read_form(request, AnswerForm)
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                draft_answers,
                lambda _drafts: narrowed.address(consultation_id),
                consultation_id,
                recommendation_ids=[RecommendationId(key) for key in form.data.recommendations],
                verdict=form.data.verdict,
                reason=form.data.reason,
                seen=form.data.seen,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            count = len(form.data.recommendations)
            said = ngettext(
                "The answer is drafted for %(num)d proposal. Nobody outside sees it yet.",
                "The answer is drafted for %(num)d proposals. Nobody outside sees it yet.",
                count,
            )
            return see_other(request, where, flash=said % {"num": count})
    found = await db.read(answering_page, consultation_id, **narrowed.asked(), by=actor)
    return answering(request, actor, at, found, form, narrowed)


def to_tick(found: AnsweringPage) -> list[RecommendationId]:
    """Return whom one link ticks: what has no answer yet, so that no drafted one is replaced unawares.

    Where everything on the page has a drafted answer, all of it: whoever looks at drafts alone means to change them.
    """
    open_ = [row for row in found.rows if row.can_be_answered]
    return [row.recommendation.id for row in open_ if row.draft is None] or [row.recommendation.id for row in open_]


class Narrowed(msgspec.Struct, frozen=True):
    """Which proposals are shown: of an article, in a state, of a kind, from one on."""

    article: str = ""
    state: str = ""
    kind: str = ""
    after: int = 0

    def asked(self) -> dict[str, Any]:  # Any: keyword arguments of various types
        """Return what the query is asked for."""
        state, kind = STATES.get(self.state), KINDS.get(self.kind)
        return {"article": self.article, "state": state, "kind": kind, "after": self.after}

    def address(self, consultation_id: ConsultationId, **changed: object) -> str:
        """Return the address of the page narrowed so, or with something changed."""
        asked = {"articol": self.article, "stare": self.state, "fel": self.kind, "dupa": self.after or ""} | changed
        query = urlencode({name: value for name, value in asked.items() if value})
        path = links.desk_consultation(consultation_id, "propuneri")
        return f"{path}?{query}" if query else path


def answering(
    request: Request,
    actor: Actor,
    at: datetime,
    found: AnsweringPage,
    form: Form[AnswerForm],
    narrowed: Narrowed,
) -> Response[str]:
    """Return the page of the proposals with the form that answers those that are ticked."""
    own = found.consultation
    may_see_letters = may("recommendation.enter", actor, own)

    def href(**changed: object) -> str:
        return narrowed.address(own.id, **{"dupa": "", **changed})

    return page(
        request,
        "desk/recommendations.html",
        status=422 if form.errors else 200,
        consultation=own,
        found=found,
        changes={row.recommendation.id: change_in(row) for row in found.rows},
        form=form,
        action=narrowed.address(own.id),
        states=[
            (value, gettext(name), href(stare=value), value == narrowed.state) for value, name in STATE_NAMES.items()
        ],
        articles=[
            ("", gettext("All articles"), href(articol="")),
            *((key, label, href(articol=key)) for key, label, _count in found.articles),
            (WHOLE_DRAFT, gettext("The draft as a whole"), href(articol=WHOLE_DRAFT)),
        ],
        kinds=[(kind, href(fel=value), value == narrowed.kind) for value, kind in [("", None), *KINDS.items()]],
        is_narrowed=bool(narrowed.article or narrowed.kind),
        article=narrowed.article,
        state=narrowed.state,
        following=href(dupa=found.after) if found.after else None,
        first_href=href() if narrowed.after else None,
        stage=own.stage_at(at),
        may_answer=may("recommendation.answer", actor, Within(own.authority_id)),
        may_see_letters=may_see_letters,
        may_enter=may_see_letters and own.stage in HEARING,
        may_publish=may("answers.publish", actor, Within(own.authority_id)),
        everything=narrowed.address(own.id, bifate="toate"),
        own=links.desk_consultation(own.id),
    )


def change_in(row: ToAnswer) -> Pieces:
    """Return a proposal's words as a change of those it is about; nothing where it changes none."""
    wording = row.recommendation.kept_words.get("wording", "")
    if row.recommendation.kind is Kind.DELETION:
        return pieces(word_changes(row.current, ""))
    if row.recommendation.kind is Kind.CHANGE and wording:
        return pieces(word_changes(row.current, wording))
    return []


handlers = [proposals, answer]
