"""The demo town is lawful on whatever day somebody tries it: every day of two years is tried here."""

from datetime import date, timedelta

import pytest

from consult.consultations.consultations import URGENT
from consult.consultations.gatherings import DEBATE_NOTICE, SESSION_NOTICE
from consult.consultations.procedure import check_dates
from consult.consultations.supports import GATHERED_FOR
from consult.demo.days import any_day, deadline, office_day, working_day_after
from consult.demo.loading import load_town
from consult.policy.deadlines import check_date
from consult.policy.reading import find_pack

LOADING_DAYS = [date(2026, 10, 1) + timedelta(days=days) for days in range(760)]
TOWN = load_town()
PACK = find_pack("ro/law-52-2003")
CONSULTATIONS = pytest.mark.parametrize("consultation", TOWN.consultations, ids=lambda consultation: consultation.key)


def test_officials_work_on_working_days_and_citizens_on_sundays_too():
    christmas = date(2026, 12, 25)

    assert office_day(christmas, 0) == date(2026, 12, 24)
    assert office_day(christmas, 2) == date(2026, 12, 24)
    assert deadline(christmas, 0) == date(2026, 12, 28)
    assert any_day(christmas, 2) == date(2026, 12, 27)


@CONSULTATIONS
def test_the_dates_of_an_announcement_are_lawful_whenever_it_is_loaded(consultation):
    days = consultation.days

    for today in LOADING_DAYS:
        check_dates(
            PACK,
            announced_on=office_day(today, days.announced),
            proposals_until=deadline(today, days.proposals_until),
            submission_on=deadline(today, days.submission_on),
            circumstances=(URGENT,) if consultation.urgent_motive else (),
        )


@CONSULTATIONS
def test_everybody_is_in_time_whenever_it_is_loaded(consultation):
    first, last = consultation.recommendations[0].day, consultation.recommendations[-1].day

    for today in LOADING_DAYS:
        assert office_day(today, consultation.days.announced) < any_day(today, first)
        assert any_day(today, last) <= deadline(today, consultation.days.proposals_until)
        assert last < 0


@CONSULTATIONS
def test_a_letter_comes_to_a_public_draft_is_entered_and_then_claimed_whenever_it_is_loaded(consultation):
    for today in LOADING_DAYS:
        closes = deadline(today, consultation.days.proposals_until)
        for letter in consultation.letters:
            came = office_day(today, letter.day)
            assert office_day(today, consultation.days.announced) < came < today
            assert (came > closes) == (letter.day > consultation.days.proposals_until), today
            assert letter.claim is None or came < any_day(today, letter.claim.day) < today


@CONSULTATIONS
def test_support_is_given_to_what_was_received_and_before_proposals_close(consultation):
    said = {each.key: each for each in consultation.recommendations}

    for backed in consultation.backed:
        assert said[backed.of].day < backed.day < 0
        assert backed.day <= consultation.days.proposals_until
        assert said[backed.of].by not in {backer.by for backer in backed.backers}
        assert max(backer.after for backer in backed.backers) < GATHERED_FOR.seconds / 60


@CONSULTATIONS
def test_debates_and_sessions_are_announced_in_time_whenever_it_is_loaded(consultation):
    for meeting, rule in ((consultation.debate, DEBATE_NOTICE), (consultation.session, SESSION_NOTICE)):
        if meeting is None:
            continue
        for today in LOADING_DAYS:
            announced, held = office_day(today, meeting.announced), office_day(today, meeting.day)
            circumstances = (URGENT,) if consultation.urgent_motive else ()
            assert check_date(PACK, rule, announced, held, circumstances).is_lawful, today
            assert (held > today) == (meeting.day > 0), today


@CONSULTATIONS
def test_a_consultation_goes_its_way_in_order_whenever_it_is_loaded(consultation):
    for today in LOADING_DAYS:
        closes = deadline(today, consultation.days.proposals_until)
        way = [closes]
        if consultation.improved:
            made_public = (consultation.improved.answered, consultation.improved.published)
            way += [office_day(today, each) for each in made_public]
        if consultation.session:
            way.append(deadline(today, consultation.days.submission_on))
            way += [office_day(today, each) for each in (consultation.session.announced, consultation.session.day)]
            assert working_day_after(way[-1], 1) < today
        if consultation.debate and consultation.debate.held:
            assert working_day_after(office_day(today, consultation.debate.day), 5) < today

        assert way == sorted(way), today
        assert len(set(way[:2])) == len(way[:2]), today
        assert (closes >= today) == (consultation.stage == "proposals"), today


@CONSULTATIONS
def test_a_debate_is_asked_for_in_time_and_before_it_is_announced_whenever_it_is_loaded(consultation):
    for today in LOADING_DAYS:
        for asked in consultation.requests:
            assert any_day(today, asked.day) > office_day(today, consultation.days.announced)
            assert any_day(today, asked.day) <= deadline(today, consultation.days.proposals_until)
            if consultation.debate:
                assert any_day(today, asked.day) < office_day(today, consultation.debate.announced)
