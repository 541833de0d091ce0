"""Files that come with a proposal: kept while they wait, committed to with a salt, gone with the words."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.consultations.attachments import (
    MOST_FILES,
    Attachment,
    AttachmentId,
    ErasedFile,
    FileForgotten,
    HiddenFile,
    TooManyFiles,
    attachments_of,
    find_attachment,
    forget_unsent,
    hold_file,
)
from consult.consultations.places import Place
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.submissions import submit_recommendation
from consult.consultations.unconfirmed import confirm_recommendation, send_unconfirmed
from consult.consultations.words import Words
from consult.files import check_upload, open_blob
from consult.files.held import DELETE, WAITS
from consult.files.sealing import seal_file
from consult.jobs import Job
from consult.record.entries import entry_of
from consult.record.entry_form import SALT_SIZE
from consult.refusals import NotFound
from tests.consultations.test_erasure import Scene
from tests.factories import NOW, a_citizen, an_open_consultation
from tests.files.samples import PDF


@pytest.fixture
def consultation(db: Session):
    return an_open_consultation(db)


def held(db: Session, folder: Path, name: str = "studiu.pdf", content: bytes = PDF) -> AttachmentId:
    """Choose a file on a form."""
    return hold_file(db, seal_file(folder, check_upload(name, content), content), at=NOW)


def sent(db: Session, consultation, files: list[AttachmentId]) -> Recommendation:
    said = {"kind": Kind.OBSERVATION, "wording": "Vedeți studiul.", "reason": ""}
    return submit_recommendation(
        db, consultation.id, provision_key="art-2", **said, files=files, named=False, by=a_citizen(db), at=NOW
    )


def deleted_files(db: Session) -> list[str]:
    """Return which files the worker was asked to delete from the disk."""
    return [each for job in db.scalars(select(Job).where(Job.kind == DELETE)) for each in job.facts["files"]]


def test_files_come_with_a_proposal_in_the_order_in_which_they_were_chosen(
    db: Session, consultation, tmp_path: Path
) -> None:
    files = [held(db, tmp_path), held(db, tmp_path, "semnaturi.pdf")]

    it = sent(db, consultation, files)

    assert it.file_count == 2
    assert [each.name for each in attachments_of(db, it)] == ["studiu.pdf", "semnaturi.pdf"]


def test_the_record_commits_to_each_file_with_a_salt_of_its_own(db: Session, consultation, tmp_path: Path) -> None:
    it = sent(db, consultation, [held(db, tmp_path), held(db, tmp_path)])

    stated = entry_of(db, it.event_id).event.stated["facts"]["files"]
    first, second = attachments_of(db, it)
    with open_blob(tmp_path, first.commitment) as kept:
        content = kept.read()

    assert [each["c"] for each in stated] == [first.commitment, second.commitment]
    assert [each["size"] for each in stated] == [len(PDF)] * 2
    assert first.commitment != second.commitment
    assert sha256(content).hexdigest() == first.commitment
    assert content[SALT_SIZE:] == PDF


def test_more_than_five_files_are_refused(db: Session, consultation, tmp_path: Path) -> None:
    files = [held(db, tmp_path) for _ in range(MOST_FILES + 1)]

    with pytest.raises(TooManyFiles):
        sent(db, consultation, files)


def test_a_file_of_another_proposal_cannot_be_taken(db: Session, consultation, tmp_path: Path) -> None:
    file = held(db, tmp_path)
    sent(db, consultation, [file])

    with pytest.raises(FileForgotten):
        sent(db, consultation, [file])


def test_a_file_whose_form_is_not_sent_is_deleted_after_a_day(db: Session, consultation, tmp_path: Path) -> None:
    file = held(db, tmp_path)
    commitment = db.get_one(Attachment, file).commitment
    kept = attachments_of(db, sent(db, consultation, [held(db, tmp_path)]))

    forget_unsent(db, at=NOW + WAITS)
    assert deleted_files(db) == []
    forget_unsent(db, at=NOW + WAITS + timedelta(seconds=1))

    assert deleted_files(db) == [commitment]
    assert db.get(Attachment, kept[0].id) is not None
    with pytest.raises(FileForgotten):
        sent(db, consultation, [file])


def test_the_files_of_somebody_without_an_account_wait_for_the_confirmation(
    db: Session, consultation, tmp_path: Path
) -> None:
    words = Words(Kind.OBSERVATION, "Vedeți studiul.", "", [held(db, tmp_path)])
    author = {"named": False, "name": "Ana Pop", "email": "ana@exemplu.ro", "locale": "ro"}
    send_unconfirmed(db, consultation.id, said=words, place=Place("art-2"), **author, at=NOW)
    letter = db.scalars(select(Job).where(Job.kind == "letter").order_by(Job.id.desc())).first()
    token = letter.facts["letter"]["link"].rpartition("/")[2]

    forget_unsent(db, at=NOW + timedelta(days=6))
    confirm_recommendation(db, consultation.authority_id, token, at=NOW + timedelta(days=6))

    (it,) = db.scalars(select(Recommendation))
    assert [each.name for each in attachments_of(db, it)] == ["studiu.pdf"]


def test_while_a_proposal_is_hidden_so_are_its_files(db: Session, consultation, tmp_path: Path) -> None:
    it = sent(db, consultation, [held(db, tmp_path)])
    (file,) = attachments_of(db, it)
    assert find_attachment(db, it, file.id) is file

    db.execute(update(Recommendation).where(Recommendation.id == it.id).values(hidden_at=NOW))

    with pytest.raises(HiddenFile):
        find_attachment(db, it, file.id)


def test_files_are_erased_with_the_words(db: Session, tmp_path: Path) -> None:
    scene = Scene(db)
    scene.said.file_count = 1
    file = db.get_one(Attachment, held(db, tmp_path))
    file.recommendation_id, file.kept_until = scene.said.id, None
    db.flush()
    commitment = file.commitment

    scene.erase(db, "recommendation.received")

    assert deleted_files(db) == [commitment]
    with pytest.raises(ErasedFile):
        find_attachment(db, scene.said, file.id)


def test_a_name_that_is_no_file_of_this_proposal_finds_nothing(db: Session, consultation, tmp_path: Path) -> None:
    it = sent(db, consultation, [held(db, tmp_path)])

    with pytest.raises(NotFound):
        find_attachment(db, it, held(db, tmp_path))
