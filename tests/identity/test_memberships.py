"""Several people act for an organisation, each under their own login, each let in by another."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import NotAMember, acting_as_member, acting_as_self
from consult.identity.memberships import (
    AlreadyAMember,
    LastMember,
    NotYourInvitation,
    accept_membership,
    asked_to_join,
    end_membership,
    invite_member,
    invited_addresses,
)
from consult.identity.one_use_links import LinkSpent
from consult.identity.organisations import members_of
from consult.identity.people import Person
from tests.factories.people import a_citizen, a_member_of, an_authority, an_organisation
from tests.identity.letters import kinds, last_token

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def test_whoever_accepts_the_invitation_acts_for_the_organisation(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db), name="Asociația Pietonii")
    first, second = a_member_of(db, organisation, name="Ana Pop"), a_citizen(db, email="dan@example.ro")

    invite_member(db, "Dan@example.ro", by=first, at=AT)
    token = last_token(db)
    asked = asked_to_join(db, token, at=AT)
    assert invited_addresses(db, organisation.id, at=AT) == ["dan@example.ro"]
    accept_membership(db, token, by=second, at=AT)

    assert (asked.inviter, asked.organisation, asked.email) == ("Ana Pop", "Asociația Pietonii", "dan@example.ro")
    assert kinds(db) == [("dan@example.ro", "invitation")]
    assert acting_as_member(db, second.person_id, organisation.id).organisation_id == organisation.id
    assert [member.id for member in members_of(db, organisation.id)] == [first.person_id, second.person_id]
    assert invited_addresses(db, organisation.id, at=AT) == []
    with pytest.raises(LinkSpent):
        accept_membership(db, token, by=second, at=AT)


def test_an_invitation_to_one_address_is_not_accepted_by_another(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db))
    stranger = a_citizen(db, email="altul@example.ro")
    invite_member(db, "dan@example.ro", by=a_member_of(db, organisation), at=AT)

    with pytest.raises(NotYourInvitation):
        accept_membership(db, last_token(db), by=stranger, at=AT)

    with pytest.raises(NotAMember):
        acting_as_member(db, stranger.person_id, organisation.id)


def test_an_invitation_lasts_two_days_and_no_longer_than_its_sender_is_a_member(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db))
    first, stays = a_member_of(db, organisation), a_member_of(db, organisation)
    invited = a_citizen(db, email="dan@example.ro")
    invite_member(db, "dan@example.ro", by=first, at=AT)

    with pytest.raises(LinkSpent):
        accept_membership(db, last_token(db), by=invited, at=AT + timedelta(days=2))
    end_membership(db, first.person_id, by=stays, at=AT)
    with pytest.raises(NotAMember):
        accept_membership(db, last_token(db), by=invited, at=AT)


def test_only_members_invite(db: Session) -> None:
    with pytest.raises(NotAMember):
        invite_member(db, "dan@example.ro", by=a_citizen(db), at=AT)


def test_who_acts_already_is_not_invited_again(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db))
    first, second = a_member_of(db, organisation), a_member_of(db, organisation)

    with pytest.raises(AlreadyAMember):
        invite_member(db, db.get_one(Person, second.person_id).email, by=first, at=AT)


def test_members_leave_or_are_let_go_but_one_stays(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db))
    first, second = a_member_of(db, organisation), a_member_of(db, organisation)

    end_membership(db, second.person_id, by=first, at=AT)

    with pytest.raises(NotAMember):
        acting_as_member(db, second.person_id, organisation.id)
    with pytest.raises(LastMember):
        end_membership(db, first.person_id, by=first, at=AT)
    with pytest.raises(NotAMember):
        end_membership(db, second.person_id, by=first, at=AT)


def test_an_actor_of_before_no_longer_ends_memberships_after_leaving(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db))
    first, second, third = (a_member_of(db, organisation) for _ in range(3))
    end_membership(db, second.person_id, by=first, at=AT)

    with pytest.raises(NotAMember):
        end_membership(db, third.person_id, by=acting_as_self(db, second.person_id), at=AT)
