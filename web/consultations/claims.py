"""Attaching a letter that an official entered to one's own account, with number and code from the receipt."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.consultations.claims import admit_claim, claim_recommendation
from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.vault import Vault
from consult.refusals import Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import UNPROCESSABLE, refused


class ClaimForm(msgspec.Struct):
    """What stands on the receipt."""

    number: Annotated[str, line(20, missing=N_("Write the register number, for example 47/2026."))]
    code: Annotated[str, line(40, missing=N_("Write the code from the receipt."))]


def own_page(claimed: tuple[Consultation, Recommendation]) -> str:
    """Return the page on which the author now finds it."""
    consultation, recommendation = claimed
    return links.confirmation(consultation.reference, recommendation.reference)


@get(links.CLAIM, opt=signed_in("recommendation.claim"))
async def show(request: Request) -> Response[str]:
    """Ask for number and code."""
    return page(request, "consultations/claim.html", form=blank(ClaimForm))


@post(links.CLAIM, opt=signed_in("recommendation.claim"))
async def claim(
    request: Request, db: Given[Db], vault: Given[Vault], authority: Given[Authority], actor: Given[Actor]
) -> Response[Any]:
    """Attach the letter, and show it to its author."""
    form: Form[ClaimForm] = await read_form(request, ClaimForm)
    asked, status = form.data, UNPROCESSABLE
    if asked is not None:
        try:
            await db.act(admit_claim, authority.id, asked.number, by=actor, at=form.received_at)
            where = await db.act_once(
                form,
                claim_recommendation,
                own_page,
                authority.id,
                number=asked.number,
                code=asked.code,
                vault=vault,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where, flash=gettext("It is on your account now."))
    return page(request, "consultations/claim.html", status=status, form=form)


handlers = [show, claim]
