"""Answers: each with a reason, drafted in private, published together, never rewritten."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import AnswersMissing, NothingToPublish, StillOpen, publish_answers
from consult.consultations.answering import answering_page
from consult.consultations.consultations import Stage
from consult.consultations.counters import tally
from consult.consultations.reasons import last_reason
from consult.consultations.recommendations import Recommendation, Verdict
from consult.consultations.responses import (
    AnswerDraft,
    AnswersPublished,
    DraftedMeanwhile,
    NothingChosen,
    ReasonRequired,
    draft_answers,
)
from consult.consultations.withdrawals import AnsweredAlready, withdraw_recommendation
from consult.identity.offices import Role
from consult.jobs import Job
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import the_day_after

REASON = "Taxa se reduce la 180 de lei: costul real al marcajului a fost recalculat."


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
def received(db: Session, consultation):
    return [a_recommendation(db, consultation) for _ in range(3)]


@pytest.fixture
def later(consultation):
    return the_day_after(consultation.proposals_until)


def answer(db: Session, consultation, chosen, by, verdict=Verdict.TAKEN_UP, reason=REASON):
    ids = [recommendation.id for recommendation in chosen]
    return draft_answers(db, consultation.id, recommendation_ids=ids, verdict=verdict, reason=reason, by=by, at=NOW)


def test_one_reason_answers_many_and_each_keeps_its_number(db: Session, consultation, contact, received, later) -> None:
    answer(db, consultation, received, contact)

    assert publish_answers(db, consultation.id, by=contact, at=later) == 3

    reasons = {recommendation.reason_id for recommendation in received}
    assert len(reasons) == 1
    assert [recommendation.verdict for recommendation in received] == [Verdict.TAKEN_UP] * 3
    assert tally(db, consultation.id).by_verdict == {Verdict.TAKEN_UP: 3}


def test_what_a_colleague_drafted_meanwhile_is_not_replaced_unread(
    db: Session, authority, consultation, contact, received
) -> None:
    clerk = an_official(db, authority, Role.CLERK)
    seen = last_reason(db, consultation.id)
    (theirs,) = answer(db, consultation, received[:1], clerk)
    mine = {"recommendation_ids": [received[0].id, received[1].id], "verdict": Verdict.PARTLY, "reason": "Altfel."}

    with pytest.raises(DraftedMeanwhile):
        draft_answers(db, consultation.id, **mine, seen=seen, by=contact, at=NOW)

    assert [draft.reason_id for draft in db.scalars(select(AnswerDraft))] == [theirs.reason_id]
    seen = last_reason(db, consultation.id)
    assert len(draft_answers(db, consultation.id, **mine, seen=seen, by=contact, at=NOW)) == 2


def test_nobody_is_in_their_own_way(db: Session, consultation, contact, received) -> None:
    seen = last_reason(db, consultation.id)
    answer(db, consultation, received[:1], contact)
    again = {"recommendation_ids": [received[0].id], "verdict": Verdict.PARTLY, "reason": "Altfel."}

    (draft,) = draft_answers(db, consultation.id, **again, seen=seen, by=contact, at=NOW)

    assert draft.verdict is Verdict.PARTLY


def test_a_drafted_answer_is_not_on_the_recommendation(db: Session, consultation, contact, received) -> None:
    answer(db, consultation, received[:1], contact)

    assert received[0].verdict is None
    assert tally(db, consultation.id).answered == 0
    shown = answering_page(db, consultation.id, by=contact).rows
    assert [line.draft is not None for line in shown] == [True, False, False]


def test_a_later_draft_replaces_the_earlier(db: Session, consultation, contact, received) -> None:
    answer(db, consultation, received[:1], contact)
    answer(db, consultation, received[:1], contact, verdict=Verdict.PARTLY, reason="Doar pentru elevi.")

    (draft,) = db.scalars(select(AnswerDraft))
    assert draft.verdict is Verdict.PARTLY


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_needs_a_reason(db: Session, consultation, contact, received, verdict) -> None:
    with pytest.raises(ReasonRequired):
        answer(db, consultation, received, contact, verdict=verdict, reason=" \n")


def test_an_answer_to_nothing_is_refused(db: Session, consultation, contact) -> None:
    with pytest.raises(NothingChosen):
        answer(db, consultation, [], contact)


def test_a_recommendation_of_another_consultation_is_not_answered_here(db: Session, consultation, contact) -> None:
    elsewhere = a_recommendation(db, an_open_consultation(db))

    with pytest.raises(NotFound):
        answer(db, consultation, [elsewhere], contact)


def test_citizens_and_officials_of_other_authorities_do_not_answer(db: Session, consultation, received) -> None:
    for outsider in (a_citizen(db), an_official(db, an_authority(db), Role.CONTACT_PERSON)):
        with pytest.raises((NotPermitted, NotFound)):
            answer(db, consultation, received, outsider)


def test_answers_wait_until_the_period_for_proposals_is_over(db: Session, consultation, contact, received) -> None:
    answer(db, consultation, received, contact)

    with pytest.raises(StillOpen):
        publish_answers(db, consultation.id, by=contact, at=consultation.closes_at - timedelta(seconds=1))
    assert publish_answers(db, consultation.id, by=contact, at=consultation.closes_at) == 3


def test_none_is_published_while_one_is_unanswered(db: Session, consultation, contact, received, later) -> None:
    answer(db, consultation, received[:2], contact)

    with pytest.raises(AnswersMissing) as refusal:
        publish_answers(db, consultation.id, by=contact, at=later)

    assert refusal.value.facts == {"count": 1}
    assert consultation.stage is Stage.PROPOSALS


def test_a_withdrawn_recommendation_needs_no_answer(db: Session, consultation, contact, later) -> None:
    author = a_citizen(db)
    withdrawn = a_recommendation(db, consultation, by=author)
    withdraw_recommendation(db, withdrawn.id, by=author, at=NOW)
    answer(db, consultation, [a_recommendation(db, consultation)], contact)

    assert publish_answers(db, consultation.id, by=contact, at=later) == 1


def test_an_answer_drafted_before_its_author_withdrew_is_not_published(
    db: Session, consultation, contact, later
) -> None:
    author = a_citizen(db)
    withdrawn, other = a_recommendation(db, consultation, by=author), a_recommendation(db, consultation)
    answer(db, consultation, [withdrawn, other], contact)

    withdraw_recommendation(db, withdrawn.id, by=author, at=NOW)

    assert publish_answers(db, consultation.id, by=contact, at=later) == 1
    assert withdrawn.verdict is None


def test_a_published_answer_is_neither_rewritten_nor_escaped_by_withdrawal(
    db: Session, consultation, contact, later
) -> None:
    author = a_citizen(db)
    recommendation = a_recommendation(db, consultation, by=author)
    answer(db, consultation, [recommendation], contact)
    publish_answers(db, consultation.id, by=contact, at=later)

    with pytest.raises(AnswersPublished):
        answer(db, consultation, [recommendation], contact, reason="Alt motiv.")
    with pytest.raises(AnsweredAlready):
        withdraw_recommendation(db, recommendation.id, by=author, at=later)
    with pytest.raises(NothingToPublish):
        publish_answers(db, consultation.id, by=contact, at=later)


def test_each_answer_is_recorded_with_its_reason_and_its_author_is_written_to(
    db: Session, consultation, contact, received, later
) -> None:
    answer(db, consultation, received, contact)

    publish_answers(db, consultation.id, by=contact, at=later)

    recorded = [json.loads(event.entry) for event in db.scalars(select(RecordedEvent))]
    published = [entry["facts"] for entry in recorded if entry["type"] == "response.published"]
    assert [facts["recommendation"] for facts in published] == [1, 2, 3]
    committed = {entry["body"]["c"] for entry in recorded if entry["type"] == "response.published"}
    assert len(committed) == 1
    assert not any("recalculat" in event.entry.decode() for event in db.scalars(select(RecordedEvent)))
    letters = [job.facts["letter"]["kind"] for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    assert letters.count("answer-published") == 3


def test_publication_leaves_no_draft_behind(db: Session, consultation, contact, received, later) -> None:
    answer(db, consultation, received, contact)
    publish_answers(db, consultation.id, by=contact, at=later)

    assert db.scalars(select(AnswerDraft)).all() == []
    assert consultation.stage is Stage.ANSWERED
    assert db.scalars(select(Recommendation.answered_at)).all() == [later] * 3


def test_a_draft_that_was_replaced_leaves_no_words_behind(db: Session, consultation, contact, received) -> None:
    answer(db, consultation, received, contact, reason="O ciornă care citează pe cineva.")

    answer(db, consultation, received[:1], contact)
    words = str([body.content for body in db.scalars(select(Body))])
    assert "O ciorn" in words

    answer(db, consultation, received[1:], contact)
    assert "O ciorn" not in str([body.content for body in db.scalars(select(Body))])
    assert len(db.scalars(select(AnswerDraft)).all()) == 3
