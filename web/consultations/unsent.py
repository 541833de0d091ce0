"""Drafts of proposals: kept from the composer, listed on a page of one's own, gone on with, thrown away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import find_published
from consult.consultations.unsent import (
    KEPT_AFTER,
    UnsentRecommendation,
    discard_unsent,
    find_unsent,
    save_unsent,
    unsent_of,
)
from consult.i18n import gettext, spoken
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import PersonId
from consult.refusals import NotFound
from web.access import signed_in
from web.answers import page, see_other
from web.consultations.composer import Proposal, begun_as, by_number, place_in, words_of
from web.database import Db
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class Discarding(msgspec.Struct):
    """Nothing is asked; pressing the button is the answer."""


async def save(
    request: Request,
    db: Db,
    form: Form[Proposal],
    authority_id: AuthorityId,
    reference: str,
    proposal: Proposal,
    by: Actor,
) -> Response[Any]:  # Any: the way to the draft
    """Keep what was written so far as a draft, and lead back to it."""
    begun = begun_as(proposal)
    where = await db.act_once(
        form,
        by_number,
        lambda kept: links.go_on_writing(reference, kept.id),
        authority_id,
        reference,
        save_unsent,
        said=words_of(form, proposal),
        place=place_in(form),
        named=proposal.named,
        begun=begun,
        by=by,
        at=form.received_at,
    )
    if begun is not None and where != links.go_on_writing(reference, begun.id):
        said = gettext("Somebody else changed this draft while you were writing. Yours is kept as another one.")
    elif by.organisation_id is not None:
        said = gettext("Draft saved on %(at)s. Only those who act for the organisation see it.")
    else:
        said = gettext("Draft saved on %(at)s. Only you see it.")
    return see_other(request, where, flash=said % {"at": spoken(form.received_at)})


def unsent_in(
    db: Session, authority_id: AuthorityId, reference: str, unsent_id: int, person_id: PersonId
) -> UnsentRecommendation:
    """Return a draft that a person can go on writing. Raises NotFound."""
    unsent = find_unsent(db, unsent_id, person_id)
    if unsent.consultation_id != find_published(db, authority_id, reference).id:
        raise NotFound
    return unsent


def drafts_here(db: Session, person_id: PersonId, authority_id: AuthorityId) -> Sequence[UnsentRecommendation]:
    """Return the drafts that a person can go on writing on this site."""
    return [each for each in unsent_of(db, person_id) if each.consultation.authority_id == authority_id]


@get(links.UNSENT, opt=signed_in())
async def drafts(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], at: Given[datetime]
) -> Response[str]:
    """List what one has begun and not sent."""
    found = await db.read(drafts_here, actor.person_id, authority.id)
    return page(request, "consultations/unsent.html", drafts=found, form=blank(Discarding), days=KEPT_AFTER.days, at=at)


@post(links.UNSENT + "/{unsent_id:str}/sterge", opt=signed_in())
async def discard(
    request: Request, db: Given[Db], actor: Given[Actor], unsent_id: FromPath[str]
) -> Response[Any]:  # Any: the way to the next page
    """Throw a draft away."""
    form = await read_form(request, Discarding)
    where = await db.act_once(
        form,
        discard_unsent,
        lambda _: links.UNSENT,
        key_in(unsent_id),
        actor.person_id,
        at=form.received_at,
    )
    return see_other(request, where, flash=gettext("The draft is deleted."))


handlers = [drafts, discard]
