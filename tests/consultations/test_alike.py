"""Proposals that say the same: suggested, kept, answered by one reason, each with its own number."""

from time import process_time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.alike import (
    AlikeGroup,
    OneIsNoGroup,
    groups_of,
    keep_group,
    leave_group,
    with_alike,
)
from consult.consultations.alike_suggestions import gathered, suggested_groups
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import AnswerDraft, draft_answers
from consult.consultations.similar import stems
from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.actors import acting_as_self
from consult.identity.offices import Role
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, a_recommendation, an_authority, an_official, an_open_consultation

SAME = (
    "Taxa de parcare este prea mare pentru pensionari.",
    "Pentru pensionari, taxa parcării e prea mare!",
    "Taxa parcărilor: prea mare pentru un pensionar.",
)


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def clerk(db: Session, authority):
    return an_official(db, authority, Role.CLERK)


@pytest.fixture
def said(db: Session, consultation):
    """Three that say the same about art. 3, one about another article, one about something else."""
    others = [(SAME[0], "art-4"), ("Iluminatul străzii Gării lipsește de trei ierni.", "art-3")]
    places = [*((words, "art-3") for words in SAME), *others]
    return [a_recommendation(db, consultation, wording=words, provision_key=place) for words, place in places]


def ids(recommendations):
    return [each.id for each in recommendations]


def test_what_says_the_same_about_the_same_article_is_suggested_together(db: Session, consultation, said) -> None:
    assert [ids(group) for group in suggested_groups(db, consultation.id)] == [ids(said[:3])]


def test_what_is_kept_or_withdrawn_is_suggested_no_more(db: Session, consultation, clerk, said) -> None:
    author = acting_as_self(db, said[2].person_id)
    withdraw_recommendation(db, said[2].id, by=author, at=NOW)
    assert [ids(group) for group in suggested_groups(db, consultation.id)] == [ids(said[:2])]

    keep_group(db, consultation.id, recommendation_ids=ids(said[:2]), by=clerk)

    assert suggested_groups(db, consultation.id) == []


def test_what_has_a_drafted_answer_gives_way_to_what_waits(db: Session, consultation, clerk, said) -> None:
    facts = {"verdict": Verdict.PARTLY, "reason": "Se reduce.", "by": clerk, "at": NOW}
    draft_answers(db, consultation.id, recommendation_ids=[said[0].id], **facts)

    assert [ids(group) for group in suggested_groups(db, consultation.id, article="art-3")] == [ids(said[1:3])]
    assert suggested_groups(db, consultation.id, article="art-4") == []


def test_one_reason_answers_the_whole_group_and_each_keeps_its_number(db: Session, consultation, clerk, said) -> None:
    keep_group(db, consultation.id, recommendation_ids=ids(said[:3]), by=clerk)

    facts = {"verdict": Verdict.PARTLY, "reason": "Se reduce la jumătate.", "by": clerk, "at": NOW}
    draft_answers(db, consultation.id, recommendation_ids=[said[1].id], **facts)

    drafts = {each.recommendation_id: each.reason_id for each in db.scalars(select(AnswerDraft))}
    assert drafts.keys() == set(ids(said[:3]))
    assert len(set(drafts.values())) == 1
    assert len({each.register_number for each in said}) == 5


def test_a_member_brings_its_group_into_another(db: Session, consultation, clerk, said) -> None:
    keep_group(db, consultation.id, recommendation_ids=ids(said[:2]), by=clerk)

    keep_group(db, consultation.id, recommendation_ids=[said[1].id, said[3].id], by=clerk)

    assert with_alike(db, [said[0].id]) == [said[0].id, said[1].id, said[3].id]
    assert len(db.scalars(select(AlikeGroup)).all()) == 1
    assert ids(groups_of(db, [said[3].id])[said[3].id]) == [said[0].id, said[1].id, said[3].id]


def test_a_group_of_which_one_is_left_is_none(db: Session, consultation, clerk, said) -> None:
    keep_group(db, consultation.id, recommendation_ids=ids(said[:2]), by=clerk)

    leave_group(db, consultation.id, recommendation_ids=[said[0].id], by=clerk)

    assert groups_of(db, ids(said)) == {}
    assert db.scalars(select(AlikeGroup)).all() == []


def test_whoever_was_taken_back_is_answered_with_no_group(db: Session, consultation, clerk, said) -> None:
    keep_group(db, consultation.id, recommendation_ids=ids(said[:3]), by=clerk)
    withdraw_recommendation(db, said[0].id, by=acting_as_self(db, said[0].person_id), at=NOW)

    assert with_alike(db, [said[1].id]) == ids(said[1:3])


def test_one_alone_or_of_another_consultation_is_no_group(db: Session, authority, consultation, clerk, said) -> None:
    elsewhere = a_recommendation(db, an_open_consultation(db, authority))

    with pytest.raises(OneIsNoGroup):
        keep_group(db, consultation.id, recommendation_ids=[said[0].id], by=clerk)
    with pytest.raises(NotFound):
        keep_group(db, consultation.id, recommendation_ids=[said[0].id, elsewhere.id], by=clerk)
    moderator = an_official(db, authority, Role.MODERATOR)
    with pytest.raises(NotPermitted):
        keep_group(db, consultation.id, recommendation_ids=ids(said[:2]), by=moderator)


def test_a_full_look_is_quick(db: Session, said) -> None:
    many = [(said[0], stems(f"taxa parcare pensionari strada numarul{number}")) for number in range(300)]

    began = process_time()
    (group,) = gathered(many)

    assert len(group) == 300
    assert process_time() - began < 0.5
