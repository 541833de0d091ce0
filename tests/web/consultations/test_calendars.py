"""The dates for calendars: the same identity each time, lines of the length that the format allows."""

from datetime import timedelta

from consult.consultations.debates import announce_debate
from consult.meetings.meetings import Notice
from tests.factories import NOW
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader


def test_the_dates_can_be_put_into_a_calendar(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.database.act(
        announce_debate,
        consultation.id,
        notice=Notice(NOW + timedelta(days=3), "Sala Mare; et. 1, lângă\nlift\\scară\x07"),
        by=town.contact,
        at=NOW,
    )

    answer = reader.ask("GET", "/en/consultari/1-2026/calendar.ics")

    lines = answer.text.split("\r\n")
    unfolded = answer.text.replace("\r\n ", "").split("\r\n")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    assert (unfolded[0], unfolded[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert [line for line in unfolded if line.startswith("UID:")] == [
        "UID:1-2026-proposals@izvoru.test",
        "UID:1-2026-debate@izvoru.test",
        "UID:1-2026-submission@izvoru.test",
    ]
    assert [line for line in unfolded if line.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART;VALUE=DATE:20261015",
        "DTEND;VALUE=DATE:20261016",
        "DTSTART:20261008T090000Z",
        "DTSTART;VALUE=DATE:20261117",
        "DTEND;VALUE=DATE:20261118",
    ]
    assert "LOCATION:Sala Mare\\; et. 1\\, lângă\\nlift\\\\scară " in unfolded
    assert "SUMMARY:Last day for proposals: Regulamentul parcărilor de reședință" in unfolded
    assert "DTSTAMP:20261005T090000Z" in unfolded
