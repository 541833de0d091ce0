"""Meetings at the desk: the list of all, announcing a session or a dialogue, and the page on which each is led."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.gatherings import SESSION_NOTICE, announce_dialogue
from consult.consultations.meeting_pages import due_of_meeting, meeting_desk
from consult.consultations.procedure import local_day, pack_today
from consult.consultations.sessions import announce_session, drafts_for_session
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import Within, may, require
from consult.identity.registers import Register, register_key
from consult.meetings.meetings import PAGE, Closed, Meeting, MeetingId, Notice, coming_meetings, past_meetings
from consult.policy.deadlines import check_date
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import WAYS_TO_SPEAK, Deed, NoticeForm
from web.fields import line, several, text
from web.forms import Form, blank, read_form
from web.given import Given, PageNumber, Request

SESSION_TITLE = N_("Ordinary session of the council")
MOST_DRAFTS = 100
TITLE = line(300, missing=N_("Write what the meeting is called."))


class SessionForm(NoticeForm, kw_only=True):
    """A session of the council: the drafts on its agenda, its other items, one on a line; why it is not public."""

    title: Annotated[str, TITLE]
    drafts: Annotated[list[int], several(MOST_DRAFTS)] = msgspec.field(default_factory=list)
    others: Annotated[str, text(10_000)] = ""
    closed: Literal["", "exempt", "secret_vote", "other"] = ""
    closed_because: Annotated[str, text(2000)] = ""

    @property
    def notice(self) -> Notice:
        """What the announcement says."""
        closed = Closed(self.closed) if self.closed else None
        return replace(super().notice, closed=closed, closed_because=self.closed_because)


class DialogueForm(NoticeForm, kw_only=True):
    """A meeting that no law asks for."""

    title: Annotated[str, TITLE]


@get(links.DESK_MEETINGS, opt=at_desk())
async def meetings(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """List the meetings to come, and those that were."""
    coming = await db.read(coming_meetings, authority.id, at)
    past = await db.read(past_meetings, authority.id, at, page=pagina)
    return page(
        request,
        "meetings/desk_meetings.html",
        coming=coming if pagina == 1 else [],
        past=past[:PAGE],
        more=len(past) > PAGE,
        pagina=pagina,
        at=at,
        may_lead=may("meeting.lead", actor, Within(authority.id)),
    )


@get(links.NEW_SESSION, opt=at_desk("meeting.lead"))
async def new_session(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    proiect: FromQuery[int | None] = None,
) -> Response[str]:
    """Ask when and where the council meets, and about what."""
    form = blank(SessionForm, title=gettext(SESSION_TITLE), drafts=[proiect] if proiect else [])
    return await session_page(request, db, authority.id, actor, at, form)


@post(links.NEW_SESSION, opt=at_desk("meeting.lead"))
async def begin_session(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], at: Given[datetime]
) -> Response[Any]:
    """Announce a session, or say within which days the law allows it."""
    form: Form[SessionForm] = await read_form(request, SessionForm)
    deed = announcing(request, db, form, actor, authority, gettext("The session is announced."))
    asked = form.data
    if asked is not None:
        done = await deed.do(
            announce_session,
            authority.id,
            title=asked.title,
            notice=asked.notice,
            drafts=[ConsultationId(each) for each in asked.drafts],
            others=[item.strip() for item in asked.others.splitlines() if item.strip()],
            sure_of=asked.sure_of,
        )
        if done is not None:
            return done
    return await session_page(request, db, authority.id, actor, at, form, deed)


@get(links.NEW_DIALOGUE, opt=at_desk("meeting.lead"))
async def new_dialogue(request: Request, authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """Ask when and where people are invited to talk."""
    require("meeting.lead", actor, Within(authority.id))
    form = blank(DialogueForm, ways_to_speak=gettext(WAYS_TO_SPEAK))
    return page(request, "meetings/desk_dialogue.html", form=form, doubts=())


@post(links.NEW_DIALOGUE, opt=at_desk("meeting.lead"))
async def begin_dialogue(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]
) -> Response[Any]:
    """Announce a dialogue."""
    form: Form[DialogueForm] = await read_form(request, DialogueForm)
    deed = announcing(request, db, form, actor, authority, gettext("The meeting is announced."))
    asked = form.data
    if asked is not None:
        facts = {"title": asked.title, "notice": asked.notice, "sure_of": asked.sure_of}
        done = await deed.do(announce_dialogue, authority.id, **facts)
        if done is not None:
            return done
    return page(request, "meetings/desk_dialogue.html", status=422, form=form, doubts=deed.doubts)


def announcing(request: Request, db: Db, form: Form[Any], actor: Actor, authority: Authority, said: str) -> Deed:
    """Return the deed that announces a meeting, which is numbered."""
    key = register_key(Register.MEETINGS, authority.id)

    def where(meeting: Meeting) -> str:
        return links.desk_meeting(meeting.id)

    return Deed(request, db, form, actor, where, said, alone=key)


async def session_page(
    request: Request,
    db: Db,
    authority_id: AuthorityId,
    actor: Actor,
    at: datetime,
    form: Form[SessionForm],
    deed: Deed | None = None,
) -> Response[str]:
    """Return the form of a session, with the drafts that wait for one."""
    drafts, window = await db.read(waiting_for_session, authority_id, by=actor, at=at)
    return page(
        request,
        "meetings/desk_session.html",
        status=422 if form.errors else 200,
        form=form,
        drafts=drafts,
        window=window,
        doubts=deed.doubts if deed else (),
    )


def waiting_for_session(
    db: Session, authority_id: AuthorityId, *, by: Actor, at: datetime
) -> tuple[list[Consultation], Any]:  # Any: a finding of the policy
    """Return the drafts on no agenda yet, and from which day on a session can be held. Raises NotPermitted."""
    require("meeting.lead", by, Within(authority_id))
    today = local_day(at)
    window = check_date(pack_today(db, authority_id), SESSION_NOTICE, today, today)
    return drafts_for_session(db, authority_id), window


@get("/", opt=at_desk("draft.read"))
async def meeting(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], meeting_id: Given[MeetingId]
) -> Response[str]:
    """Show how far a meeting is and what comes next."""
    found = await db.read(meeting_desk, meeting_id, for_="draft.read", by=actor)
    due = await db.read(due_of_meeting, found.meeting, by=actor) if found.meeting.starts_at <= at else None
    return page(
        request,
        "meetings/desk_meeting.html",
        found=found,
        meeting=found.meeting,
        state=found.meeting.state_at(at),
        due=due if due and due.is_mine else None,
        today=local_day(at),
        own=links.desk_meeting(meeting_id),
        may_lead=may("meeting.lead", actor, found.meeting),
        may_keep=may("meeting.keep", actor, found.meeting),
        may_approve=found.draft is not None and may("minutes.approve", actor, found.draft),
    )


handlers = [meetings, new_session, begin_session, new_dialogue, begin_dialogue]
of_one = [meeting]
