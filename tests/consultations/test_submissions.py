"""Recommendations: who may send what, until when, under which number, and what of it becomes public."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.counters import article_counts, refresh_counters
from consult.consultations.passages import current_wording, find_provision
from consult.consultations.recommendations import (
    Kind,
    find_recommendation,
    list_recommendations,
    recommendation_subject,
)
from consult.consultations.submissions import AlreadyProposed, ConsultationClosed, submit_recommendation
from consult.consultations.versions import latest_version
from consult.consultations.withdrawals import AlreadyWithdrawn, withdraw_recommendation
from consult.consultations.words import LONGEST_TEXT, ChangesNothing, ReasonMissing, SaysNothing, TooLong
from consult.identity.organisations import Standing
from consult.identity.permissions import AwaitingVerification
from consult.identity.verification import subject_of
from consult.jobs import Job
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent
from consult.refusals import NotFound, NotPermitted
from tests.factories import (
    NOW,
    a_citizen,
    a_draft_ready_for_approval,
    a_member_of,
    a_recommendation,
    an_authority,
    an_open_consultation,
    an_organisation,
)


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


def send(db: Session, consultation, **changes: object):
    """Send an amendment of art. 2 (2), unless a test says otherwise."""
    amendment = {
        "kind": Kind.CHANGE,
        "provision_key": "art-2-alin-2",
        "wording": "Taxa anuală este de 180 de lei.",
        "reason": "Taxa de azi alungă oamenii pe trotuare.",
        "named": False,
        "by": changes.pop("by", None) or a_citizen(db),
        "at": NOW,
    }
    return submit_recommendation(db, consultation.id, **(amendment | changes))


def test_a_recommendation_gets_the_next_number_of_the_authority_and_year(db: Session, authority, consultation) -> None:
    first = send(db, consultation)
    second = send(db, an_open_consultation(db, authority))

    assert (first.register_number, second.register_number) == ("1/2026", "2/2026")
    assert find_recommendation(db, consultation.id, "1-2026") is first


def test_the_year_of_a_number_is_the_year_in_bucharest(db: Session, authority) -> None:
    at = NOW.replace(month=12, day=28)
    consultation = an_open_consultation(db, authority, at=at)

    recommendation = send(db, consultation, at=at.replace(day=31, hour=22, minute=30))

    assert recommendation.register_number == "1/2027"


def test_it_is_received_until_the_last_instant_and_not_at_the_first_that_is_too_late(db: Session, consultation) -> None:
    in_time = send(db, consultation, at=consultation.closes_at - timedelta(microseconds=1))

    assert in_time.number == 1
    with pytest.raises(ConsultationClosed) as refusal:
        send(db, consultation, at=consultation.closes_at)
    assert refusal.value.facts["last_day"] == consultation.proposals_until


def test_a_draft_that_is_not_public_receives_nothing_and_does_not_exist(db: Session, authority) -> None:
    draft = a_draft_ready_for_approval(db, authority)

    with pytest.raises(NotFound):
        send(db, draft)


def test_the_entry_commits_to_the_words_and_does_not_contain_them(db: Session, consultation) -> None:
    recommendation = send(db, consultation, wording="Cuvintele mele de nerecunoscut.")

    entry = db.get_one(RecordedEvent, recommendation.event_id).entry

    assert "nerecunoscut" not in entry.decode()
    assert json.loads(entry)["body"]["c"] == db.get_one(Body, recommendation.body_id).commitment


def test_a_person_appears_by_name_only_by_choice(db: Session, consultation) -> None:
    by_name = send(db, consultation, by=a_citizen(db, name="Maria Ionescu"), named=True)
    unnamed = send(db, consultation, by=a_citizen(db, name="Vasile Munteanu"))
    verified = send(db, consultation, by=a_citizen(db, residence_verified_at=NOW))

    authors = [each.author for each in list_recommendations(db, consultation.id).recommendations]

    assert authors == ["Maria Ionescu", "Participant", "Participant verificat"] or authors[2] == "Verified participant"
    assert [by_name.number, unnamed.number, verified.number] == [1, 2, 3]


def test_an_organisation_always_appears_by_name(db: Session, authority, consultation) -> None:
    member = a_member_of(db, an_organisation(db, authority, name="Asociația Bicicliștilor"))

    send(db, consultation, by=member)

    (shown,) = list_recommendations(db, consultation.id).recommendations
    assert shown.author == "Asociația Bicicliștilor"


def test_the_record_says_for_which_organisation_a_member_sent_and_another_withdrew(
    db: Session, authority, consultation
) -> None:
    organisation = an_organisation(db, authority)
    recommendation = send(db, consultation, by=a_member_of(db, organisation))

    withdraw_recommendation(db, recommendation.id, by=a_member_of(db, organisation), at=NOW)

    subject = recommendation_subject(consultation, recommendation)
    told = db.scalars(select(RecordedEvent).where(RecordedEvent.subject == subject)).all()
    assert [each.stated["facts"]["organisation"] for each in told] == [subject_of(db, organisation)] * 2


def test_an_organisation_that_is_not_verified_cannot_speak_as_one(db: Session, authority, consultation) -> None:
    member = a_member_of(db, an_organisation(db, authority, standing=Standing.PENDING))

    with pytest.raises(AwaitingVerification):
        send(db, consultation, by=member)


def test_an_address_that_is_not_confirmed_cannot_send(db: Session, consultation) -> None:
    with pytest.raises(NotPermitted):
        send(db, consultation, by=a_citizen(db, email_confirmed_at=None))


@pytest.mark.parametrize("wording", ["", " \n ", "\u200b\u2060\u00ad", "\u202e\u2066"])
def test_a_proposal_that_nobody_could_read_is_refused(db: Session, consultation, wording) -> None:
    with pytest.raises(SaysNothing):
        send(db, consultation, wording=wording)


def test_a_change_without_a_reason_is_refused(db: Session, consultation) -> None:
    with pytest.raises(ReasonMissing):
        send(db, consultation, reason="")


def test_a_deletion_needs_a_reason_and_no_wording(db: Session, consultation) -> None:
    deleted = send(db, consultation, kind=Kind.DELETION, wording="")

    assert deleted.is_amendment
    with pytest.raises(ReasonMissing):
        send(db, consultation, kind=Kind.DELETION, wording="", reason=" ")


def test_the_draft_s_own_words_are_no_proposal(db: Session, consultation) -> None:
    provision = find_provision(db, latest_version(db, consultation.id).id, "art-2-alin-2")

    with pytest.raises(ChangesNothing):
        send(db, consultation, wording=current_wording(db, provision).replace(" ", "  "))


def test_a_text_that_is_too_long_is_refused_with_both_lengths(db: Session, consultation) -> None:
    with pytest.raises(TooLong) as refusal:
        send(db, consultation, wording="a" * (LONGEST_TEXT + 1))

    assert refusal.value.facts == {"length": LONGEST_TEXT + 1, "most": LONGEST_TEXT}


def test_a_provision_that_does_not_exist_is_not_found(db: Session, consultation) -> None:
    with pytest.raises(NotFound):
        send(db, consultation, provision_key="art-99")


def test_the_same_words_by_the_same_person_are_received_once(db: Session, consultation) -> None:
    citizen = a_citizen(db)
    send(db, consultation, by=citizen)

    with pytest.raises(AlreadyProposed) as refusal:
        send(db, consultation, by=citizen)

    assert refusal.value.facts["number"] == "1/2026"
    assert send(db, consultation).number == 2


def test_a_withdrawn_proposal_keeps_its_number_and_is_withdrawn_once(db: Session, consultation) -> None:
    citizen = a_citizen(db)
    recommendation = send(db, consultation, by=citizen)

    with pytest.raises(NotPermitted):
        withdraw_recommendation(db, recommendation.id, by=a_citizen(db), at=NOW)
    withdraw_recommendation(db, recommendation.id, by=citizen, at=NOW)

    assert recommendation.withdrawn_at == NOW
    assert send(db, consultation).number == 2
    with pytest.raises(AlreadyWithdrawn):
        withdraw_recommendation(db, recommendation.id, by=citizen, at=NOW)


def test_the_author_is_written_to_in_the_same_transaction(db: Session, consultation) -> None:
    send(db, consultation, by=a_citizen(db, email="maria@posta.example"))

    letters = [job.facts for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    received = [each for each in letters if each["letter"]["kind"] == "recommendation-received"]
    assert [each["to"] for each in received] == ["maria@posta.example"]


def test_counters_are_counted_by_the_job_and_not_before(db: Session, consultation) -> None:
    a_recommendation(db, consultation, provision_key="art-3")
    a_recommendation(db, consultation, provision_key="art-2-alin-2-lit-a")
    a_recommendation(db, consultation, provision_key=None)

    assert consultation.recommendation_count == 0
    refresh_counters(db, consultation.id)

    assert consultation.recommendation_count == 3
    assert article_counts(db, consultation.id) == {"art-2": 1, "art-3": 1}


def test_the_register_is_read_page_by_page_without_missing_a_row(db: Session, consultation) -> None:
    numbers = [a_recommendation(db, consultation).number for _ in range(7)]

    first = list_recommendations(db, consultation.id, size=3)
    second = list_recommendations(db, consultation.id, after=first.after, size=3)
    last = list_recommendations(db, consultation.id, after=second.after, size=3)

    rows = [*first.recommendations, *second.recommendations, *last.recommendations]
    assert [row.number for row in rows] == numbers
    assert last.after is None
