"""Reviewing projects at the desk, publishing the verdicts, appealing against one and deciding it."""

from datetime import timedelta

import pytest
from msgspec import structs

from consult.counting.ties import TieRule
from consult.identity.departments import Department, DepartmentMember
from consult.identity.offices import Role
from consult.policy.voting_packs import find_voting_pack
from tests.factories import NOW, a_citizen, an_announced_cycle, an_official
from tests.factories.people import added
from tests.factories.projects import a_project

DESK = "/en/birou/buget/2027/proiecte"


@pytest.fixture
def cycle(database, authority):
    return database.act(an_announced_cycle, authority)


@pytest.fixture
def official(database, authority):
    return lambda *roles: database.act(an_official, authority, *roles)


def test_a_project_is_reviewed_refused_appealed_and_let_in(reader, database, cycle, official, clock) -> None:
    author = database.act(a_citizen, name="Ana")
    database.act(a_project, cycle, title="Bănci", by=author)
    clock.at = NOW + timedelta(days=20)
    reader.sign_in(official(Role.CLERK))
    form = reader.get(DESK).follow("Bănci").form("Save the review")
    form.fill(passes="no", reason="Terenul e privat.").submit(status=422)
    page = form.fill(ground="art. 9 lit. b)").submit()
    assert page.banner.startswith("The review is saved")

    reader.sign_in(official(Role.APPROVER))
    page = reader.get(DESK).form("Publish the results of all projects").submit()
    assert page.banner.startswith("The results of the review are public")
    assert "Terenul e privat." in reader.get("/buget/2027/proiecte/1").text

    clock.at = NOW + timedelta(days=40)
    reader.sign_in(author)
    page = reader.get("/en/buget/2027/proiecte/1/confirmare").follow("Appeal against the review")
    page = page.form("Send the appeal").fill(reasons="E al orașului.").submit()
    assert page.banner.startswith("Your appeal is received")

    reader.sign_in(official(Role.CONTACT_PERSON))
    form = reader.get(f"{DESK}/1").form("Decide the appeal")
    form.fill(outcome="upheld", reasons="Așa arată cartea funciară.").submit()

    public = reader.get("/en/buget/2027/proiecte/1").text
    assert "Upheld: the project is eligible" in public
    assert "E al orașului." in public


def test_a_department_corrects_the_cost_with_a_reason(reader, database, cycle, authority, official, clock) -> None:
    def department(db, person_id):
        made = added(db, Department(authority_id=authority.id, name="Direcția Tehnică"))
        added(db, DepartmentMember(department_id=made.id, person_id=person_id))

    database.act(a_project, cycle, title="Bănci")
    engineer = official(Role.DEPARTMENT_MEMBER, Role.CLERK)
    database.act(department, engineer.person_id)
    clock.at = NOW + timedelta(days=20)
    reader.sign_in(engineer)
    reader.get(f"{DESK}/1").form("Save the review").fill(passes="yes", reason="E în regulă.").submit()

    form = reader.get(f"{DESK}/1").follow("Review it instead as: Direcția Tehnică").form("Save the review")
    said = {"passes": "yes", "reason": "Se poate.", "cost": "30.000", "cost_reason": "Fundația."}
    page = form.fill(**said).submit()

    assert "Corrected cost: 30,000 lei" in page.text.replace("\xa0", " ")


def test_the_checklist_is_answered_one_by_one_and_published(reader, database, authority, official, clock) -> None:
    rules = find_voting_pack("budgeting/timisoara").rules
    cycle = database.act(an_announced_cycle, authority, rules=structs.replace(rules, tie=TieRule.COST))
    database.act(a_project, cycle, title="Bănci")
    clock.at = NOW + timedelta(days=20)
    reader.sign_in(official(Role.CLERK))
    form = reader.get(f"{DESK}/1").form("Save the review")

    page = form.fill(passes="no", reason="E pentru o firmă.", ground="art. 3").submit(status=422)
    assert page.errors[0].startswith("Answer each criterion of the checklist")
    answers = ["author:yes", "complete:yes", "ceiling:not_concerned", "for-all:no"]
    page = page.form("Save the review").fill(answers=answers).submit()
    assert "It serves everybody, not one person, company or party." in page.text

    reader.sign_in(official(Role.APPROVER))
    reader.get(DESK).form("Publish the results of all projects").submit()
    public = reader.get("/en/buget/2027/proiecte/1")
    found = public.select("#review ~ table").get_text(" ", strip=True)
    assert found.endswith("It serves everybody, not one person, company or party. No")


def test_a_reviewer_asks_and_the_author_answers(reader, database, cycle, official, clock) -> None:
    author = database.act(a_citizen, name="Ana")
    database.act(a_project, cycle, title="Bănci", by=author)
    clock.at = NOW + timedelta(days=20)
    reader.sign_in(official(Role.CLERK))
    form = reader.get(f"{DESK}/1").form("Ask the author")
    assert form.submit(status=422).errors == ["Write what you ask."]
    page = form.fill(question="Cine le întreține?").submit()
    assert page.banner.startswith("The question is public")
    assert "Not answered." in reader.get("/en/buget/2027/proiecte/1").text

    reader.sign_in(author)
    page = reader.get("/en/buget/2027/proiecte/1/confirmare").follow("Questions of the reviewers")
    form = page.form("Send the answer")
    assert form.submit(status=422).errors == ["Write your answer."]
    page = form.fill(answer="Asociația noastră.").submit()

    assert page.banner.startswith("Your answer is received")
    # The English page may stand as it was for two seconds.
    assert "Asociația noastră." in reader.get("/buget/2027/proiecte/1").text


def test_the_verdicts_are_not_published_while_one_is_missing(reader, database, cycle, official, clock) -> None:
    database.act(a_project, cycle, title="Bănci")
    clock.at = NOW + timedelta(days=20)
    reader.sign_in(official(Role.APPROVER))

    page = reader.get(DESK).form("Publish the results of all projects").submit(status=422)

    assert page.errors == ["Not reviewed yet: 1. The results of all projects are published at once."]


def test_the_desk_of_projects_does_not_exist_for_citizens(reader, database, cycle) -> None:
    reader.sign_in(database.act(a_citizen))

    reader.get(DESK, status=404)
