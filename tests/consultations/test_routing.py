"""Giving out what is to be answered, approving what comes back, and what colleagues note: all of it private."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.answer_approval import NoDraftThere, approve_answers, return_answers
from consult.consultations.answer_publication import AnswersNotApproved, publish_answers
from consult.consultations.assignments import (
    WHOLE_DRAFT,
    Assignment,
    Hands,
    NobodyThere,
    NothingToAssign,
    OwnWords,
    TermPassed,
    assign,
    suggested_term,
    take_back,
)
from consult.consultations.dealings import Dealing, Deed, NoteEmpty, NoteTooLong, dealings_with, write_note
from consult.consultations.erasure import erase_texts, let_go, texts_about
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import AnswerDraft, AnswerStanding, NothingChosen, draft_answers
from consult.consultations.routing import dealings_page, routed_work, routing_page
from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.actors import acting_as_self
from consult.identity.departments import close_department, found_department
from consult.identity.erasing import reapply_erasures
from consult.identity.offices import Office, Role
from consult.jobs import Job
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent
from consult.record.erasure_grounds import ErasureGround
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import the_day_after

FRIDAY = local_day(NOW) + timedelta(days=4)
SECRET = "Domnul acesta a mai scris de trei ori, vezi dosarul 1187."


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON, name="Ioana Marin")


@pytest.fixture
def expert(db: Session, authority):
    return an_official(db, authority, Role.DEPARTMENT_MEMBER, name="Petru Taxe")


@pytest.fixture
def taxes(db: Session, authority, expert):
    """The tax department, in which one official works."""
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    return found_department(db, authority.id, name="Direcția Taxe", members=[expert.person_id], by=administrator)


@pytest.fixture
def received(db: Session, consultation):
    """Two about art. 2, one about art. 3, one about the draft as a whole."""
    places = ["art-2-alin-2", "art-2", "art-3", None]
    return [a_recommendation(db, consultation, provision_key=place) for place in places]


def ids(recommendations):
    return [each.id for each in recommendations]


def given(db: Session):
    found = db.scalars(select(Assignment).order_by(Assignment.recommendation_id))
    return [(each.recommendation_id, each.department_id, each.person_id, each.due_on) for each in found]


def drafted(db: Session, consultation, recommendations, by, reason="Se preia: costul a fost recalculat."):
    chosen = ids(recommendations)
    draft_answers(
        db,
        consultation.id,
        recommendation_ids=chosen,
        verdict=Verdict.TAKEN_UP,
        reason=reason,
        by=by,
        at=NOW + timedelta(hours=2),
    )


def test_all_about_an_article_is_given_to_a_department_until_friday(
    db: Session, consultation, contact, taxes, received
) -> None:
    count = assign(
        db, consultation.id, articles=["art-2"], to=Hands(department_id=taxes.id), due_on=FRIDAY, by=contact, at=NOW
    )

    assert count == 2
    assert given(db) == [(each.id, taxes.id, None, FRIDAY) for each in received[:2]]


def test_a_second_round_disturbs_nobody_who_has_work_already(
    db: Session, consultation, contact, expert, taxes, received
) -> None:
    assign(
        db,
        consultation.id,
        recommendation_ids=[received[0].id],
        to=Hands(person_id=expert.person_id),
        due_on=FRIDAY,
        by=contact,
        at=NOW,
    )
    drafted(db, consultation, [received[2]], contact)
    everything = ["art-2", "art-3", WHOLE_DRAFT]

    assign(
        db, consultation.id, articles=everything, to=Hands(department_id=taxes.id), due_on=FRIDAY, by=contact, at=NOW
    )

    assert [(key, person) for key, _, person, _ in given(db)] == [
        (received[0].id, expert.person_id),
        (received[1].id, None),
        (received[3].id, None),
    ]
    with pytest.raises(NothingToAssign):
        assign(
            db,
            consultation.id,
            articles=everything,
            to=Hands(department_id=taxes.id),
            due_on=FRIDAY,
            by=contact,
            at=NOW,
        )


def test_what_a_closed_department_or_somebody_out_of_office_had_is_nobodys_again(
    db: Session, authority, consultation, contact, expert, taxes, received
) -> None:
    assign(db, consultation.id, articles=["art-2"], to=Hands(department_id=taxes.id), due_on=FRIDAY, by=contact, at=NOW)
    assign(
        db, consultation.id, articles=["art-3"], to=Hands(person_id=expert.person_id), due_on=FRIDAY, by=contact, at=NOW
    )
    assert [each.unassigned for each in routing_page(db, consultation.id, by=contact).articles] == [0, 0, 1]

    close_department(db, taxes.id, by=an_official(db, authority, Role.ADMINISTRATOR), at=NOW)
    db.scalars(select(Office).where(Office.person_id == expert.person_id)).one().until = NOW
    db.flush()

    assert [each.unassigned for each in routing_page(db, consultation.id, by=contact).articles] == [2, 1, 1]


@pytest.mark.parametrize("days", [-1, 0])
def test_a_term_that_is_over_is_no_term(db: Session, consultation, contact, taxes, received, days) -> None:
    to, due_on = Hands(department_id=taxes.id), local_day(NOW) + timedelta(days=days)

    if days == 0:
        assert assign(db, consultation.id, articles=["art-3"], to=to, due_on=due_on, by=contact, at=NOW) == 1
    else:
        with pytest.raises(TermPassed):
            assign(db, consultation.id, articles=["art-3"], to=to, due_on=due_on, by=contact, at=NOW)


def test_the_suggested_term_is_a_working_week_but_before_the_draft_goes_on(db: Session, consultation) -> None:
    assert suggested_term(consultation, NOW) == local_day(NOW) + timedelta(days=7)
    assert consultation.submission_on is not None
    eve = the_day_after(consultation.submission_on - timedelta(days=2))
    assert suggested_term(consultation, eve) == consultation.submission_on - timedelta(days=1)
    assert suggested_term(consultation, eve + timedelta(days=30)) == local_day(eve + timedelta(days=30))


def test_nothing_is_given_to_an_empty_department_or_to_whoever_said_it(
    db: Session, authority, consultation, contact, expert, received
) -> None:
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    empty = found_department(db, authority.id, name="Arhitect-șef", members=[], by=administrator)
    own = a_recommendation(db, consultation, by=acting_as_self(db, expert.person_id))
    facts = {"due_on": FRIDAY, "by": contact, "at": NOW}

    with pytest.raises(NobodyThere):
        assign(db, consultation.id, recommendation_ids=ids(received), to=Hands(department_id=empty.id), **facts)
    with pytest.raises(OwnWords):
        assign(db, consultation.id, recommendation_ids=[own.id], to=Hands(person_id=expert.person_id), **facts)
    stranger = Hands(person_id=a_citizen(db).person_id)
    with pytest.raises(NotFound):
        assign(db, consultation.id, recommendation_ids=ids(received), to=stranger, **facts)
    with pytest.raises(NothingChosen):
        assign(db, consultation.id, to=Hands(person_id=expert.person_id), **facts)
    assert given(db) == []


def test_only_the_contact_person_gives_out_and_takes_back(
    db: Session, authority, consultation, contact, expert, taxes, received
) -> None:
    clerk = an_official(db, authority, Role.CLERK)
    to = Hands(department_id=taxes.id)
    with pytest.raises(NotPermitted):
        assign(db, consultation.id, recommendation_ids=ids(received), to=to, due_on=FRIDAY, by=clerk, at=NOW)
    assign(db, consultation.id, recommendation_ids=ids(received), to=to, due_on=FRIDAY, by=contact, at=NOW)
    with pytest.raises(NotPermitted):
        take_back(db, consultation.id, recommendation_ids=ids(received), by=expert, at=NOW)

    assert take_back(db, consultation.id, recommendation_ids=ids(received[:1]), by=contact, at=NOW) == 1

    assert [key for key, *_ in given(db)] == ids(received[1:])


def test_each_who_answers_gets_one_letter_and_their_own_list(
    db: Session, authority, consultation, contact, expert, taxes, received
) -> None:
    assign(db, consultation.id, articles=["art-2"], to=Hands(department_id=taxes.id), due_on=FRIDAY, by=contact, at=NOW)

    (work,) = routed_work(db, authority.id, by=expert)
    assert (work.given, work.due_on, work.returned, work.to_approve) == (2, FRIDAY, 0, 0)
    assert routed_work(db, authority.id, by=contact) == []
    posted = [str(job.facts) for job in db.scalars(select(Job)) if "answers-assigned" in str(job.facts)]
    assert [expert.email in letter for letter in posted] == [True]


def test_a_departments_draft_wants_approval_and_a_publishers_does_not(
    db: Session, consultation, contact, expert, received
) -> None:
    drafted(db, consultation, received[:1], expert)
    drafted(db, consultation, received[1:], contact)

    standings = {each.recommendation_id: each.standing for each in db.scalars(select(AnswerDraft))}

    assert standings.pop(received[0].id) is AnswerStanding.WAITING
    assert set(standings.values()) == {AnswerStanding.APPROVED}


def test_answers_are_published_only_once_all_are_approved(
    db: Session, authority, consultation, contact, expert, received
) -> None:
    later = the_day_after(consultation.proposals_until)
    drafted(db, consultation, received, expert)
    assert routed_work(db, authority.id, by=contact)[0].to_approve == 4
    with pytest.raises(AnswersNotApproved):
        publish_answers(db, consultation.id, by=contact, at=later)
    with pytest.raises(NotPermitted):
        approve_answers(db, consultation.id, recommendation_ids=ids(received), by=expert, at=NOW)
    approve_answers(db, consultation.id, recommendation_ids=ids(received), by=contact, at=NOW)

    assert publish_answers(db, consultation.id, by=contact, at=later) == 4


def test_what_is_sent_back_stays_unpublished_until_it_is_written_anew(
    db: Session, authority, consultation, contact, expert, received
) -> None:
    drafted(db, consultation, received, expert)
    approve_answers(db, consultation.id, recommendation_ids=ids(received[1:]), by=contact, at=NOW)

    return_answers(
        db, consultation.id, recommendation_ids=[received[0].id], note="Spuneți de ce 240.", by=contact, at=NOW
    )

    assert routed_work(db, authority.id, by=expert)[0].returned == 1
    with pytest.raises(AnswersNotApproved):
        publish_answers(db, consultation.id, by=contact, at=the_day_after(consultation.proposals_until))
    drafted(db, consultation, received[:1], expert)
    assert routed_work(db, authority.id, by=expert) == []
    assert routed_work(db, authority.id, by=contact)[0].to_approve == 1


def test_only_what_is_drafted_is_approved_or_sent_back_and_never_without_a_note(
    db: Session, consultation, contact, expert, received
) -> None:
    drafted(db, consultation, received[:1], expert)
    facts = {"by": contact, "at": NOW}

    with pytest.raises(NoDraftThere):
        approve_answers(db, consultation.id, recommendation_ids=ids(received), **facts)
    with pytest.raises(NoteEmpty):
        return_answers(db, consultation.id, recommendation_ids=ids(received[:1]), note=" ", **facts)
    with pytest.raises(NothingChosen):
        approve_answers(db, consultation.id, recommendation_ids=[], **facts)


def test_the_history_says_who_did_what_in_order(db: Session, consultation, contact, expert, taxes, received) -> None:
    one = received[0]
    to = Hands(department_id=taxes.id)
    assign(db, consultation.id, recommendation_ids=[one.id], to=to, due_on=FRIDAY, by=contact, at=NOW)
    write_note(db, one.id, words="Am cerut costul la contabilitate.", by=expert, at=NOW)
    drafted(db, consultation, [one], expert)
    return_answers(db, consultation.id, recommendation_ids=[one.id], note="Prea scurt.", by=contact, at=NOW)

    page = dealings_page(db, consultation.id, one.reference, by=expert)

    assert [(each.deed, each.official.name, each.words, each.to) for each in page.dealings] == [
        (Deed.ASSIGNED, "Ioana Marin", "", "Direcția Taxe"),
        (Deed.NOTED, "Petru Taxe", "Am cerut costul la contabilitate.", ""),
        (Deed.DRAFTED, "Petru Taxe", "", ""),
        (Deed.RETURNED, "Ioana Marin", "Prea scurt.", ""),
    ]
    with pytest.raises(NotPermitted):
        dealings_page(db, consultation.id, one.reference, by=an_official(db, an_authority(db), Role.CLERK))


def test_a_note_has_words_and_not_too_many_and_is_written_by_those_who_work_on_it(
    db: Session, authority, received
) -> None:
    clerk = an_official(db, authority, Role.CLERK)

    with pytest.raises(NoteEmpty):
        write_note(db, received[0].id, words="\n", by=clerk, at=NOW)
    with pytest.raises(NoteTooLong):
        write_note(db, received[0].id, words="a" * 2_001, by=clerk, at=NOW)
    with pytest.raises(NotPermitted):
        write_note(db, received[0].id, words="Bună.", by=an_official(db, authority, Role.MODERATOR), at=NOW)
    with pytest.raises(NotFound):
        write_note(db, received[0].id, words="Bună.", by=a_citizen(db), at=NOW)


def test_no_note_is_in_the_record_in_a_text_that_it_commits_to_or_in_a_letter(
    db: Session, consultation, contact, expert, received, caplog
) -> None:
    write_note(db, received[0].id, words=SECRET, by=expert, at=NOW)
    drafted(db, consultation, received, expert)
    return_answers(db, consultation.id, recommendation_ids=ids(received), note=SECRET, by=contact, at=NOW)
    approve_answers(db, consultation.id, recommendation_ids=ids(received), by=contact, at=NOW)
    publish_answers(db, consultation.id, by=contact, at=the_day_after(consultation.proposals_until))

    told = [
        *(event.entry.decode() for event in db.scalars(select(RecordedEvent))),
        *(body.content.decode() for body in db.scalars(select(Body))),
        *(str(job.facts) for job in db.scalars(select(Job))),
        caplog.text,
    ]

    assert sum(dealing.words == SECRET for dealing in db.scalars(select(Dealing))) == 5
    # With its word, for the number alone may stand in a hash or in an address by chance.
    assert not any("dosarul 1187" in text for text in told)


def test_an_erasure_takes_the_notes_along_and_so_does_its_repetition_after_a_restore(
    db: Session, consultation, contact, expert, received
) -> None:
    one, other = received[:2]
    for each in (one, other):
        write_note(db, each.id, words=SECRET, by=expert, at=NOW)
    commitments = [text.commitment for text in texts_about(db, one)]

    facts = {"chosen_by": expert.person_id, "by": contact, "at": NOW}
    erase_texts(db, one, commitments, ErasureGround.OBJECTION, **facts)
    db.expire_all()

    assert [each.words for each in dealings_with(db, one.id)] == [""]
    assert [each.words for each in dealings_with(db, other.id)] == [SECRET]
    assert reapply_erasures(db, let_go) == 0


def test_what_its_author_withdrew_is_given_to_nobody(db: Session, consultation, contact, taxes, received) -> None:
    author = acting_as_self(db, received[2].person_id)
    withdraw_recommendation(db, received[2].id, by=author, at=NOW + timedelta(hours=3))

    with pytest.raises(NothingToAssign):
        assign(
            db, consultation.id, articles=["art-3"], to=Hands(department_id=taxes.id), due_on=FRIDAY, by=contact, at=NOW
        )
