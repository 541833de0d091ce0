"""Erasing a text about a project: nothing of it is left where we hold it, the log says so, and the rest stays."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.budgeting.project_appeals import appeal_review, decide_project_appeal, find_project_appeal
from consult.budgeting.project_erasure_requests import (
    NothingToEraseOfProject,
    ask_for_erasure,
    choose_texts,
    confirm_erasure,
    enter_request,
    forget_who_asked,
    refuse_erasure,
    requests_at,
    send_back,
)
from consult.budgeting.project_erasures import erase_texts, erased_in, let_go, texts_about
from consult.budgeting.project_lists import Wanted, project_list, project_page
from consult.budgeting.project_photos import ErasedPhoto, find_photo, hold_photo, photos_of
from consult.budgeting.project_questions import answer_question, ask_author, questions_of
from consult.budgeting.projects import Outcome, Project, find_project, project_subject, titles_of
from consult.budgeting.proposing import submit_project
from consult.budgeting.reviews import Findings, review_formally, reviews_of
from consult.budgeting.verdicts import publish_verdicts
from consult.files.sealing import SealedFile
from consult.identity.authorities import Authority
from consult.identity.erasing import reapply_erasures
from consult.identity.erasure_requests import AlreadyConcluded, NotChosenYet, Source
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.jobs import Job
from consult.mail import WITHHELD
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent, history
from consult.record.erasure_grounds import ErasureGround
from consult.record.erasures import ErasedText
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, a_citizen, an_announced_cycle, an_authority, an_official
from tests.factories.projects import a_proposed

REVIEW = NOW + timedelta(days=20)
PUBLISHED = NOW + timedelta(days=30)
APPEAL = NOW + timedelta(days=40)
LATER = NOW + timedelta(days=60)
CONSENT = ErasureGround.CONSENT_WITHDRAWN
WORDS = {"words": "Scrie unde locuiesc.", "name": "Ion Vecinu", "ground": CONSENT}
KINDS = [
    "project.submitted",
    "project.question_asked",
    "project.question_answered",
    "project.reviewed",
    "project.appealed",
    "project.appeal_decided",
]


class Scene:
    """A project about which everything was said that can be, with a photograph, and the officials."""

    def __init__(self, db: Session, authority: Authority | None = None) -> None:
        self.db = db
        self.authority = authority or an_authority(db)
        self.cycle = an_announced_cycle(db, self.authority)
        self.author = a_citizen(db, name="Ana Ilie", email="ana@posta.example")
        clerk = an_official(db, self.authority, Role.CLERK)
        self.contact = an_official(db, self.authority, Role.CONTACT_PERSON)
        self.approver = an_official(db, self.authority, Role.APPROVER)
        photo = hold_photo(db, SealedFile("poza.jpg", "image/jpeg", 3, "ab" * 32), at=NOW)
        proposed = a_proposed(title="Bănci la Ana")
        proposed = type(proposed)(proposed.said, proposed.pool, proposed.category, [photo])
        project = submit_project(db, self.cycle.id, proposed=proposed, named=True, by=self.author, at=NOW)
        self.photo, key = photo, project.id
        ask_author(db, key, department_id=None, question="Al cui e terenul?", by=clerk, at=REVIEW)
        answer_question(db, key, question=1, answer="Al bunicii.", by=self.author, at=REVIEW)
        findings = Findings(passes=False, reason="Terenul e al doamnei Ilie.", ground="art. 9")
        review_formally(db, key, findings=findings, by=clerk, at=REVIEW)
        publish_verdicts(db, self.cycle.id, by=self.approver, at=PUBLISHED)
        appeal_review(db, key, reasons="Nu mai e al ei.", by=self.author, at=APPEAL)
        decide_project_appeal(
            db, key, outcome=Outcome.UPHELD, reasons="Așa e, doamnă Ilie.", by=self.contact, at=APPEAL
        )
        db.flush()

    @property
    def project(self) -> Project:
        self.db.expire_all()
        return find_project(self.db, self.cycle.id, 1)

    def texts(self) -> dict[str, str]:
        return {text.event.type: text.commitment for text in texts_about(self.db, self.project)}

    def erase(self, *types: str) -> Project:
        known = self.texts()
        commitments = [known[each] for each in types]
        facts = {"chosen_by": self.contact.person_id, "by": self.approver, "at": LATER}
        erase_texts(self.db, self.project, commitments, CONSENT, **facts)
        return self.project


@pytest.fixture
def scene(db: Session) -> Scene:
    return Scene(db)


def test_the_texts_about_a_project_are_its_own_its_review_and_what_was_asked_and_appealed(scene) -> None:
    assert list(scene.texts()) == KINDS


def test_an_erased_project_keeps_number_costs_and_verdict_and_loses_words_photographs_and_name(db, scene) -> None:
    project = scene.erase("project.submitted")

    assert (project.title, project.words, project.costs) == ("", {}, ())
    assert (project.number, project.is_eligible, project.asked_cost) == (1, True, 2_000_000)
    assert "Ilie" not in project.author
    assert photos_of(db, project) == []
    with pytest.raises(ErasedPhoto):
        find_photo(db, project, scene.photo)
    assert titles_of(db, scene.cycle.id) == {"1": ""}
    assert list(scene.texts()) == KINDS[1:]
    found = project_list(db, scene.authority.id, scene.cycle.year, wanted=Wanted(words="bănci"))
    assert found.count == 0


def test_erasing_the_review_takes_the_words_from_the_desk_too_and_leaves_the_ground(db, scene) -> None:
    project = scene.erase("project.reviewed")

    assert project.reasons == {}
    assert project.ground == "art. 9"
    [review] = reviews_of(db, [project.id])
    assert (review.reason, review.ground) == ("", "art. 9")


def test_questions_answers_and_appeals_go_one_by_one(db, scene) -> None:
    project = scene.erase("project.question_answered", "project.appealed")

    [asked] = questions_of(db, [project.id])
    assert (asked.words, asked.answer) == ("Al cui e terenul?", "")
    appeal = find_project_appeal(db, project.id)
    assert (appeal.words, appeal.decision_words) == ("", "Așa e, doamnă Ilie.")

    scene.erase("project.question_asked", "project.appeal_decided")

    [asked] = questions_of(db, [project.id])
    assert asked.words == ""
    assert find_project_appeal(db, project.id).decision_words == ""


def test_each_erased_text_has_its_entry_and_the_page_knows_of_each_why(db, scene) -> None:
    project = scene.erase(*KINDS)

    acts = history(db, project_subject(project))
    assert [act.event.type for act in acts][-6:] == ["body.erased"] * 6
    erased = erased_in(db, acts)
    assert set(erased) == {f"{kind}/1" if "question" in kind else kind for kind in KINDS}
    assert {each.ground for each in erased.values()} == {CONSENT.value}
    assert project_page(db, scene.authority.id, scene.cycle.year, 1).erased == erased
    with pytest.raises(NotFound):
        erase_texts(
            db,
            project,
            [erased["project.submitted"].commitment],
            CONSENT,
            chosen_by=scene.contact.person_id,
            by=scene.approver,
            at=LATER,
        )


def test_letters_that_wait_lose_the_words_and_nothing_else(db, scene) -> None:
    scene.erase(*KINDS)

    letters = [job.facts["letter"] for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    assert not {"Ilie.", "Bănci la Ana", "terenul?"} & set(" ".join(map(str, letters)).split("'"))
    reviewed = next(each for each in letters if each["kind"] == "project-reviewed")
    assert (reviewed["title"], reviewed["reason"], reviewed["ground"]) == (WITHHELD, WITHHELD, "art. 9")


def test_a_restored_backup_forgets_it_again(db, scene) -> None:
    kept = db.scalars(select(Body).where(Body.commitment == scene.texts()["project.submitted"])).one()
    copy = Body(id=kept.id, salt=kept.salt, content=kept.content, commitment=kept.commitment)
    db.expunge(kept)
    project = scene.erase("project.submitted")
    db.add(copy)
    db.flush()
    project.body_id = copy.id
    db.flush()
    db.execute(delete(ErasedText).where(ErasedText.commitment == copy.commitment))

    assert reapply_erasures(db, let_go) == 1

    assert scene.project.is_erased
    assert reapply_erasures(db, let_go) == 0


def test_two_officials_erase_and_whoever_asked_and_the_author_are_told(db, scene) -> None:
    facts = {"source": Source.READER, "email": "ion@posta.example", "by": None, "at": NOW}
    request = ask_for_erasure(db, scene.project.id, **WORDS, **facts)
    assert requests_at(db, scene.authority.id) == [request]
    with pytest.raises(NotChosenYet):
        confirm_erasure(db, request.id, by=scene.approver, at=LATER)
    text = scene.texts()["project.submitted"]
    choose_texts(db, request.id, commitments=[text], ground=CONSENT, note="Adresa.", by=scene.contact)
    send_back(db, request.id, note="Alt temei?", by=scene.approver)
    choose_texts(db, request.id, commitments=[text], ground=CONSENT, note="Adresa.", by=scene.contact)
    with pytest.raises(NeedsOtherEyes):
        confirm_erasure(db, request.id, by=scene.contact, at=LATER)
    assert not scene.project.is_erased

    confirm_erasure(db, request.id, by=scene.approver, at=LATER)

    assert scene.project.is_erased
    told = [job.facts for job in db.scalars(select(Job)) if job.facts.get("letter", {}).get("kind") == "text-erased"]
    assert {each["to"] for each in told} == {"ana@posta.example", "ion@posta.example"}
    assert {(each["letter"]["about"], each["letter"]["number"]) for each in told} == {("project", "1")}
    [entry] = db.scalars(select(RecordedEvent).where(RecordedEvent.type == "body.erased"))
    assert entry.stated["facts"]["erased"] == text
    with pytest.raises(AlreadyConcluded):
        confirm_erasure(db, request.id, by=scene.approver, at=LATER)
    forget_who_asked(db, at=LATER + timedelta(days=366))
    db.expire_all()
    assert (request.name, request.email, request.words) == ("", None, "")


def test_a_refusal_erases_nothing_and_is_told(db, scene) -> None:
    entered = {"email": "ion@posta.example", "at": NOW}
    with pytest.raises(NotPermitted):
        enter_request(db, scene.project.id, **WORDS, **entered, by=scene.approver)
    request = enter_request(db, scene.project.id, **WORDS, **entered, by=scene.contact)

    refuse_erasure(db, request.id, note="Registrul e cerut de lege.", by=scene.contact, at=LATER)

    assert list(scene.texts()) == KINDS
    told = [job.facts["letter"] for job in db.scalars(select(Job).where(Job.kind == "letter"))]
    assert "Registrul e cerut de lege." in {each.get("reason") for each in told}


def test_nothing_is_asked_once_all_is_gone(db, scene) -> None:
    project = scene.erase(*KINDS)

    with pytest.raises(NothingToEraseOfProject):
        ask_for_erasure(db, project.id, **WORDS, source=Source.READER, email=None, by=None, at=NOW)
