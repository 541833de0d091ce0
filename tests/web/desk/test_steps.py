"""The steps at the desk: each within the days the law allows, each refusal beside its field."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, Stage
from consult.consultations.gatherings import debate_to_hold
from consult.consultations.steps import submit_for_avizare
from tests.factories.consultations import the_day_after


@pytest.fixture
def submitted(database, clock, public, contact) -> datetime:
    """The consultation went on to avizare; returns when."""
    clock.at = the_day_after(public.submission_on)
    database.act(submit_for_avizare, public.id, by=contact, at=clock.at)
    return clock.at


def stage(db: Session, key: int) -> Stage:
    return db.get_one(Consultation, key).stage


def test_a_debate_is_announced_with_day_hour_and_place(reader, database, contact, public, own) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi")).follow("Public debate")
    assert "At the latest on 15 October 2026: at most 10 calendar days" in page.text.replace("\u00a0", " ")

    page = page.form("Announce the debate").fill(on="2026-10-14", hour="17:30", place="Sala mare").submit()

    assert page.banner == "The public debate is announced."
    assert "14 October 2026, 17:30, Sala mare" in page.text
    debate = database.read(debate_to_hold, public.id)
    assert debate.starts_at.isoformat() == "2026-10-14T14:30:00+00:00"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-10-16", "16 October 2026 is not lawful"),
        ("2026-10-04", "This day has passed already."),
        ("curând", "Write a day of the calendar"),
        ("", "Choose the day."),
    ],
)
def test_a_day_for_the_debate_that_cannot_be_is_refused_beside_its_field(
    reader, contact, public, own, on, said
) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi/dezbatere"))

    page = page.form("Announce the debate").fill(on=on, hour="17:30", place="Sala mare").submit(status=422)

    assert page.errors[0].startswith(said)
    assert page.link(page.errors[0]) == "#on"
    assert page.select("#place")["value"] == "Sala mare"


def test_hour_and_place_are_asked_for(reader, contact, public, own) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi/dezbatere"))

    page = page.form("Announce the debate").fill(on="2026-10-14", hour="25:00").submit(status=422)

    assert page.errors == ["Write an hour, for example 16:00.", "Write where it takes place."]


def test_a_debate_is_announced_once(reader, contact, public, own) -> None:
    form = reader.sign_in(contact).get(own(public, "pasi/dezbatere")).form("Announce the debate")
    form.fill(on="2026-10-14", hour="17:30", place="Sala mare")

    first, second = form.submit(), form.submit()

    assert first.path == second.path
    page = reader.get(own(public, "pasi/dezbatere")).form("Announce the debate")
    page = page.fill(on="2026-10-14", hour="18:30", place="Alta").submit(status=422)
    assert page.errors == ["This step was announced already."]


def test_avizare_before_its_day_or_before_the_answers_is_refused(
    reader, clock, contact, public, received, after_proposals, own
) -> None:
    clock.at = after_proposals
    page = reader.sign_in(contact).get(own(public, "pasi/avizare"))
    assert "3 proposals have no public answer yet" in page.text
    assert "17 November 2026" in page.texts(".deadline-day")

    page = page.form("Submit for avizare today").submit(status=422)
    assert page.errors[0].startswith("16 October 2026 is not lawful")

    clock.at = the_day_after(public.submission_on)
    page = reader.sign_in(contact).get(own(public, "pasi/avizare")).form("Submit for avizare today").submit(status=422)
    assert page.errors == ["3 proposals have no answer yet; the answers are published together."]


def test_a_draft_without_proposals_goes_on_when_its_day_has_come(reader, database, clock, contact, public, own) -> None:
    clock.at = the_day_after(public.submission_on)

    page = reader.sign_in(contact).get(own(public)).follow("Submit for avizare")
    page = page.form("Submit for avizare today").submit()

    assert page.banner == "The draft is submitted for avizare."
    assert database.read(stage, public.id) is Stage.SUBMITTED


def test_a_session_is_announced_three_free_days_before(reader, contact, public, submitted, own) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi")).follow("Session that decides")
    form = page.form("Announce the session")
    tomorrow = (submitted + timedelta(days=1)).date().isoformat()
    lawful = (submitted + timedelta(days=6)).date().isoformat()

    page = form.fill(on=tomorrow, hour="16:00", place="Sala de ședințe").submit(status=422)
    assert "is not lawful" in page.errors[0]
    page = page.form("Announce the session").fill(on=lawful).submit()

    assert page.banner == "The session is announced."


def test_a_session_on_a_sunday_is_announced_when_it_is_meant(reader, database, contact, public, submitted, own) -> None:
    sunday = (submitted + timedelta(days=4)).date().isoformat()
    form = reader.sign_in(contact).get(f"/en{links.new_session(public.id)}").form("Announce the session")

    asked = form.fill(on=sunday, hour="16:00", place="Sala de ședințe").submit(status=422)

    assert "22 November 2026 is a Sunday" in asked.text
    assert asked.link(asked.errors[0]) == "#sure_of"
    done = asked.form("Announce the session").fill(sure_of=[sunday], motive="E ziua orașului.").submit()
    assert done.banner == "The session is announced."


def test_avizare_on_a_sunday_is_asked_about_before_the_button_is_pressed(reader, clock, contact, public, own) -> None:
    clock.at = the_day_after(public.submission_on) + timedelta(days=4)
    page = reader.sign_in(contact).get(own(public, "pasi/avizare"))
    assert "22 November 2026 is a Sunday: the authorities whose opinion is asked" in page.text

    unsure = page.form("Submit for avizare today").submit(status=422)
    page = (
        unsure.form("Submit for avizare today")
        .fill(sure_of=["2026-11-22"], motive="Consiliul se întrunește luni.")
        .submit()
    )

    assert page.banner == "The draft is submitted for avizare."


def test_the_outcome_ends_the_consultation(reader, database, contact, public, submitted, own) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi")).follow("Outcome")

    page = page.form("Publish the outcome").fill(outcome="adopted", note="HCL nr. 112 din 26 noiembrie 2026").submit()

    assert page.banner == "The outcome is public."
    assert "HCL nr. 112" in page.text.replace("\u00a0", " ")
    assert database.read(stage, public.id) is Stage.ADOPTED
    assert reader.get("/en/birou").text.count("Nothing is due") == 1


def test_an_outcome_that_has_not_happened_is_refused(reader, contact, public, submitted, own) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi/rezultat")).form("Publish the outcome")

    page = page.fill(outcome="rejected", on="2026-12-31", note="Respinsă").submit(status=422)

    assert page.errors == ["This day is still to come; say the outcome after it."]
    assert page.select('input[value="rejected"]').has_attr("checked")


def test_only_a_withdrawal_comes_before_avizare(reader, database, contact, public, own) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi/rezultat"))

    refused = page.form("Publish the outcome").fill(outcome="adopted", note="HCL 1").submit(status=422)
    assert refused.errors == ["This step does not follow from where the consultation is now."]
    refused.form("Publish the outcome").fill(outcome="withdrawn", note="Proiectul se rescrie.").submit()

    assert database.read(stage, public.id) is Stage.WITHDRAWN
    assert reader.get(own(public)).text.startswith("Withdrawn")


def test_a_step_that_there_is_not_is_not_found(reader, contact, public, waiting, own) -> None:
    reader.sign_in(contact)

    reader.get(own(public, "pasi/promulgare"), status=404)
    reader.post(own(public, "pasi/promulgare"), status=404, data={"key": "k" * 22})
    reader.get(own(waiting, "pasi"), status=404)


def test_a_clerk_does_not_lead_the_procedure(reader, clerk, public, own) -> None:
    reader.sign_in(clerk)

    reader.get(own(public, "pasi"), status=403)
    reader.post(own(public, "pasi/avizare"), status=403, data={"key": "k" * 22})
