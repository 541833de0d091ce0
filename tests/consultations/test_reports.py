"""The yearly report of art. 13: counted from the acts, completed by one official, published by another, corrected."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.consultations.debate_requests import ask_for_debate
from consult.consultations.recommendations import Verdict
from consult.consultations.report_figures import stated
from consult.consultations.reports import (
    NotANumberOfThings,
    NothingAdded,
    ReportDraft,
    ReportEdited,
    WhyReportCorrected,
    WordsMissing,
    YearlyReport,
    YearNotOver,
    draft_of,
    publish_report,
    report_of,
    reports_of,
    reports_of_year,
    save_report,
)
from consult.consultations.sessions import announce_session
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.meetings.announcing import ClosedWithoutReason
from consult.meetings.attendance import end_meeting
from consult.meetings.meetings import Closed, Notice
from consult.record.entries import history
from consult.refusals import NotFound, NotPermitted
from tests.factories import (
    NOW,
    a_debate_held,
    a_member_of,
    a_recommendation,
    an_authority,
    an_official,
    an_open_consultation,
    an_organisation,
)
from tests.factories.consultations import answer_everything

AFTERWARDS = datetime(2027, 2, 1, 10, tzinfo=UTC)
WORDS = {"report-f": "Asociațiile au propus mai mult decât anul trecut."}


@pytest.fixture
def authority(db: Session) -> Authority:
    return an_authority(db, slug="izvoru")


@pytest.fixture
def clerk(db: Session, authority: Authority) -> Actor:
    return an_official(db, authority, Role.CLERK)


@pytest.fixture
def approver(db: Session, authority: Authority) -> Actor:
    return an_official(db, authority, Role.APPROVER)


def saved(db: Session, authority: Authority, clerk: Actor, **given: Any) -> ReportDraft:  # Any: a test may give all
    facts: dict[str, Any] = {"added": {}, "words": WORDS, "edition": 0, **given}
    return save_report(db, authority.id, facts.pop("year", 2026), by=clerk, **{"at": AFTERWARDS, **facts})


def published(db: Session, authority: Authority, approver: Actor) -> YearlyReport:
    draft = draft_of(db, authority.id, 2026)
    assert draft is not None
    read = report_of(db, authority.id, 2026, draft).digest
    return publish_report(db, authority.id, 2026, edition=draft.edition, read=read, by=approver, at=AFTERWARDS)


def figures(db: Session, authority: Authority, year: int = 2026) -> dict[str, str | None]:
    report = report_of(db, authority.id, year, draft_of(db, authority.id, year))
    return {each.rule.code: stated(each.value) for each in report.figures}


def test_a_year_in_which_nothing_happened_is_reported_with_zeros(db: Session, authority: Authority) -> None:
    found = figures(db, authority)

    assert [found[letter] for letter in "abcdefg"] == ["0", "0", "0", "0", "0", None, "0"]
    assert found["7.2"] == "0"


def test_what_happened_here_is_counted_in_its_year_and_what_happened_elsewhere_is_added(
    db: Session, authority: Authority, clerk: Actor
) -> None:
    consultation = an_open_consultation(db, authority)
    a_recommendation(db, consultation)
    a_debate_held(db, consultation, an_official(db, authority, Role.CONTACT_PERSON))
    an_open_consultation(db)

    saved(db, authority, clerk, added={"session-participants": 12, "recommendations-received": 3})

    found = figures(db, authority)
    assert (found["a"], found["b"], found["c"], found["d"]) == ("4", "0", "12", "1")
    assert (found["A2"], found["7.1"], found["7.2"]) == ("1", "1", "25")
    assert figures(db, authority, 2025)["a"] == "0"


def test_a_report_is_published_by_somebody_who_did_not_write_it_and_stands_in_the_record(
    db: Session, authority: Authority, clerk: Actor, approver: Actor
) -> None:
    saved(db, authority, clerk, added={"court-cases": 1}, words={**WORDS, "report-e": "Un dosar, în curs."})

    report = published(db, authority, approver)

    assert draft_of(db, authority.id, 2026) is None
    assert reports_of(db, authority.id) == [report]
    [entry] = history(db, "consult:izvoru/rapoarte/2026")
    facts = entry.event.stated["facts"]
    assert (facts["year"], facts["number"], facts["reason"]) == (2026, 1, None)
    assert {"measure": "court-cases", "counted": 0, "added": 1} in facts["measures"]
    assert [each["value"] for each in facts["figures"][:7]] == ["0", "0", "0", "0", "1", None, "0"]
    assert facts["figures"][5]["words"] is not None
    assert facts["figures"][0]["words"] is None


def test_nobody_publishes_what_they_wrote(db: Session, authority: Authority, approver: Actor) -> None:
    saved(db, authority, approver)

    with pytest.raises(NotPermitted):
        published(db, authority, approver)


def test_what_changed_since_it_was_read_is_not_published(
    db: Session, authority: Authority, clerk: Actor, approver: Actor
) -> None:
    draft = saved(db, authority, clerk)
    read = report_of(db, authority.id, 2026, draft).digest
    a_recommendation(db, an_open_consultation(db, authority))

    with pytest.raises(ReportEdited):
        publish_report(db, authority.id, 2026, edition=draft.edition, read=read, by=approver, at=AFTERWARDS)

    assert reports_of(db, authority.id) == []


@pytest.mark.parametrize(
    ("added", "words"),
    [({"minutes": 1}, {}), ({"court-cases": 1}, WORDS), ({"closed-sessions-other": 2}, {**WORDS, "report-e": "-"})],
    ids=["evaluation", "cases", "reasons of closed sessions"],
)
def test_what_the_law_asks_for_in_words_must_be_written(
    db: Session, authority: Authority, clerk: Actor, approver: Actor, added: dict[str, int], words: dict[str, str]
) -> None:
    saved(db, authority, clerk, added=added, words=words)

    with pytest.raises(WordsMissing):
        published(db, authority, approver)


def test_a_correction_has_a_reason_and_the_earlier_report_stays(
    db: Session, authority: Authority, clerk: Actor, approver: Actor
) -> None:
    saved(db, authority, clerk)
    first = published(db, authority, approver)
    with pytest.raises(WhyReportCorrected):
        saved(db, authority, clerk, added={"debates-held": 1})

    saved(db, authority, clerk, added={"debates-held": 1}, reason="O dezbatere lipsea.")
    second = published(db, authority, approver)

    assert reports_of_year(db, authority.id, 2026) == [second, first]
    assert (second.number, second.values["report-d"], first.values["report-d"]) == (2, "1", "0")
    assert reports_of(db, authority.id) == [second]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"year": 2027}, YearNotOver),
        ({"year": 2028}, NotFound),
        ({"year": 2010}, NotFound),
        ({"at": datetime(2026, 12, 31, 21, tzinfo=UTC)}, YearNotOver),
        ({"added": {"court-cases": -1}}, NotANumberOfThings),
        ({"added": {"unheard-of": 1}}, NotFound),
        ({"words": {"report-a": "Multe."}}, NotFound),
        ({"edition": 1}, ReportEdited),
        ({"words": {"report-f": " "}}, NothingAdded),
    ],
)
def test_what_cannot_be_reported_is_refused(
    db: Session, authority: Authority, clerk: Actor, given: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        saved(db, authority, clerk, **given)

    assert draft_of(db, authority.id, 2026) is None


def test_a_year_is_over_at_midnight_of_the_town(db: Session, authority: Authority, clerk: Actor) -> None:
    midnight = datetime(2026, 12, 31, 22, tzinfo=UTC)

    with pytest.raises(YearNotOver):
        saved(db, authority, clerk, at=midnight - timedelta(seconds=1))
    saved(db, authority, clerk, at=midnight)

    assert draft_of(db, authority.id, 2026) is not None


def test_a_session_that_was_not_public_is_counted_by_its_reason_and_its_participants_are_not(
    db: Session, authority: Authority, approver: Actor
) -> None:
    starts_at = datetime(2026, 10, 12, 13, tzinfo=UTC)
    closed = Notice(starts_at, "Sala Mare", closed=Closed.EXEMPT, closed_because="Date clasificate.")
    facts = {"title": "Ședință", "drafts": [], "others": ["Diverse"], "by": approver, "at": NOW}
    with pytest.raises(ClosedWithoutReason):
        announce_session(db, authority.id, notice=replace(closed, closed_because=" "), **facts)

    meeting = announce_session(db, authority.id, notice=closed, **facts)
    over = meeting.starts_at + timedelta(hours=1)
    end_meeting(db, meeting.id, ended_at=over, participants=7, by=approver, at=over)

    found = figures(db, authority)
    assert (found["g"], found["c"], found["B1"]) == ("1", "0", "0")


def test_drafts_with_something_taken_up_and_debates_on_request_are_counted_from_the_acts(
    db: Session, authority: Authority, clerk: Actor
) -> None:
    contact = an_official(db, authority, Role.CONTACT_PERSON)
    some, none, asked = (an_open_consultation(db, authority) for _ in range(3))
    for consultation, verdict in ((some, Verdict.PARTLY), (none, Verdict.NOT_TAKEN_UP)):
        a_recommendation(db, consultation)
        answer_everything(db, consultation, verdict=verdict)
    a_recommendation(db, asked)
    member = a_member_of(db, an_organisation(db, authority))
    ask_for_debate(db, asked.id, words="Cerem o dezbatere.", by=member, at=NOW)
    a_debate_held(db, asked, contact)

    found = figures(db, authority)

    assert [found[code] for code in ("8.1", "8.2", "8.3", "A9")] == ["2", "1", "1", "1"]
