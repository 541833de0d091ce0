"""Closing one's own account: nobody signs in to it any more, and what is not needed is erased (GDPR, art. 17).

What must stay of somebody, such as a name that stands in public, is for the room to say that keeps it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.authorities import Authority
from consult.identity.memberships import MemberInvitation
from consult.identity.offices import Office
from consult.identity.one_use_links import OneUseLink, end_links
from consult.identity.organisations import (
    Organisation,
    Standing,
    current_membership,
    members_of,
    organisations_of,
)
from consult.identity.people import Person, PersonId
from consult.identity.pseudonyms import Pseudonym
from consult.identity.second_step import KnownDevice
from consult.identity.sessions import end_sessions
from consult.identity.two_factor import forget_second_factor
from consult.refusals import Refusal


class HoldsAnOffice(Refusal):
    """Officials do not leave by themselves: their work must be in somebody's hands."""

    sentence = N_(
        "You hold an office at %(authority)s. Once an administrator has taken it back, you can close the account."
    )


@dataclass(frozen=True)
class Ties:
    """What binds an account. `authority`: where its owner holds an office. `alone_for`: nobody else acts for these."""

    authority: str | None
    organisations: list[Organisation]
    alone_for: list[Organisation]
    has_held_office: bool


def ties_of(db: Session, person_id: PersonId) -> Ties:
    """Return what binds a person's account to others."""
    held = db.execute(
        select(Authority.name, Office.until)
        .join(Office, Office.authority_id == Authority.id)
        .where(Office.person_id == person_id)
        .order_by(Office.id)
    ).all()
    organisations = organisations_of(db, person_id)
    return Ties(
        authority=next((name for name, until in held if until is None), None),
        organisations=organisations,
        alone_for=[each for each in organisations if len(members_of(db, each.id)) == 1],
        has_held_office=bool(held),
    )


def forget_person(db: Session, person: Person, *, keeps_name: bool, at: datetime) -> None:
    """Close an account and erase what served it alone: address, password, second step, sessions, devices, links.

    `keeps_name`: whether something that stays bears the name.
    """
    ties = ties_of(db, person.id)
    for organisation in ties.organisations:
        membership = current_membership(db, person.id, organisation.id)
        assert membership is not None, "they act for it"
        membership.until = at
        if organisation in ties.alone_for:
            organisation.standing = Standing.LEFT

    end_sessions(db, person.id)
    forget_second_factor(db, person.id)
    for kept in (KnownDevice, Pseudonym):
        db.execute(delete(kept).where(kept.person_id == person.id))
    invited = select(MemberInvitation.link_id).where(MemberInvitation.invited_by == person.id)
    for which in (OneUseLink.email == person.email, OneUseLink.person_id == person.id, OneUseLink.id.in_(invited)):
        end_links(db, which, at=at)

    person.email = f"closed-{person.id}"
    person.name = person.name if keeps_name or ties.has_held_office else ""
    person.password_hash = None
    person.locale = DEFAULT_LOCALE
    person.disabled_at = at
    db.flush()
