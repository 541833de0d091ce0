"""Proof of identity or residence, shown at the counter."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.names import EMAIL_LENGTH
from consult.identity.permissions import Within, require
from consult.identity.residence import verify_residence
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line
from web.forms import blank, read_form
from web.given import Given, Request
from web.identity.refused import refused


class ParticipantForm(msgspec.Struct):
    """Whose proof was seen. `seen`: the official says so."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write the e-mail address of the participant."))]
    seen: Annotated[bool, asks(N_("Confirm that you have seen the proof."))]


@get(links.DESK_PARTICIPANTS, opt=at_desk("residence.verify"))
async def ask(request: Request, authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """Ask whose proof was seen."""
    require("residence.verify", actor, Within(authority.id))
    return page(request, "identity/desk_participants.html", form=blank(ParticipantForm))


@post(links.DESK_PARTICIPANTS, opt=at_desk("residence.verify"))
async def verify(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Note that the proof was seen."""
    require("residence.verify", actor, Within(authority.id))
    form = await read_form(request, ParticipantForm)
    status = 422
    if form.data is not None:
        try:
            await db.act(verify_residence, authority.id, form.data.email, by=actor, at=form.received_at)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            said = gettext(N_("%(email)s is a verified participant now.")) % {"email": form.data.email}
            return see_other(request, links.DESK_PARTICIPANTS, flash=said)
    return page(request, "identity/desk_participants.html", status=status, form=form)


handlers = [ask, verify]
