"""The dates at the desk: computed with their reason, refused with the nearest lawful day, judged again later."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.announcements import create_consultation
from consult.consultations.consultations import Consultation
from tests.factories import NOW


@pytest.fixture
def draft(database, authority, clerk):
    return database.act(create_consultation, authority.id, title="Parcări", by=clerk, at=NOW)


@pytest.fixture
def page(reader, clerk, draft, own):
    """The dates as they are first shown, on Monday 5 October 2026."""
    return reader.sign_in(clerk).get(own(draft, "date"))


def kept(db: Session, key: int) -> Consultation:
    return db.get_one(Consultation, key)


def test_the_earliest_lawful_dates_stand_there_with_article_and_reason(page) -> None:
    assert page.select("#announced_on")["value"] == "2026-10-05"
    assert page.select("#proposals_until")["value"] == "2026-10-15"
    assert page.select("#submission_on")["value"] == "2026-11-17"
    said = page.text.replace("\u00a0", " ")
    assert "at least 10 calendar days after 5 October 2026 (Legea 52/2003, art. 7 alin. (4))" in said
    assert "By the lenient reading: 14 October 2026." in said


def test_another_day_of_announcement_brings_other_dates_and_names_the_holidays(page) -> None:
    page = page.form("Compute the dates").fill(announced_on="2026-11-24").submit()

    assert page.texts(".deadline-day") == ["4 December 2026", "14 January 2027"]
    assert page.select("#submission_on")["value"] == "2027-01-14"
    assert "30 November 2026 (Saint Andrew's Day)" in page.text.replace("\u00a0", " ")


@pytest.mark.parametrize("written", ["24.11.2026", "24/11/2026", "24 noiembrie 2026", "24 November 2026"])
def test_a_day_may_be_written_as_people_write_it(page, written) -> None:
    page = page.form("Compute the dates").fill(announced_on=written).submit()

    assert page.texts(".deadline-day") == ["4 December 2026", "14 January 2027"]


def test_a_later_lawful_choice_is_kept_when_the_dates_are_computed(page) -> None:
    page = page.form("Compute the dates").fill(proposals_until="2026-12-18").submit()

    assert page.select("#proposals_until")["value"] == "2026-12-18"


def test_an_unlawful_last_day_is_refused_with_the_rule_and_the_nearest_lawful_one(page) -> None:
    page = page.form("Save the dates").fill(proposals_until="2026-10-12").submit(status=422)

    (said,) = page.errors
    (why,) = page.texts(".field-error")
    assert said == (
        "Last day for proposals: 12 October 2026 is not lawful (Legea 52/2003, art. 7 alin. (4): at least 10 calendar"
        " days); the nearest lawful date is 15 October 2026."
    )
    assert page.link(said) == "#proposals_until"
    assert "12 October 2026 is not lawful: Until 15 October 2026, at 24:00: at least 10 calendar days" in why
    assert page.text.replace("\u00a0", " ").count("at least 10 calendar days") == 2
    assert page.select("#proposals_until")["value"] == "2026-10-12"


def test_an_unlawful_day_for_avizare_is_refused(page) -> None:
    page = page.form("Save the dates").fill(submission_on="2026-11-16").submit(status=422)

    [said] = page.errors
    assert said == (
        "Day for avizare: 16 November 2026 is not lawful (Legea 52/2003, art. 7 alin. (2): at least 30 working days);"
        " the nearest lawful date is 17 November 2026."
    )
    assert page.link(said) == "#submission_on"


def test_two_unlawful_dates_are_told_at_once_each_beside_its_field(page) -> None:
    page = page.form("Save the dates").fill(proposals_until="2026-10-12", submission_on="2026-11-16").submit(status=422)

    assert [page.link(said) for said in page.errors] == ["#proposals_until", "#submission_on"]
    last_day, avizare = page.texts(".field-error")
    assert "at least 10 calendar days" in last_day
    assert "at least 30 working days" in avizare


@pytest.mark.parametrize(("until", "avizare"), [("2040-01-01", "2040-03-01"), ("9999-12-30", "9999-12-31")])
def test_a_day_too_far_ahead_is_said_beside_its_field(page, until, avizare) -> None:
    page = page.form("Save the dates").fill(proposals_until=until, submission_on=avizare).submit(status=422)

    assert [page.link(said) for said in page.errors] == ["#proposals_until", "#submission_on"]
    for said in page.errors:
        assert said.endswith(
            "is too far ahead. Choose 4 October 2029 at the latest, three years after the announcement."
        )


def test_a_last_day_on_a_day_off_runs_on_once_she_has_seen_and_confirmed_it(page, database, draft) -> None:
    page = page.form("Save the dates").fill(proposals_until="2026-10-17").submit(status=422)

    assert page.link(page.errors[0]) == "#sure_of"
    assert "17 October 2026 is a Saturday: proposals will be received until 19 October 2026" in page.text
    assert database.read(kept, draft.id).proposals_until is None
    page = page.form("Save the dates").fill(sure_of=["2026-10-17"]).submit()
    assert page.banner == (
        "The dates are saved. 17 October 2026 is a day off: proposals are received until 19 October 2026."
    )
    assert database.read(kept, draft.id).proposals_until == date(2026, 10, 19)


def test_avizare_on_a_holiday_is_asked_about_by_name_and_each_day_anew(page, database, draft) -> None:
    page = page.form("Save the dates").fill(submission_on="2026-12-01").submit(status=422)
    assert "1 December 2026 is a legal holiday (National Day): the authorities" in page.text

    page = page.form("Save the dates").fill(sure_of=["2026-12-01"], submission_on="2026-12-25").submit(status=422)

    assert "25 December 2026 is a legal holiday (Christmas Day): the authorities" in page.text
    assert page.form("Save the dates").values["sure_of"] == []
    page = page.form("Save the dates").fill(sure_of=["2026-12-25"], motive=" ").submit(status=422)
    assert page.link(page.errors[0]) == "#motive"
    assert page.form("Save the dates").fill(motive="Așa cere finanțatorul.").submit().banner == "The dates are saved."
    assert database.read(kept, draft.id).submission_on == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-10-04", "4 October 2026 has passed already. Choose today or a later day."),
        ("1990-01-01", "1 January 1990 has passed already. Choose today or a later day."),
        ("2150-01-01", "Legal holidays are known from 1 January 1997 to 31 December 2100; nothing can be computed for"),
        ("9999-12-31", "No date can be computed so far from 31 December 9999."),
        ("mâine", "Write a day of the calendar, for example 5.12.2026."),
        ("2026-02-30", "Write a day of the calendar, for example 5.12.2026."),
        ("", "Choose the day of the announcement."),
    ],
)
def test_a_day_that_cannot_be_announced_is_said_beside_its_field(page, written, said) -> None:
    page = page.form("Save the dates").fill(announced_on=written).submit(status=422)

    assert page.errors[0].startswith(f"Day of the announcement: {said}")
    assert page.link(page.errors[0]) == "#announced_on"


def test_the_urgent_procedure_wants_its_box_and_its_motive(page, database, draft) -> None:
    motive = "Podul s-a surpat; fără reguli noi, ambulanțele nu pot trece."

    ticked = page.form("Save the dates").fill(urgent=True, submission_on="2026-10-19").submit(status=422)
    written = page.form("Save the dates").fill(urgent_motive=motive, submission_on="2026-10-19").submit(status=422)
    both = page.form("Save the dates").fill(urgent=True, urgent_motive=motive, submission_on="2026-10-19").submit()

    assert ticked.errors == ["Write the motive of the urgency: it is public."]
    assert "is not ticked" in written.errors[0]
    assert written.select("#urgent_motive").get_text().strip() == motive
    assert both.banner == "The dates are saved."
    assert database.read(kept, draft.id).urgent_motive == motive


def test_an_urgent_day_for_avizare_is_not_moved_when_the_dates_are_computed(page) -> None:
    page = page.form("Compute the dates").fill(urgent=True, submission_on="2026-10-19").submit()

    assert page.select("#submission_on")["value"] == "2026-10-19"


def test_two_clerks_choosing_dates_are_told(reader, clerk, colleague, draft, own, page) -> None:
    reader.sign_in(colleague).get(own(draft, "date")).form("Save the dates").fill(proposals_until="2026-10-20").submit()

    reader.sign_in(clerk)
    conflict = page.form("Save the dates").fill(proposals_until="2026-10-22").submit(status=409)

    assert "What Dan Colegu saved" in conflict.text
    assert "20 October 2026" in conflict.text
    assert conflict.select("#proposals_until")["value"] == "2026-10-22"
    assert conflict.form("Save your dates over it").submit().banner == "The dates are saved."


def test_dates_that_are_sent_twice_are_saved_once(page, database, draft) -> None:
    form = page.form("Save the dates")

    form.submit()
    edition = database.read(kept, draft.id).edition
    form.submit()

    assert database.read(kept, draft.id).edition == edition


def test_a_planned_day_that_has_passed_gives_way_to_today(reader, clock, clerk, draft, own, page) -> None:
    page.form("Save the dates").submit()
    clock.at = NOW + timedelta(days=3)

    page = reader.sign_in(clerk).get(own(draft, "date"))

    assert page.select("#announced_on")["value"] == "2026-10-08"
    assert page.select("#proposals_until")["value"] == "2026-10-19"
