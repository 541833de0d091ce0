"""Public debates by Law 52/2003, art. 7(9)-(12): who can oblige the authority, within which days, and what it owes."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.consultations import Stage
from consult.consultations.debate_answers import AnsweredRequest, RefusalWithoutReason, answer_request
from consult.consultations.debate_documents import Duty, DutyState, owed_after
from consult.consultations.debate_requests import (
    AskedAlready,
    Asker,
    NotAnnouncedThen,
    NotYetAsked,
    TooLateToAsk,
    ask_for_debate,
    enter_request,
    open_requests,
)
from consult.consultations.debates import announce_debate, minutes_each
from consult.consultations.documents import AlreadyThere, DocumentKind, NotPublicYet, publish_document
from consult.consultations.following import follow
from consult.consultations.gatherings import cancel, debate_to_hold, move
from consult.consultations.procedure import UnlawfulDay
from consult.consultations.steps import (
    AlreadyAnnounced,
    DebateNotHeld,
    DebateOwed,
    StepKind,
    coming_steps,
    steps_of,
    submit_for_avizare,
)
from consult.files import KeptFile
from consult.i18n import ZONE
from consult.identity.offices import Role
from consult.identity.organisations import Standing
from consult.jobs.jobs import Job
from consult.meetings.announcing import AlreadyPast, NothingMoved, ReasonMissing
from consult.meetings.meetings import MeetingOver, Notice, meeting_by_id
from consult.meetings.minutes import approve_minutes, save_minutes
from consult.record.entries import history
from consult.refusals import NotPermitted
from tests.factories import (
    NOW,
    a_citizen,
    a_debate,
    a_debate_held,
    a_draft_ready_for_approval,
    a_member_of,
    a_notice,
    a_recommendation,
    an_authority,
    an_official,
    an_open_consultation,
    an_organisation,
)

TENTH = datetime(2026, 10, 15, 17, tzinfo=ZONE)
#: The first day on which the draft may go on to avizare.
AVIZARE = datetime(2026, 11, 17, 12, tzinfo=ZONE)


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


@pytest.fixture
def member(db: Session, authority):
    return a_member_of(db, an_organisation(db, authority))


def letters(db: Session, kind: str) -> list[str]:
    """Whom letters of a kind are waiting for."""
    jobs = db.query(Job).order_by(Job.id)
    return [job.facts["to"] for job in jobs if job.facts.get("letter", {}).get("kind") == kind]


def test_a_debate_is_held_within_ten_days_of_its_notice(db: Session, authority, consultation, contact) -> None:
    with pytest.raises(UnlawfulDay) as refusal:
        a_debate(db, consultation, contact, starts_at=TENTH + timedelta(days=1))
    meeting = a_debate(db, consultation, contact, starts_at=TENTH)

    assert refusal.value.facts["nearest"] == date(2026, 10, 15)
    [(step, about)] = coming_steps(db, authority.id, NOW)
    assert (step.meeting, about) == (meeting, consultation)
    with pytest.raises(AlreadyAnnounced):
        a_debate(db, consultation, contact, starts_at=TENTH)


def test_a_debate_in_the_past_is_refused(db: Session, consultation, contact) -> None:
    with pytest.raises(AlreadyPast):
        a_debate(db, consultation, contact, starts_at=NOW - timedelta(minutes=1))


def test_a_second_debate_may_follow_one_that_was_held(db: Session, consultation, contact) -> None:
    first = a_debate_held(db, consultation, contact)

    second = a_debate(db, consultation, contact, at=first.ended_at + timedelta(days=5))

    assert debate_to_hold(db, consultation.id) == second
    assert steps_of(db, consultation)[StepKind.DEBATE].meeting == second


def test_a_speaker_has_the_floor_for_as_long_as_the_pack_says(db: Session, consultation) -> None:
    assert minutes_each(db, consultation) == 5


def test_a_verified_organisation_obliges_the_authority(db: Session, consultation, contact, member) -> None:
    request = ask_for_debate(db, consultation.id, words="Cerem o dezbatere.", by=member, at=NOW)

    assert (request.number, request.asker, request.name) == (1, Asker.ASSOCIATION, member.capacity.name)
    assert open_requests(db, consultation.id) == [request]
    with pytest.raises(DebateOwed):
        submit_for_avizare(db, consultation.id, by=contact, at=AVIZARE)


def test_nobody_obliges_the_authority_in_their_own_name_or_for_an_unverified_organisation(
    db: Session, authority, consultation
) -> None:
    pending = a_member_of(db, an_organisation(db, authority, standing=Standing.PENDING))

    for somebody in (a_citizen(db), pending):
        with pytest.raises(NotPermitted):
            ask_for_debate(db, consultation.id, words="Cerem o dezbatere.", by=somebody, at=NOW)


def test_a_request_one_day_late_is_refused_with_the_day(db: Session, consultation, member) -> None:
    last_instant = datetime(2026, 10, 15, 23, 59, tzinfo=ZONE)

    with pytest.raises(TooLateToAsk) as refusal:
        ask_for_debate(db, consultation.id, words="Cerem.", by=member, at=last_instant + timedelta(minutes=1))
    ask_for_debate(db, consultation.id, words="Cerem.", by=member, at=last_instant)

    assert refusal.value.facts == {"last_day": date(2026, 10, 15)}


def test_a_request_from_paper_counts_on_the_day_on_which_it_came_in(db: Session, consultation, contact) -> None:
    later = NOW + timedelta(days=14)
    facts = {"asker": Asker.AUTHORITY, "name": "Comuna Livada", "words": "Cerem.", "by": contact, "at": later}

    for refusal, day in ((NotAnnouncedThen, 4), (TooLateToAsk, 16), (NotYetAsked, 20)):
        with pytest.raises(refusal):
            enter_request(db, consultation.id, asked_on=date(2026, 10, day), **facts)
    request = enter_request(db, consultation.id, asked_on=date(2026, 10, 15), **facts)

    assert request.reference == "1-2026"
    with pytest.raises(AskedAlready):
        enter_request(db, consultation.id, asked_on=date(2026, 10, 15), **{**facts, "name": "comuna livada"})


def test_one_debate_answers_every_request_that_waits_and_tells_who_asked(
    db: Session, authority, consultation, contact, member
) -> None:
    other = a_member_of(db, an_organisation(db, authority, name="Asociația Livada"))
    requests = [ask_for_debate(db, consultation.id, words="Cerem.", by=each, at=NOW) for each in (member, other)]

    meeting = a_debate(db, consultation, contact)

    assert [each.meeting_id for each in requests] == [meeting.id] * 2
    assert letters(db, "debate-request-answered") == [member.email, other.email]
    with pytest.raises(AnsweredRequest):
        answer_request(db, requests[0].id, meeting=meeting, by=contact, at=NOW)


def test_a_request_is_refused_only_with_a_reason(db: Session, consultation, contact, member) -> None:
    request = ask_for_debate(db, consultation.id, words="Cerem.", by=member, at=NOW)

    with pytest.raises(RefusalWithoutReason):
        answer_request(db, request.id, meeting=None, reason=" ", by=contact, at=NOW)
    answer_request(db, request.id, meeting=None, reason="Asociația s-a dizolvat.", by=contact, at=NOW)

    assert open_requests(db, consultation.id) == []
    answered = history(db, consultation.subject)[-1].event.stated
    assert answered["facts"] == {"number": "1-2026", "meeting": None, "reason": "Asociația s-a dizolvat."}


def test_a_draft_waits_for_the_debate_that_was_announced(db: Session, consultation, contact) -> None:
    debate = a_debate(db, consultation, contact)

    with pytest.raises(DebateNotHeld):
        submit_for_avizare(db, consultation.id, by=contact, at=AVIZARE)
    cancel(db, debate.id, reason="Sala e inundată.", by=contact, at=NOW)
    submit_for_avizare(db, consultation.id, by=contact, at=AVIZARE)

    assert consultation.stage is Stage.SUBMITTED


def test_whoever_asked_waits_again_when_the_debate_is_called_off(db: Session, consultation, contact, member) -> None:
    request = ask_for_debate(db, consultation.id, words="Cerem.", by=member, at=NOW)
    debate = a_debate(db, consultation, contact)

    cancel(db, debate.id, reason="Sala e inundată.", by=contact, at=NOW)

    assert open_requests(db, consultation.id) == [request]
    assert letters(db, "meeting-cancelled") == [member.email]
    with pytest.raises(MeetingOver):
        cancel(db, debate.id, reason="Încă o dată.", by=contact, at=NOW)


def test_a_moved_debate_keeps_its_old_date_with_the_reason_and_has_a_new_term(
    db: Session, consultation, contact
) -> None:
    author = a_citizen(db)
    a_recommendation(db, consultation, by=author)
    for email in (author.email, "vecin@example.org"):
        follow(db, consultation.id, email=email, locale="ro", at=NOW)
    debate = a_debate(db, consultation, contact, starts_at=TENTH)
    facts = {"place": "Sala Mică", "by": contact, "at": NOW + timedelta(days=2)}

    with pytest.raises(UnlawfulDay):
        move(db, debate.id, starts_at=TENTH + timedelta(days=5), reason="Ninge.", **facts)
    with pytest.raises(ReasonMissing):
        move(db, debate.id, starts_at=TENTH + timedelta(days=1), reason="", **facts)
    move(db, debate.id, starts_at=TENTH + timedelta(days=1), reason="Ninge.", **facts)

    db.expire_all()
    [gone] = meeting_by_id(db, debate.id).moves
    assert (gone.was_at, gone.was_in, gone.reason) == (TENTH, "Sala Mare", "Ninge.")
    # Whoever takes part has one letter, not that of a follower besides.
    assert letters(db, "meeting-moved") == [author.email, "vecin@example.org"]
    with pytest.raises(NothingMoved):
        move(db, debate.id, starts_at=TENTH + timedelta(days=1), reason="Ninge.", **facts)


def test_minutes_are_due_ten_days_after_the_end_and_other_documents_when_they_exist(
    db: Session, authority, consultation, contact
) -> None:
    debate = a_debate_held(db, consultation, contact)
    clerk = an_official(db, authority, Role.CLERK)
    last_day = date(2026, 10, 17)

    def states(on: date) -> dict[Duty, DutyState]:
        owed = owed_after(db, debate, consultation)
        assert owed is not None
        assert owed.deadline.day == last_day
        return {each.duty: each.state_on(on) for each in owed.documents}

    before = states(last_day)
    assert before[Duty.MINUTES] is DutyState.DUE
    assert before[Duty.RECOMMENDATIONS] is DutyState.MET
    assert {before[duty] for duty in (Duty.VERSIONS, Duty.OPINIONS, Duty.ADOPTED)} == {DutyState.TO_COME}
    assert states(last_day + timedelta(days=1))[Duty.MINUTES] is DutyState.LATE
    late = datetime(2026, 10, 18, 10, tzinfo=ZONE)
    save_minutes(db, debate.id, text="S-a vorbit.", edition=0, by=clerk, at=late)
    approve_minutes(db, debate.id, edition=1, by=contact, at=late)
    publish(db, consultation, DocumentKind.OPINION, contact, late + timedelta(days=30))
    after = states(date(2026, 12, 1))
    assert (after[Duty.MINUTES], after[Duty.OPINIONS]) == (DutyState.MET_LATE, DutyState.MET)


def test_a_document_is_published_after_the_draft_and_recorded(db: Session, authority, consultation, contact) -> None:
    draft = a_draft_ready_for_approval(db, authority)

    with pytest.raises(NotPublicYet):
        publish(db, draft, DocumentKind.OPINION, contact, NOW)
    publish(db, consultation, DocumentKind.OPINION, contact, AVIZARE)
    with pytest.raises(AlreadyThere):
        publish(db, consultation, DocumentKind.OPINION, contact, AVIZARE)

    recorded = [each.event.stated for each in history(db, consultation.subject)]
    assert [each["facts"]["kind"] for each in recorded if each["type"] == "document.published"] == ["opinion"]


def publish(db: Session, consultation, kind: DocumentKind, by, at: datetime):
    file = KeptFile("aviz.pdf", "ab" * 32, 7, "application/pdf")
    return publish_document(db, consultation.id, kind=kind, file=file, by=by, at=at)


def test_a_debate_says_how_people_take_part(db: Session, consultation, contact) -> None:
    notice = Notice(
        TENTH, "Sala Mare", "https://video.example/1", "În scris.", "Vă înscrieți.", 4, "Intrarea din spate."
    )

    meeting = announce_debate(db, consultation.id, notice=notice, by=contact, at=NOW)

    assert meeting.where == "Sala Mare, https://video.example/1"
    assert (meeting.ways_to_send, meeting.ways_to_speak, meeting.minutes_each) == ("În scris.", "Vă înscrieți.", 4)
    announced = history(db, meeting.subject)[0].event.stated
    assert announced["facts"]["kind"] == "debate"
    assert a_notice(TENTH).place == meeting.place
