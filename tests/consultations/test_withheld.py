"""What cannot be public of a draft: under a letter of art. 6, with a reason, in public and on the record."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.announcements import EditedMeanwhile
from consult.consultations.drafts import request_approval
from consult.consultations.publication import approve
from consult.consultations.withheld import (
    MOST_PARTS,
    Letter,
    PartMissing,
    TooManyParts,
    WhyWithheldMissing,
    make_public,
    withhold,
)
from consult.identity.offices import Role
from consult.record.entries import history
from consult.refusals import NotFound
from tests.factories import NOW, a_draft_ready_for_approval, an_authority, an_official

SAID = {"part": "Anexa 2, prețurile", "letter": Letter.COMPETITION, "reason": "Negocierea nu s-a încheiat."}


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def clerk(db: Session, authority):
    return an_official(db, authority, Role.CLERK)


@pytest.fixture
def draft(db: Session, authority, clerk):
    return a_draft_ready_for_approval(db, authority, clerk=clerk)


def leave_out(db: Session, draft, clerk, **facts):
    return withhold(db, draft.id, **{**SAID, "edition": draft.edition, "by": clerk, "at": NOW, **facts})


def test_what_is_left_out_is_announced_with_its_letter_and_its_reason(db: Session, authority, draft, clerk) -> None:
    leave_out(db, draft, clerk)
    request_approval(db, draft.id, by=clerk, at=NOW)

    approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)

    announced = [each.event for each in history(db, draft.subject) if each.event.type == "consultation.announced"]
    assert announced[0].stated["facts"]["withheld"] == [{**SAID, "letter": "b"}]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"part": " "}, PartMissing), ({"reason": "\n "}, WhyWithheldMissing), ({"edition": 99}, EditedMeanwhile)],
    ids=["no part", "a motive of blanks", "two clerks at once"],
)
def test_a_part_is_left_out_with_a_name_and_a_reason_by_whom_read_the_draft(
    db: Session, draft, clerk, facts, refusal
) -> None:
    with pytest.raises(refusal):
        leave_out(db, draft, clerk, **facts)

    assert draft.withheld == []


def test_a_part_is_made_public_again_by_its_place(db: Session, draft, clerk) -> None:
    leave_out(db, draft, clerk)
    leave_out(db, draft, clerk, part="Anexa 3")
    here = {"edition": draft.edition, "by": clerk, "at": NOW}

    with pytest.raises(NotFound):
        make_public(db, draft.id, place=2, **here)
    make_public(db, draft.id, place=0, **here)

    assert [each["part"] for each in draft.withheld] == ["Anexa 3"]


def test_a_draft_is_not_left_out_part_by_part(db: Session, draft, clerk) -> None:
    for _ in range(MOST_PARTS):
        leave_out(db, draft, clerk)

    with pytest.raises(TooManyParts):
        leave_out(db, draft, clerk)
