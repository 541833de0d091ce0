"""How the demo town meets: debates that were asked for, announced, held and minuted, and the session that decided."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from consult.consultations.consultations import ConsultationId
from consult.consultations.debate_requests import ask_for_debate
from consult.consultations.debates import announce_debate
from consult.consultations.documents import publish_document
from consult.consultations.gatherings import move
from consult.consultations.sessions import announce_session, decide
from consult.demo import gatherings as told
from consult.demo.days import office_day, working_day_after
from consult.demo.residents import Residents
from consult.demo.town import Consultation, Town
from consult.files import check_upload, put
from consult.i18n import ZONE
from consult.identity.registers import Register, register_key
from consult.meetings.agendas import Ballot, agenda_of
from consult.meetings.attendance import Attendant, end_meeting, write_attendance
from consult.meetings.meetings import MeetingId, Notice
from consult.meetings.minutes import approve_minutes, save_minutes
from consult.meetings.recordings import link_recording
from consult.meetings.speakers import SpeakerState, add_in_room, mark_speaker, register_speaker, speakers_of
from consult.store import Database

#: Something that happens at an instant.
Happening = tuple[datetime, Callable[..., object]]


class Playing(Protocol):
    """The town as it is played."""

    database: Database
    files: Path
    town: Town
    residents: Residents
    loaded_on: date
    consultations: dict[str, ConsultationId]

    def at(self, offset: int, hour: time) -> datetime:
        """Return an hour of the town's day so many days from the loading."""

    def at_office(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the last working day up to an offset."""


def meeting(play: Playing, draft: Consultation) -> Iterator[Happening]:
    """Yield what was asked, debated, decided and published later about a draft."""
    for asked in draft.requests:
        yield play.at(asked.day, asked.at), lambda at, asked=asked: _ask(play, draft, asked, at)
    if draft.debate is not None:
        yield from Debate(play, draft, draft.debate).deeds()
    if draft.session is not None:
        yield from Council(play, draft, draft.session).deeds()
    for document in draft.documents:
        yield play.at_office(document.day, 13), lambda at, document=document: _publish(play, draft, document, at)


class Gathering:
    """A meeting from its announcement on, led by the contact person."""

    def __init__(self, play: Playing, announced: int, day: int, hour: time) -> None:
        self.play = play
        self.day = office_day(play.loaded_on, day)
        self.announced_at = play.at_office(announced, 9, 20)
        self.starts_at = datetime.combine(self.day, hour, ZONE).astimezone(UTC)
        self.id = MeetingId(0)

    def act(self, official: str, action: Callable[..., object], *given: object, **facts: object) -> None:
        """Do something as an official."""

        def done(db: Session) -> None:
            action(db, *given, by=self.play.residents.official(db, official), **facts)

        self.play.database.act(done)

    def lead(self, action: Callable[..., object], *given: object, **facts: object) -> None:
        """Do something as the contact person."""
        self.act(self.play.town.authority.contact, action, *given, **facts)

    def announce(self, action: Callable[..., object], *given: object, **facts: object) -> None:
        """Announce the meeting."""

        def done(db: Session) -> MeetingId:
            by = self.play.residents.official(db, self.play.town.authority.contact)
            announced: MeetingId = action(db, *given, by=by, **facts).id  # type: ignore[attr-defined]  # a meeting
            return announced

        key = register_key(Register.MEETINGS, self.play.residents.authority_id)
        self.id = self.play.database.act_alone(key, done)

    def ended(self, held: told.Held) -> Iterator[Happening]:
        """Yield the end of the meeting and what was published of it."""
        over = self.starts_at + timedelta(minutes=held.minutes)
        yield over + timedelta(minutes=15), lambda at: self._end(held, over, at)
        for minuted in held.minuted:
            day = working_day_after(self.day, minuted.after)
            drafted = datetime.combine(day, time(9), ZONE).astimezone(UTC)
            yield drafted, lambda at, minuted=minuted: self._draft(minuted, at)
            yield drafted + timedelta(hours=3), lambda at, minuted=minuted: self._approve(minuted, at)

    def next_day(self, hour: int) -> datetime:
        """Return an hour of the working day after the meeting."""
        return datetime.combine(working_day_after(self.day, 1), time(hour), ZONE).astimezone(UTC)

    def _end(self, held: told.Held, over: datetime, at: datetime) -> None:
        for each in held.room:
            self.lead(add_in_room, self.id, name=each.name, named=each.named, at=over)
        present = [Attendant(each.attending_as, each.name, each.post) for each in held.attendance]
        self.lead(write_attendance, self.id, present=present, at=at)
        self.mark(at)
        self.lead(end_meeting, self.id, ended_at=over, participants=held.participants, at=at)
        if held.recording:
            self.lead(link_recording, self.id, name=held.recording_name, url=held.recording, at=at)

    def mark(self, at: datetime) -> None:
        """Say who of the registered spoke; nobody registers for a session."""

    def _draft(self, minuted: told.Minuted, at: datetime) -> None:
        facts = {"text": minuted.text, "reason": minuted.reason, "edition": 0}
        self.act(minuted.drafted_by, save_minutes, self.id, **facts, at=at)

    def _approve(self, minuted: told.Minuted, at: datetime) -> None:
        self.act(minuted.approved_by, approve_minutes, self.id, edition=1, at=at)


class Debate(Gathering):
    """A public debate of a draft."""

    def __init__(self, play: Playing, draft: Consultation, debate: told.Debate) -> None:
        super().__init__(play, debate.announced, debate.day, debate.at)
        self.draft = draft
        self.told = debate

    def deeds(self) -> Iterator[Happening]:
        """Yield what happened to the debate so far."""
        yield self.announced_at, self._announce
        for speaks in self.told.speakers:
            registered = self.announced_at + timedelta(minutes=speaks.after)
            yield registered, lambda at, speaks=speaks: self._register(speaks, at)
        if moved := self.told.moved:
            yield self.announced_at + timedelta(minutes=moved.after), lambda at: self._move(moved, at)
        if self.told.held is not None:
            yield from self.ended(self.told.held)

    def mark(self, at: datetime) -> None:
        """Say who of the registered spoke and who was called in vain."""

        def marked(db: Session) -> None:
            by = self.play.residents.official(db, self.play.town.authority.contact)
            absent = {self.play.residents.speaker(db, each.by).person_id for each in self.told.speakers if each.absent}
            for speaker in speakers_of(db, self.id):
                state = SpeakerState.ABSENT if speaker.person_id in absent else SpeakerState.SPOKEN
                mark_speaker(db, speaker.id, state=state, by=by, at=at)

        self.play.database.act(marked)

    def _announce(self, at: datetime) -> None:
        it = self.told
        notice = Notice(
            starts_at=self.starts_at,
            place=it.place,
            online=it.online,
            ways_to_send=it.ways_to_send.strip() or self.draft.ways_to_send.strip(),
            ways_to_speak=it.ways_to_speak.strip(),
            minutes_each=it.minutes_each,
        )
        self.announce(announce_debate, self.play.consultations[self.draft.key], notice=notice, at=at)

    def _register(self, speaks: told.Speaks, at: datetime) -> None:
        def registered(db: Session) -> None:
            by = self.play.residents.speaker(db, speaks.by, speaks.organisation)
            register_speaker(db, self.id, named=speaks.named, by=by, at=at)

        self.play.database.act(registered)

    def _move(self, moved: told.Moved, at: datetime) -> None:
        starts_at = datetime.combine(self.day, moved.at, ZONE).astimezone(UTC)
        self.lead(move, self.id, starts_at=starts_at, place=moved.place, reason=moved.reason.strip(), at=at)


class Council(Gathering):
    """The session that decided about a draft."""

    def __init__(self, play: Playing, draft: Consultation, session: told.Council) -> None:
        super().__init__(play, session.announced, session.day, session.at)
        self.draft = draft
        self.told = session

    def deeds(self) -> Iterator[Happening]:
        """Yield what happened to the session so far."""
        yield self.announced_at + timedelta(hours=3), self._announce
        if self.told.held is not None:
            yield from self.ended(self.told.held)
        yield self.next_day(8), self._tell

    def _announce(self, at: datetime) -> None:
        it = self.told
        self.announce(
            announce_session,
            self.play.residents.authority_id,
            title=it.title,
            notice=Notice(self.starts_at, it.place, it.online),
            drafts=[self.play.consultations[self.draft.key]],
            others=[item.title for item in it.items],
            at=at,
        )

    def _tell(self, at: datetime) -> None:
        agenda = self.play.database.read(agenda_of, self.id)
        for item, decided in zip(agenda, [self.told.decided, *(each.decided for each in self.told.items)], strict=True):
            said = {"act": decided.act, "act_url": decided.act_url, "note": decided.note}
            self.lead(decide, item.id, result=decided.result, ballot=_ballot(decided), **said, at=at)


def _ballot(decided: told.Decided) -> Ballot:
    if decided.names:
        return Ballot.by_name(decided.names)
    return Ballot(sum(decided.sums.values()), decided.sums, is_secret=True)


def _ask(play: Playing, draft: Consultation, asked: told.Asked, at: datetime) -> None:
    def ask(db: Session) -> None:
        by = play.residents.speaker(db, asked.by, asked.organisation)
        ask_for_debate(db, play.consultations[draft.key], words=asked.words.strip(), by=by, at=at)

    play.database.act_alone(register_key(Register.DEBATE_REQUESTS, play.residents.authority_id), ask)


def _publish(play: Playing, draft: Consultation, document: told.LaterDocument, at: datetime) -> None:
    content = document.text.strip().encode()
    checked = check_upload(document.name, content)
    put(play.files, content)

    def publish(db: Session) -> None:
        publish_document(
            db,
            play.consultations[draft.key],
            kind=document.kind,
            file=checked.kept,
            by=play.residents.official(db, play.town.authority.contact),
            at=at,
        )

    play.database.act(publish)
