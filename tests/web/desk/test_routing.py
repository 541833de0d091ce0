"""Routing at the desk: whole articles at once, what is one's own, approvals, groups, templates, notes, the register."""

import csv
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.consultations.alike import AlikeMember
from consult.consultations.answer_templates import keep_template
from consult.consultations.assignments import Assignment
from consult.consultations.contact_register import RegisterExport
from consult.consultations.counters import refresh_counters
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import AnswerDraft, AnswerStanding, draft_answers
from consult.identity.departments import found_department
from consult.identity.offices import Role
from tests.factories import NOW, a_recommendation, an_official

REASON = "Se preia: costul real a fost recalculat."


@pytest.fixture
def expert(database, authority):
    return database.act(an_official, authority, Role.DEPARTMENT_MEMBER, name="Petru Taxe")


@pytest.fixture
def administrator(database, authority):
    return database.act(an_official, authority, Role.ADMINISTRATOR, name="Ana Șefa")


@pytest.fixture
def taxes(database, authority, administrator, expert):
    return database.act(
        found_department, authority.id, name="Direcția Taxe", members=[expert.person_id], by=administrator
    )


@pytest.fixture
def expert_drafted(database, public, received, expert):
    """The expert has drafted an answer to the first proposal."""
    facts = {"recommendation_ids": [received[0].id], "verdict": Verdict.PARTLY, "reason": REASON}
    database.act(draft_answers, public.id, **facts, by=expert, at=NOW)


def standings(db):
    return {each.recommendation_id: each.standing for each in db.scalars(select(AnswerDraft))}


def test_whole_articles_are_given_out_and_those_who_answer_find_them_on_their_desk(
    reader, contact, expert, taxes, public, received, own, database
) -> None:
    page = reader.sign_in(contact).get(own(public, "propuneri")).follow("Give whole articles out to departments")

    page = page.form("Give out what is nobody's yet").fill(articles=["art-3"], to=f"d-{taxes.id}").submit()

    assert page.banner == "Given out. Those who answer have been written to."
    assert "Direcția Taxe" in page.text
    assert sorted(database.read(lambda db: list(db.scalars(select(Assignment.recommendation_id))))) == [
        each.id for each in received[:2]
    ]
    page = reader.sign_in(expert).get("/en/birou").follow(f"Draft the answers given to you: {public.title}")
    assert page.texts(".to-answer-number") == ["No. 1/2026", "No. 2/2026"]
    assert "Direcția Taxe, until" in page.text


def test_the_drafts_own_department_and_the_article_just_read_are_chosen_already(
    reader, contact, administrator, expert, authority, public, received, own, database
) -> None:
    name = public.department
    database.act(found_department, authority.id, name=name, members=[expert.person_id], by=administrator)
    database.act(refresh_counters, public.id)

    page = reader.sign_in(contact).get(own(public, "propuneri")).follow("Art. 3")
    page = page.follow("Give whole articles out to departments")
    page = page.form("Give out what is nobody's yet").submit()

    assert page.banner == "Given out. Those who answer have been written to."
    assert database.read(lambda db: len(list(db.scalars(select(Assignment))))) == 2


def test_what_is_missing_is_said_beside_its_field_and_the_ticks_stay(
    reader, contact, taxes, public, received, own
) -> None:
    page = reader.sign_in(contact).get(own(public, "propuneri/repartizare"))

    page = page.form("Give out what is nobody's yet").fill(articles=["art-2"], due_on="2020-01-01").submit(status=422)
    assert page.errors == ["Choose a department or an official."]
    assert [box["value"] for box in page.html.select("input[name=articles][checked]")] == ["art-2"]
    page = page.form("Give out what is nobody's yet").fill(to=f"d-{taxes.id}").submit(status=422)
    assert "is over. Choose today or a later day." in page.errors[0]
    page = page.form("Give out what is nobody's yet").fill(articles=[]).submit(status=422)
    assert "Tick at least one article." in page.errors


def test_ticked_proposals_are_given_to_one_official_and_taken_back(
    reader, contact, expert, taxes, public, received, own
) -> None:
    page = reader.sign_in(contact).get(own(public, "propuneri"))

    page = page.form("Give them out").fill(recommendations=[received[2].id], to=f"p-{expert.person_id}").submit()
    assert "Petru Taxe, until" in page.texts(".to-answer")[2]
    assert page.follow("Given to nobody").texts(".to-answer-number") == ["No. 1/2026", "No. 2/2026"]
    page = page.form("Take them back").fill(recommendations=[received[2].id]).submit()
    assert "Petru Taxe, until" not in page.texts(".to-answer")[2]


def test_what_was_typed_survives_the_wrong_button(reader, contact, taxes, public, received, own) -> None:
    page = reader.sign_in(contact).get(own(public, "propuneri"))

    page = page.form("Give them out").fill(recommendations=[received[0].id], reason=REASON).submit(status=422)

    assert page.errors == ["Choose a department or an official."]
    assert page.select("#reason").get_text().strip() == REASON


def test_a_draft_goes_back_with_a_note_and_comes_again(
    reader, contact, expert, expert_drafted, public, received, own, database
) -> None:
    page = reader.sign_in(contact).get("/en/birou").follow(f"Approve drafted answers: {public.title}")
    assert page.form("Send back").fill(recommendations=[received[0].id]).submit(status=422).errors == [
        "Write what should change."
    ]
    page.form("Send back").fill(recommendations=[received[0].id], note="Spuneți și de ce.").submit()
    assert database.read(standings) == {received[0].id: AnswerStanding.RETURNED}

    page = reader.sign_in(expert).get("/en/birou").follow(f"Write answers anew that were sent back: {public.title}")
    assert "Spuneți și de ce." in page.follow("History and notes No. 1/2026").text
    page.form("Save the answer as a draft").fill(
        recommendations=[received[0].id], verdict="partly", reason=f"{REASON} De aceea."
    ).submit()

    page = reader.sign_in(contact).get(own(public, "propuneri"))
    page.form("Approve").fill(recommendations=[received[0].id]).submit()
    assert database.read(standings) == {received[0].id: AnswerStanding.APPROVED}


def test_an_approver_approves_what_they_may_not_write(
    reader, approver, expert_drafted, public, received, own, database
) -> None:
    page = reader.sign_in(approver).get(own(public, "propuneri"))
    assert [box["value"] for box in page.html.select("input[name=recommendations]")] == [str(received[0].id)]

    page.form("Approve").fill(recommendations=[received[0].id]).submit()

    assert database.read(standings) == {received[0].id: AnswerStanding.APPROVED}


def test_the_page_of_publication_says_what_is_not_approved(
    reader, contact, expert_drafted, public, received, own, clock, after_proposals
) -> None:
    clock.at = after_proposals

    page = reader.sign_in(contact).get(own(public, "raspunsuri/publica"))

    assert "1 drafted answer is not approved yet" in page.text
    assert page.follow("Approve them, or send them back").texts(".to-answer-number") == ["No. 1/2026"]


def test_only_the_contact_person_sees_how_work_is_given_out(reader, clerk, expert, public, received, own) -> None:
    page = reader.sign_in(clerk).get(own(public, "propuneri"))

    assert "Give whole articles out to departments" not in page.text
    reader.get(own(public, "propuneri/repartizare"), status=403)
    data = {"key": "k" * 22, "recommendations": str(received[0].id), "to": f"p-{expert.person_id}"}
    reader.post(own(public, "propuneri/da"), status=403, data=data | {"due_on": "2026-10-09"})


def test_what_looks_alike_is_suggested_kept_and_answered_by_one_reason(reader, contact, public, own, database) -> None:
    words = ["Taxa de parcare este prea mare pentru pensionari", "Taxa de parcare prea mare pentru pensionarii singuri"]
    found = [
        database.act(a_recommendation, public, wording=each) for each in [*words, "Iluminatul străzii Gării lipsește"]
    ]

    page = reader.sign_in(contact).get(own(public, "propuneri")).follow("Find those that say the same")
    page = page.form("Keep as a group – No. 1/2026").submit()
    assert page.banner == "Kept as a group: one answer is for all of them."
    assert "One answer with no. 2/2026" in page.texts(".to-answer")[0]

    page = page.form("Save the answer as a draft").fill(
        recommendations=[found[0].id], verdict="not_taken_up", reason=REASON
    )
    page = page.submit()
    assert page.banner == "The answer is drafted for 2 proposals. Nobody outside sees it yet."
    assert set(database.read(standings)) == {found[0].id, found[1].id}

    page.form("Take out of the group").fill(recommendations=[found[1].id]).submit()
    assert database.read(lambda db: list(db.scalars(select(AlikeMember)))) == []


def test_a_template_is_put_into_the_reason_and_refused_unless_it_is_changed(
    reader, contact, public, received, own, authority, database
) -> None:
    words = "Vă mulțumim. Propunerea nu se preia, deoarece [motivul]."
    database.act(keep_template, authority.id, title="Nu se preia", words=words, by=contact, at=NOW)
    page = reader.sign_in(contact).get(own(public, "propuneri"))

    page = page.form("Nu se preia").fill(recommendations=[received[0].id], verdict="not_taken_up").submit()
    assert page.select("#reason").get_text().strip() == words
    page = page.form("Save the answer as a draft").submit(status=422)
    assert "This is the template “Nu se preia” as it stands." in page.errors[0]
    page = page.form("Save the answer as a draft").fill(reason=f"{words} Cu stimă.").submit(status=422)
    assert page.errors == ["The template's place “[motivul]” is not filled in."]
    page = page.form("Save the answer as a draft").fill(reason=words.replace("[motivul]", "costul e mai mare")).submit()

    assert page.banner == "The answer is drafted for 1 proposal. Nobody outside sees it yet."


def test_templates_are_written_changed_and_deleted(reader, contact, expert) -> None:
    page = reader.sign_in(contact).get("/en/birou/consultari").follow("Answer templates")

    page = page.form("Keep the template").fill(title="Nu se preia", words="Deoarece [motivul].").submit()
    page = page.follow("Nu se preia")
    page = page.form("Change the template").fill(title="", words="Deoarece.").submit(status=422)
    assert page.errors == ["Write a title."]
    page = page.form("Change the template").fill(title="Respingere").submit()
    page = page.follow("Respingere").form("Delete the template").submit()

    assert "There is no template yet." in page.text
    reader.sign_in(expert).get("/en/birou/sabloane", status=403)


def test_departments_are_founded_staffed_and_closed_by_an_administrator(reader, administrator, expert, clerk) -> None:
    page = reader.sign_in(administrator).get("/en/birou/oameni").follow("Departments, and who answers in each")

    page = page.form("Add the department").fill(name="Direcția Taxe", members=[expert.person_id]).submit()
    assert "Petru Taxe" in page.text
    again = page.form("Add the department").fill(name="direcția taxe").submit(status=422)
    assert again.errors == ["There is a department of this name already."]
    page = (
        page.follow("Direcția Taxe").form("Change the department").fill(name="Direcția Economică", members=[]).submit()
    )
    assert "Nobody yet" in page.text
    page = page.follow("Direcția Economică").form("Close the department").submit()
    assert "There is no department yet." in page.text
    assert "Add a department" not in reader.sign_in(clerk).get("/en/birou/departamente").text


def test_a_note_is_read_by_colleagues_and_by_nobody_else(reader, clerk, expert, public, received, own) -> None:
    page = reader.sign_in(expert).get(own(public, "propuneri")).follow("History and notes No. 1/2026")
    assert page.form("Keep the note").submit(status=422).errors == ["Write the note."]
    page = page.form("Keep the note").fill(note="Dosarul 1187 la contabilitate.").submit()

    assert page.banner == "The note is kept. Only officials read it."
    assert "Dosarul 1187" in reader.sign_in(clerk).get(own(public, "propuneri/1-2026/circuit")).text
    for address in ("propuneri", "propuneri/1-2026", "propuneri.csv", "propuneri.json"):
        assert "1187" not in reader.ask("GET", f"/en/consultari/{public.reference}/{address}").text


def test_the_register_with_contact_data_is_exported_once_it_is_said_for_whom(
    reader, contact, clerk, approver, public, received, authority, database, clock
) -> None:
    page = reader.sign_in(contact).get("/en/birou/registru/2026")
    assert "@posta.example" in page.text
    assert page.form("Export the register").submit(status=422).errors == [
        "Write for whom and why the register is exported."
    ]
    sent = page.form("Export the register").fill(purpose="Controlul prefectului, adresa 1204/2026")
    answer = reader.ask("POST", "/en/birou/registru/2026", data=dict(sent.values))
    file = reader.ask("GET", answer.headers["location"])

    rows = list(csv.reader(file.text.lstrip("\ufeff").splitlines()))
    assert [row[0] for row in rows] == ["Number", "1/2026", "2/2026", "3/2026"]
    assert all("@posta.example" in row[6] for row in rows[1:])
    (noted,) = database.read(lambda db: list(db.scalars(select(RegisterExport))))
    assert (noted.purpose, noted.rows, noted.exported_by) == (
        "Controlul prefectului, adresa 1204/2026", 3, contact.person_id,
    )  # fmt: skip
    assert "Controlul prefectului" in reader.get("/en/birou/registru/2026").text
    assert reader.sign_in(approver).ask("GET", answer.headers["location"]).status_code == 404
    clock.at += timedelta(hours=2)
    assert reader.sign_in(contact).ask("GET", answer.headers["location"]).status_code == 404
    reader.sign_in(clerk).get("/en/birou/registru/2026", status=403)
