"""Days that the law leaves open and that are seldom meant: asked about once, and done when they are meant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.announcements import set_dates
from consult.consultations.consultations import Consultation, Stage
from consult.consultations.debates import announce_debate
from consult.consultations.doubts import DaysInDoubt, MotiveMissing, doubts_about_dates, doubts_about_draft
from consult.consultations.gatherings import debate_to_hold
from consult.consultations.outcomes import record_outcome
from consult.consultations.procedure import UnlawfulDates
from consult.consultations.sessions import announce_session
from consult.consultations.steps import submit_for_avizare
from consult.i18n import ZONE, current_locale
from consult.identity.actors import Actor
from consult.identity.offices import Role
from consult.meetings.attendance import end_meeting
from consult.meetings.meetings import Notice
from tests.factories import NOW, a_draft_ready_for_approval, an_authority, an_official, an_open_consultation

UNION_DAY = date(2027, 1, 24)
A_SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 2)
WHY = "Atunci e deschisă sala."


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    token = current_locale.set("en")
    yield
    current_locale.reset(token)


def said(**chosen: date) -> list[str]:
    usual = {"announced_on": MONDAY, "proposals_until": date(2026, 11, 16), "submission_on": date(2027, 1, 25)}
    return [doubt.explain() for doubt in doubts_about_dates(**(usual | chosen), today=MONDAY)]


def test_working_days_within_a_year_leave_no_doubt() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("chosen", "day", "words"),
    [
        (
            "submission_on",
            UNION_DAY,
            "24 January 2027 is a legal holiday (Unification of the Romanian Principalities Day):",
        ),
        ("submission_on", date(2027, 1, 30), "30 January 2027 is a Saturday: the authorities whose opinion"),
        ("announced_on", date(2026, 11, 1), "1 November 2026 is a Sunday: the draft becomes public only if"),
        (
            "proposals_until",
            A_SUNDAY,
            "22 November 2026 is a Sunday: proposals will be received until 23 November 2026",
        ),
        ("submission_on", date(2027, 11, 3), "3 November 2027 is more than a year away. Is the year right?"),
    ],
)
def test_what_is_unusual_about_a_day_is_said_with_the_name_of_the_holiday(chosen: str, day: date, words: str) -> None:
    [doubt] = said(**{chosen: day})

    assert doubt.startswith(words)


def test_a_doubt_is_said_in_the_readers_language() -> None:
    current_locale.set("ro")

    [doubt] = said(submission_on=UNION_DAY)

    assert doubt.startswith("24 ianuarie 2027 este sărbătoare legală (Ziua Unirii Principatelor Române):")


def test_dates_in_doubt_count_only_when_each_is_meant(db: Session) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    saturday = date(2026, 10, 17)
    chosen = {
        "announced_on": NOW.date(),
        "proposals_until": saturday,
        "submission_on": A_SUNDAY,
        "urgent_motive": "",
        "edition": draft.edition,
        "by": clerk,
        "at": NOW,
    }

    for sure_of in ([], [saturday], [A_SUNDAY, date(2026, 11, 21)]):
        with pytest.raises(DaysInDoubt) as refusal:
            set_dates(db, draft.id, **chosen, sure_of=sure_of)
        assert [doubt.day for doubt in refusal.value.doubts] == [saturday, A_SUNDAY]
    with pytest.raises(MotiveMissing) as refusal:
        set_dates(db, draft.id, **chosen, sure_of=[saturday, A_SUNDAY], motive=" \n")
    assert [doubt.day for doubt in refusal.value.doubts] == [saturday, A_SUNDAY]
    set_dates(db, draft.id, **chosen, sure_of=[saturday, A_SUNDAY], motive="Ziua orașului e sâmbătă. ")
    assert draft.dates_motive == "Ziua orașului e sâmbătă."

    assert (draft.proposals_until, draft.submission_on) == (date(2026, 10, 19), A_SUNDAY)
    assert [doubt.day for doubt in doubts_about_draft(draft, today=NOW.date())] == [A_SUNDAY]


def test_what_is_unlawful_is_refused_before_anybody_is_asked_whether_it_is_meant(db: Session) -> None:
    authority = an_authority(db)
    clerk = an_official(db, authority, Role.CLERK)
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)

    with pytest.raises(UnlawfulDates):
        set_dates(
            db,
            draft.id,
            announced_on=NOW.date(),
            proposals_until=date(2026, 10, 10),
            submission_on=A_SUNDAY,
            urgent_motive="",
            edition=draft.edition,
            by=clerk,
            at=NOW,
        )


def test_each_step_on_a_day_that_is_not_worked_is_asked_about(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    contact = an_official(db, authority, Role.CONTACT_PERSON)
    debate = datetime(2026, 10, 11, 12, tzinfo=ZONE).astimezone(UTC)
    sunday = datetime(2026, 11, 22, 12, tzinfo=ZONE).astimezone(UTC)
    mayor = sunday + timedelta(days=7)
    steps = [
        (announce_debate, {"notice": Notice(debate, "Sala Mare"), "at": NOW}, debate),
        (submit_for_avizare, {"at": sunday}, sunday),
        (record_outcome, {"outcome": Stage.ADOPTED, "on": mayor.date(), "note": "D 512", "at": mayor}, mayor),
    ]

    for action, facts, on in steps:
        if action is submit_for_avizare:
            hold(db, consultation, contact)
        with pytest.raises(DaysInDoubt) as refusal:
            action(db, consultation.id, by=contact, **facts)
        assert [doubt.day for doubt in refusal.value.doubts] == [on.date()]
        if action is record_outcome:
            action(db, consultation.id, by=contact, **facts, sure_of=[on.date()])
            continue
        with pytest.raises(MotiveMissing):
            action(db, consultation.id, by=contact, **facts, sure_of=[on.date()])
        why = {"notice": replace(facts["notice"], motive=WHY)} if "notice" in facts else {"motive": WHY}
        action(db, consultation.id, by=contact, **facts | why, sure_of=[on.date()])

    assert consultation.stage is Stage.ADOPTED


def test_a_session_on_a_sunday_is_asked_about(db: Session) -> None:
    authority = an_authority(db)
    contact = an_official(db, authority, Role.CONTACT_PERSON)
    sunday = datetime(2026, 11, 22, 12, tzinfo=ZONE).astimezone(UTC)
    facts = {"title": "Ședință", "notice": Notice(sunday, "Sala Mare"), "drafts": [], "others": ["Diverse"]}

    with pytest.raises(DaysInDoubt):
        announce_session(db, authority.id, **facts, by=contact, at=NOW)
    facts |= {"notice": replace(facts["notice"], motive=WHY)}
    meeting = announce_session(db, authority.id, **facts, sure_of=[sunday.date()], by=contact, at=NOW)

    assert (meeting.starts_at, meeting.motive) == (sunday, WHY)


def hold(db: Session, consultation: Consultation, contact: Actor) -> None:
    """End the debate of a consultation an hour after it began."""
    debate = debate_to_hold(db, consultation.id)
    assert debate is not None
    ended_at = debate.starts_at + timedelta(hours=1)
    end_meeting(db, debate.id, ended_at=ended_at, participants=9, by=contact, at=ended_at)
