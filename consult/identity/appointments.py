"""Giving and taking offices. An administrator decides, never about themselves; it holds from the next request on."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.offices import Office, Role, roles_of
from consult.identity.people import PersonId, person_of
from consult.identity.permissions import NeedsOtherEyes, Within, require
from consult.identity.pseudonyms import record
from consult.identity.sessions import end_sessions
from consult.identity.two_factor import forget_second_factor, tell_of_change
from consult.record.events import OfficialAppointed, OfficialDismissed
from consult.refusals import NotFound, Refusal


class NeedsAnAdministrator(Refusal):
    """Without an administrator nobody could ever be appointed again."""

    sentence = N_("The authority would be left without an administrator.")


def appoint(
    db: Session, authority_id: AuthorityId, person_id: PersonId, role: Role, *, by: Actor, at: datetime
) -> None:
    """Give a person a role; without effect if they hold it. Their sessions end, and the next is an official's.

    Raises NotPermitted, and NeedsOtherEyes for a role given to oneself.
    """
    require("people.manage", by, Within(authority_id))
    if person_id == by.person_id:
        raise NeedsOtherEyes
    person_of(db, person_id)
    if role in roles_of(db, person_id, authority_id):
        return

    give_office(db, authority_id, person_id, role, by=by, at=at)
    end_sessions(db, person_id)


def give_office(
    db: Session, authority_id: AuthorityId, person_id: PersonId, role: Role, *, by: Actor, at: datetime
) -> None:
    """Write an appointment down, and into the public record: the role, never the name."""
    db.add(Office(authority_id=authority_id, person_id=person_id, role=role, appointed_by=by.person_id, since=at))
    db.flush()
    record(db, OfficialAppointed(subject=_officials_of(db, authority_id), role=role), by=by, at=at)


def dismiss(
    db: Session, authority_id: AuthorityId, person_id: PersonId, role: Role, *, by: Actor, at: datetime
) -> None:
    """Take a role back; without effect if the person does not hold it. Their sessions end.

    Raises NotPermitted, NeedsAnAdministrator.
    """
    require("people.manage", by, Within(authority_id))
    if role is Role.ADMINISTRATOR and not _other_administrators(db, authority_id, person_id):
        raise NeedsAnAdministrator

    _take_offices(db, person_id, Office.authority_id == authority_id, Office.role == role, by=by, at=at)
    end_sessions(db, person_id)


def set_roles(
    db: Session, authority_id: AuthorityId, person_id: PersonId, roles: Collection[Role], *, by: Actor, at: datetime
) -> None:
    """Give an official the roles that they lack and take those that they should not have.

    Raises NotPermitted, NeedsOtherEyes for oneself, NeedsAnAdministrator, NotFound for no official of this authority.
    """
    _official_to_manage(db, authority_id, person_id, by)
    held = roles_of(db, person_id, authority_id)

    for role in Role:
        if role in roles and role not in held:
            appoint(db, authority_id, person_id, role, by=by, at=at)
        if role in held and role not in roles:
            dismiss(db, authority_id, person_id, role, by=by, at=at)


def reset_second_factor(
    db: Session, authority_id: AuthorityId, person_id: PersonId, *, by: Actor, at: datetime
) -> None:
    """Let an official who lost telephone and recovery codes set up the second factor anew at the next sign-in.

    Two people stand behind it: the official, who knows the password, and the administrator, who knows the official.
    Raises NotPermitted, NotFound for somebody who is no official of this authority.
    """
    _official_to_manage(db, authority_id, person_id, by)

    forget_second_factor(db, person_id)
    end_sessions(db, person_id)
    tell_of_change(db, person_id, "reset", at=at)


def close_account(db: Session, authority_id: AuthorityId, person_id: PersonId, *, by: Actor, at: datetime) -> None:
    """Close the account of an official who has left: no office, no session, no sign-in. What they did stays.

    Raises NotPermitted, NeedsOtherEyes for one's own, NotFound for somebody who is no official of this authority.
    """
    _official_to_manage(db, authority_id, person_id, by)

    person_of(db, person_id).disabled_at = at
    _take_offices(db, person_id, by=by, at=at)
    end_sessions(db, person_id)


def _take_offices(db: Session, person_id: PersonId, *which: ColumnElement[bool], by: Actor, at: datetime) -> None:
    """End those offices of a person that are not over, each in the public record: the role, never the name."""
    held = select(Office).where(Office.person_id == person_id, Office.until.is_(None), *which).order_by(Office.id)
    for office in db.scalars(held).all():
        office.until = at
        event = OfficialDismissed(subject=_officials_of(db, office.authority_id), role=office.role)
        record(db, event, by=by, at=at)
    db.flush()


def _officials_of(db: Session, authority_id: AuthorityId) -> str:
    """Return how the record names the officials of an authority."""
    slug = db.scalars(select(Authority.slug).where(Authority.id == authority_id)).one()
    return f"consult:{slug}/functionari"


def _official_to_manage(db: Session, authority_id: AuthorityId, person_id: PersonId, by: Actor) -> None:
    require("people.manage", by, Within(authority_id))
    if person_id == by.person_id:
        raise NeedsOtherEyes
    if not roles_of(db, person_id, authority_id):
        raise NotFound


def _other_administrators(db: Session, authority_id: AuthorityId, person_id: PersonId) -> bool:
    other = select(Office.id).where(
        Office.authority_id == authority_id,
        Office.role == Role.ADMINISTRATOR,
        Office.person_id != person_id,
        Office.until.is_(None),
    )
    return db.scalar(other.limit(1)) is not None
