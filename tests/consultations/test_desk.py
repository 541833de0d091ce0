"""What the officials' pages read: who is shown what to do, by which day, and that only what was read is published."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.announcements import create_consultation, edit_announcement
from consult.consultations.answer_publication import publish_answers
from consult.consultations.answering import Answering, answering_page, answers_page
from consult.consultations.answers import NAMED
from consult.consultations.as_read import SavedSince, approve_as_read, publish_version_as_read
from consult.consultations.consultations import Stage
from consult.consultations.desk import desk_page, list_at_desk, next_version, text_being_written
from consult.consultations.drafts import request_approval, save_text
from consult.consultations.due import RULES, Work, announce_by, what_is_due
from consult.consultations.duties import confirm_duty
from consult.consultations.meeting_pages import MEETING_RULES
from consult.consultations.procedure import current_pack
from consult.consultations.publication import approve, publish_version
from consult.consultations.recommendations import PAGE, Verdict
from consult.consultations.responses import draft_answers
from consult.consultations.steps import submit_for_avizare
from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.offices import Role
from consult.refusals import NotFound
from tests.factories import (
    DRAFT,
    NOW,
    a_citizen,
    a_draft_ready_for_approval,
    a_recommendation,
    a_session,
    an_authority,
    an_official,
    an_open_consultation,
)
from tests.factories.consultations import ANNOUNCEMENT, answer_everything, the_day_after

REASON = "Propunerea se preia: costul real a fost recalculat."


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def clerk(db: Session, authority):
    return an_official(db, authority, Role.CLERK, name="Maria Funcționara")


@pytest.fixture
def approver(db: Session, authority):
    return an_official(db, authority, Role.APPROVER, name="Radu Secretarul")


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


def references(recommendations) -> list[str]:
    return [recommendation.reference for recommendation in recommendations]


def works(db: Session, authority, by, at=NOW):
    due = what_is_due(db, authority.id, by=by, at=at)
    told = [(each.work, each.day, each.count) for each in due if each.is_mine]
    return [each for each in told if each[0] is not Work.TELL]


def answer(db: Session, consultation, recommendations, by, *, verdict=Verdict.TAKEN_UP, reason=REASON):
    ids = [recommendation.id for recommendation in recommendations]
    draft_answers(db, consultation.id, recommendation_ids=ids, verdict=verdict, reason=reason, by=by, at=NOW)


def test_a_new_draft_is_to_be_finished_and_says_what_is_missing(db: Session, authority, clerk, approver) -> None:
    create_consultation(db, authority.id, title="Parcări", by=clerk, at=NOW)

    (due,) = what_is_due(db, authority.id, by=clerk, at=NOW)

    assert due.work is Work.FINISH
    assert due.day is None
    assert {part.step for part in due.missing} == {"text", "anunt", "date"}
    assert works(db, authority, approver) == []


def test_a_draft_that_waits_is_the_approvers_to_approve_and_its_authors_to_await(
    db: Session, authority, clerk, approver
) -> None:
    a_draft_ready_for_approval(db, authority, clerk=clerk)

    assert works(db, authority, approver) == [(Work.APPROVE, date(2026, 10, 5), 0)]
    assert works(db, authority, clerk) == [(Work.AWAIT, date(2026, 10, 5), 0)]


def test_colleagues_work_is_known_as_theirs(db: Session, authority, clerk, approver) -> None:
    create_consultation(db, authority.id, title="Parcări", by=clerk, at=NOW)

    (due,) = what_is_due(db, authority.id, by=approver, at=NOW)

    assert (due.work, due.is_mine) == (Work.FINISH, False)


def test_the_channels_of_an_announcement_are_due_on_its_day_until_they_are_confirmed(
    db: Session, authority, clerk
) -> None:
    consultation = an_open_consultation(db, authority)
    channels = ("announcement-at-seat", "announcement-to-media", "announcement-to-subscribers")

    def told() -> list[tuple[date | None, int]]:
        due = what_is_due(db, authority.id, by=clerk, at=NOW)
        return [(each.day, each.count) for each in due if each.work is Work.TELL]

    assert told() == [(date(2026, 10, 5), 3)]
    for rule in channels:
        confirm_duty(db, consultation.id, rule=rule, done_on=date(2026, 10, 5), note="Făcut.", by=clerk, at=NOW)
    assert told() == []


def test_each_work_is_done_for_a_rule_of_the_pack() -> None:
    known = {rule.id for rule in current_pack().rules}

    assert {RULES[work] for work in Work} <= known
    assert {rule for works in MEETING_RULES.values() for rule in works.values()} <= known


def test_a_draft_must_be_public_while_its_dates_are_still_lawful(db: Session, authority, clerk) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    earliest = announce_by(draft)

    draft.proposals_until = date(2026, 10, 26)
    draft.submission_on = date(2026, 11, 20)

    assert earliest == date(2026, 10, 5)
    # Thirty free working days before 20 November begin after 8 October.
    assert announce_by(draft) == date(2026, 10, 8)


def test_after_the_last_instant_proposals_are_to_be_answered_by_the_day_of_avizare(
    db: Session, authority, clerk, contact, approver
) -> None:
    consultation = an_open_consultation(db, authority)
    received = [a_recommendation(db, consultation) for _ in range(3)]
    later = the_day_after(consultation.proposals_until)
    avizare = consultation.submission_on

    assert works(db, authority, contact) == [(Work.CLOSING, consultation.proposals_until, 3)]
    assert works(db, authority, contact, later) == [(Work.ANSWER, avizare, 3)]

    answer(db, consultation, received[:1], contact)
    assert works(db, authority, clerk, later) == [(Work.ANSWER, avizare, 2)]

    answer(db, consultation, received[1:], contact)
    assert works(db, authority, contact, later) == [(Work.PUBLISH, avizare, 3)]
    assert works(db, authority, clerk, later) == []

    publish_answers(db, consultation.id, by=contact, at=later)
    assert works(db, authority, approver, later) == [(Work.IMPROVE, avizare, 3)]


def better_text(db: Session, consultation, clerk, contact, at, causes) -> None:
    save_text(db, consultation.id, text=DRAFT.replace("ghișeul unic", "orice ghișeu"), edition=1, by=clerk, at=at)
    publish_version(db, consultation.id, causes=causes, by=contact, at=at)


def test_what_was_taken_up_is_recalled_until_a_version_carries_it(db: Session, authority, clerk, contact) -> None:
    consultation = an_open_consultation(db, authority)
    carried, forgotten, refused = [a_recommendation(db, consultation) for _ in range(3)]
    answer(db, consultation, [carried], contact, verdict=Verdict.PARTLY)
    answer(db, consultation, [forgotten], contact)
    answer(db, consultation, [refused], contact, verdict=Verdict.NOT_TAKEN_UP)
    later, avizare = the_day_after(consultation.proposals_until), consultation.submission_on
    publish_answers(db, consultation.id, by=contact, at=later)

    assert works(db, authority, clerk, later) == [(Work.IMPROVE, avizare, 2)]
    better_text(db, consultation, clerk, contact, later, {"art-3": [carried.id]})
    assert works(db, authority, contact, later) == [(Work.IMPROVE, avizare, 1)]


def test_what_was_taken_up_of_the_whole_draft_is_carried_by_any_later_version(
    db: Session, authority, clerk, contact
) -> None:
    consultation = an_open_consultation(db, authority)
    a_recommendation(db, consultation, provision_key=None)
    later = answer_everything(db, consultation)

    assert works(db, authority, contact, later) == [(Work.IMPROVE, consultation.submission_on, 1)]
    better_text(db, consultation, clerk, contact, later, {})
    assert works(db, authority, contact, later) == [(Work.SUBMIT, consultation.submission_on, 0)]


def test_where_nothing_was_taken_up_the_draft_goes_on_as_it_is(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    a_recommendation(db, consultation)
    later = answer_everything(db, consultation, verdict=Verdict.NOT_TAKEN_UP)

    assert works(db, authority, contact, later) == [(Work.SUBMIT, consultation.submission_on, 0)]


def test_a_withdrawn_proposal_waits_for_no_answer(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    author = a_citizen(db)
    withdraw_recommendation(db, a_recommendation(db, consultation, by=author).id, by=author, at=NOW)

    later = the_day_after(consultation.proposals_until)

    assert works(db, authority, contact, later) == [(Work.SUBMIT, consultation.submission_on, 0)]


def test_after_avizare_the_session_is_announced_and_then_its_outcome_is_said(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    avizare = the_day_after(consultation.submission_on)
    submit_for_avizare(db, consultation.id, by=contact, at=avizare)

    assert works(db, authority, contact, avizare) == [(Work.SESSION, None, 0)]

    session = avizare + timedelta(days=7)
    a_session(db, [consultation], contact, starts_at=session, at=avizare)
    assert works(db, authority, contact, avizare) == []
    assert works(db, authority, contact, session) == [(Work.OUTCOME, session.date(), 0)]


def test_nobody_is_shown_the_work_of_another_authority(db: Session, authority, clerk) -> None:
    a_draft_ready_for_approval(db)
    an_open_consultation(db)

    assert works(db, authority, clerk) == []
    assert list_at_desk(db, authority.id).consultations == []


def test_officials_of_another_authority_do_not_know_of_a_draft(db: Session, authority, clerk) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    stranger = an_official(db, an_authority(db), Role.CLERK, Role.APPROVER)

    with pytest.raises(NotFound):
        desk_page(db, draft.id, by=stranger, at=NOW)
    for read in (text_being_written, answering_page, answers_page):
        with pytest.raises(NotFound):
            read(db, draft.id, by=stranger)


def test_the_desk_page_names_hands_and_other_eyes(db: Session, authority, clerk, approver) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)

    shown = desk_page(db, draft.id, by=approver, at=NOW)

    assert (shown.maker, shown.editor, shown.approvers) == ("Maria Funcționara", "Maria Funcționara", [approver.name])
    assert all(part.is_done for part in shown.parts)
    assert shown.due is not None
    assert shown.due.work is Work.APPROVE


def test_an_approver_cannot_approve_what_was_written_after_they_read(db: Session, authority, clerk, approver) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    read = draft.edition
    changed = edit_announcement(db, draft.id, announcement=ANNOUNCEMENT, edition=read, by=clerk, at=NOW)
    request_approval(db, draft.id, by=clerk, at=NOW)

    with pytest.raises(SavedSince):
        approve_as_read(db, draft.id, edition=read, by=approver, at=NOW)

    assert draft.stage is Stage.APPROVAL
    assert approve_as_read(db, draft.id, edition=changed.edition, by=approver, at=NOW).is_public


def test_a_version_is_published_as_it_was_read(db: Session, authority, clerk, approver) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    consultation = approve(db, draft.id, by=approver, at=NOW)
    later = the_day_after(consultation.proposals_until)
    save_text(db, draft.id, text=DRAFT.replace("240", "180"), edition=1, by=clerk, at=later)
    save_text(db, draft.id, text=DRAFT.replace("240", "90"), edition=2, by=clerk, at=later)

    with pytest.raises(SavedSince):
        publish_version_as_read(db, draft.id, edition=2, causes={}, by=approver, at=later)

    assert publish_version_as_read(db, draft.id, edition=3, causes={}, by=approver, at=later).number == 2


def test_what_there_is_to_answer_is_found_by_article_and_by_state(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    third, second, whole = (
        a_recommendation(db, consultation, provision_key=key) for key in ("art-3", "art-2-alin-2", None)
    )
    answer(db, consultation, [second], contact)

    def shown(**narrowed):
        rows = answering_page(db, consultation.id, by=contact, **narrowed).rows
        return [row.recommendation.id for row in rows]

    assert shown() == [third.id, second.id, whole.id]
    assert shown(article="art-2") == [second.id]
    assert shown(article="proiect") == [whole.id]
    assert shown(state=Answering.WAITING) == [third.id, whole.id]
    assert shown(state=Answering.DRAFTED) == [second.id]
    assert shown(state=Answering.PUBLISHED) == []
    assert shown(after=second.id) == [whole.id]


def test_a_proposal_is_answered_beside_the_words_it_would_change(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    a_recommendation(db, consultation, provision_key="art-2-alin-2-lit-b")
    a_recommendation(db, consultation, provision_key=None)

    rows = answering_page(db, consultation.id, by=contact).rows

    assert [row.current for row in rows] == ["fiecare autoturism în plus.", ""]


def test_alike_answers_are_read_together_before_they_are_published(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    first, second, third = (a_recommendation(db, consultation) for _ in range(3))
    answer(db, consultation, [third], contact, verdict=Verdict.NOT_TAKEN_UP, reason="Legea nu permite.")
    answer(db, consultation, [first, second], contact)

    shown = answers_page(db, consultation.id, by=contact)

    assert [(each.verdict, each.count, references(each.first)) for each in shown.drafted.answers] == [
        (Verdict.NOT_TAKEN_UP, 1, references([third])),
        (Verdict.TAKEN_UP, 2, references([first, second])),
    ]
    assert shown.counts == {
        Verdict.TAKEN_UP: 2,
        Verdict.PARTLY: 0,
        Verdict.NOT_TAKEN_UP: 1,
        Verdict.OUT_OF_SCOPE: 0,
    }
    assert shown.progress.unanswered == 0


def test_answers_to_publish_come_in_pages_and_name_the_first_of_many(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    received = [a_recommendation(db, consultation) for _ in range(NAMED + PAGE + 1)]
    campaign, others = received[: NAMED + 1], received[NAMED + 1 :]
    answer(db, consultation, campaign, contact)
    for number, each in enumerate(others):
        answer(db, consultation, [each], contact, reason=f"Motivul {number}.")

    first = answers_page(db, consultation.id, by=contact).drafted
    rest = answers_page(db, consultation.id, after=first.after or 0, by=contact).drafted

    assert (len(first.answers), len(rest.answers), rest.after) == (PAGE, 1, None)
    assert (first.answers[0].count, first.answers[0].others) == (31, 1)
    assert references(first.answers[0].first) == references(campaign[:NAMED])
    assert references(rest.answers[0].first) == references(others[-1:])


def test_a_proposal_withdrawn_after_its_answer_was_drafted_is_not_among_those_to_publish(
    db: Session, authority, contact
) -> None:
    consultation = an_open_consultation(db, authority)
    author = a_citizen(db)
    withdrawn = a_recommendation(db, consultation, by=author)
    answer(db, consultation, [withdrawn], contact)
    withdraw_recommendation(db, withdrawn.id, by=author, at=NOW + timedelta(hours=2))

    shown = answers_page(db, consultation.id, by=contact)

    assert shown.drafted.answers == []
    assert sum(shown.counts.values()) == 0


def test_the_next_version_is_read_with_what_was_said_about_each_article(db: Session, authority, contact) -> None:
    consultation = an_open_consultation(db, authority)
    recommendation = a_recommendation(db, consultation, provision_key="art-2-alin-2")
    a_recommendation(db, consultation, provision_key=None)

    shown = next_version(db, consultation.id, by=contact)

    assert shown.said == {"art-2": [recommendation]}
    assert shown.version.number == 1
