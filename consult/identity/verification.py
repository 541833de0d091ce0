"""How an organisation comes to be believed: it registers, an official looks at its papers, and verifies or refuses.

Until then its members may speak for themselves, never for it. The official writes down what they saw, since the law
asks an authority for evidence of the associations that it deals with (OG 26/2000, art. 51-52).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import links, mail
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.names import NotAName, email_address, one_line
from consult.identity.organisations import (
    Membership,
    Organisation,
    OrganisationId,
    Standing,
    fiscal_code,
    is_member,
    members_of,
    organisation_of,
    registry_number,
)
from consult.identity.permissions import NeedsOtherEyes, Within, require
from consult.identity.pseudonyms import record
from consult.record.events import OrganisationVerified
from consult.refusals import NotFound, Refusal, together

NOTE_LENGTH = 2_000


class NotASeat(NotAName):
    """The seat of an organisation is written on one line, as in its papers."""

    field = "seat"


class AlreadyRegistered(Refusal):
    """The organisation takes part already."""

    sentence = N_("This organisation is registered already; one of its members can invite you.")
    field = "fiscal_code"


class AlreadyWaiting(Refusal):
    """The same person has registered it and nobody has looked at it yet."""

    sentence = N_("You have registered this organisation already; its papers are being looked at.")
    field = "fiscal_code"


class NoteMissing(Refusal):
    """A decision on papers says what was seen."""

    sentence = N_("Write what you have seen, or why you refuse, in at most %(most)s characters.")
    field = "note"


class AlreadyDecided(Refusal):
    """Someone has decided before."""

    sentence = N_("This was decided on %(decided_at)s.")


@dataclass(frozen=True)
class OrganisationFacts:
    """What an organisation says of itself, as typed."""

    name: str
    registry_number: str
    fiscal_code: str
    seat: str
    email: str


def in_written_form(facts: OrganisationFacts, *, at: datetime) -> OrganisationFacts:
    """Return what an organisation says of itself in the forms in which it is kept.

    Raises NotAName, NotARegistryNumber, NotAFiscalCode, NotASeat, NotAnEmail, or Several of them.
    """
    return OrganisationFacts(
        *together(
            partial(one_line, facts.name),
            partial(registry_number, facts.registry_number, at=at),
            partial(fiscal_code, facts.fiscal_code),
            partial(one_line, facts.seat, refusal=NotASeat),
            partial(email_address, facts.email),
        )
    )


def register_organisation(
    db: Session, authority_id: AuthorityId, facts: OrganisationFacts, *, by: Actor, at: datetime
) -> Organisation:
    """Register an organisation with an authority; whoever does so is its first member.

    Raises AlreadyRegistered, AlreadyWaiting, and as `in_written_form`.
    """
    require("organisation.register", by, Within(authority_id))
    kept = in_written_form(facts, at=at)
    for other in db.scalars(select(Organisation).where(Organisation.fiscal_code == kept.fiscal_code)):
        if other.is_verified:
            raise AlreadyRegistered
        if other.created_by == by.person_id and other.standing is Standing.PENDING:
            raise AlreadyWaiting
    organisation = Organisation(
        authority_id=authority_id,
        name=kept.name,
        registry_number=kept.registry_number,
        fiscal_code=kept.fiscal_code,
        seat=kept.seat,
        email=kept.email,
        created_by=by.person_id,
        created_at=at,
    )
    db.add(organisation)
    db.flush()
    db.add(Membership(organisation_id=organisation.id, person_id=by.person_id, invited_by=by.person_id, since=at))
    db.flush()
    return organisation


def verify_organisation(
    db: Session, organisation_id: OrganisationId, *, note: str, by: Actor, at: datetime
) -> Organisation:
    """Believe an organisation: from now on its members act in its name. `note`: what the official saw.

    Raises NoteMissing, AlreadyDecided, AlreadyRegistered when another one is believed under the same fiscal code.
    """
    organisation = _to_decide(db, organisation_id, note, by)
    twin = select(Organisation.id).where(
        Organisation.fiscal_code == organisation.fiscal_code, Organisation.standing == Standing.VERIFIED
    )
    if db.scalar(twin) is not None:
        raise AlreadyRegistered

    _decide(organisation, Standing.VERIFIED, note, by, at)
    event = OrganisationVerified(
        subject=subject_of(db, organisation),
        name=organisation.name,
        registry_number=organisation.registry_number,
        fiscal_code=organisation.fiscal_code,
    )
    record(db, event, by=by, at=at)
    _tell_members(db, organisation, "organisation-verified", at=at)
    return organisation


def refuse_organisation(
    db: Session, organisation_id: OrganisationId, *, note: str, by: Actor, at: datetime
) -> Organisation:
    """Do not believe an organisation. `note`: why; its members read it and may register it anew.

    Raises NoteMissing, AlreadyDecided.
    """
    organisation = _to_decide(db, organisation_id, note, by)

    _decide(organisation, Standing.REFUSED, note, by, at)
    _tell_members(db, organisation, "organisation-refused", at=at, reason=organisation.note)
    return organisation


def organisations_at(db: Session, authority_id: AuthorityId, standing: Standing) -> list[Organisation]:
    """Return the organisations of one standing that registered with an authority, the longest waiting first."""
    return list(
        db.scalars(
            select(Organisation)
            .where(Organisation.authority_id == authority_id, Organisation.standing == standing)
            .order_by(Organisation.created_at, Organisation.id)
        )
    )


def organisation_at(db: Session, authority_id: AuthorityId, organisation_id: OrganisationId) -> Organisation:
    """Return an organisation that registered with this authority; raises NotFound for any other's."""
    organisation = organisation_of(db, organisation_id)
    if organisation.authority_id != authority_id:
        raise NotFound
    return organisation


def subject_of(db: Session, organisation: Organisation) -> str:
    """Return the name of an organisation in the record, the same for ever."""
    slug = db.scalars(select(Authority.slug).where(Authority.id == organisation.authority_id)).one()
    return f"consult:{slug}/organizatii/{organisation.fiscal_code}"


def organisation_behind(db: Session, by: Actor) -> str | None:
    """Return the name in the record of the organisation for which somebody acts; None for who acts for none."""
    return None if by.organisation_id is None else subject_of(db, organisation_of(db, by.organisation_id))


def _to_decide(db: Session, organisation_id: OrganisationId, note: str, by: Actor) -> Organisation:
    organisation = organisation_of(db, organisation_id)
    require("organisation.verify", by, organisation)
    if is_member(db, by.person_id, organisation_id):
        raise NeedsOtherEyes
    if not 0 < len(note.strip()) <= NOTE_LENGTH:
        raise NoteMissing(most=NOTE_LENGTH)
    if organisation.standing is not Standing.PENDING:
        raise AlreadyDecided(decided_at=organisation.decided_at)
    return organisation


def _decide(organisation: Organisation, standing: Standing, note: str, by: Actor, at: datetime) -> None:
    organisation.standing = standing
    organisation.note = note.strip()
    organisation.decided_by = by.person_id
    organisation.decided_at = at


def _tell_members(db: Session, organisation: Organisation, kind: str, *, at: datetime, **facts: str) -> None:
    for member in members_of(db, organisation.id):
        told = {
            "authority_id": organisation.authority_id,
            "organisation": organisation.name,
            "link": links.organisation(organisation.id),
            **facts,
        }
        mail.post(db, kind, to=member.email, locale=member.locale, facts=told, at=at)
