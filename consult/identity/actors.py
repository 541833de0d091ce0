"""Actors: who does something, and in which capacity. Every action is told one, and the record keeps its role.

An actor is worked out anew for each request, so that a membership or an office that has ended ends at once.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from consult.i18n import N_, gettext
from consult.identity.authorities import AuthorityId
from consult.identity.offices import ROLE_NAMES, Role, officials_of, roles_of
from consult.identity.organisations import OrganisationId, is_member, organisation_of
from consult.identity.people import Person, PersonId, person_of
from consult.refusals import NotFound, NotPermitted


@dataclass(frozen=True)
class AsSelf:
    """Speaking for oneself."""


@dataclass(frozen=True)
class AsMember:
    """Acting for an organisation of which one is a member."""

    organisation_id: OrganisationId
    name: str
    is_verified: bool


@dataclass(frozen=True)
class AsOfficial:
    """Acting for an authority, in every role that one holds there."""

    authority_id: AuthorityId
    roles: frozenset[Role]


Capacity = AsSelf | AsMember | AsOfficial


@dataclass(frozen=True)
class Actor:
    """A person in a capacity. `email` and `locale`: where and in which language letters reach them."""

    person_id: PersonId
    name: str
    email: str
    locale: str
    is_confirmed: bool
    is_verified: bool
    capacity: Capacity = AsSelf()

    @property
    def organisation_id(self) -> OrganisationId | None:
        """The organisation for which the actor acts."""
        return self.capacity.organisation_id if isinstance(self.capacity, AsMember) else None

    @property
    def authority_id(self) -> AuthorityId | None:
        """The authority for which the actor acts."""
        return self.capacity.authority_id if isinstance(self.capacity, AsOfficial) else None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles in which the actor acts; none but for officials."""
        return self.capacity.roles if isinstance(self.capacity, AsOfficial) else frozenset()

    def label(self) -> str:
        """Return how officials see the actor, in the current locale; never for readers (`participant_label`)."""
        match self.capacity:
            case AsMember(name=organisation):
                return gettext("%(name)s, for %(organisation)s") % {"name": self.name, "organisation": organisation}
            case AsOfficial(roles=roles):
                held = ", ".join(gettext(ROLE_NAMES[role]).lower() for role in Role if role in roles)
                return f"{self.name}, {held}"
            case _:
                return self.name


class NotAMember(NotPermitted):
    """The person does not act, or no longer acts, for that organisation."""

    sentence = N_("You do not act for this organisation.")


def acting_as_self(db: Session, person_id: PersonId) -> Actor:
    """Return the person speaking for themselves; raises NotFound when the account was closed."""
    person = person_of(db, person_id)
    if person.is_disabled:
        raise NotFound
    return _for_themselves(person)


def acting_as_member(db: Session, person_id: PersonId, organisation_id: OrganisationId) -> Actor:
    """Return the person acting for an organisation; raises NotAMember. What it may do depends on its standing."""
    person = acting_as_self(db, person_id)
    if not is_member(db, person_id, organisation_id):
        raise NotAMember
    organisation = organisation_of(db, organisation_id)
    capacity = AsMember(organisation.id, organisation.name, organisation.is_verified)
    return replace(person, capacity=capacity)


def acting_as_official(db: Session, person_id: PersonId, authority_id: AuthorityId) -> Actor:
    """Return the person acting for an authority; raises NotFound, since whoever is no official sees no desk.

    A face lets in only those whose session passed the second factor (`sessions.SignedIn.at_desk`).
    """
    return in_office(db, acting_as_self(db, person_id), authority_id)


def in_office(db: Session, person: Actor, authority_id: AuthorityId) -> Actor:
    """Return a person who is known already as an official of an authority; raises NotFound."""
    roles = roles_of(db, person.person_id, authority_id)
    if not roles:
        raise NotFound
    return replace(person, capacity=AsOfficial(authority_id, roles))


def acting_officials(db: Session, authority_id: AuthorityId) -> list[Actor]:
    """Return everybody who acts for an authority today, by name."""
    return [
        replace(_for_themselves(official.person), capacity=AsOfficial(authority_id, official.roles))
        for official in officials_of(db, authority_id)
        if not official.person.is_disabled
    ]


def _for_themselves(person: Person) -> Actor:
    return Actor(person.id, person.name, person.email, person.locale, person.is_confirmed, person.is_verified)


def participant_label(*, name: str | None = None, organisation: str | None = None, is_verified: bool = False) -> str:
    """Return what readers see as the author of a recommendation, in the current locale.

    `name`: only if its bearer chose to show it. `organisation`: always shown, for it takes part in public.
    """
    if organisation:
        return organisation
    if name:
        return name
    return gettext(N_("Verified participant")) if is_verified else gettext(N_("Participant"))
