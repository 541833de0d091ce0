"""Joining an organisation: a member invites an address; whoever reads that mailbox accepts, under their own login."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor, NotAMember
from consult.identity.limits import INVITE_PER_PERSON, admit
from consult.identity.names import email_address
from consult.identity.one_use_links import LinkId, LinkSpent, OneUseLink, Purpose, look_at, send_out, use_up
from consult.identity.organisations import (
    Membership,
    Organisation,
    OrganisationId,
    current_membership,
    is_member,
    members_of,
    organisation_of,
)
from consult.identity.people import PersonId, person_by_email, person_of
from consult.identity.permissions import require
from consult.refusals import NotPermitted, Refusal
from consult.store import Base


class MemberInvitation(Base):
    """That a member asked somebody to act for their organisation too; forgotten with its link."""

    __tablename__ = "member_invitation"

    link_id: Mapped[LinkId] = mapped_column(ForeignKey("one_use_link.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[OrganisationId] = mapped_column(ForeignKey("organisation.id"), index=True)
    invited_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))


class AlreadyAMember(Refusal):
    """The address is that of somebody who acts for the organisation already."""

    sentence = N_("This person acts for the organisation already.")
    field = "email"


class NotYourInvitation(NotPermitted):
    """An invitation is for the mailbox to which it was sent."""

    sentence = N_("This invitation was sent to another address. Sign in with the account of that address.")


class LastMember(Refusal):
    """Somebody must be able to act for the organisation."""

    sentence = N_("An organisation keeps at least one member.")


@dataclass(frozen=True)
class AskedToJoin:
    """What the reader of an invitation is shown."""

    email: str
    inviter: str
    organisation: str


@dataclass(frozen=True)
class Waiting:
    """An invitation as its reader's own page shows it."""

    link_id: LinkId
    organisation: str


def invite_member(db: Session, email: str, *, by: Actor, at: datetime) -> None:
    """Ask the reader of a mailbox to act for one's organisation too.

    Raises NotAMember, NotAnEmail, AlreadyAMember, TooManyTries.
    """
    if by.organisation_id is None:
        raise NotAMember
    organisation = organisation_of(db, by.organisation_id)
    require("organisation.invite", by, organisation)
    address = email_address(email)
    person = person_by_email(db, address)
    if person is not None and is_member(db, person.id, organisation.id):
        raise AlreadyAMember
    admit(db, (INVITE_PER_PERSON, str(by.person_id)), at=at)

    link, token = send_out(db, Purpose.MEMBERSHIP, email=address, at=at)
    db.add(MemberInvitation(link_id=link.id, organisation_id=organisation.id, invited_by=by.person_id))
    facts = {
        "authority_id": organisation.authority_id,
        "link": links.invitation(token),
        "inviter": by.name,
        "place": organisation.name,
        "expires_at": link.expires_at,
    }
    mail.post(db, "invitation", to=address, locale=person.locale if person else DEFAULT_LOCALE, facts=facts, at=at)


def asked_to_join(db: Session, token: str, *, at: datetime) -> AskedToJoin:
    """Return what an invitation says, for the page on which it is accepted; raises LinkSpent."""
    link = look_at(db, token, Purpose.MEMBERSHIP, at=at)
    invitation = db.get_one(MemberInvitation, link.id)
    inviter, organisation = person_of(db, invitation.invited_by), organisation_of(db, invitation.organisation_id)
    return AskedToJoin(link.email, inviter.name, organisation.name)


def accept_membership(db: Session, token: str, *, by: Actor, at: datetime) -> Organisation:
    """Begin to act for an organisation. Raises LinkSpent, NotYourInvitation, NotAMember when the inviter has left."""
    return _accept(db, use_up(db, token, Purpose.MEMBERSHIP, at=at), by, at)


def waiting_invitations(db: Session, email: str, *, at: datetime) -> list[Waiting]:
    """Return the invitations that wait for the reader of a mailbox, who has proven that it is theirs."""
    waiting = (
        select(OneUseLink.id, Organisation.name)
        .join(MemberInvitation, MemberInvitation.link_id == OneUseLink.id)
        .join(Organisation, Organisation.id == MemberInvitation.organisation_id)
        .where(OneUseLink.email == email, OneUseLink.used_at.is_(None), OneUseLink.expires_at > at)
        .order_by(OneUseLink.id)
    )
    return [Waiting(link_id, organisation) for link_id, organisation in db.execute(waiting)]


def accept_waiting(db: Session, link_id: LinkId, *, by: Actor, at: datetime) -> Organisation:
    """Begin to act for an organisation whose invitation waits, without its letter. Raises as `accept_membership`."""
    link = db.get(OneUseLink, link_id)
    if link is None or link.purpose is not Purpose.MEMBERSHIP or link.used_at is not None or link.expires_at <= at:
        raise LinkSpent(Purpose.MEMBERSHIP)
    link.used_at = at
    return _accept(db, link, by, at)


def _accept(db: Session, link: OneUseLink, by: Actor, at: datetime) -> Organisation:
    if person_of(db, by.person_id).email != link.email:
        raise NotYourInvitation
    invitation = db.get_one(MemberInvitation, link.id)
    if not is_member(db, invitation.invited_by, invitation.organisation_id):
        raise NotAMember

    if not is_member(db, by.person_id, invitation.organisation_id):
        db.add(
            Membership(
                organisation_id=invitation.organisation_id,
                person_id=by.person_id,
                invited_by=invitation.invited_by,
                since=at,
            )
        )
        db.flush()
    return organisation_of(db, invitation.organisation_id)


def end_membership(db: Session, person_id: PersonId, *, by: Actor, at: datetime) -> None:
    """Let a person, oneself included, no longer act for one's organisation; from the next request on.

    Raises NotAMember, LastMember.
    """
    if by.organisation_id is None:
        raise NotAMember
    require("organisation.invite", by, organisation_of(db, by.organisation_id))
    membership = current_membership(db, person_id, by.organisation_id)
    if membership is None:
        raise NotAMember
    if len(members_of(db, by.organisation_id)) == 1:
        raise LastMember

    membership.until = at


def invited_addresses(db: Session, organisation_id: OrganisationId, *, at: datetime) -> list[str]:
    """Return the addresses whose invitation waits for an answer, for the organisation's members."""
    waiting = (
        select(OneUseLink.email)
        .join(MemberInvitation, MemberInvitation.link_id == OneUseLink.id)
        .where(
            MemberInvitation.organisation_id == organisation_id,
            OneUseLink.used_at.is_(None),
            OneUseLink.expires_at > at,
        )
    )
    return sorted(set(db.scalars(waiting)))
