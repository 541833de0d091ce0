"""Registering to speak: in one's own name or for an organisation, by name or not, and giving one's turn back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import gettext
from consult.identity.actors import Actor, acting_as_member
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import Organisation, OrganisationId, organisations_of
from consult.meetings.meetings import Meeting, find_meeting
from consult.meetings.speakers import (
    Speaker,
    SpeakerState,
    register_speaker,
    registration_of,
    speakers_of,
    withdraw_speaker,
)
from web.access import signed_in
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.forms import Form, blank, read_form
from web.given import Given, Request


class RegistrationForm(msgspec.Struct):
    """For whom somebody speaks, and whether readers see their name. `step`: the button that was pressed."""

    step: Literal["register", "withdraw"] = "register"
    acting_for: int | None = None
    named: bool = False


@dataclass(frozen=True)
class Registration:
    """A meeting for somebody who may want to speak. `own`: their registration; `before`: how many speak first."""

    meeting: Meeting
    organisations: Sequence[Organisation]
    own: Speaker | None
    before: int


def registration(db: Session, authority_id: AuthorityId, reference: str, *, actor: Actor) -> Registration:
    """Read what the page shows. Raises NotFound."""
    meeting = find_meeting(db, authority_id, reference)
    own = registration_of(db, meeting.id, actor)
    held = own if own and own.state is not SpeakerState.WITHDRAWN else None
    speakers = speakers_of(db, meeting.id)
    before = sum(each.position < held.position for each in speakers) if held else len(speakers)
    organisations = [each for each in organisations_of(db, actor.person_id) if each.is_verified]
    return Registration(meeting, organisations, held, before)


@get(links.meeting_registration("{reference:str}"), opt=signed_in("meeting.speak"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], reference: FromPath[str]
) -> Response[str]:
    """Show the turn that somebody has, or would have."""
    found = await db.read(registration, authority.id, reference, actor=actor)
    return page(request, "meetings/registration.html", found=found, meeting=found.meeting, form=blank(RegistrationForm))


@post(links.meeting_registration("{reference:str}"), opt=signed_in("meeting.speak"))
async def register(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], reference: FromPath[str]
) -> Response[Any]:
    """Register to speak, or give one's turn back."""
    form: Form[RegistrationForm] = await read_form(request, RegistrationForm)
    found = await db.read(registration, authority.id, reference, actor=actor)
    asked = form.data
    if asked is not None:
        by = actor
        if asked.acting_for is not None:
            by = await db.read(acting_as_member, actor.person_id, OrganisationId(asked.acting_for))
        leaves = asked.step == "withdraw"
        said = gettext("Your turn is given back.") if leaves else gettext("You are registered to speak.")
        deed = Deed(request, db, form, by, lambda _: links.meeting_registration(reference), said)
        meeting_id = found.meeting.id
        done = (
            await deed.do(withdraw_speaker, meeting_id)
            if leaves
            else await deed.do(register_speaker, meeting_id, named=asked.named)
        )
        if done is not None:
            return done
    return page(request, "meetings/registration.html", status=422, found=found, meeting=found.meeting, form=form)


handlers = [show, register]
