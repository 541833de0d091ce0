"""Supporting what others propose: once each, taken back at will, told to the record as a number with marks."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation, recommendation_subject
from consult.consultations.submissions import ConsultationClosed
from consult.consultations.supports import (
    OwnProposal,
    Support,
    count_supports,
    support_by,
    support_recommendation,
    supporting_organisations,
    take_support_back,
)
from consult.consultations.withdrawals import AlreadyWithdrawn, withdraw_recommendation
from consult.identity.authorities import Authority
from consult.jobs import Job
from consult.record.entries import history
from tests.factories import NOW, a_citizen, a_member_of, a_recommendation, an_open_consultation, an_organisation

AT = NOW + timedelta(hours=2)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def proposal(db: Session) -> Recommendation:
    return a_recommendation(db, an_open_consultation(db))


def told(db: Session, proposal: Recommendation) -> list[dict[str, Any]]:
    """What the record was told of the supporters, in order."""
    count_supports(db, proposal.consultation_id, at=LATER)
    subject = recommendation_subject(db.get_one(Consultation, proposal.consultation_id), proposal)
    return [entry.event.stated["facts"] for entry in history(db, subject) if entry.event.type == "support.counted"]


def test_each_person_counts_once_however_often_they_press(db: Session, proposal: Recommendation) -> None:
    first, second = a_citizen(db), a_citizen(db)

    for by in (first, first, second):
        support_recommendation(db, proposal.id, by=by, at=AT)

    [facts] = told(db, proposal)
    assert (facts["supporters"], len(facts["added"]), facts["taken_back"]) == (2, 2, [])
    assert proposal.supporters == 2


def test_the_record_names_nobody_and_each_finds_their_own_mark(db: Session, proposal: Recommendation) -> None:
    by = a_citizen(db)
    support_recommendation(db, proposal.id, by=by, at=AT)

    [facts] = told(db, proposal)

    own = support_by(db, proposal.id, by)
    assert own is not None
    assert facts["added"] == [own.mark]


def test_what_is_taken_back_before_it_was_told_leaves_no_trace(db: Session, proposal: Recommendation) -> None:
    by = a_citizen(db)
    support_recommendation(db, proposal.id, by=by, at=AT)
    take_support_back(db, proposal.id, by=by, at=AT)

    assert told(db, proposal) == []
    assert db.scalars(select(Support)).all() == []


def test_what_is_taken_back_later_is_told_too(db: Session, proposal: Recommendation) -> None:
    by = a_citizen(db)
    support_recommendation(db, proposal.id, by=by, at=AT)
    [before] = told(db, proposal)
    take_support_back(db, proposal.id, by=by, at=LATER)

    [_, after] = told(db, proposal)

    assert (after["supporters"], after["added"], after["taken_back"]) == (0, [], before["added"])
    assert support_by(db, proposal.id, by) is None


def test_whoever_changes_their_mind_twice_within_the_hour_is_as_before(db: Session, proposal: Recommendation) -> None:
    by = a_citizen(db)
    support_recommendation(db, proposal.id, by=by, at=AT)
    told(db, proposal)

    take_support_back(db, proposal.id, by=by, at=LATER)
    support_recommendation(db, proposal.id, by=by, at=LATER)

    assert len(told(db, proposal)) == 1


def test_an_organisation_counts_once_whichever_member_speaks_and_appears_by_name(
    db: Session, proposal: Recommendation
) -> None:
    organisation = an_organisation(db, db.get_one(Authority, proposal.authority_id))

    for member in (a_member_of(db, organisation), a_member_of(db, organisation)):
        support_recommendation(db, proposal.id, by=member, at=AT)

    assert supporting_organisations(db, proposal.id) == [organisation.name]
    assert told(db, proposal)[0]["supporters"] == 1


def test_nobody_supports_what_is_their_own(db: Session) -> None:
    by = a_citizen(db)
    own = a_recommendation(db, an_open_consultation(db), by=by)

    with pytest.raises(OwnProposal):
        support_recommendation(db, own.id, by=by, at=AT)


def test_nobody_supports_what_was_withdrawn(db: Session) -> None:
    author = a_citizen(db)
    proposal = a_recommendation(db, an_open_consultation(db), by=author)
    withdraw_recommendation(db, proposal.id, by=author, at=AT)

    with pytest.raises(AlreadyWithdrawn):
        support_recommendation(db, proposal.id, by=a_citizen(db), at=AT)


def test_support_is_given_and_taken_back_only_while_proposals_are_received(
    db: Session, proposal: Recommendation
) -> None:
    too_late = AT + timedelta(days=60)

    for act in (support_recommendation, take_support_back):
        with pytest.raises(ConsultationClosed):
            act(db, proposal.id, by=a_citizen(db), at=too_late)


def test_the_worker_is_asked_once_within_the_hour(db: Session, proposal: Recommendation) -> None:
    for minutes in range(3):
        support_recommendation(db, proposal.id, by=a_citizen(db), at=AT + timedelta(minutes=minutes))

    asked = db.scalars(select(Job.run_at).where(Job.kind == "count-supports")).all()
    assert asked == [AT + timedelta(hours=1)]
