"""From the review of a project at the desk to the verdict that everybody reads, and the appeal against it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs

from consult.budgeting.checklists import Answered, PassesUnmet, Unanswered, together_found
from consult.budgeting.days import NotYet, OutOfPhase
from consult.budgeting.project_appeals import (
    NoAppealWaits,
    NothingToAppeal,
    ProjectAppealedAlready,
    WhyMissing,
    appeal_review,
    decide_project_appeal,
)
from consult.budgeting.project_lists import project_page
from consult.budgeting.project_withdrawals import VotingBegan, withdraw_project
from consult.budgeting.projects import Outcome, State, Verdict, eligible_projects, project_of, project_subject
from consult.budgeting.reviews import (
    CostOverCeiling,
    CostReasonMissing,
    Findings,
    FormalFirst,
    GroundMissing,
    NotACost,
    NotYourDepartment,
    ReasonsMissing,
    ReviewPublished,
    review_formally,
    review_technically,
)
from consult.budgeting.verdicts import NothingToPublish, NotReviewed, publish_verdicts
from consult.identity.authorities import Authority
from consult.identity.departments import Department, DepartmentMember
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.policy.review_rules import Criterion, Met, ReviewKind
from consult.policy.words import Bilingual
from consult.record.entries import history
from consult.refusals import NotPermitted
from tests.factories import NOW, a_citizen, an_announced_cycle, an_official
from tests.factories.budgeting import RULES
from tests.factories.people import added
from tests.factories.projects import a_project

REVIEW = NOW + timedelta(days=20)
APPEALS = NOW + timedelta(days=40)
VOTING = NOW + timedelta(days=60)
PASSES = Findings(passes=True, reason="Se poate face pe domeniul public.")
FAILS = Findings(passes=False, reason="Terenul e privat.", ground="Regulament, art. 9 lit. b)")


class House:
    """A town hall that reviews: a clerk, a department with its engineer, and two who lead."""

    def __init__(self, db, rules=RULES) -> None:
        self.db = db
        self.cycle = an_announced_cycle(db, rules=rules)
        authority = db.get_one(Authority, self.cycle.authority_id)
        self.clerk = an_official(db, authority, Role.CLERK)
        self.engineer = an_official(db, authority, Role.DEPARTMENT_MEMBER)
        self.contact = an_official(db, authority, Role.CONTACT_PERSON)
        self.approver = an_official(db, authority, Role.APPROVER)
        self.department = added(db, Department(authority_id=authority.id, name="Direcția Tehnică"))
        added(db, DepartmentMember(department_id=self.department.id, person_id=self.engineer.person_id))
        self.author = a_citizen(db)

    def project(self, **said):
        return a_project(self.db, self.cycle, by=self.author, **said)

    def formal(self, project, findings=PASSES, by=None, at=REVIEW):
        return review_formally(self.db, project.id, findings=findings, by=by or self.clerk, at=at)

    def technical(self, project, findings=PASSES, by=None, at=REVIEW):
        facts = {"department_id": self.department.id, "findings": findings, "by": by or self.engineer, "at": at}
        return review_technically(self.db, project.id, **facts)

    def publish(self, by=None, at=REVIEW):
        return publish_verdicts(self.db, self.cycle.id, by=by or self.approver, at=at)

    def refused(self):
        """A project that was found not eligible, in public."""
        project = self.project()
        self.formal(project, FAILS)
        self.publish()
        return project

    def appeal(self, project, by=None, at=APPEALS, reasons="Terenul e al orașului din 2019."):
        return appeal_review(self.db, project.id, reasons=reasons, by=by or self.author, at=at)

    def decide(self, project, outcome=Outcome.UPHELD, by=None, at=APPEALS):
        facts = {"outcome": outcome, "reasons": "Extrasul de carte funciară o arată.", "by": by or self.contact}
        return decide_project_appeal(self.db, project.id, at=at, **facts)


@pytest.fixture
def house(db):
    return House(db)


def test_verdicts_are_published_together_each_with_its_reason(db, house):
    trees, benches, bridge = (house.project(title=title) for title in ("Copaci", "Bănci", "Pasarelă"))
    house.formal(trees)
    house.technical(trees)
    house.formal(benches, FAILS)
    house.formal(bridge)
    corrected = Findings(passes=True, reason="Se poate.", cost="30.000", cost_reason="Lipsea fundația.")
    house.technical(bridge, corrected)

    house.publish()

    shown = [project_of(db, each.id) for each in (trees, benches, bridge)]
    assert [each.verdict for each in shown] == [Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE, Verdict.ELIGIBLE]
    assert {each.reviewed_at for each in shown} == {REVIEW}
    assert shown[1].ground == FAILS.ground
    assert shown[1].reasons["reason"] == FAILS.reason
    assert (shown[2].asked_cost, shown[2].cost) == (20_000_00, 30_000_00)
    assert shown[2].reasons["cost"] == "Lipsea fundația."
    assert [each.id for each in eligible_projects(db, house.cycle.id)] == [trees.id, bridge.id]
    reviewed = history(db, project_subject(shown[2]))[-1].event.stated["facts"]
    assert reviewed["cost"] == 30_000_00
    assert len(reviewed["reviewers"]) == 2


def test_nothing_of_a_review_is_public_before_all_are_published(db, house):
    project = house.project()

    house.formal(project, FAILS)

    assert project_of(db, project.id).state is State.SUBMITTED
    assert len(history(db, project_subject(project_of(db, project.id)))) == 1


def test_verdicts_wait_until_every_standing_project_is_reviewed(house):
    first, second, gone = house.project(), house.project(), house.project()
    house.formal(first, FAILS)
    house.formal(second)
    withdraw_project(house.db, gone.id, by=house.author, at=REVIEW)

    with pytest.raises(NotReviewed) as refused:
        house.publish()

    assert refused.value.facts == {"numbers": "2"}


def test_who_reviewed_a_project_does_not_publish_the_verdicts(house):
    house.formal(house.project(), FAILS, by=house.contact)

    with pytest.raises(NeedsOtherEyes):
        house.publish(by=house.contact)


def test_verdicts_are_not_published_twice_nor_by_whoever_leads_nothing(house):
    house.refused()

    with pytest.raises(NothingToPublish):
        house.publish()
    with pytest.raises(NotPermitted):
        house.publish(by=house.engineer)


def test_nothing_is_reviewed_before_its_days_nor_changed_once_published(house):
    project = house.project()

    with pytest.raises(NotYet):
        house.formal(project, at=NOW)
    house.formal(project, FAILS)
    house.publish()

    with pytest.raises(ReviewPublished):
        house.formal(project)


def test_a_review_is_written_anew_by_the_same_office_and_replaces_the_first(house):
    project = house.project()

    first, again = house.formal(project, FAILS), house.formal(project)

    assert first.id == again.id
    assert again.ground == ""


def test_departments_review_only_what_passed_and_only_through_their_own_people(house):
    project = house.project()

    with pytest.raises(FormalFirst):
        house.technical(project)
    house.formal(project)
    with pytest.raises(NotYourDepartment):
        house.technical(project, by=house.clerk)
    with pytest.raises(NotPermitted):
        house.formal(project, by=house.engineer)


@pytest.mark.parametrize(
    ("findings", "refusal"),
    [
        (Findings(passes=True, reason=" "), ReasonsMissing),
        (Findings(passes=False, reason="Nu."), GroundMissing),
        (Findings(passes=True, reason="Da.", cost="mult"), NotACost),
        (Findings(passes=True, reason="Da.", cost="30.000"), CostReasonMissing),
        (Findings(passes=True, reason="Da.", cost="50.001", cost_reason="Fundație."), CostOverCeiling),
    ],
)
def test_what_a_review_lacks_is_told(house, findings, refusal):
    with pytest.raises(refusal):
        house.formal(house.project(), findings)


def test_the_author_appeals_once_and_people_who_did_not_review_decide(db, house):
    project = house.refused()
    house.appeal(project)

    with pytest.raises(ProjectAppealedAlready):
        house.appeal(project)
    house.decide(project)

    shown = project_of(db, project.id)
    assert shown.is_eligible
    assert [each.event.type for each in history(db, project_subject(shown))][-2:] == [
        "project.appealed",
        "project.appeal_decided",
    ]
    with pytest.raises(NoAppealWaits):
        house.decide(project)


def test_a_refused_appeal_leaves_the_project_not_eligible(db, house):
    project = house.refused()
    house.appeal(project)
    assert project_of(db, project.id).state is State.APPEALED

    house.decide(project, Outcome.REFUSED)

    assert project_of(db, project.id).state is State.NOT_ELIGIBLE


def test_who_reviewed_a_project_does_not_decide_the_appeal_about_it(house):
    project = house.project()
    house.formal(project, FAILS, by=house.contact)
    house.publish()
    house.appeal(project)

    with pytest.raises(NeedsOtherEyes):
        house.decide(project)


def test_an_appeal_has_its_days_its_author_and_its_reasons(house):
    project = house.refused()

    with pytest.raises(NotPermitted):
        house.appeal(project, by=a_citizen(house.db))
    with pytest.raises(OutOfPhase):
        house.appeal(project, at=REVIEW)
    with pytest.raises(WhyMissing):
        house.appeal(project, reasons=" ")


def test_what_is_eligible_is_not_appealed_about(house):
    project = house.project()
    house.formal(project)
    house.technical(project)
    house.publish()

    with pytest.raises(NothingToAppeal):
        house.appeal(project)


def test_nothing_changes_once_people_vote(house):
    project = house.refused()
    house.appeal(project)

    with pytest.raises(VotingBegan):
        house.decide(project, at=VOTING)


OF_ALL = Criterion(id="for-all", review=ReviewKind.FORMAL, words=Bilingual("E pentru toți.", "It is for everybody."))
OWN_LAND = Criterion(
    id="land", review=ReviewKind.TECHNICAL, words=Bilingual("Locul e al orașului.", "The place is ours.")
)
WITH_CHECKLIST = structs.replace(RULES, criteria=(OF_ALL, OWN_LAND))


def test_a_review_answers_each_criterion_of_its_kind(db):
    house = House(db, WITH_CHECKLIST)
    project = house.project()

    with pytest.raises(Unanswered) as refused:
        house.formal(project)
    review = house.formal(project, replace(PASSES, answers={"for-all": Met.YES, "unknown": Met.NO}))

    assert refused.value.facts["criteria"] == str(OF_ALL.words)
    assert review.found == {"for-all": Met.YES}


def test_a_project_that_does_not_meet_a_criterion_does_not_pass(db):
    house = House(db, WITH_CHECKLIST)
    answers = {"for-all": Met.NO}

    with pytest.raises(PassesUnmet):
        house.formal(house.project(), replace(PASSES, answers=answers))

    assert not house.formal(house.project(), replace(FAILS, answers=answers)).passes


def test_the_checklist_is_published_with_the_verdict_and_stands_in_the_record(db):
    house = House(db, WITH_CHECKLIST)
    project = house.project()
    house.formal(project, replace(PASSES, answers={"for-all": Met.YES}))
    house.technical(project, replace(FAILS, answers={"land": Met.NO}))
    page = (house.cycle.authority_id, house.cycle.year, project.number)
    before = project_page(db, *page).checklist

    house.publish()

    assert before == ()
    assert project_page(db, *page).checklist == [Answered(OF_ALL, Met.YES), Answered(OWN_LAND, Met.NO)]
    recorded = history(db, project_subject(project_of(db, project.id)))[-1].event.stated["facts"]
    assert recorded["checklist"] == [{"criterion": "for-all", "met": "yes"}, {"criterion": "land", "met": "no"}]


def test_one_department_that_finds_a_criterion_not_met_is_enough():
    found = [{"land": Met.YES}, {"land": Met.NO}, {"land": Met.NOT_CONCERNED}]

    assert together_found([OWN_LAND], found) == [Answered(OWN_LAND, Met.NO)]
    assert together_found([OWN_LAND], found[::2]) == [Answered(OWN_LAND, Met.YES)]
    assert together_found([OWN_LAND], [{}]) == []
