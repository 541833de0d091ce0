"""What an answer promises: written with it, public with it, and once kept or given up."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import publish_answers
from consult.consultations.doubts import DaysInDoubt
from consult.consultations.procedure import local_day
from consult.consultations.promise_drafts import (
    AnswerNotDrafted,
    DepartmentMissing,
    PromisedMeanwhile,
    PromiseMissing,
    PromiseTooFar,
    PromiseTooLong,
    draft_promise,
    leave_out_promise,
)
from consult.consultations.promise_endings import EndingNoteMissing, NotEndedThen, PromiseEndedBefore, end_promise
from consult.consultations.promises import (
    Ending,
    PromiseDraft,
    PromisePast,
    PromiseState,
    open_promises,
    promise_list,
    promises_of,
)
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.identity.offices import Role
from consult.mail.kinds import PromiseEnded
from consult.record.entries import history
from consult.refusals import NotPermitted
from tests.factories import a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import the_day_after
from tests.identity.letters import letters


class House:
    """A consultation in analysis, with an answer drafted for each of two recommendations."""

    def __init__(self, db: Session) -> None:
        self.db = db
        authority = an_authority(db)
        self.contact = an_official(db, authority, Role.CONTACT_PERSON)
        self.clerk = an_official(db, authority, Role.CLERK, name="Dan Colegu")
        self.consultation = an_open_consultation(db, authority)
        self.said = [a_recommendation(db, self.consultation) for _ in range(2)]
        self.now = the_day_after(self.consultation.proposals_until)
        self.today = local_day(self.now)
        self.reason = self.answer(*self.said, reason="Vom marca locurile.")

    def answer(self, *said, reason: str) -> int:
        drafts = draft_answers(
            self.db,
            self.consultation.id,
            recommendation_ids=[each.id for each in said],
            verdict=Verdict.TAKEN_UP,
            reason=reason,
            by=self.contact,
            at=self.now,
        )
        return drafts[0].reason_id

    def draft(self, **facts) -> PromiseDraft:
        said = {"words": "Marcăm locurile din centru.", "due_on": self.day(30), "department": "Direcția Tehnică"}
        given = {**said, "edition": 0, "by": self.contact, "at": self.now, **facts}
        return draft_promise(self.db, self.consultation.id, given.pop("reason", self.reason), **given)

    def publish(self, at: datetime | None = None) -> None:
        publish_answers(self.db, self.consultation.id, by=self.contact, at=at or self.now)

    def end(self, **facts):
        said = {"number": 1, "ending": Ending.KEPT, "on": self.today, "note": "S-au marcat.", "at": self.now}
        return end_promise(self.db, self.consultation.id, **{**said, "by": self.contact, **facts})

    def day(self, later: int) -> date:
        """A working day about so many days from today."""
        day = self.today + timedelta(days=later)
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def endings(self) -> list[str]:
        """How each promise ended of which somebody was told, letter by letter."""
        return [each.letter.ending for each in letters(self.db) if isinstance(each.letter, PromiseEnded)]


@pytest.fixture
def house(db: Session) -> House:
    return House(db)


def test_a_promise_is_private_until_the_answers_are_published_and_then_numbered_on_the_record(
    db: Session, house: House
) -> None:
    house.draft()
    assert promises_of(db, house.consultation.id) == []

    house.publish()

    [promise] = promises_of(db, house.consultation.id)
    [made] = [each.event for each in history(db, house.consultation.subject) if each.event.type == "promise.made"]
    assert (promise.number, promise.words, promise.due_on) == (1, "Marcăm locurile din centru.", house.day(30))
    assert made.stated["facts"]["until"] == house.day(30).isoformat()
    assert made.id == promise.event_id
    assert db.get(PromiseDraft, house.reason) is None


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"words": " \n"}, PromiseMissing),
        ({"words": "x" * 501}, PromiseTooLong),
        ({"department": " "}, DepartmentMissing),
    ],
    ids=["no words", "too many", "of nobody"],
)
def test_a_promise_says_in_a_few_words_what_and_by_whom(house: House, wrong: dict, refusal: type) -> None:
    with pytest.raises(refusal):
        house.draft(**wrong)


def test_a_promise_is_of_a_day_to_come_within_the_term_of_a_council(house: House) -> None:
    for day in (house.today, house.today - timedelta(days=1)):
        with pytest.raises(PromisePast):
            house.draft(due_on=day)
    with pytest.raises(PromiseTooFar):
        house.draft(due_on=house.today + timedelta(days=5 * 365))


def test_a_day_off_is_asked_about_and_taken_once_it_is_meant(house: House) -> None:
    sunday = house.day(30) + timedelta(days=6 - house.day(30).weekday())

    with pytest.raises(DaysInDoubt):
        house.draft(due_on=sunday)

    assert house.draft(due_on=sunday, sure_of=[sunday]).due_on == sunday


def test_of_two_officials_who_write_at_once_the_second_reads_the_first(house: House) -> None:
    house.draft()

    with pytest.raises(PromisedMeanwhile) as refusal:
        house.draft(words="Altceva.", by=house.clerk)

    assert "Marcăm locurile din centru." in refusal.value.explain()
    assert house.draft(words="Altceva.", edition=1, by=house.clerk).edition == 2


def test_an_answer_that_is_written_anew_keeps_its_promise_and_one_left_out_is_gone(db: Session, house: House) -> None:
    house.draft()

    reason = house.answer(*house.said, reason="Vom marca locurile, cu vopsea.")

    kept = db.get_one(PromiseDraft, reason)
    assert kept.words == "Marcăm locurile din centru."
    leave_out_promise(db, house.consultation.id, reason, edition=kept.edition, by=house.contact, at=house.now)
    house.publish()
    assert promises_of(db, house.consultation.id) == []


def test_nothing_is_promised_in_an_answer_that_is_public(house: House) -> None:
    house.publish()

    with pytest.raises(AnswerNotDrafted):
        house.draft()


def test_answers_whose_promise_has_come_due_before_they_are_public_are_not_published(house: House) -> None:
    house.draft()

    with pytest.raises(PromisePast):
        house.publish(the_day_after(house.day(30)))

    assert house.said[0].answered_at is None


def test_a_promise_is_running_then_late_then_kept_late(house: House) -> None:
    house.draft()
    house.publish()
    [promise] = open_promises(house.db, house.consultation.authority_id)
    late = promise.due_on + timedelta(days=1)

    assert promise.state_on(promise.due_on) is PromiseState.RUNNING
    assert promise.state_on(late) is PromiseState.LATE
    house.end(on=late, at=the_day_after(promise.due_on))
    assert promise.state_on(late) is PromiseState.KEPT_LATE
    assert open_promises(house.db, house.consultation.authority_id) == []


def test_a_promise_ends_once_with_a_note_for_a_day_since_it_was_made(house: House) -> None:
    house.draft()
    house.publish()

    with pytest.raises(EndingNoteMissing):
        house.end(note=" ")
    for day in (house.today - timedelta(days=1), house.today + timedelta(days=1)):
        with pytest.raises(NotEndedThen):
            house.end(on=day)
    house.end(ending=Ending.DROPPED, note="Nu mai sunt bani.")
    with pytest.raises(PromiseEndedBefore):
        house.end()


def test_what_became_of_a_promise_is_written_to_each_author_once(db: Session, house: House) -> None:
    house.draft()
    house.publish()

    house.end()

    assert house.endings() == ["kept"] * len(house.said)


def test_only_those_who_publish_answers_say_what_became_of_a_promise(db: Session, house: House) -> None:
    house.draft()
    house.publish()

    for actor in (house.clerk, a_citizen(db)):
        with pytest.raises(NotPermitted):
            house.end(by=actor)


def test_the_list_counts_promises_by_their_state(house: House) -> None:
    second = house.answer(house.said[1], reason="Vom cumpăra pubele.")
    house.draft()
    house.draft(reason=second, due_on=house.day(20))
    house.publish()
    house.end(number=1)

    found = promise_list(house.db, house.consultation.authority_id, at=the_day_after(house.day(25)))
    late = promise_list(
        house.db, house.consultation.authority_id, state=PromiseState.LATE, at=the_day_after(house.day(25))
    )

    assert [each.number for each in found.promises] == [2, 1]
    assert {state: count for state, count in found.counts.items() if count} == {
        PromiseState.LATE: 1,
        PromiseState.KEPT: 1,
    }
    assert [each.number for each in late.promises] == [2]
