"""One-line questions about an actor and a subject, of which the table of permissions is made.

A predicate's docstring is how the table says it, so each begins with who or if.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from consult.identity.actors import Actor, AsMember, AsOfficial, AsSelf
from consult.identity.authorities import AuthorityId
from consult.identity.offices import Role
from consult.identity.organisations import Organisation, OrganisationId
from consult.identity.people import PersonId


class Subject(Protocol):
    """What somebody wants to act upon; entities have these words, and `Within` stands for what is yet to be made."""

    @property
    def authority_id(self) -> AuthorityId:
        """The authority to which it belongs."""

    @property
    def is_public(self) -> bool:
        """Whether anybody may know that it exists."""


@runtime_checkable
class Made(Subject, Protocol):
    """A thing that somebody made."""

    @property
    def created_by(self) -> PersonId:
        """Who made it."""


@runtime_checkable
class Edited(Made, Protocol):
    """A thing that others may change after its maker."""

    @property
    def edited_by(self) -> PersonId:
        """Who changed it last."""


@runtime_checkable
class Said(Subject, Protocol):
    """A thing that somebody said, for themselves or for an organisation."""

    @property
    def person_id(self) -> PersonId | None:
        """Who said it; None where an official entered it for somebody without an account."""

    @property
    def organisation_id(self) -> OrganisationId | None:
        """For whom."""


@dataclass(frozen=True)
class Within:
    """An authority's house itself, for permissions to make something new in it."""

    authority_id: AuthorityId
    is_public: bool = True


Predicate = Callable[[Actor | None, Subject], bool]


def anyone(_actor: Actor | None, _subject: Subject) -> bool:
    """Anyone."""
    return True


def published(_actor: Actor | None, subject: Subject) -> bool:
    """If it is public."""
    return subject.is_public


def person(actor: Actor | None, _subject: Subject) -> bool:
    """A person with a confirmed address, for themselves."""
    return actor is not None and actor.is_confirmed and isinstance(actor.capacity, AsSelf)


def member(actor: Actor | None, _subject: Subject) -> bool:
    """A member with a confirmed address, for their organisation."""
    return actor is not None and actor.is_confirmed and isinstance(actor.capacity, AsMember)


def verified_organisation(actor: Actor | None, _subject: Subject) -> bool:
    """If that organisation is verified."""
    return actor is not None and isinstance(actor.capacity, AsMember) and actor.capacity.is_verified


def member_of_it(actor: Actor | None, subject: Subject) -> bool:
    """A member of that organisation."""
    return actor is not None and isinstance(subject, Organisation) and actor.organisation_id == subject.id


def author(actor: Actor | None, subject: Subject) -> bool:
    """Who said it, in the same capacity, or another member of the organisation for which it was said."""
    if actor is None or not isinstance(subject, Said) or isinstance(actor.capacity, AsOfficial):
        return False
    if subject.organisation_id is not None:
        return actor.organisation_id == subject.organisation_id
    return actor.organisation_id is None and actor.person_id == subject.person_id


def other_eyes(actor: Actor | None, subject: Subject) -> bool:
    """If they neither made, last changed nor said it."""
    return actor is not None and actor.person_id not in hands(subject)


def official(actor: Actor | None, subject: Subject) -> bool:
    """Any official of that authority."""
    return (
        actor is not None
        and isinstance(actor.capacity, AsOfficial)
        and actor.capacity.authority_id == subject.authority_id
    )


def _in(role: Role) -> Predicate:
    """Return the predicate "holds this role in the authority to which the thing belongs"."""

    def holds(actor: Actor | None, subject: Subject) -> bool:
        return actor is not None and official(actor, subject) and role in actor.roles

    holds.__doc__ = f"The {role.replace('_', ' ')} of that authority."
    return holds


clerk = _in(Role.CLERK)
approver = _in(Role.APPROVER)
contact_person = _in(Role.CONTACT_PERSON)
department_member = _in(Role.DEPARTMENT_MEMBER)
moderator = _in(Role.MODERATOR)
administrator = _in(Role.ADMINISTRATOR)


def hands(subject: Subject) -> frozenset[PersonId]:
    """Return the people whose work the subject is."""
    made = {subject.created_by} if isinstance(subject, Made) else set()
    edited = {subject.edited_by} if isinstance(subject, Edited) else set()
    said = {subject.person_id} if isinstance(subject, Said) and subject.person_id is not None else set()
    return frozenset(made | edited | said)
