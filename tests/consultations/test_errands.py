"""What is owed beside the procedures: each to whom it may be done by, with its day where one is set."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from consult.consultations.erasure_requests import enter_request
from consult.consultations.errands import Errand, ErrandDue, errands_due
from consult.consultations.reader_reports import report_recommendation
from consult.consultations.reports import save_report
from consult.identity.actors import Actor
from consult.identity.offices import Role
from consult.record.erasure_grounds import ErasureGround
from consult.record.moderation_rules import ModerationRule
from tests.consultations.test_appeals import Court
from tests.factories import a_recommendation, an_official

NEW_YEAR = datetime(2027, 1, 11, 9, tzinfo=UTC)


@pytest.fixture
def court(db: Session) -> Court:
    return Court(db)


def due(court: Court, by: Actor, at: datetime) -> dict[Errand, ErrandDue]:
    return {each.work: each for each in errands_due(court.db, court.authority.id, by=by, at=at)}


def test_an_appeal_is_due_to_others_than_who_hid_the_words(court: Court) -> None:
    appeal = court.appeal()

    assert due(court, court.approver, appeal.received_at)[Errand.APPEAL].is_mine
    assert not due(court, court.moderator, appeal.received_at)[Errand.APPEAL].is_mine


def test_what_readers_report_is_due_to_those_who_moderate(court: Court) -> None:
    other = a_recommendation(court.db, court.consultation)
    for _ in range(2):
        report_recommendation(court.db, other.id, rule=ModerationRule.INSULT, words="", email=None, at=NEW_YEAR)

    found = due(court, court.moderator, NEW_YEAR)[Errand.REPORTED]

    assert (found.key, found.count, found.day, found.is_mine) == (other.id, 2, None, True)
    assert not due(court, court.approver, NEW_YEAR)[Errand.REPORTED].is_mine


def test_a_request_for_erasure_is_due_within_a_month_and_unknown_to_those_who_may_not_read_it(court: Court) -> None:
    clerk = an_official(court.db, court.authority, Role.CLERK)
    asked = {"name": "Ion", "email": None, "ground": ErasureGround.CONSENT_WITHDRAWN, "words": "Ștergeți."}
    request = enter_request(court.db, court.said.id, **asked, by=clerk, at=NEW_YEAR)

    found = due(court, court.moderator, NEW_YEAR)[Errand.ERASURE]

    assert (found.key, found.day, found.is_mine) == (request.id, date(2027, 2, 11), True)
    assert Errand.ERASURE not in due(court, clerk, NEW_YEAR)


def test_the_report_on_a_year_with_consultations_is_due_in_the_next_to_two_officials_in_turn(court: Court) -> None:
    clerk = an_official(court.db, court.authority, Role.CLERK)
    assert Errand.YEARLY_REPORT not in due(court, clerk, datetime(2026, 12, 20, tzinfo=UTC))

    wanted = due(court, clerk, NEW_YEAR)[Errand.YEARLY_REPORT]
    assert (wanted.key, wanted.count, wanted.is_mine, wanted.rule) == (2026, 0, True, "report-on-site")

    words = {"report-f": "A fost bine."}
    save_report(court.db, court.authority.id, 2026, added={}, words=words, edition=0, by=clerk, at=NEW_YEAR)
    assert not due(court, clerk, NEW_YEAR)[Errand.YEARLY_REPORT].is_mine
    assert due(court, court.approver, NEW_YEAR)[Errand.YEARLY_REPORT].is_mine
