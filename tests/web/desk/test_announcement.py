"""The announcement at the desk: what the law wants in plain words, and two clerks who share the work."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.identity.departments import found_department
from consult.identity.offices import Role
from tests.factories import an_official


def kept(db: Session, key: int) -> Consultation:
    return db.get_one(Consultation, key)


def test_each_field_says_what_the_law_wants_and_by_which_article(reader, clerk, waiting, own) -> None:
    page = reader.sign_in(clerk).get(own(waiting, "anunt"))

    assert "The law wants all three: site, seat, press. Art. 7(1)" in page.text.replace("\u00a0", " ")
    assert "There are 10 words now." in page.text


def test_a_summary_that_is_too_long_says_how_long_it_is_and_keeps_everything(reader, clerk, waiting, own) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")

    page = form.fill(summary="vorbe " * 121, department="Direcția Nouă").submit(status=422)

    assert page.errors == ["In short: The summary has 121 words; at most 120 fit."]
    assert page.select("#department")["value"] == "Direcția Nouă"
    assert len(page.select("#summary").get_text().split()) == 121


def test_each_mistake_is_told_with_the_name_of_its_field_and_leads_there(reader, clerk, waiting, own) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")

    typed = form.fill(title="", domain="d" * 81, contact_name="Ana\nPop").submit(status=422)
    ruled = form.fill(title="Taxe", domain="", contact_name="Ana", summary="vorbe " * 121, contact_email="ana")
    ruled = ruled.submit(status=422)

    assert {said: typed.link(said) for said in typed.errors} == {
        "Title: Write the title of the draft.": "#title",
        "Domain: At most 80 characters are accepted; there are 81.": "#domain",
        "Name of the contact person: Write it on one line.": "#contact_name",
    }
    assert [ruled.link(said) for said in ruled.errors] == ["#summary", "#contact_email"]


def test_what_is_not_there_and_what_a_rule_refuses_are_told_together(reader, clerk, waiting, own) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")

    page = form.fill(title="", summary="vorbe " * 121, contact_email="x@y").submit(status=422)

    assert [page.link(said) for said in page.errors] == ["#title", "#summary", "#contact_email"]


def test_an_address_that_is_not_complete_is_said_beside_its_field(reader, clerk, waiting, own) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")

    page = form.fill(contact_email="ioana@").submit(status=422)

    assert page.errors == [
        "E-mail of the contact person: The e-mail address is not complete, for example ana@example.ro."
    ]
    assert page.link(page.errors[0]) == "#contact_email"


def test_the_second_to_save_sees_what_differs_word_by_word(reader, database, clerk, colleague, waiting, own) -> None:
    mine = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")
    theirs = reader.sign_in(colleague).get(own(waiting, "anunt")).form("Save the announcement")
    theirs.fill(department="Direcția Veche", concerns_business=True).submit()

    reader.sign_in(clerk)
    page = mine.fill(department="Direcția Nouă").submit(status=409)

    assert "Dan Colegu saved this draft" in page.errors[0]
    assert page.texts(".inset-title") == ["Department", "The draft concerns businesses"]
    assert page.select("#department")["value"] == "Direcția Nouă"
    page.form("Save what you wrote over it").fill(concerns_business=True).submit()
    saved = database.read(kept, waiting.id)
    assert (saved.department, saved.concerns_business) == ("Direcția Nouă", True)


def test_clerks_who_share_the_work_are_no_conflict(reader, database, clerk, colleague, waiting, own) -> None:
    mine = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")
    reader.sign_in(colleague)
    reader.get(own(waiting, "text")).form().fill(text="Art. 1. Alt text.").submit()
    reader.get(own(waiting, "date")).form("Save the dates").submit()

    reader.sign_in(clerk)
    page = mine.fill(department="Direcția Nouă").submit()

    assert page.banner == "The announcement is saved."
    assert database.read(kept, waiting.id).department == "Direcția Nouă"


def test_an_announcement_that_is_sent_twice_is_saved_once(reader, database, clerk, waiting, own) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement").fill(domain="Taxe")

    form.submit()
    edition = database.read(kept, waiting.id).edition
    form.submit()

    assert database.read(kept, waiting.id).edition == edition


@pytest.mark.parametrize("part", ["anunt", "text", "date", "documente"])
def test_only_a_clerk_edits(reader, approver, waiting, own, part) -> None:
    assert reader.sign_in(approver).get(own(waiting, part), status=403).heading == "This is not allowed"


def test_department_and_contact_are_chosen_where_the_authority_has_them(
    reader, database, authority, clerk, waiting, own
) -> None:
    keeper = database.act(an_official, authority, Role.ADMINISTRATOR)
    database.act(an_official, authority, Role.CONTACT_PERSON, name="Ioana Marin")
    database.act(found_department, authority.id, name="Direcția Parcări", members=[], by=keeper)
    page = reader.sign_in(clerk).get(own(waiting, "anunt"))

    # What was written before there were any can stay.
    assert page.texts("#department option")[1:] == ["Direcția Parcări", "Direcția Tehnică"]
    assert "Ioana Marin" in page.texts("#contact_name option")
    page.form("Save the announcement").fill(department="Direcția Parcări", contact_name="Ioana Marin").submit()

    saved = database.read(kept, waiting.id)
    assert (saved.department, saved.contact_name) == ("Direcția Parcări", "Ioana Marin")
