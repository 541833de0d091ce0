"""Moderation at the desk: what readers reported, what is hidden, who asks for an erasure, and judging one text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.project_erasure_requests import ProjectErasureRequest
from consult.budgeting.project_erasure_requests import requests_at as project_requests_at
from consult.consultations.appeals import Appeal, waiting_appeals
from consult.consultations.erasure_requests import ErasureRequest, requests_at
from consult.consultations.moderation import (
    LONGEST_FACTS,
    ModerationPage,
    hidden_recommendations,
    hide_recommendation,
    let_stay,
    moderation_page,
    show_recommendation,
)
from consult.consultations.procedure import local_day
from consult.consultations.reader_reports import Reported, reported_at
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import Within, may
from consult.record.moderation_rules import RULES, ModerationRule
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in
from web.moderation.unseen import forget_copies


class HideForm(msgspec.Struct):
    """The rule that a text breaks, and what was found in it."""

    rule: Annotated[ModerationRule, asks(N_("Choose the rule that it breaks."))]
    facts: Annotated[str, text(LONGEST_FACTS, missing=N_("Write what you found in it; the author reads it."))]


class ShowForm(msgspec.Struct):
    """Why a hidden text can be read again."""

    facts: Annotated[str, text(LONGEST_FACTS, missing=N_("Write why it is shown again; the author reads it."))]


class StayForm(msgspec.Struct):
    """The button that says: it breaks no rule."""


@dataclass(frozen=True)
class Waiting:
    """What waits for a decision, and what is hidden now."""

    reported: Sequence[Reported]
    requests: Sequence[ErasureRequest]
    project_requests: Sequence[ProjectErasureRequest]
    hidden: Sequence[Recommendation]
    appeals: Sequence[Appeal]


def waiting(db: Session, authority_id: AuthorityId, *, by: Actor) -> Waiting:
    """Read what this official may decide on."""
    house = Within(authority_id)
    moderates, reads = may("recommendation.moderate", by, house), may("erasure.read", by, house)
    return Waiting(
        reported=reported_at(db, authority_id) if moderates else [],
        requests=requests_at(db, authority_id) if reads else [],
        project_requests=project_requests_at(db, authority_id) if reads else [],
        hidden=hidden_recommendations(db, authority_id),
        appeals=waiting_appeals(db, authority_id),
    )


@get(links.DESK_MODERATION, opt=at_desk())
async def everything(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], at: Given[datetime]
) -> Response[str]:
    """Show what waits for a decision, and what is hidden."""
    found = await db.read(waiting, authority.id, by=actor)
    return page(
        request,
        "moderation/desk.html",
        found=found,
        today=local_day(at),
        may_moderate=may("recommendation.moderate", actor, Within(authority.id)),
        may_enter=may("erasure.enter", actor, Within(authority.id)),
    )


def decision_page(
    request: Request, found: ModerationPage, *, form: Form[HideForm] | Form[ShowForm] | None = None
) -> Response[str]:
    """Return the page on which one text is judged. `form`: the one that was sent and must be put right."""
    it = found.recommendation
    return page(
        request,
        "moderation/decision.html",
        status=422 if form else 200,
        found=found,
        form=form or (blank(ShowForm) if it.hidden_at else blank(HideForm)),
        stay=blank(StayForm),
        rules=RULES,
        most=LONGEST_FACTS,
    )


@get(f"{links.DESK_MODERATION}/{{recommendation:str}}", opt=at_desk("recommendation.moderate"))
async def show_one(
    request: Request, db: Given[Db], actor: Given[Actor], recommendation: FromPath[str]
) -> Response[str]:
    """Show one text with what readers say of it."""
    found = await db.read(moderation_page, RecommendationId(key_in(recommendation)), by=actor)
    return decision_page(request, found)


@post(f"{links.DESK_MODERATION}/{{recommendation:str}}/ascunde", opt=at_desk("recommendation.moderate"))
async def hide(request: Request, db: Given[Db], actor: Given[Actor], recommendation: FromPath[str]) -> Response[Any]:
    """Take a text from the pages."""
    form = await read_form(request, HideForm)
    found = await db.read(moderation_page, RecommendationId(key_in(recommendation)), by=actor)
    if form.data is None:
        return decision_page(request, found, form=form)
    where = await db.act_once(
        form,
        hide_recommendation,
        lambda it: links.desk_moderation(it.id),
        found.recommendation.id,
        rule=form.data.rule,
        facts=form.data.facts,
        by=actor,
        at=form.received_at,
    )
    forget_copies(request)
    return see_other(request, where, flash=gettext("The text is hidden. Its author was told why."))


@post(f"{links.DESK_MODERATION}/{{recommendation:str}}/arata", opt=at_desk("recommendation.moderate"))
async def show_again(
    request: Request, db: Given[Db], actor: Given[Actor], recommendation: FromPath[str]
) -> Response[Any]:
    """Put a hidden text back on the pages."""
    form = await read_form(request, ShowForm)
    found = await db.read(moderation_page, RecommendationId(key_in(recommendation)), by=actor)
    if form.data is None:
        return decision_page(request, found, form=form)
    where = await db.act_once(
        form,
        show_recommendation,
        lambda it: links.desk_moderation(it.id),
        found.recommendation.id,
        facts=form.data.facts,
        by=actor,
        at=form.received_at,
    )
    forget_copies(request)
    return see_other(request, where, flash=gettext("The text can be read by everybody again. Its author was told."))


@post(f"{links.DESK_MODERATION}/{{recommendation:str}}/ramane", opt=at_desk("recommendation.moderate"))
async def stay(request: Request, db: Given[Db], actor: Given[Actor], recommendation: FromPath[str]) -> Response[Any]:
    """Conclude that a reported text breaks no rule."""
    form = await read_form(request, StayForm)
    key = RecommendationId(key_in(recommendation))
    where = await db.act_once(form, let_stay, lambda _: links.DESK_MODERATION, key, by=actor, at=form.received_at)
    return see_other(request, where, flash=gettext("The text stays. Whoever left an address was told."))


handlers = [everything, show_one, hide, show_again, stay]
