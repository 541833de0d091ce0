"""Public sessions by Law 52/2003, art. 8 and 11: three free days, who is told, each member's vote, what comes of it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.consultations import Stage
from consult.consultations.gatherings import cancel, session_to_decide
from consult.consultations.procedure import UnlawfulDay
from consult.consultations.sessions import (
    EmptyAgenda,
    NoActNumber,
    NoReasonGiven,
    announce_session,
    decide,
    drafts_for_session,
)
from consult.consultations.steps import AlreadyAnnounced, OutOfOrder, StepKind, steps_of, submit_for_avizare
from consult.i18n import ZONE
from consult.identity.offices import Role
from consult.meetings.agendas import (
    AlreadyDecided,
    Ballot,
    Choice,
    DoesNotAddUp,
    NotCarried,
    NotHeldYet,
    NoVote,
    Result,
    VotedTwice,
    agenda_of,
    members_known,
    votes_on,
)
from consult.record.entries import history
from tests.consultations.test_debates import letters
from tests.factories import a_notice, a_recommendation, a_session, an_authority, an_official, an_open_consultation
from tests.factories.consultations import answer_everything

AVIZARE = datetime(2026, 11, 17, 12, tzinfo=ZONE)
SESSION = AVIZARE + timedelta(days=6)
AFTER = SESSION + timedelta(hours=3)
OPEN = Ballot.by_name({Choice.FOR: ["Ana Ene", "Dan Pop"], Choice.AGAINST: ["Ion Luca"], Choice.ABSENT: ["Eva Nan"]})


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


@pytest.fixture
def draft(db: Session, authority, contact):
    """A draft that went on to avizare."""
    consultation = an_open_consultation(db, authority)
    a_recommendation(db, consultation)
    answer_everything(db, consultation)
    submit_for_avizare(db, consultation.id, by=contact, at=AVIZARE)
    return consultation


def test_a_session_is_announced_three_free_days_before(db: Session, draft, contact) -> None:
    with pytest.raises(UnlawfulDay):
        a_session(db, [draft], contact, starts_at=AVIZARE + timedelta(days=3), at=AVIZARE)
    a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)

    assert steps_of(db, draft)[StepKind.SESSION].on == date(2026, 11, 23)


def test_only_a_draft_that_went_on_to_avizare_is_on_an_agenda_and_on_one(
    db: Session, authority, draft, contact
) -> None:
    early = an_open_consultation(db, authority)

    with pytest.raises(OutOfOrder):
        a_session(db, [early], contact, starts_at=SESSION, at=AVIZARE)
    assert drafts_for_session(db, authority.id) == [draft]
    first = a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)
    with pytest.raises(AlreadyAnnounced):
        a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)
    cancel(db, first.id, reason="Fără cvorum.", by=contact, at=AVIZARE)
    a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)

    assert drafts_for_session(db, authority.id) == []


def test_a_session_has_an_agenda(db: Session, authority, contact) -> None:
    facts = {"title": "Ședință", "notice": a_notice(SESSION), "drafts": [], "by": contact, "at": AVIZARE}

    with pytest.raises(EmptyAgenda):
        announce_session(db, authority.id, **facts)
    meeting = announce_session(db, authority.id, others=["Raport", "Diverse"], **facts)

    assert [item.title for item in agenda_of(db, meeting.id)] == ["Raport", "Diverse"]


def test_whoever_sent_a_recommendation_on_the_draft_is_told_of_the_session(db: Session, draft, contact) -> None:
    a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)

    assert len(letters(db, "session-announced")) == 1


def test_what_was_voted_is_the_end_of_the_consultation_with_each_vote(db: Session, draft, contact) -> None:
    meeting = a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)
    [item] = agenda_of(db, meeting.id)
    facts = {"result": Result.AMENDED, "ballot": OPEN, "by": contact}

    with pytest.raises(NotHeldYet):
        decide(db, item.id, act="HCL 7/2026", **facts, at=AVIZARE)
    with pytest.raises(NoActNumber):
        decide(db, item.id, act=" ", **facts, at=AFTER)
    decide(db, item.id, act="HCL 7/2026", **facts, at=AFTER)

    assert (draft.stage, draft.ended_on, draft.outcome_note) == (Stage.ADOPTED, date(2026, 11, 23), "HCL 7/2026")
    assert votes_on(db, [item.id])[item.id][Choice.AGAINST] == ["Ion Luca"]
    assert members_known(db, meeting) == ["Ana Ene", "Dan Pop", "Eva Nan", "Ion Luca"]
    stated = history(db, meeting.subject)[-1].event.stated
    assert stated["facts"]["members"] == 4
    assert "Ion Luca" not in str(stated)
    with pytest.raises(AlreadyDecided):
        decide(db, item.id, act="HCL 8/2026", **facts, at=AFTER)


@pytest.mark.parametrize(
    ("result", "ballot", "refusal"),
    [
        (Result.ADOPTED, None, NoVote),
        (Result.REJECTED, Ballot.by_name({}), NoVote),
        (Result.ADOPTED, Ballot.by_name({Choice.FOR: ["Ana Ene"], Choice.AGAINST: ["Ana Ene"]}), VotedTwice),
        (Result.ADOPTED, Ballot(9, {Choice.FOR: 5, Choice.AGAINST: 3}, is_secret=True), DoesNotAddUp),
        (Result.ADOPTED, Ballot.by_name({Choice.FOR: ["Ana Ene"], Choice.AGAINST: ["Dan Pop"]}), NotCarried),
    ],
)
def test_a_vote_that_cannot_have_been_is_refused(db: Session, draft, contact, result, ballot, refusal) -> None:
    meeting = a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)
    [item] = agenda_of(db, meeting.id)

    with pytest.raises(refusal):
        decide(db, item.id, result=result, ballot=ballot, act="HCL 7", note="De ce.", by=contact, at=AFTER)


def test_of_a_secret_vote_only_the_sums_are_kept(db: Session, draft, contact) -> None:
    meeting = a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)
    [item] = agenda_of(db, meeting.id)
    secret = Ballot(9, {Choice.FOR: 6, Choice.AGAINST: 2, Choice.ABSTAINED: 1}, is_secret=True)

    decide(db, item.id, result=Result.ADOPTED, ballot=secret, act="HCL 7", by=contact, at=AFTER)

    assert (item.votes_for, item.votes_against, item.abstentions, item.absences) == (6, 2, 1, 0)
    assert votes_on(db, [item.id]) == {}


def test_a_returned_draft_is_before_avizare_again_and_goes_on_once_more(db: Session, draft, contact) -> None:
    meeting = a_session(db, [draft], contact, starts_at=SESSION, at=AVIZARE)
    [item] = agenda_of(db, meeting.id)

    with pytest.raises(NoReasonGiven):
        decide(db, item.id, result=Result.RETURNED, ballot=None, by=contact, at=AFTER)
    decide(db, item.id, result=Result.RETURNED, ballot=None, note="Lipsește planșa.", by=contact, at=AFTER)

    assert (draft.stage, draft.submitted_on) == (Stage.ANSWERED, None)
    assert StepKind.SESSION not in steps_of(db, draft)
    submit_for_avizare(db, draft.id, by=contact, at=AFTER)
    assert session_to_decide(db, draft.id) is None
    a_session(db, [draft], contact, starts_at=AFTER + timedelta(days=9), at=AFTER)
