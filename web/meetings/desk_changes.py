"""Moving a meeting and calling it off: in public, with a reason, and with everybody told who may have planned on it."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.consultations.gatherings import cancel, move
from consult.consultations.meeting_pages import meeting_desk
from consult.i18n import N_, ZONE, gettext
from consult.identity.actors import Actor
from consult.meetings.meetings import MeetingId
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import DayForm, Deed
from web.fields import text
from web.forms import Form, blank, read_form
from web.given import Given, Request

WHY = N_("Write why: everybody who planned to come will read it.")


class MoveForm(DayForm, kw_only=True):
    """Another day, hour or place."""

    reason: Annotated[str, text(1000, missing=WHY)]


class CancelForm(msgspec.Struct):
    """Why a meeting is called off."""

    reason: Annotated[str, text(1000, missing=WHY)]


@get("/muta", opt=at_desk("meeting.lead"))
async def prepare_move(
    request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]
) -> Response[str]:
    """Ask for another day, hour or place."""
    found = await db.read(meeting_desk, meeting_id, by=actor)
    local = found.meeting.starts_at.astimezone(ZONE)
    form = blank(MoveForm, on=local.date(), hour=local.time(), place=found.meeting.place)
    return page(request, "meetings/desk_move.html", form=form, meeting=found.meeting, doubts=())


@post("/muta", opt=at_desk("meeting.lead"))
async def take_move(
    request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]
) -> Response[Any]:
    """Move a meeting, or say why it cannot be then."""
    form: Form[MoveForm] = await read_form(request, MoveForm)
    said = gettext("The meeting is moved. Everybody who registered or took part was written to.")
    deed = Deed(request, db, form, actor, lambda _meeting: links.desk_meeting(meeting_id), said)
    asked = form.data
    if asked is not None:
        facts = {"starts_at": asked.starts_at, "place": asked.place, "reason": asked.reason, "sure_of": asked.sure_of}
        done = await deed.do(move, meeting_id, **facts)
        if done is not None:
            return done
    found = await db.read(meeting_desk, meeting_id, by=actor)
    return page(request, "meetings/desk_move.html", status=422, form=form, meeting=found.meeting, doubts=deed.doubts)


@get("/anuleaza", opt=at_desk("meeting.lead"))
async def prepare_cancel(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], meeting_id: Given[MeetingId]
) -> Response[str]:
    """Ask why a meeting is called off."""
    found = await db.read(meeting_desk, meeting_id, by=actor)
    return page(request, "meetings/desk_cancel.html", form=blank(CancelForm), meeting=found.meeting, at=at)


@post("/anuleaza", opt=at_desk("meeting.lead"))
async def take_cancel(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], meeting_id: Given[MeetingId]
) -> Response[Any]:
    """Call a meeting off."""
    form: Form[CancelForm] = await read_form(request, CancelForm)
    said = gettext("The meeting is called off. Everybody who registered or took part was written to.")
    deed = Deed(request, db, form, actor, lambda _meeting: links.desk_meeting(meeting_id), said)
    if form.data is not None:
        done = await deed.do(cancel, meeting_id, reason=form.data.reason)
        if done is not None:
            return done
    found = await db.read(meeting_desk, meeting_id, by=actor)
    return page(request, "meetings/desk_cancel.html", status=422, form=form, meeting=found.meeting, at=at)


handlers = [prepare_move, take_move, prepare_cancel, take_cancel]
