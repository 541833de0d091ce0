"""Drafts of proposals: private, gone on with by others of the same organisation, reminded of, forgotten in time."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.attachments import Attachment, forget_unsent, hold_file
from consult.consultations.places import Place
from consult.consultations.recommendations import Kind
from consult.consultations.submissions import ConsultationClosed
from consult.consultations.unsent import (
    KEPT_AFTER,
    MOST_UNSENT,
    REMIND,
    REMINDED_BEFORE,
    Begun,
    TooManyUnsent,
    UnsentRecommendation,
    discard_unsent,
    find_unsent,
    forget_never_sent,
    forget_unsent_of,
    remind,
    save_unsent,
    send_begun,
    unsent_of,
)
from consult.consultations.words import SaysNothing, Words
from consult.files import check_upload
from consult.files.sealing import seal_file
from consult.identity.actors import acting_as_member, acting_as_self
from consult.jobs import Job
from consult.record.entries import RecordedEvent
from consult.refusals import NotFound
from tests.factories import NOW, a_citizen, a_member_of, an_authority, an_open_consultation, an_organisation
from tests.files.samples import PDF

WORDS = Words(Kind.CHANGE, "Taxa anuală este de 180", "")


@pytest.fixture
def consultation(db: Session):
    return an_open_consultation(db)


@pytest.fixture
def writer(db: Session):
    return a_citizen(db)


def save(db: Session, consultation, by, **changes: object) -> UnsentRecommendation:
    """Keep an unfinished change of art. 2, unless a test says otherwise."""
    kept = {"said": WORDS, "place": Place("art-2"), "named": False, "begun": None, "at": NOW}
    return save_unsent(db, consultation.id, by=by, **(kept | changes))


def as_read(unsent: UnsentRecommendation) -> Begun:
    """Return what the form knows a draft by."""
    return Begun(unsent.id, unsent.edition)


def test_a_draft_is_unfinished_private_and_leaves_no_entry(db: Session, consultation, writer) -> None:
    entries = db.scalars(select(RecordedEvent.id)).all()

    kept = save(db, consultation, writer)

    assert [each.words for each in unsent_of(db, writer.person_id)] == [Words(Kind.CHANGE, WORDS.wording, "", [])]
    assert kept.provision_label == "Art. 2"
    assert unsent_of(db, a_citizen(db).person_id) == []
    with pytest.raises(NotFound):
        find_unsent(db, kept.id, a_citizen(db).person_id)
    assert db.scalars(select(RecordedEvent.id)).all() == entries


def test_saving_it_again_goes_on_with_the_same_draft(db: Session, consultation, writer) -> None:
    begun = as_read(save(db, consultation, writer))

    again = save(db, consultation, writer, begun=begun, said=Words(Kind.OBSERVATION, "Da.", ""))

    assert (again.id, again.edition, again.words.wording) == (begun.id, 2, "Da.")


def test_of_two_members_who_edit_one_draft_neither_loses_a_text(db: Session) -> None:
    authority = an_authority(db)
    consultation, organisation = an_open_consultation(db, authority), an_organisation(db, authority)
    first, second = a_member_of(db, organisation), a_member_of(db, organisation)
    both_read = as_read(save(db, consultation, first))

    save(db, consultation, first, begun=both_read, said=Words(Kind.OBSERVATION, "Al primei.", ""))
    other = save(db, consultation, second, begun=both_read, said=Words(Kind.OBSERVATION, "Al celei de-a doua.", ""))

    kept = unsent_of(db, second.person_id)
    assert other.id != both_read.id
    assert {each.wording for each in kept} == {"Al primei.", "Al celei de-a doua."}
    assert [each.id for each in unsent_of(db, first.person_id)] == [each.id for each in kept]


def test_what_was_begun_alone_can_become_the_organisations_but_not_the_other_way_round(db: Session) -> None:
    authority = an_authority(db)
    consultation, organisation = an_open_consultation(db, authority), an_organisation(db, authority)
    member = a_member_of(db, organisation)
    alone = save(db, consultation, acting_as_self(db, member.person_id))

    joined = save(db, consultation, acting_as_member(db, member.person_id, organisation.id), begun=as_read(alone))
    parted = save(db, consultation, acting_as_self(db, member.person_id), begun=as_read(joined))

    assert (joined.id, joined.organisation_id) == (alone.id, organisation.id)
    assert parted.id != joined.id


def test_a_draft_is_no_more_once_it_is_sent(db: Session, consultation, writer) -> None:
    begun = as_read(save(db, consultation, writer))

    sent = send_begun(
        db,
        consultation.id,
        begun=begun,
        said=Words(Kind.OBSERVATION, "Taxa e prea mare.", ""),
        place=Place("art-2"),
        named=False,
        by=writer,
        at=NOW,
    )

    assert sent.number == 1
    assert unsent_of(db, writer.person_id) == []


def test_nothing_is_kept_once_proposals_are_no_longer_received(db: Session, consultation, writer) -> None:
    with pytest.raises(ConsultationClosed):
        save(db, consultation, writer, at=consultation.closes_at)


def test_an_empty_page_is_no_draft(db: Session, consultation, writer) -> None:
    with pytest.raises(SaysNothing):
        save(db, consultation, writer, said=Words(Kind.OBSERVATION, " ", ""))


def test_nobody_keeps_more_drafts_than_can_be_looked_through(db: Session, consultation, writer) -> None:
    begun = [as_read(save(db, consultation, writer)) for _ in range(MOST_UNSENT)]

    with pytest.raises(TooManyUnsent):
        save(db, consultation, writer)
    assert save(db, consultation, writer, begun=begun[0]).edition == 2


def test_a_draft_is_kept_for_thirty_days_after_the_last_day(db: Session, consultation, writer) -> None:
    save(db, consultation, writer)

    forget_never_sent(db, at=consultation.closes_at + KEPT_AFTER)
    assert len(unsent_of(db, writer.person_id)) == 1
    forget_never_sent(db, at=consultation.closes_at + KEPT_AFTER + timedelta(seconds=1))

    assert unsent_of(db, writer.person_id) == []


def test_the_files_of_a_draft_wait_as_long_as_it_does(db: Session, consultation, writer, tmp_path: Path) -> None:
    file = hold_file(db, seal_file(tmp_path, check_upload("studiu.pdf", PDF), PDF), at=NOW)
    kept = save(db, consultation, writer, said=Words(Kind.OBSERVATION, "Vedeți.", "", [file]))

    forget_unsent(db, at=NOW + timedelta(days=9))
    assert db.get(Attachment, file) is not None
    discard_unsent(db, kept.id, writer.person_id, at=NOW + timedelta(days=9))
    forget_unsent(db, at=NOW + timedelta(days=10))

    assert db.scalars(select(Attachment)).all() == []
    assert unsent_of(db, writer.person_id) == []


def test_two_days_before_the_end_one_letter_reminds_of_all_drafts(db: Session, consultation, writer) -> None:
    for _ in range(3):
        save(db, consultation, writer)
    (job,) = db.scalars(select(Job).where(Job.kind == REMIND))

    remind(db, **job.facts, at=job.run_at)

    letters = [each.facts for each in db.scalars(select(Job).where(Job.kind == "letter"))]
    (letter,) = (each["letter"] for each in letters if each["to"] == writer.email)
    assert job.run_at == consultation.closes_at - REMINDED_BEFORE
    assert (letter["kind"], letter["count"], letter["link"]) == ("drafts-unsent", 3, "/cont/ciorne")


def test_nobody_is_reminded_of_what_was_sent_or_thrown_away(db: Session, consultation, writer) -> None:
    kept = save(db, consultation, writer)
    (job,) = db.scalars(select(Job).where(Job.kind == REMIND))
    discard_unsent(db, kept.id, writer.person_id, at=NOW)

    remind(db, **job.facts, at=job.run_at)

    letters = [each.facts for each in db.scalars(select(Job).where(Job.kind == "letter"))]
    assert [each for each in letters if each["to"] == writer.email] == []


def test_where_the_last_day_was_moved_the_letter_waits_for_the_new_one(db: Session, consultation, writer) -> None:
    save(db, consultation, writer)
    (job,) = db.scalars(select(Job).where(Job.kind == REMIND))
    facts, at = job.facts, job.run_at
    db.delete(job)
    consultation.closes_at += timedelta(days=7)
    db.flush()

    remind(db, **facts, at=at)

    assert [each.run_at for each in db.scalars(select(Job).where(Job.kind == REMIND))] == [at + timedelta(days=7)]


def test_with_an_account_go_the_drafts_of_its_owner_and_none_of_an_organisation(db: Session) -> None:
    authority = an_authority(db)
    consultation, organisation = an_open_consultation(db, authority), an_organisation(db, authority)
    member = a_member_of(db, organisation)
    save(db, consultation, acting_as_self(db, member.person_id))
    shared = save(db, consultation, acting_as_member(db, member.person_id, organisation.id))

    forget_unsent_of(db, member.person_id, at=NOW)

    assert [each.id for each in unsent_of(db, member.person_id)] == [shared.id]
