"""Preparing a consultation: nothing is public before the second pair of eyes, and no clerk's text is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.announcements import (
    EditedMeanwhile,
    InThePast,
    SummaryTooLong,
    create_consultation,
    edit_announcement,
    set_dates,
)
from consult.consultations.consultations import SHORTER, URGENT, Stage
from consult.consultations.documents import (
    AlreadyPublished,
    AlreadyThere,
    DocumentKind,
    attach_document,
    documents_of,
    remove_document,
)
from consult.consultations.doubts import DaysInDoubt, MotiveMissing, doubts_about_draft
from consult.consultations.drafts import (
    DraftText,
    NotAwaitingApproval,
    NotComplete,
    NoteMissing,
    latest_text,
    missing_for_publication,
    request_approval,
    return_to_clerk,
    save_text,
)
from consult.consultations.legal_dates import legal_dates
from consult.consultations.procedure import BeforeTheDeadline, TooFarAhead, UnlawfulDates, pack_of
from consult.consultations.publication import approve
from consult.files import KeptFile
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.jobs import Job
from consult.record.entries import history
from consult.refusals import NotFound, NotPermitted
from tests.factories import DRAFT, NOW, a_citizen, a_draft_ready_for_approval, an_authority, an_official
from tests.factories.consultations import ANNOUNCEMENT


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def clerk(db: Session, authority):
    return an_official(db, authority, Role.CLERK)


@pytest.fixture
def draft(db: Session, authority, clerk):
    return create_consultation(db, authority.id, title="Parcări", by=clerk, at=NOW)


def dates(**changes: object) -> dict[str, object]:
    """Lawful dates for 5 October 2026, unless a test changes one."""
    lawful = {
        "announced_on": date(2026, 10, 5),
        "proposals_until": date(2026, 10, 15),
        "submission_on": date(2026, 11, 17),
        "urgent_motive": "",
    }
    return lawful | changes


def nearest_by_field(refused: UnlawfulDates) -> dict[str | None, object]:
    """The nearest lawful day that is offered for each date."""
    return {part.field: part.facts["nearest"] for part in refused.parts}


def test_a_new_draft_takes_contact_and_is_private(draft, authority) -> None:
    assert not draft.is_public
    assert draft.contact_email == authority.contact_email


def test_only_a_clerk_of_the_authority_begins_a_draft(db: Session, authority) -> None:
    other = an_official(db, an_authority(db), Role.CLERK)

    for actor in (a_citizen(db), an_official(db, authority, Role.APPROVER), other):
        with pytest.raises((NotPermitted, NotFound)):
            create_consultation(db, authority.id, title="Parcări", by=actor, at=NOW)


def test_a_second_clerk_who_saves_over_the_first_is_told_and_both_texts_are_kept(
    db: Session, authority, draft, clerk
) -> None:
    colleague = an_official(db, authority, Role.CLERK, name="Dan Colegu")
    save_text(db, draft.id, text="Textul primului funcționar.", edition=0, by=clerk, at=NOW)

    with pytest.raises(EditedMeanwhile) as told:
        save_text(db, draft.id, text="Textul celui de-al doilea.", edition=0, by=colleague, at=NOW)

    assert told.value.facts["name"] == clerk.name
    saved = save_text(db, draft.id, text="Textul celui de-al doilea.", edition=1, by=colleague, at=NOW)
    assert saved.edition == 2
    assert db.scalar(select(DraftText.saved_by).where(DraftText.edition == 1)) == clerk.person_id


def test_an_announcement_opened_before_a_colleague_saved_it_is_not_overwritten(db: Session, draft, clerk) -> None:
    edit_announcement(db, draft.id, announcement=ANNOUNCEMENT, edition=1, by=clerk, at=NOW)

    with pytest.raises(EditedMeanwhile):
        edit_announcement(
            db, draft.id, announcement=replace(ANNOUNCEMENT, title="Alt titlu"), edition=1, by=clerk, at=NOW
        )

    assert draft.title == ANNOUNCEMENT.title


def test_a_summary_of_more_than_120_words_is_refused(db: Session, draft, clerk) -> None:
    long = replace(ANNOUNCEMENT, summary="cuvânt " * 121)

    with pytest.raises(SummaryTooLong) as refusal:
        edit_announcement(db, draft.id, announcement=long, edition=1, by=clerk, at=NOW)

    assert refusal.value.facts == {"count": 121, "most": 120}


def test_a_last_day_before_the_tenth_is_refused_with_the_nearest_lawful_one(db: Session, draft, clerk) -> None:
    with pytest.raises(UnlawfulDates) as refusal:
        set_dates(db, draft.id, **dates(proposals_until=date(2026, 10, 12)), edition=1, by=clerk, at=NOW)

    assert nearest_by_field(refusal.value) == {"proposals_until": date(2026, 10, 15)}


def test_avizare_before_thirty_working_days_is_refused(db: Session, draft, clerk) -> None:
    with pytest.raises(UnlawfulDates) as refusal:
        set_dates(db, draft.id, **dates(submission_on=date(2026, 11, 16)), edition=1, by=clerk, at=NOW)

    assert nearest_by_field(refusal.value) == {"submission_on": date(2026, 11, 17)}


def test_two_unlawful_dates_are_refused_together_each_with_its_own_reason(db: Session, draft, clerk) -> None:
    chosen = dates(proposals_until=date(2026, 10, 12), submission_on=date(2026, 11, 16))

    with pytest.raises(UnlawfulDates) as refusal:
        set_dates(db, draft.id, **chosen, edition=1, by=clerk, at=NOW)

    assert nearest_by_field(refusal.value) == {
        "proposals_until": date(2026, 10, 15),
        "submission_on": date(2026, 11, 17),
    }
    assert "art. 7 alin. (4)" in refusal.value.explain()
    assert "art. 7 alin. (2)" in str(refusal.value)


@pytest.mark.parametrize("far", [date(2029, 10, 5), date(9999, 12, 31)])
@pytest.mark.parametrize("chosen", ["proposals_until", "submission_on"])
def test_no_date_lies_further_ahead_than_the_days_off_are_frozen(db: Session, draft, clerk, chosen, far) -> None:
    with pytest.raises(UnlawfulDates) as refusal:
        set_dates(db, draft.id, **dates(**{chosen: far}), edition=1, by=clerk, at=NOW)

    far_ahead = [part for part in refusal.value.parts if isinstance(part, TooFarAhead)]
    assert [(part.field, part.facts["latest"]) for part in far_ahead] == [(chosen, date(2029, 10, 4))]


def test_the_furthest_dates_are_explained_by_the_frozen_law(db: Session, authority, clerk) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    furthest = dates(proposals_until=date(2029, 9, 29), submission_on=date(2029, 10, 4))
    set_dates(
        db,
        draft.id,
        **furthest,
        edition=draft.edition,
        sure_of=[*furthest.values()],
        motive="Un plan pe trei ani.",
        by=clerk,
        at=NOW,
    )
    request_approval(db, draft.id, by=clerk, at=NOW)

    consultation = approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)

    explained = legal_dates(consultation, {}, pack_of(db, consultation))
    assert [each.day for each in explained] == [date(2026, 10, 5), date(2029, 10, 1), date(2029, 10, 4)]


BROKEN_BRIDGE = "Podul s-a surpat; fără reguli noi, ambulanțele nu pot trece."


def test_an_urgent_procedure_is_freed_from_the_thirty_days(db: Session, draft, clerk) -> None:
    urgent = dates(submission_on=date(2026, 10, 19), urgent_motive=BROKEN_BRIDGE)

    set_dates(db, draft.id, **urgent, edition=1, by=clerk, at=NOW)

    assert draft.circumstances == (URGENT,)


def test_fewer_than_ten_days_in_an_urgency_are_warned_about_and_done_with_a_motive(
    db: Session, authority, clerk
) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    short = dates(proposals_until=date(2026, 10, 8), submission_on=date(2026, 10, 9), urgent_motive=BROKEN_BRIDGE) | {
        "edition": draft.edition,
        "by": clerk,
        "at": NOW,
    }

    with pytest.raises(DaysInDoubt):
        set_dates(db, draft.id, **short)
    with pytest.raises(MotiveMissing):
        set_dates(db, draft.id, **short, sure_of=[date(2026, 10, 8)])
    set_dates(db, draft.id, **short, sure_of=[date(2026, 10, 8)], motive="Vremea rea vine vineri.")

    assert draft.circumstances == (URGENT, SHORTER)
    assert (draft.shorter_motive, draft.dates_motive) == ("Vremea rea vine vineri.", "")
    assert [doubt.shortens for doubt in doubts_about_draft(draft, today=NOW.date())] == [True]
    request_approval(db, draft.id, by=clerk, at=NOW)
    approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)
    [said] = [each.event for each in history(db, draft.subject) if each.event.type == "consultation.announced"]
    assert said.stated["facts"]["shorter_motive"] == "Vremea rea vine vineri."


def test_without_an_urgency_no_motive_makes_fewer_than_ten_days_lawful(db: Session, draft, clerk) -> None:
    short = dates(proposals_until=date(2026, 10, 8))

    with pytest.raises(UnlawfulDates):
        set_dates(db, draft.id, **short, edition=1, sure_of=[date(2026, 10, 8)], motive="Vrem noi.", by=clerk, at=NOW)


def test_avizare_on_or_before_the_last_day_for_proposals_is_refused(db: Session, draft, clerk) -> None:
    late = dates(proposals_until=date(2026, 12, 10), submission_on=date(2026, 12, 10))

    with pytest.raises(UnlawfulDates) as refusal:
        set_dates(db, draft.id, **late, edition=1, by=clerk, at=NOW)

    assert [type(part) for part in refusal.value.parts] == [BeforeTheDeadline]


def test_a_last_day_on_a_day_off_runs_on_to_the_next_working_day(db: Session, draft, clerk) -> None:
    on_saturday = dates(proposals_until=date(2026, 10, 17))

    set_dates(db, draft.id, **on_saturday, edition=1, sure_of=[date(2026, 10, 17)], by=clerk, at=NOW)

    assert draft.proposals_until == date(2026, 10, 19)


def test_an_announcement_in_the_past_is_refused(db: Session, draft, clerk) -> None:
    with pytest.raises(InThePast):
        set_dates(db, draft.id, **dates(announced_on=date(2026, 10, 2)), edition=1, by=clerk, at=NOW)


def test_approval_is_not_asked_for_while_something_is_missing(db: Session, draft, clerk) -> None:
    assert {part.step for part in missing_for_publication(db, draft)} == {"text", "anunt", "date"}

    with pytest.raises(NotComplete):
        request_approval(db, draft.id, by=clerk, at=NOW)


def test_approvers_are_written_to_but_never_the_author(db: Session, authority) -> None:
    both = an_official(db, authority, Role.CLERK, Role.APPROVER)
    approver = an_official(db, authority, Role.APPROVER)

    a_draft_ready_for_approval(db, authority, clerk=both)

    addresses = [job.facts["to"] for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    assert len(addresses) == 1
    assert approver.person_id != both.person_id


def test_whoever_wrote_or_last_edited_a_draft_cannot_approve_it(db: Session, authority) -> None:
    author = an_official(db, authority, Role.CLERK, Role.APPROVER)
    draft = a_draft_ready_for_approval(db, authority, clerk=author)

    with pytest.raises(NotPermitted):
        approve(db, draft.id, by=author, at=NOW)

    assert draft.stage is Stage.APPROVAL


def test_an_edit_takes_a_draft_back_from_approval(db: Session, authority, clerk) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)

    save_text(db, draft.id, text=DRAFT + "Art. 5. - Încă unul.\n", edition=1, by=clerk, at=NOW)

    with pytest.raises(NotAwaitingApproval):
        approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)


def test_a_draft_is_sent_back_with_a_note_and_the_clerk_is_told(db: Session, authority, clerk) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    approver = an_official(db, authority, Role.APPROVER)

    with pytest.raises(NoteMissing):
        return_to_clerk(db, draft.id, note="  ", by=approver, at=NOW)
    return_to_clerk(db, draft.id, note="Art. 2: taxa diferă de cea din raport.", by=approver, at=NOW)

    assert draft.stage is Stage.DRAFT
    assert draft.returned_note.startswith("Art. 2")


def test_dates_that_became_unlawful_while_waiting_are_refused_at_approval(db: Session, authority) -> None:
    draft = a_draft_ready_for_approval(db, authority)

    with pytest.raises(UnlawfulDates) as refusal:
        approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW + timedelta(days=3))

    assert nearest_by_field(refusal.value)["proposals_until"] == date(2026, 10, 19)
    assert not draft.is_public


def test_documents_are_attached_once_and_removed_until_publication(db: Session, authority, clerk) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    file = {"kind": DocumentKind.ANNEX, "file": KeptFile("Plan.pdf", "ab" * 32, 9, "application/pdf")}

    first = attach_document(db, draft.id, **file, by=clerk, at=NOW)
    with pytest.raises(AlreadyThere):
        attach_document(db, draft.id, **file, by=clerk, at=NOW)

    assert documents_of(db, draft.id) == [first]
    remove_document(db, draft.id, first.id, by=clerk, at=NOW)
    assert documents_of(db, draft.id) == []
    request_approval(db, draft.id, by=clerk, at=NOW)
    approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)
    with pytest.raises(AlreadyPublished):
        attach_document(db, draft.id, **file, by=clerk, at=NOW)


def test_a_file_added_or_taken_away_after_the_request_is_not_approved_unread(db: Session, authority, clerk) -> None:
    draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
    both = an_official(db, authority, Role.CLERK, Role.APPROVER)
    file = KeptFile("Plan.pdf", "ab" * 32, 9, "application/pdf")

    added = attach_document(db, draft.id, kind=DocumentKind.ANNEX, file=file, by=both, at=NOW)

    assert draft.stage is Stage.DRAFT
    request_approval(db, draft.id, by=clerk, at=NOW)
    with pytest.raises(NeedsOtherEyes):
        approve(db, draft.id, by=both, at=NOW)
    remove_document(db, draft.id, added.id, by=clerk, at=NOW)
    assert draft.stage is Stage.DRAFT


def test_every_edition_of_the_text_is_kept(db: Session, draft, clerk) -> None:
    for edition in range(3):
        save_text(db, draft.id, text=f"Ediția {edition + 1}", edition=edition, by=clerk, at=NOW)

    assert latest_text(db, draft.id).text == "Ediția 3"
    assert len(db.scalars(select(DraftText)).all()) == 3
