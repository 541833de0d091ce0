"""A reviewer asks the author of a project; the author answers in some days, for which the verdicts wait."""

from datetime import timedelta

import pytest

from consult.budgeting.project_questions import (
    AnsweredAlready,
    AnswerMissing,
    QuestionMissing,
    answer_question,
    ask_author,
    questions_of,
)
from consult.budgeting.project_withdrawals import NotStanding, withdraw_project
from consult.budgeting.projects import project_of, project_subject
from consult.budgeting.reviews import NotYourDepartment, ReviewPublished
from consult.budgeting.verdicts import AnswersAwaited
from consult.record.entries import history
from consult.refusals import NotFound, NotPermitted
from tests.budgeting.test_reviews import FAILS, REVIEW, House
from tests.factories import a_citizen

A_DAY = timedelta(days=1)


@pytest.fixture
def house(db):
    return House(db)


def ask(house, project, by=None, department=None, question="Cine întreține băncile?", at=REVIEW):
    facts = {"department_id": department, "question": question, "by": by or house.clerk, "at": at}
    return ask_author(house.db, project.id, **facts)


def answer(house, project, question=1, by=None, said="Asociația de locatari.", at=REVIEW + A_DAY):
    return answer_question(house.db, project.id, question=question, answer=said, by=by or house.author, at=at)


def test_a_question_and_its_answer_are_public_and_in_the_record(db, house):
    project = house.project()

    ask(house, project)
    ask(house, project, by=house.engineer, department=house.department.id, question="Câte bănci?")
    answer(house, project)

    first, second = questions_of(db, [project.id])
    assert (first.words, first.answer, second.department) == (
        "Cine întreține băncile?",
        "Asociația de locatari.",
        house.department,
    )
    types = [each.event.type for each in history(db, project_subject(project_of(db, project.id)))]
    assert types[1:] == ["project.question_asked", "project.question_asked", "project.question_answered"]


def test_the_verdicts_wait_for_an_answer_until_its_last_day_and_no_longer(house):
    project = house.project()
    house.formal(project, FAILS)
    asked = ask(house, project)

    with pytest.raises(AnswersAwaited) as refused:
        house.publish(at=asked.answer_until - timedelta(seconds=1))
    assert refused.value.facts == {"numbers": "1"}

    assert house.publish(at=asked.answer_until)


def test_the_verdicts_do_not_wait_for_what_is_answered(house):
    project = house.project()
    house.formal(project, FAILS)
    ask(house, project)

    answer(house, project)

    assert house.publish(at=REVIEW + A_DAY)


def test_an_answer_after_its_days_is_received_as_long_as_no_verdict_is_published(house):
    late, too_late = house.project(), house.project()
    asked = ask(house, late)
    ask(house, too_late)

    assert answer(house, late, at=asked.answer_until + A_DAY).answered_at > asked.answer_until

    house.formal(late, FAILS)
    house.formal(too_late, FAILS)
    house.publish(at=asked.answer_until + A_DAY)
    with pytest.raises(ReviewPublished):
        answer(house, too_late, at=asked.answer_until + A_DAY)


def test_only_reviewers_ask_and_only_the_author_answers_once(db, house):
    project = house.project()

    with pytest.raises(NotPermitted):
        ask(house, project, by=house.author)
    with pytest.raises(NotYourDepartment):
        ask(house, project, department=house.department.id)
    ask(house, project)
    with pytest.raises(NotPermitted):
        answer(house, project, by=a_citizen(db))
    with pytest.raises(NotFound):
        answer(house, project, question=2)
    answer(house, project)
    with pytest.raises(AnsweredAlready):
        answer(house, project)


def test_a_question_and_an_answer_have_words(house):
    project = house.project()

    with pytest.raises(QuestionMissing):
        ask(house, project, question="  ")
    ask(house, project)
    with pytest.raises(AnswerMissing):
        answer(house, project, said="x" * 4001)


def test_nobody_is_asked_about_what_was_withdrawn(house):
    project = house.project()
    withdraw_project(house.db, project.id, by=house.author, at=REVIEW)

    with pytest.raises(NotStanding):
        ask(house, project)
