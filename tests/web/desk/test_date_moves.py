"""Moving a date at the desk, and what everybody then sees of it."""

from tests.factories.consultations import the_day_after


def test_a_date_is_moved_and_the_old_one_stays_to_be_seen_with_the_reason(reader, contact, public, own) -> None:
    page = reader.sign_in(contact).get(own(public, "pasi")).follow("Move a date that was announced")

    page = page.form("Move the date").fill(of="proposals_until", day="2026-10-22", reason="La cerere.").submit()

    assert page.banner == "The date is moved. Everybody who took part was written to."
    shown = reader.get(f"/en/consultari/{public.reference}/regulamentul-parcarilor-de-resedinta")
    assert "No longer: 15 October 2026" in shown.texts("s")
    assert "Moved on 5 October 2026: La cerere." in shown.text
    assert "Proposals are received until 22 October 2026 instead of 15 October 2026: La cerere." in shown.text
    calendar = reader.ask("GET", f"/en/consultari/{public.reference}/calendar.ics").text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261022" in calendar
    assert "SEQUENCE:1" in calendar
    assert "Instead of 15 October 2026: La cerere." in calendar


def test_a_closer_date_is_refused_beside_its_field_with_what_was_written(reader, contact, public, own) -> None:
    page = reader.sign_in(contact).get(own(public, "termene"))

    form = page.form("Move the date").fill(of="submission_on", day="2026-11-17", reason="Ne grăbim.")
    page = form.submit(status=422)

    assert page.errors[0].startswith("Everybody was promised 17 November 2026.")
    assert page.link(page.errors[0]) == "#day"
    assert "Ne grăbim." in page.text


def test_when_no_date_is_to_come_the_desk_says_so(reader, clock, contact, public, own) -> None:
    clock.at = the_day_after(public.submission_on)
    page = reader.sign_in(contact).get(own(public, "termene"))

    assert "No date of this consultation is still to come." in page.text
    assert "Move a date that was announced" not in reader.get(own(public, "pasi")).text
