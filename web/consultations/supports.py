"""Supporting what somebody else proposed, in one's own name or for an organisation, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.recommendations import Recommendation, find_recommendation
from consult.consultations.supports import Support, support_by, support_recommendation, take_support_back
from consult.i18n import gettext
from consult.identity.actors import Actor, acting_as_member
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import OrganisationId, organisations_of
from consult.refusals import Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused


class SupportForm(msgspec.Struct):
    """The button that was pressed, and for whom. It needs no key: pressing it twice is as once."""

    step: Literal["support", "take_back"] = "support"
    acting_for: int | None = None


@dataclass(frozen=True)
class Stand:
    """Somebody in one of their capacities, and whether they support a recommendation in it. `name`: of whom."""

    actor: Actor
    name: str
    support: Support | None


@dataclass(frozen=True)
class Supporting:
    """A recommendation for somebody who may support it."""

    consultation: Consultation
    recommendation: Recommendation
    stands: Sequence[Stand]


def supporting(db: Session, authority_id: AuthorityId, reference: str, number: str, *, actor: Actor) -> Supporting:
    """Read what the page shows. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    recommendation = find_recommendation(db, consultation.id, number)
    members = [
        acting_as_member(db, actor.person_id, each.id)
        for each in organisations_of(db, actor.person_id)
        if each.is_verified and each.authority_id == authority_id
    ]
    stands = [Stand(each, name_of(each), given_by(db, recommendation, each)) for each in (actor, *members)]
    return Supporting(consultation, recommendation, stands)


def name_of(actor: Actor) -> str:
    """Return whose name an actor acts in."""
    return getattr(actor.capacity, "name", actor.name)


def given_by(db: Session, recommendation: Recommendation, actor: Actor) -> Support | None:
    """Return the support that stands."""
    known = support_by(db, recommendation.id, actor)
    return known if known and known.taken_back_at is None else None


@get("/consultari/{reference:str}/propuneri/{number:str}/sprijina", opt=signed_in("recommendation.support"))
async def show(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Show for whom somebody supports it, and what the record says of that."""
    found = await db.read(supporting, authority.id, reference, number, actor=actor)
    return page(request, "consultations/support.html", found=found, form=blank(SupportForm), at=at)


@post("/consultari/{reference:str}/propuneri/{number:str}/sprijina", opt=signed_in("recommendation.support"))
async def support(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:
    """Support it, or take that back."""
    form: Form[SupportForm] = await read_form(request, SupportForm)
    found = await db.read(supporting, authority.id, reference, number, actor=actor)
    status = 422
    if form.data is not None:
        by = actor
        if form.data.acting_for is not None:
            by = await db.read(acting_as_member, actor.person_id, OrganisationId(form.data.acting_for))
        leaves = form.data.step == "take_back"
        act = take_support_back if leaves else support_recommendation
        try:
            await db.act(act, found.recommendation.id, by=by, at=form.received_at)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            said = gettext("Your support is taken back.") if leaves else gettext("You support this proposal.")
            return see_other(request, links.support(reference, number), flash=said)
    return page(request, "consultations/support.html", status=status, found=found, form=form, at=at)


handlers = [show, support]
