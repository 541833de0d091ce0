"""After sending: the page that confirms what was received, and the one on which its author takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.appeals import Appeal, appeal_against
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.moderation import reasons_told
from consult.consultations.recommendations import Recommendation, find_recommendation
from consult.consultations.withdrawals import withdraw_recommendation
from consult.i18n import gettext
from consult.identity.actors import Actor, acting_as_member
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import require
from consult.record.entries import Entry, entry_of
from consult.refusals import Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.forms import blank, read_form
from web.given import Given, Request


class Withdrawal(msgspec.Struct):
    """Nothing is asked; pressing the button is the answer."""


@dataclass(frozen=True)
class Sent:
    """One's own recommendation, its place in the record, and the capacity in which it was sent.

    `reasons`: what its author was told about why it is hidden, while it is; `appeal`: their own against that.
    """

    consultation: Consultation
    recommendation: Recommendation
    entry: Entry | None
    by: Actor
    reasons: Mapping[str, str]
    appeal: Appeal | None


def sent_by(db: Session, authority_id: AuthorityId, reference: str, number: str, *, actor: Actor) -> Sent:
    """Read an author's own recommendation. Raises NotFound, and NotPermitted for somebody else's."""
    consultation = find_published(db, authority_id, reference)
    recommendation = find_recommendation(db, consultation.id, number)
    by = actor
    if recommendation.organisation_id is not None:
        by = acting_as_member(db, actor.person_id, recommendation.organisation_id)
    require("recommendation.withdraw", by, recommendation)
    entry = entry_of(db, recommendation.event_id)
    appeal = appeal_against(db, recommendation)
    return Sent(consultation, recommendation, entry, by, reasons_told(db, recommendation), appeal)


@get("/consultari/{reference:str}/propuneri/{number:str}/confirmare", opt=signed_in("recommendation.withdraw"))
async def confirmation(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Confirm to its author what was received, under which number, and what happens next."""
    sent = await db.read(sent_by, authority.id, reference, number, actor=actor)
    return page(request, "consultations/confirmation.html", sent=sent)


@get("/consultari/{reference:str}/propuneri/{number:str}/retragere", opt=signed_in("recommendation.withdraw"))
async def withdrawal(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Show what would be taken back, and that its number stays."""
    sent = await db.read(sent_by, authority.id, reference, number, actor=actor)
    return page(request, "consultations/withdrawal.html", sent=sent, form=blank(Withdrawal))


@post("/consultari/{reference:str}/propuneri/{number:str}/retragere", opt=signed_in("recommendation.withdraw"))
async def withdraw(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Take a recommendation back."""
    form = await read_form(request, Withdrawal)
    sent = await db.read(sent_by, authority.id, reference, number, actor=actor)
    place = links.confirmation(reference, number)
    try:
        where = await db.act_once(
            form, withdraw_recommendation, lambda _: place, sent.recommendation.id, by=sent.by, at=form.received_at
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return page(request, "consultations/withdrawal.html", status=422, sent=sent, form=form)
    return see_other(request, where, flash=gettext("Your proposal was withdrawn."))
