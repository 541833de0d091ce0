"""The table of permissions, read the other way round: for every role and every permission, what is answered."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import Actor, acting_as_self
from consult.identity.authorities import AuthorityId
from consult.identity.offices import Role
from consult.identity.organisations import Organisation, OrganisationId, Standing
from consult.identity.people import Person, PersonId
from consult.identity.permissions import (
    PERMISSIONS,
    AwaitingVerification,
    NeedsOtherEyes,
    Permission,
    Within,
    may,
    require,
    table,
    who_may,
)
from consult.refusals import NotFound, NotPermitted, Refusal
from tests.factories.people import a_citizen, a_member_of, an_authority, an_official, an_organisation

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Draft:
    """A thing that officials make, change and publish."""

    authority_id: AuthorityId
    is_public: bool
    created_by: PersonId
    edited_by: PersonId


@dataclass(frozen=True)
class Statement:
    """A thing that somebody said in public."""

    authority_id: AuthorityId
    person_id: PersonId
    organisation_id: OrganisationId | None = None
    is_public: bool = True


class Town:
    """A town with somebody in every role, and things to act upon."""

    def __init__(self, db: Session) -> None:
        authority, elsewhere = an_authority(db), an_authority(db)
        verified = an_organisation(db, authority)
        pending = an_organisation(db, authority, standing=Standing.PENDING)
        self.authority_id = authority.id
        self.writer = an_official(db, authority, Role.CLERK, Role.APPROVER)
        self.author = a_citizen(db)
        self.actors: dict[str, Actor | None] = {
            "anonymous": None,
            "unconfirmed": a_citizen(db, email_confirmed_at=None),
            "citizen": a_citizen(db),
            "author": self.author,
            "member": a_member_of(db, verified),
            "member_of_pending": a_member_of(db, pending),
            "writer": self.writer,
            **{role.value: an_official(db, authority, role) for role in Role},
            "elsewhere": an_official(db, elsewhere, *Role),
        }
        self.verified, self.pending = verified, pending

    def subject(self, name: str) -> object:
        writer = self.writer.person_id
        subjects: dict[str, object] = {
            "house": Within(self.authority_id),
            "draft": Draft(self.authority_id, is_public=False, created_by=writer, edited_by=writer),
            "published": Draft(self.authority_id, is_public=True, created_by=writer, edited_by=writer),
            "said": Statement(self.authority_id, self.author.person_id),
            "said_by_member": Statement(self.authority_id, self.author.person_id, self.verified.id),
            "verified": self.verified,
            "pending": self.pending,
        }
        return subjects[name]


@pytest.fixture
def town(db: Session) -> Town:
    return Town(db)


EVERYONE = {
    "anonymous", "unconfirmed", "citizen", "author", "member", "member_of_pending", "writer", "elsewhere", *Role,
}  # fmt: skip
OFFICIALS = {"writer", *Role}

#: Permission and subject → who passes. Everybody else is refused.
PASSES: dict[tuple[Permission, str], set[str]] = {
    ("published.read", "published"): EVERYONE,
    ("published.read", "draft"): set(),
    ("draft.create", "house"): {"clerk", "writer"},
    ("draft.read", "draft"): OFFICIALS,
    ("draft.edit", "draft"): {"clerk", "writer"},
    ("draft.approve", "draft"): {"approver"},
    ("recommendation.submit", "published"): {"citizen", "author", "member"},
    ("recommendation.submit", "draft"): set(),
    ("recommendation.enter", "published"): {"contact_person", "clerk", "writer"},
    ("recommendation.claim", "published"): {"citizen", "author"},
    ("recommendation.support", "published"): {"citizen", "author", "member"},
    ("recommendation.withdraw", "said"): {"author"},
    ("recommendation.withdraw", "said_by_member"): {"member"},
    ("recommendation.answer", "said"): {"contact_person", "clerk", "department_member", "writer"},
    ("recommendation.route", "house"): {"contact_person"},
    ("note.write", "house"): {"contact_person", "clerk", "department_member", "approver", "writer"},
    ("template.keep", "house"): {"contact_person", "clerk", "writer"},
    ("contacts.read", "house"): {"contact_person", "approver", "writer"},
    ("recommendation.moderate", "said"): {"moderator", "contact_person"},
    ("moderation.appeal", "said"): {"author"},
    ("moderation.appeal", "said_by_member"): {"member"},
    ("appeal.decide", "said"): {"moderator", "contact_person", "approver", "writer"},
    ("answers.publish", "published"): {"contact_person", "approver", "writer"},
    ("version.publish", "published"): {"contact_person", "approver", "writer"},
    ("document.publish", "published"): {"contact_person", "approver", "writer"},
    ("duty.confirm", "published"): {"contact_person", "clerk", "approver", "writer"},
    ("debate.ask", "published"): {"member"},
    ("debate.ask", "draft"): set(),
    ("debate.enter", "published"): {"contact_person", "clerk", "approver", "writer"},
    ("meeting.lead", "house"): {"contact_person", "approver", "writer"},
    ("meeting.keep", "house"): {"contact_person", "clerk", "approver", "writer"},
    ("meeting.speak", "published"): {"citizen", "author", "member"},
    ("minutes.approve", "draft"): {"contact_person", "approver"},
    ("report.keep", "house"): {"contact_person", "clerk", "approver", "writer"},
    ("report.publish", "draft"): {"contact_person", "approver"},
    ("erasure.enter", "house"): {"contact_person", "moderator", "clerk", "writer"},
    ("erasure.read", "draft"): {"contact_person", "moderator", "approver", "writer"},
    ("erasure.decide", "draft"): {"contact_person", "moderator"},
    ("erasure.confirm", "draft"): {"contact_person", "moderator", "approver"},
    ("organisation.register", "house"): {"citizen", "author"},
    ("organisation.invite", "verified"): {"member"},
    ("organisation.invite", "pending"): {"member_of_pending"},
    ("organisation.verify", "pending"): {"contact_person", "administrator"},
    ("residence.verify", "house"): {"contact_person", "clerk", "writer"},
    ("people.manage", "house"): {"administrator"},
    ("rules.manage", "house"): {"administrator"},
    ("witnesses.manage", "house"): {"administrator"},
    ("cycle.prepare", "draft"): {"clerk", "contact_person", "writer"},
    ("cycle.announce", "draft"): {"approver"},
    ("cycle.move", "published"): {"contact_person", "approver", "writer"},
    ("project.propose", "published"): {"citizen", "author", "member"},
    ("project.propose", "draft"): set(),
    ("project.withdraw", "said"): {"author"},
    ("project.withdraw", "said_by_member"): {"member"},
    ("project.review", "said"): {"contact_person", "clerk", "department_member", "writer"},
    ("verdicts.publish", "published"): {"contact_person", "approver", "writer"},
    ("voters.admit", "house"): {"contact_person", "clerk", "writer"},
    ("codes.make", "draft"): {"contact_person", "clerk"},
    ("paper.enter", "house"): {"contact_person", "clerk", "writer"},
    ("project.carry_out", "published"): {"contact_person", "clerk", "department_member", "writer"},
    ("results.count", "published"): {"contact_person", "clerk", "writer"},
    ("results.confirm", "draft"): {"approver"},
    ("project_question.answer", "said"): {"author"},
    ("project_question.answer", "said_by_member"): {"member"},
    ("project.appeal", "said"): {"author"},
    ("project.appeal", "said_by_member"): {"member"},
    ("project_appeal.decide", "said"): {"contact_person", "approver", "writer"},
}

#: Who may know of what is not public; to all others it does not exist.
KNOWS = {"draft": OFFICIALS, "pending": {"member_of_pending", *OFFICIALS}}


@pytest.mark.parametrize(("permission", "subject"), PASSES, ids=str)
def test_the_table_lets_through_whom_it_names_and_nobody_else(town: Town, permission: Permission, subject: str) -> None:
    thing = town.subject(subject)

    answers = {name: answer(permission, actor, thing) for name, actor in town.actors.items()}

    passes = PASSES[permission, subject]
    knows = KNOWS.get(subject, EVERYONE)
    assert {name for name, found in answers.items() if found is None} == passes
    assert {name for name, found in answers.items() if found is NotFound} == EVERYONE - passes - knows
    assert {name for name, actor in town.actors.items() if may(permission, actor, thing)} == passes


def answer(permission: Permission, actor: Actor | None, thing: object) -> type[Refusal] | None:
    """Return how the actor is refused, NotFound or some NotPermitted, or None."""
    try:
        require(permission, actor, thing)
    except NotFound:
        return NotFound
    except NotPermitted:
        return NotPermitted
    return None


def test_every_permission_is_in_the_table_and_every_row_is_tried() -> None:
    assert set(get_args(Permission)) == set(PERMISSIONS) == {permission for permission, _ in PASSES}


def test_an_approver_is_never_both_eyes_of_four(town: Town) -> None:
    with pytest.raises(NeedsOtherEyes):
        require("draft.approve", town.writer, town.subject("draft"))


def test_an_official_who_said_something_does_not_answer_it(db: Session, town: Town) -> None:
    official = an_official(db, an_authority(db), Role.CONTACT_PERSON)
    assert official.authority_id is not None
    own = Statement(official.authority_id, official.person_id)

    with pytest.raises(NeedsOtherEyes):
        require("recommendation.answer", official, own)
    assert may("recommendation.withdraw", acting_as_self(db, official.person_id), own)


def test_an_official_does_not_verify_an_organisation_that_they_registered(db: Session, town: Town) -> None:
    official = an_official(db, an_authority(db), Role.CONTACT_PERSON)
    assert official.authority_id is not None
    own = Organisation(
        id=OrganisationId(0),
        authority_id=official.authority_id,
        created_by=official.person_id,
        standing=Standing.PENDING,
    )

    with pytest.raises(NeedsOtherEyes):
        require("organisation.verify", official, own)


def test_a_member_of_an_unverified_organisation_is_told_what_is_missing(town: Town) -> None:
    with pytest.raises(AwaitingVerification):
        require("recommendation.submit", town.actors["member_of_pending"], town.subject("published"))


def test_those_who_may_are_the_officials_in_office_here_whom_the_table_allows_it(db: Session) -> None:
    here, elsewhere = an_authority(db), an_authority(db)
    an_official(db, here, Role.APPROVER, name="Radu")
    an_official(db, here, Role.CONTACT_PERSON, Role.CLERK, name="Ioana")
    an_official(db, here, Role.CLERK, name="Maria")
    gone = an_official(db, here, Role.APPROVER, name="Plecat")
    db.get_one(Person, gone.person_id).disabled_at = datetime(2026, 1, 1, tzinfo=UTC)
    an_official(db, elsewhere, Role.APPROVER, name="Străin")

    assert who_may(db, "answers.publish", here.id) == ["Ioana", "Radu"]


@pytest.mark.parametrize(
    "line",
    [
        "| `draft.approve` | the approver of that authority, if they neither made",
        "| `published.read` | anyone, if it is public |",
    ],
)
def test_the_table_can_be_read(line: str) -> None:
    assert line in table()


def test_the_table_has_a_row_for_every_permission() -> None:
    rows = table().splitlines()[2:]

    assert len(rows) == len(PERMISSIONS)
