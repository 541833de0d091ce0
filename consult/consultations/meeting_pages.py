"""What the pages of a meeting show: the meeting itself, and the consultations that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, Stage, find_published
from consult.consultations.debate_documents import RULE, OwedAfterDebate, owed_after
from consult.consultations.debate_requests import DebateRequest, find_request, last_day_to_ask, requests_about
from consult.consultations.gatherings import consultations_of, drafts_on_agenda, meetings_of_each
from consult.consultations.procedure import local_day, pack_of
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import Person
from consult.identity.permissions import Permission, may, require
from consult.meetings.agendas import AgendaItem, AgendaItemId, Choice, agenda_of, votes_on
from consult.meetings.attendance import Attendance, attendance_at
from consult.meetings.meetings import (
    Kind,
    Meeting,
    MeetingId,
    find_meeting,
    meeting_at_desk,
)
from consult.meetings.minutes import MinutesDraft, MinutesVersion, minutes_of
from consult.meetings.recordings import Recording, recordings_of
from consult.meetings.speakers import Speaker, speakers_of
from consult.policy.deadlines import evaluate

#: So many meetings at once are more than any town hall holds.
MOST_SHOWN = 200


@dataclass(frozen=True)
class MeetingPage:
    """One meeting: `about` which consultations, `drafts` on its agenda, who speaks, who came, and what was published.

    `owed`: for each consultation that was debated, the documents that are due, with their clock.
    """

    meeting: Meeting
    about: Sequence[Consultation]
    agenda: Sequence[AgendaItem]
    drafts: Mapping[AgendaItemId, Consultation]
    votes: Mapping[AgendaItemId, Mapping[Choice, Sequence[str]]]
    speakers: Sequence[Speaker]
    attendance: Sequence[Attendance]
    minutes: Sequence[MinutesVersion]
    recordings: Sequence[Recording]
    owed: Sequence[tuple[Consultation, OwedAfterDebate]]


def meeting_page(db: Session, authority_id: AuthorityId, reference: str) -> MeetingPage:
    """Read the public page of a meeting. Raises NotFound."""
    return page_of(db, find_meeting(db, authority_id, reference))


def page_of(db: Session, meeting: Meeting) -> MeetingPage:
    """Read what there is to know of a meeting."""
    about = consultations_of(db, meeting.id)
    agenda = agenda_of(db, meeting.id)
    owed = [(each, owed_after(db, meeting, each)) for each in about if meeting.kind is Kind.DEBATE]
    return MeetingPage(
        meeting=meeting,
        about=about,
        agenda=agenda,
        drafts=drafts_on_agenda(db, meeting.id),
        votes=votes_on(db, [item.id for item in agenda]),
        speakers=speakers_of(db, meeting.id),
        attendance=attendance_at(db, meeting.id),
        minutes=minutes_of(db, meeting.id),
        recordings=recordings_of(db, meeting.id),
        owed=[(each, clock) for each, clock in owed if clock is not None],
    )


@dataclass(frozen=True)
class MeetingAtDesk:
    """A meeting as officials see it: with the minutes that nobody outside has seen, and who wrote them last."""

    page: MeetingPage
    draft: MinutesDraft | None
    editor: str

    @property
    def meeting(self) -> Meeting:
        """The meeting itself."""
        return self.page.meeting


def meeting_desk(db: Session, meeting_id: MeetingId, *, for_: Permission = "meeting.keep", by: Actor) -> MeetingAtDesk:
    """Read a meeting of the official's own authority. `for_`: what they may do. Raises NotFound, NotPermitted."""
    meeting = meeting_at_desk(db, meeting_id, by=by)
    require(for_, by, meeting)
    draft = db.get(MinutesDraft, meeting_id)
    editor = db.get_one(Person, draft.edited_by).name if draft else ""
    return MeetingAtDesk(page_of(db, meeting), draft, editor)


class MeetingWork(StrEnum):
    """What a meeting wants of officials."""

    END = "end"
    WRITE = "write"
    APPROVE = "approve"
    RESULTS = "results"


#: The rule of the pack for which each work is done, by the kind of the meeting; none asks for minutes of a dialogue.
MEETING_RULES: Mapping[Kind, Mapping[MeetingWork, str]] = {
    Kind.DEBATE: {
        MeetingWork.END: "debate-until-all-have-spoken",
        MeetingWork.WRITE: RULE,
        MeetingWork.APPROVE: RULE,
    },
    Kind.SESSION: {
        MeetingWork.RESULTS: "minutes-votes",
        MeetingWork.WRITE: "minutes-on-site",
        MeetingWork.APPROVE: "minutes-on-site",
    },
}


@dataclass(frozen=True)
class MeetingDue:
    """One thing that is due for a meeting. `day`: the last on which it is in time, where there is one.

    `is_mine`: whether the official who asks may do it.
    """

    work: MeetingWork
    meeting: Meeting
    day: date | None
    is_mine: bool = True

    @property
    def rule(self) -> str | None:
        """The rule of the pack behind it, where the law asks for it."""
        return MEETING_RULES.get(self.meeting.kind, {}).get(self.work)


def meetings_due(db: Session, authority_id: AuthorityId, *, by: Actor, at: datetime) -> list[MeetingDue]:
    """Return which meetings want to be ended, minuted or told the results of; `is_mine` says by whom."""
    query = select(Meeting).where(
        Meeting.authority_id == authority_id, Meeting.starts_at <= at, Meeting.cancelled_at.is_(None)
    )
    due = (
        due_of_meeting(db, meeting, by=by)
        for meeting in db.scalars(query.order_by(Meeting.starts_at.desc()).limit(MOST_SHOWN))
    )
    return [each for each in due if each is not None]


def due_of_meeting(db: Session, meeting: Meeting, *, by: Actor) -> MeetingDue | None:
    """Return what a meeting that has begun wants next, of this official if it can be; None where nothing is left."""
    keeps = may("meeting.keep", by, meeting)
    if meeting.ended_at is None:
        return MeetingDue(MeetingWork.END, meeting, local_day(meeting.starts_at), keeps)
    leads = may("meeting.lead", by, meeting)
    results = None
    if any(item.result is None for item in agenda_of(db, meeting.id)):
        results = MeetingDue(MeetingWork.RESULTS, meeting, local_day(meeting.starts_at), leads)
    if (results and leads) or minutes_of(db, meeting.id):
        return results
    draft = db.get(MinutesDraft, meeting.id)
    is_mine = may("minutes.approve", by, draft) if draft else keeps
    if results and not is_mine:
        return results
    work = MeetingWork.APPROVE if draft else MeetingWork.WRITE
    return MeetingDue(work, meeting, last_day_for_minutes(db, meeting), is_mine)


def last_day_for_minutes(db: Session, meeting: Meeting) -> date | None:
    """Return the last day on which the minutes of a debate are in time; the law sets none for other meetings."""
    if meeting.kind is not Kind.DEBATE or meeting.ended_at is None:
        return None
    ended_on = local_day(meeting.ended_at)
    days = (evaluate(pack_of(db, each), RULE, ended_on).day for each in consultations_of(db, meeting.id))
    return min(days, default=None)


@dataclass(frozen=True)
class DebatePage:
    """The debates of a draft: those that were announced, who asked for one, and whether one can still be asked for."""

    consultation: Consultation
    meetings: Sequence[Meeting]
    requests: Sequence[DebateRequest]
    last_day: date
    is_asking_open: bool


def debate_page(db: Session, authority_id: AuthorityId, reference: str, *, at: datetime) -> DebatePage:
    """Read the page of the debates of a draft. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    meetings = meetings_of_each(db, [consultation.id])[consultation.id]
    last_day = last_day_to_ask(consultation, pack_of(db, consultation))
    return DebatePage(
        consultation=consultation,
        meetings=[each for each in meetings if each.kind is Kind.DEBATE],
        requests=requests_about(db, [consultation.id]),
        last_day=last_day,
        is_asking_open=consultation.stage is Stage.PROPOSALS and local_day(at) <= last_day,
    )


@dataclass(frozen=True)
class RequestPage:
    """A request for a debate, and the draft that it is about."""

    consultation: Consultation
    request: DebateRequest


def request_page(db: Session, authority_id: AuthorityId, reference: str, number: str) -> RequestPage:
    """Read the page of a request for a debate. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    return RequestPage(consultation, find_request(db, consultation.id, number))
