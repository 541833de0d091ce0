"""Publication: what becomes public, under which number and dates, and what the record keeps of it."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import StillOpen
from consult.consultations.causes import NotChangedHere, NotTakenUp, UnknownCause, causes_of, changes_caused_by
from consult.consultations.consultations import Stage, find_published, open_consultations
from consult.consultations.drafts import save_text
from consult.consultations.outcomes import close
from consult.consultations.pages import changes_page
from consult.consultations.passages import provisions_of
from consult.consultations.procedure import pack_of
from consult.consultations.publication import AnswersFirst, DecidedAlready, NothingChanged, approve, publish_version
from consult.consultations.recommendations import Kind, Verdict
from consult.consultations.text_pages import article_page
from consult.consultations.versions import NoArticle, versions_of
from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.offices import Role
from consult.identity.pseudonyms import pseudonym_of
from consult.record.entries import Pending, RecordedEvent
from consult.refusals import NotFound
from tests.factories import (
    DRAFT,
    NOW,
    a_citizen,
    a_draft_ready_for_approval,
    a_recommendation,
    an_authority,
    an_official,
    an_open_consultation,
)
from tests.factories.consultations import answer_everything, the_day_after

BETTER = DRAFT.replace("240 de lei", "180 de lei")


def entries(db: Session, subject: str) -> list[dict[str, object]]:
    """The entries of a procedure, in the order in which they were written."""
    written = select(RecordedEvent).join(Pending).order_by(Pending.n)
    found = db.scalars(written.where(RecordedEvent.subject.startswith(subject)))
    return [json.loads(event.entry) for event in found]


def test_an_approved_draft_is_public_under_a_number_and_open_until_the_end_of_its_last_day(db: Session) -> None:
    authority = an_authority(db)

    consultation = an_open_consultation(db, authority)

    assert consultation.reference == "1-2026"
    assert consultation.announced_on == date(2026, 10, 5)
    assert consultation.closes_at == datetime(2026, 10, 15, 21, 0, tzinfo=UTC)
    assert find_published(db, authority.id, "1-2026") is consultation
    assert open_consultations(db, authority.id, NOW) == [consultation]


def test_numbers_follow_one_another_within_an_authority_and_a_year(db: Session) -> None:
    authority = an_authority(db)

    numbers = [an_open_consultation(db, authority).number for _ in range(3)]

    assert numbers == [1, 2, 3]
    assert an_open_consultation(db).number == 1


def test_a_draft_is_found_by_no_public_number(db: Session) -> None:
    authority = an_authority(db)
    a_draft_ready_for_approval(db, authority)

    for reference in ("1-2026", "None-None", "0-0", "1", "", "x" * 40, "１-2026"):
        with pytest.raises(NotFound):
            find_published(db, authority.id, reference)


def test_the_law_of_the_day_is_frozen_with_its_days_off(db: Session) -> None:
    consultation = an_open_consultation(db)

    pack = pack_of(db, consultation)

    assert pack.frozen is not None
    assert date(2026, 12, 1) in pack.frozen.days_off


def test_the_record_has_the_pack_the_announcement_and_its_dates(db: Session) -> None:
    consultation = an_open_consultation(db)

    frozen, announced = entries(db, consultation.subject)

    assert frozen["type"] == "pack.frozen"
    assert announced["type"] == "consultation.announced"
    assert announced["actor"]["role"] == "approver"
    assert [term["date"] for term in announced["facts"]["terms"]] == ["2026-10-15", "2026-11-17"]
    assert announced["facts"]["pack"] == consultation.pack_digest


def test_a_text_without_an_article_is_not_published(db: Session) -> None:
    authority = an_authority(db)
    draft = a_draft_ready_for_approval(db, authority, text="Un text fără niciun articol.")

    with pytest.raises(NoArticle):
        approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)


def test_joining_the_provisions_gives_the_text_back(db: Session) -> None:
    consultation = an_open_consultation(db)
    (version,) = versions_of(db, consultation.id)

    provisions = provisions_of(db, version.id)

    assert "".join(provision.text for provision in provisions) == DRAFT.strip()
    assert {"art-2", "art-2-alin-2", "art-2-alin-2-lit-b"} <= {provision.key for provision in provisions}


def next_version(db: Session, text: str, *, causes: dict[str, list[int]] | None = None):
    """Close the period, save a text and publish it as the next version."""
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    recommendation = a_recommendation(db, consultation, provision_key="art-2-alin-2", kind=Kind.CHANGE)
    save_text(db, consultation.id, text=text, edition=1, by=an_official(db, authority, Role.CLERK), at=NOW)
    named = {key: [recommendation.id if each == 1 else each for each in ids] for key, ids in (causes or {}).items()}
    at = answer_everything(db, consultation)
    contact = an_official(db, authority, Role.CONTACT_PERSON)
    return consultation, recommendation, publish_version(db, consultation.id, causes=named, by=contact, at=at)


def test_the_second_version_names_the_recommendations_that_changed_it(db: Session) -> None:
    consultation, recommendation, version = next_version(db, BETTER, causes={"art-2-alin-2": [1]})

    assert version.number == 2
    assert causes_of(db, version.id) == {"art-2-alin-2": [recommendation]}
    assert [change.version for change in changes_caused_by(db, [recommendation.id])[recommendation.id]] == [2]
    published = entries(db, consultation.subject)[-1]
    assert published["facts"]["causes"] == [
        {"provision": "art-2-alin-2", "recommendations": [recommendation.reference]}
    ]


def test_an_article_that_went_and_the_one_that_bears_its_number_have_causes_of_their_own(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    against, for_more = (a_recommendation(db, consultation, provision_key=key) for key in ("art-3", "art-4"))
    text = DRAFT.replace("Art. 3. - Cererile se depun online sau la ghișeul unic.\n", "")
    text = text.replace("Art. 4. - Prezenta hotărâre", "Art. 3. - Începând cu anul viitor, prezenta hotărâre")
    at = answer_everything(db, consultation)
    save_text(db, consultation.id, text=text, edition=1, by=an_official(db, authority, Role.CLERK), at=at)
    contact = an_official(db, authority, Role.CONTACT_PERSON)
    causes = {"art-3-v1": [against.id], "art-3": [for_more.id]}

    publish_version(db, consultation.id, causes=causes, by=contact, at=at)

    found = changes_page(db, authority.id, consultation.reference)
    assert [found.causes_behind(article) for article in found.changes.changed] == [[against], [for_more]]
    gone, successor = (article_page(db, authority.id, consultation.reference, key) for key in ("art-3-v1", "art-3"))
    assert (gone.removed_by, successor.causes) == ([against], [for_more])
    made = changes_caused_by(db, [against.id, for_more.id])
    assert [each.key for recommendation in (against, for_more) for each in made[recommendation.id]] == list(causes)
    assert {each.label for found in made.values() for each in found} == {"Art. 3"}


@pytest.mark.parametrize("causes", [["art-2"], []])
def test_no_version_changes_what_a_proposal_is_about_before_its_answer_is_public(db: Session, causes) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    about_it = a_recommendation(db, consultation, provision_key="art-2-alin-2", kind=Kind.CHANGE)
    a_recommendation(db, consultation, provision_key="art-4")
    at = the_day_after(consultation.proposals_until)
    contact = an_official(db, authority, Role.CONTACT_PERSON, Role.CLERK)
    save_text(db, consultation.id, text=BETTER, edition=1, by=contact, at=at)
    named = {key: [about_it.id] for key in causes}

    with pytest.raises(AnswersFirst) as refusal:
        publish_version(db, consultation.id, causes=named, by=contact, at=at)

    assert refusal.value.facts == {"numbers": about_it.register_number}


def test_a_version_names_no_cause_whose_answer_is_private(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    elsewhere = [a_recommendation(db, consultation, provision_key="art-4") for _ in range(11)]
    at = the_day_after(consultation.proposals_until)
    contact = an_official(db, authority, Role.CONTACT_PERSON, Role.CLERK)
    save_text(db, consultation.id, text=BETTER, edition=1, by=contact, at=at)

    with pytest.raises(AnswersFirst) as refusal:
        publish_version(db, consultation.id, causes={"art-2": [each.id for each in elsewhere]}, by=contact, at=at)

    assert refusal.value.facts["numbers"].split(", ") == [each.register_number for each in elsewhere[:10]] + ["…"]


def test_a_withdrawn_proposal_keeps_no_version_back(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    author = a_citizen(db)
    about_it = a_recommendation(db, consultation, provision_key="art-2-alin-2", by=author)
    withdraw_recommendation(db, about_it.id, by=author, at=NOW + timedelta(hours=2))
    contact = an_official(db, authority, Role.CONTACT_PERSON, Role.CLERK)
    save_text(db, consultation.id, text=BETTER, edition=1, by=contact, at=NOW)

    at = the_day_after(consultation.proposals_until)

    assert publish_version(db, consultation.id, causes={}, by=contact, at=at).number == 2


def test_a_version_that_says_the_same_is_not_published(db: Session) -> None:
    with pytest.raises(NothingChanged):
        next_version(db, DRAFT.replace("\n", "\r\n"))


def test_no_version_is_published_of_a_draft_that_was_withdrawn(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    at = the_day_after(consultation.proposals_until)
    contact = an_official(db, authority, Role.CONTACT_PERSON, Role.CLERK)
    save_text(db, consultation.id, text=BETTER, edition=1, by=contact, at=at)
    close(db, consultation, Stage.WITHDRAWN, on=at.date(), note="Se renunță.", decided_by="", by=contact, at=at)

    with pytest.raises(DecidedAlready):
        publish_version(db, consultation.id, causes={}, by=contact, at=at)


def test_a_recommendation_cannot_have_changed_what_did_not_change(db: Session) -> None:
    with pytest.raises(NotChangedHere):
        next_version(db, BETTER, causes={"art-3": [1]})


def test_a_recommendation_of_another_consultation_cannot_be_a_cause(db: Session) -> None:
    with pytest.raises(UnknownCause):
        next_version(db, BETTER, causes={"art-2-alin-2": [987_654]})


@pytest.mark.parametrize("verdict", [Verdict.NOT_TAKEN_UP, Verdict.OUT_OF_SCOPE])
def test_what_was_not_taken_up_cannot_have_changed_the_text(db: Session, verdict) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    recommendation = a_recommendation(db, consultation, provision_key="art-2-alin-2", kind=Kind.CHANGE)
    at = answer_everything(db, consultation, verdict=verdict)
    contact = an_official(db, authority, Role.CONTACT_PERSON, Role.CLERK)
    save_text(db, consultation.id, text=BETTER, edition=1, by=contact, at=at)
    named = {"art-2-alin-2": [recommendation.id]}

    with pytest.raises(NotTakenUp) as refusal:
        publish_version(db, consultation.id, causes=named, by=contact, at=at)

    assert refusal.value.facts == {"number": recommendation.register_number}


def test_the_record_shows_that_the_announcement_was_not_its_writer_s_act(db: Session) -> None:
    consultation = an_open_consultation(db)

    announced = next(each for each in entries(db, consultation.subject) if each["type"] == "consultation.announced")
    assert announced["facts"]["drafted_by"] == [pseudonym_of(db, consultation.created_by, consultation.subject)]
    assert announced["actor"]["pseudonym"] not in announced["facts"]["drafted_by"]


def test_no_version_is_published_while_proposals_are_received(db: Session) -> None:
    authority = an_authority(db)
    consultation = an_open_consultation(db, authority)
    save_text(db, consultation.id, text=BETTER, edition=1, by=an_official(db, authority, Role.CLERK), at=NOW)

    with pytest.raises(StillOpen):
        publish_version(db, consultation.id, causes={}, by=an_official(db, authority, Role.CONTACT_PERSON), at=NOW)


def test_a_consultation_is_in_analysis_from_the_instant_at_which_it_closes(db: Session) -> None:
    consultation = an_open_consultation(db)

    assert consultation.stage_at(consultation.closes_at) is Stage.ANALYSIS
    assert consultation.is_open_at(consultation.opens_at)
    assert not consultation.is_open_at(consultation.closes_at)
