"""In the room: the running order, who was there, the end of the meeting, and where its recording is."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.consultations.meeting_pages import MeetingAtDesk, meeting_desk
from consult.consultations.report_figures import figures_key
from consult.i18n import N_, ZONE, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.meetings.attendance import Attendance, Attendant, Attending, end_meeting, write_attendance
from consult.meetings.meetings import MeetingId
from consult.meetings.recordings import link_recording
from consult.meetings.speakers import SpeakerId, SpeakerState, add_in_room, mark_speaker
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

MOST_PEOPLE = 20_000


class AddForm(msgspec.Struct):
    """Somebody who asks for the floor in the room, by telephone or in a letter."""

    name: Annotated[str, line(200, missing=N_("Write who wants to speak."))]
    named: bool = False


class MarkForm(msgspec.Struct):
    """What became of a speaker's turn."""

    state: Literal["spoken", "absent", "registered"]


class AttendanceForm(msgspec.Struct):
    """The officials who were there, one on a line: the name, a comma, the office."""

    initiators: Annotated[str, text(4000)] = ""
    experts: Annotated[str, text(4000)] = ""
    others: Annotated[str, text(4000)] = ""


class EndForm(msgspec.Struct):
    """When a meeting ended, and how many came."""

    ended: Annotated[time, asks(N_("Write the hour at which it ended, for example 19:15."))]
    participants: Annotated[int, asks(N_("Write how many people came, officials left out."))]


class RecordingForm(msgspec.Struct):
    """Where a recording is."""

    name: Annotated[str, line(200, missing=N_("Write what the recording is called."))]
    url: Annotated[str, line(1000, missing=N_("Write the address of the recording."))]


#: The fields of the form and for what those on its lines attended.
GROUPS = {"initiators": Attending.INITIATOR, "experts": Attending.EXPERT, "others": Attending.OTHER}


@get("/vorbitori", opt=at_desk("meeting.keep"))
async def order(request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]) -> Response[str]:
    """Show the running order."""
    found = await db.read(meeting_desk, meeting_id, by=actor)
    return order_page(request, found, blank(AddForm))


@post("/vorbitori", opt=at_desk("meeting.keep"))
async def add(request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]) -> Response[Any]:
    """Write down somebody who asks for the floor."""
    form: Form[AddForm] = await read_form(request, AddForm)
    deed = Deed(request, db, form, actor, lambda _speaker: links.desk_meeting(meeting_id, "vorbitori"), "")
    if form.data is not None:
        done = await deed.do(add_in_room, meeting_id, name=form.data.name, named=form.data.named)
        if done is not None:
            return done
    return order_page(request, await db.read(meeting_desk, meeting_id, by=actor), form)


@post("/vorbitori/{speaker:str}", opt=at_desk("meeting.keep"))
async def mark(
    request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId], speaker: FromPath[str]
) -> Response[Any]:
    """Say that somebody has spoken, or was called in vain."""
    form: Form[MarkForm] = await read_form(request, MarkForm)
    deed = Deed(request, db, form, actor, lambda _meeting: links.desk_meeting(meeting_id, "vorbitori"), "")
    if form.data is not None:
        done = await deed.do(mark_speaker, SpeakerId(key_in(speaker)), state=SpeakerState(form.data.state))
        if done is not None:
            return done
    shown = blank(AddForm)
    for error in form.errors:
        shown.add("", error.message)
    return order_page(request, await db.read(meeting_desk, meeting_id, by=actor), shown)


@get("/prezenta", opt=at_desk("meeting.keep"))
async def attendance(
    request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]
) -> Response[str]:
    """Show who was there."""
    found = await db.read(meeting_desk, meeting_id, by=actor)
    written = {name: "\n".join(lines_of(found.page.attendance, kind)) for name, kind in GROUPS.items()}
    return page(request, "meetings/desk_attendance.html", form=blank(AttendanceForm, **written), meeting=found.meeting)


@post("/prezenta", opt=at_desk("meeting.keep"))
async def write(request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]) -> Response[Any]:
    """Write down who was there."""
    form: Form[AttendanceForm] = await read_form(request, AttendanceForm)
    said = gettext("The attendance is written down.")
    deed = Deed(request, db, form, actor, lambda _nothing: links.desk_meeting(meeting_id), said)
    present = list(attendants(form.data)) if form.data else []
    if form.data is not None and not present:
        form.add("initiators", gettext("Write at least one name."))
    elif form.data is not None:
        done = await deed.do(write_attendance, meeting_id, present=present)
        if done is not None:
            return done
    found = await db.read(meeting_desk, meeting_id, by=actor)
    return page(request, "meetings/desk_attendance.html", status=422, form=form, meeting=found.meeting)


@get("/incheie", opt=at_desk("meeting.keep"))
async def prepare_end(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], meeting_id: Given[MeetingId]
) -> Response[str]:
    """Ask when a meeting ended, and how many came."""
    found = await db.read(meeting_desk, meeting_id, by=actor)
    form = blank(EndForm, ended=at.astimezone(ZONE).time())
    return page(request, "meetings/desk_end.html", form=form, meeting=found.meeting, found=found)


@post("/incheie", opt=at_desk("meeting.keep"))
async def end(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], meeting_id: Given[MeetingId]
) -> Response[Any]:
    """Say that a meeting is over."""
    form: Form[EndForm] = await read_form(request, EndForm)
    found = await db.read(meeting_desk, meeting_id, by=actor)
    said = gettext("The meeting is over. The clock of its documents runs.")
    key = figures_key(authority.id)
    deed = Deed(request, db, form, actor, lambda _meeting: links.desk_meeting(meeting_id), said, alone=key)
    if form.data is not None and not 0 <= form.data.participants <= MOST_PEOPLE:
        form.add("participants", gettext("Write how many people came, officials left out."))
    elif form.data is not None:
        on = found.meeting.starts_at.astimezone(ZONE).date()
        ended_at = datetime.combine(on, form.data.ended, ZONE).astimezone(UTC)
        done = await deed.do(end_meeting, meeting_id, ended_at=ended_at, participants=form.data.participants)
        if done is not None:
            return done
    return page(request, "meetings/desk_end.html", status=422, form=form, meeting=found.meeting, found=found)


@get("/inregistrare", opt=at_desk("meeting.keep"))
async def recording(
    request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]
) -> Response[str]:
    """Ask where a recording is."""
    found = await db.read(meeting_desk, meeting_id, by=actor)
    return page(request, "meetings/desk_recording.html", form=blank(RecordingForm), found=found, meeting=found.meeting)


@post("/inregistrare", opt=at_desk("meeting.keep"))
async def link(request: Request, db: Given[Db], actor: Given[Actor], meeting_id: Given[MeetingId]) -> Response[Any]:
    """Publish where a recording is."""
    form: Form[RecordingForm] = await read_form(request, RecordingForm)
    said = gettext("The recording is published.")
    deed = Deed(request, db, form, actor, lambda _recording: links.desk_meeting(meeting_id), said)
    if form.data is not None:
        done = await deed.do(link_recording, meeting_id, name=form.data.name, url=form.data.url)
        if done is not None:
            return done
    found = await db.read(meeting_desk, meeting_id, by=actor)
    return page(request, "meetings/desk_recording.html", status=422, form=form, found=found, meeting=found.meeting)


def order_page(request: Request, found: MeetingAtDesk, form: Form[AddForm]) -> Response[str]:
    """Return the page of the running order."""
    return page(
        request,
        "meetings/desk_speakers.html",
        status=422 if form.errors else 200,
        form=form,
        found=found,
        meeting=found.meeting,
        own=links.desk_meeting(found.meeting.id),
    )


def lines_of(present: Sequence[Attendance], kind: Attending) -> Iterator[str]:
    """Return who attended for something, one on a line."""
    return (f"{each.name}, {each.post}" if each.post else each.name for each in present if each.attending_as is kind)


def attendants(form: AttendanceForm) -> Iterator[Attendant]:
    """Return who was there, by the lines of the form."""
    for name, kind in GROUPS.items():
        for written in getattr(form, name).splitlines():
            who, _, post = written.partition(",")
            if who.strip():
                yield Attendant(kind, who.strip(), post.strip())


handlers = [order, add, mark, attendance, write, prepare_end, end, recording, link]
