"""Templates of answers: where an answer begins, and never an answer."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.answer_templates import (
    NoTitle,
    PlaceLeft,
    TemplateEmpty,
    TemplateUnedited,
    delete_template,
    keep_template,
    refuse_unedited,
    templates_of,
)
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.identity.offices import Role
from consult.refusals import NotFound, NotPermitted
from tests.factories import NOW, a_recommendation, an_authority, an_official, an_open_consultation

WORDS = "Nu se preia, deoarece [motivul]. Vă mulțumim."


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def clerk(db: Session, authority):
    return an_official(db, authority, Role.CLERK)


@pytest.fixture
def template(db: Session, authority, clerk):
    return keep_template(db, authority.id, title="Nu se preia", words=WORDS, by=clerk, at=NOW)


@pytest.mark.parametrize("reason", [WORDS, f"  {WORDS.upper()}\n", WORDS.replace(" ", "\n")])
def test_a_template_as_it_stands_is_no_answer(db: Session, authority, template, reason: str) -> None:
    with pytest.raises(TemplateUnedited):
        refuse_unedited(db, authority.id, reason)


def test_a_place_that_is_not_filled_in_is_told_by_its_words(db: Session, authority, template) -> None:
    with pytest.raises(PlaceLeft, match=r"\[motivul\]"):
        refuse_unedited(db, authority.id, f"Am citit. {WORDS}")


@pytest.mark.parametrize("reason", ["Nu se preia, deoarece costă prea mult.", "Legea spune „[…]”.", "[altceva]"])
def test_an_answer_of_ones_own_may_have_brackets(db: Session, authority, template, reason: str) -> None:
    refuse_unedited(db, authority.id, reason)


def test_another_authoritys_template_binds_nobody_here(db: Session, template) -> None:
    refuse_unedited(db, an_authority(db).id, WORDS)


def test_no_answer_is_drafted_from_a_template_alone(db: Session, authority, clerk, template) -> None:
    consultation = an_open_consultation(db, authority)
    said = a_recommendation(db, consultation)

    with pytest.raises(TemplateUnedited):
        draft_answers(
            db,
            consultation.id,
            recommendation_ids=[said.id],
            verdict=Verdict.NOT_TAKEN_UP,
            reason=WORDS,
            by=clerk,
            at=NOW,
        )


def test_templates_are_the_authoritys_own(db: Session, authority, clerk, template) -> None:
    stranger = an_official(db, an_authority(db), Role.CLERK)
    member = an_official(db, authority, Role.DEPARTMENT_MEMBER)
    facts = {"title": "Altul", "words": "Altfel.", "at": NOW}

    with pytest.raises(NotPermitted):
        keep_template(db, authority.id, template.id, **facts, by=stranger)
    with pytest.raises(NotPermitted):
        keep_template(db, authority.id, **facts, by=member)
    with pytest.raises(NotFound):
        keep_template(db, stranger.authority_id, template.id, **facts, by=stranger)
    with pytest.raises(NoTitle):
        keep_template(db, authority.id, title=" ", words="Altfel.", by=clerk, at=NOW)
    with pytest.raises(TemplateEmpty):
        keep_template(db, authority.id, title="Altul", words="\n", by=clerk, at=NOW)
    assert [each.words for each in templates_of(db, authority.id)] == [WORDS]


def test_a_template_is_written_anew_and_deleted(db: Session, authority, clerk, template) -> None:
    keep_template(db, authority.id, template.id, title="Respingere", words="Altfel.", by=clerk, at=NOW)
    assert [each.title for each in templates_of(db, authority.id)] == ["Respingere"]

    delete_template(db, authority.id, template.id, by=clerk)

    assert templates_of(db, authority.id) == []
