"""Who witnesses the record: an administrator names them and says how many must have signed; all of it is an entry."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.names import NAME_LENGTH
from consult.identity.permissions import Within, may
from consult.identity.witnesses import (
    KEY_LENGTH,
    REASON_LENGTH,
    URL_LENGTH,
    add_witness,
    record_keeper,
    remove_witness,
    set_quorum,
)
from consult.record.witnesses import WitnessId, quorum
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.record.witnesses import witnesses_now


class NewWitness(msgspec.Struct):
    """Who is asked to countersign."""

    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write who they are."))]
    vkey: Annotated[str, line(KEY_LENGTH, missing=N_("Paste the key that they gave you."))]
    url: Annotated[str, line(URL_LENGTH)] = ""


class QuorumForm(msgspec.Struct):
    """How many of them must have signed."""

    quorum: int


class Farewell(msgspec.Struct):
    """Which witness is asked no longer, and why."""

    witness: int
    reason: Annotated[str, line(REASON_LENGTH, missing=N_("Write why. Everybody can read it."))]


@get(links.DESK_WITNESSES, opt=at_desk())
async def show(request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime]) -> Response[str]:
    """Show who signs the record."""
    return await witnesses_page(request, db, actor, at)


async def witnesses_page(
    request: Request,
    db: Db,
    actor: Actor,
    at: datetime,
    *,
    adding: Form[NewWitness] | None = None,
    counting: Form[QuorumForm] | None = None,
    leaving: Form[Farewell] | None = None,
    status: int = 200,
) -> Response[str]:
    """Return the page, with the form that was refused as it was sent."""
    wanted = await db.read(quorum)
    found = await db.read(witnesses_now, at=at)
    return page(
        request,
        "identity/desk_witnesses.html",
        status=status,
        found=found,
        form=adding or counting or leaving or blank(NewWitness),
        adding=adding or blank(NewWitness),
        counting=counting or blank(QuorumForm, quorum=wanted),
        leaving=leaving or blank(Farewell),
        leave_options=[(str(each.seen.witness.id), each.seen.witness.name, None) for each in found.lines],
        may_manage=may("witnesses.manage", actor, Within(await db.read(record_keeper))),
    )


@post(links.DESK_WITNESSES, opt=at_desk("witnesses.manage"))
async def add(request: Request, db: Given[Db], actor: Given[Actor]) -> Response[Any]:
    """Begin to ask a witness."""
    form = await read_form(request, NewWitness)
    at, status = form.received_at, 422
    if form.data is not None:
        given = msgspec.structs.asdict(form.data)
        try:
            where = await db.act_once(form, add_witness, lambda _: links.DESK_WITNESSES, by=actor, at=at, **given)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where, flash=gettext("The witness is asked from now on."))
    return await witnesses_page(request, db, actor, at, adding=form, status=status)


@post(f"{links.DESK_WITNESSES}/cvorum", opt=at_desk("witnesses.manage"))
async def count(request: Request, db: Given[Db], actor: Given[Actor]) -> Response[Any]:
    """Say how many must have signed."""
    form = await read_form(request, QuorumForm)
    at, status = form.received_at, 422
    if form.data is not None:
        try:
            await db.act(set_quorum, form.data.quorum, by=actor, at=at)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, links.DESK_WITNESSES, flash=gettext("The number is changed."))
    return await witnesses_page(request, db, actor, at, counting=form, status=status)


@post(f"{links.DESK_WITNESSES}/retrage", opt=at_desk("witnesses.manage"))
async def remove(request: Request, db: Given[Db], actor: Given[Actor]) -> Response[Any]:
    """Stop asking a witness."""
    form = await read_form(request, Farewell)
    at, status = form.received_at, 422
    if form.data is not None:
        witness_id, reason = WitnessId(form.data.witness), form.data.reason
        try:
            await db.act(remove_witness, witness_id, reason=reason, by=actor, at=at)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, links.DESK_WITNESSES, flash=gettext("The witness is asked no longer."))
    return await witnesses_page(request, db, actor, at, leaving=form, status=status)


handlers = [show, add, count, remove]
