"""The minutes at the desk: written by one official on a page that knows who was there, published by another."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.consultations.meeting_pages import MeetingAtDesk, MeetingPage, meeting_desk
from consult.consultations.report_figures import figures_key
from consult.i18n import gettext, ngettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import may
from consult.meetings.meetings import MeetingId
from consult.meetings.minutes import LONGEST_MINUTES, approve_minutes, save_minutes
from consult.meetings.speakers import SpeakerState
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.ui.dates import moment


class MinutesForm(msgspec.Struct):
    """The minutes as they are written. `edition`: of the draft that was opened; `reason`: of a correction."""

    edition: int
    words: Annotated[str, text(LONGEST_MINUTES)] = ""
    reason: Annotated[str, text(1000)] = ""


class ApproveForm(msgspec.Struct):
    """A second official publishes what they read. `edition`: which it was."""

    edition: int


@get("/minuta", opt=at_desk("meeting.keep"))
async def write(request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]) -> Response[str]:
    """Show the minutes as far as they are written, or what they can begin with."""
    found = await db.read(meeting_desk, meeting_id, by=actor)
    draft = found.draft
    begun = found.page.minutes[0].text if found.page.minutes else "\n".join(beginning(found.page))
    form = blank(
        MinutesForm,
        edition=draft.edition if draft else 0,
        words=draft.text if draft else begun,
        reason=draft.reason if draft else "",
    )
    return minutes_page(request, found, actor, form)


@post("/minuta", opt=at_desk("meeting.keep"))
async def save(request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]) -> Response[Any]:
    """Keep the draft."""
    form: Form[MinutesForm] = await read_form(request, MinutesForm)
    said = gettext("The draft of the minutes is kept. A colleague approves it.")
    deed = Deed(request, db, form, actor, lambda _draft: links.desk_meeting(meeting_id, "minuta"), said)
    asked = form.data
    if asked is not None:
        facts = {"text": asked.words, "reason": asked.reason, "edition": asked.edition}
        done = await deed.do(save_minutes, meeting_id, **facts)
        if done is not None:
            return done
    return minutes_page(request, await db.read(meeting_desk, meeting_id, by=actor), actor, form)


@post("/minuta/aproba", opt=at_desk("minutes.approve"))
async def approve(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], meeting_id: Given[MeetingId]
) -> Response[Any]:
    """Publish the minutes, as the second pair of eyes."""
    form: Form[ApproveForm] = await read_form(request, ApproveForm)
    said = gettext("The minutes are public.")
    key = figures_key(authority.id)
    deed = Deed(request, db, form, actor, lambda _version: links.desk_meeting(meeting_id), said, alone=key)
    if form.data is not None:
        done = await deed.do(approve_minutes, meeting_id, edition=form.data.edition)
        if done is not None:
            return done
    found = await db.read(meeting_desk, meeting_id, by=actor)
    draft = found.draft
    shown = blank(MinutesForm, edition=draft.edition if draft else 0, words=draft.text if draft else "")
    for error in form.errors:
        shown.add("", error.message)
    return minutes_page(request, found, actor, shown)


def minutes_page(request: Request, found: MeetingAtDesk, actor: Actor, form: Form[MinutesForm]) -> Response[str]:
    """Return the page of the minutes, with the button that publishes them for whoever did not write them."""
    return page(
        request,
        "meetings/desk_minutes.html",
        status=422 if form.errors else 200,
        form=form,
        found=found,
        meeting=found.meeting,
        own=links.desk_meeting(found.meeting.id),
        most=LONGEST_MINUTES,
        may_approve=found.draft is not None and may("minutes.approve", actor, found.draft),
        approving=blank(ApproveForm, edition=found.draft.edition if found.draft else 0),
    )


def beginning(found: MeetingPage) -> Iterator[str]:
    """Yield what minutes begin with: when, who was there, and each speaker with room for what they said."""
    meeting = found.meeting
    yield f"{gettext('Minutes')}: {meeting.title}"
    yield f"{moment(meeting.starts_at)}, {meeting.where}"
    yield ""
    came = meeting.participants or 0
    yield ngettext("%(num)d person took part.", "%(num)d people took part.", came) % {"num": came}
    for each in found.attendance:
        yield f"- {each.name}, {each.post}"
    yield ""
    spoke = (speaker for speaker in found.speakers if speaker.state is SpeakerState.SPOKEN)
    for place, speaker in enumerate(spoke, start=1):
        yield f"{place}. {speaker.label}: "
    for item in found.agenda:
        yield f"{item.position}. {item.title}: "


handlers = [write, save, approve]
