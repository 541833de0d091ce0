"""The register of art. 7(5) as the law asks for it: from whom each proposal came, and how they are reached.

The public register leaves that out. This one is for the officials whom it concerns and for an inspector who asks; who
took it out of the house, when and why is written down here, and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.consultations.closed_accounts import RegisteredAuthor
from consult.consultations.hand_entries import HandEntry
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.consultations.year_register import FILE_ROWS, PAGE, Row, Wanted, year_part
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.names import NotAName, one_line
from consult.identity.organisations import Organisation, OrganisationId
from consult.identity.people import Person, PersonId
from consult.identity.permissions import Within, require
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import key_type

RegisterExportId = NewType("RegisterExportId", int)
key_type(RegisterExportId)

LONGEST_PURPOSE = 200
#: Exports shown beside the register, the newest first.
SHOWN_EXPORTS = 20


class RegisterExport(Base):
    """An official took the register of a year, with contact data, out of the house. Private to the desk."""

    __tablename__ = "register_export"

    id: Mapped[RegisterExportId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"), index=True)
    year: Mapped[int]
    exported_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    exported_at: Mapped[datetime]
    #: For whom and why: "Control al Instituției Prefectului, adresa 1204/2026".
    purpose: Mapped[str]
    #: How many entries the register had then.
    rows: Mapped[int]

    official: Mapped[Person] = relationship(lazy="raise")


class NoPurpose(NotAName):
    """Nobody takes personal data out of the house without saying why."""

    sentence = N_("Write for whom and why the register is exported, on one line of at most %(most)s characters.")
    field = "purpose"


@dataclass(frozen=True)
class Contact:
    """From whom a proposal came and how they can be reached; `organisation` where they spoke for one."""

    name: str
    reached_at: str
    organisation: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of the register, with its contact data."""

    row: Row
    contact: Contact


@dataclass(frozen=True)
class ContactPart:
    """Some entries of a register. `after`: the number after which the next begin; None on the last."""

    entries: Sequence[Entry]
    after: int | None


@dataclass(frozen=True)
class ContactPage:
    """One page of the register with contact data, and its exports, the newest first."""

    part: ContactPart
    exports: Sequence[RegisterExport]


def contact_page(db: Session, authority_id: AuthorityId, year: int, *, after: int = 0, by: Actor) -> ContactPage:
    """Read a page of the register of a year with contact data. Raises NotPermitted."""
    require("contacts.read", by, Within(authority_id))
    exports = (
        select(RegisterExport)
        .where(RegisterExport.authority_id == authority_id, RegisterExport.year == year)
        .options(joinedload(RegisterExport.official).load_only(Person.name))
        .order_by(RegisterExport.id.desc())
        .limit(SHOWN_EXPORTS)
    )
    part = contact_part(db, authority_id, year, after=after, size=PAGE, by=by)
    return ContactPage(part, db.scalars(exports).all())


def contact_part(
    db: Session, authority_id: AuthorityId, year: int, *, after: int = 0, size: int = FILE_ROWS, by: Actor
) -> ContactPart:
    """Read the next entries of the register of a year with contact data. Raises NotPermitted."""
    require("contacts.read", by, Within(authority_id))
    part = year_part(db, authority_id, year, Wanted(), after=after, size=size, with_words=False)
    contacts = _contacts(db, [row.recommendation for row in part.rows])
    return ContactPart([Entry(row, contacts[row.recommendation.id]) for row in part.rows], part.after)


def export_register(
    db: Session, authority_id: AuthorityId, year: int, *, purpose: str, by: Actor, at: datetime
) -> RegisterExportId:
    """Write down that the register of a year leaves the house, and for whom. Raises NotPermitted, NoPurpose."""
    require("contacts.read", by, Within(authority_id))
    written = one_line(purpose, refusal=NoPurpose, most=LONGEST_PURPOSE)
    rows = select(func.count()).where(Recommendation.authority_id == authority_id, Recommendation.year == year)

    export = RegisterExport(
        authority_id=authority_id,
        year=year,
        exported_by=by.person_id,
        exported_at=at,
        purpose=written,
        rows=db.scalar(rows) or 0,
    )
    db.add(export)
    db.flush()
    return export.id


def find_export(
    db: Session, authority_id: AuthorityId, year: int, export_id: RegisterExportId, *, by: Actor
) -> RegisterExport:
    """Return an export to the official who made it: nobody fetches a file under another's name. Raises NotFound."""
    require("contacts.read", by, Within(authority_id))
    export = db.get(RegisterExport, export_id)
    if export is None or (export.authority_id, export.year) != (authority_id, year):
        raise NotFound
    if export.exported_by != by.person_id:
        raise NotFound
    return export


def _contacts(db: Session, recommendations: Sequence[Recommendation]) -> Mapping[RecommendationId, Contact]:
    """Return the contact data of some recommendations: of the letter, of the account, or of the account that was."""
    letters = {
        each.recommendation_id: each
        for each in db.scalars(
            select(HandEntry).where(HandEntry.recommendation_id.in_([each.id for each in recommendations]))
        )
    }
    people = {each.person_id for each in recommendations if each.person_id is not None}
    mailboxes = {
        person_id: Contact(name, email)
        for person_id, name, email in db.execute(
            select(Person.id, Person.name, Person.email).where(Person.id.in_(people), Person.disabled_at.is_(None))
        )
    } | {
        each.person_id: Contact(each.name, each.email)
        for each in db.scalars(select(RegisteredAuthor).where(RegisteredAuthor.person_id.in_(people)))
    }
    seats = _seats(db, recommendations)
    found = {}
    for each in recommendations:
        letter = letters.get(each.id)
        sender = mailboxes.get(each.person_id, Contact("", "")) if each.person_id is not None else Contact("", "")
        if letter is not None:
            ways = dict.fromkeys([letter.contact, letter.email or ""])
            sender = Contact(letter.name, ", ".join(filter(None, ways)))
        found[each.id] = _for_organisation(sender, each, seats)
    return found


def _seats(db: Session, recommendations: Sequence[Recommendation]) -> Mapping[OrganisationId, Organisation]:
    ids = {each.organisation_id for each in recommendations if each.organisation_id is not None}
    return {each.id: each for each in db.scalars(select(Organisation).where(Organisation.id.in_(ids)))}


def _for_organisation(
    sender: Contact, recommendation: Recommendation, seats: Mapping[OrganisationId, Organisation]
) -> Contact:
    """Return a sender with the organisation for which they spoke, which is reached at its own seat and address."""
    if recommendation.organisation_id is None:
        return sender
    organisation = seats[recommendation.organisation_id]
    reached = ", ".join(filter(None, [organisation.email, organisation.seat, sender.reached_at]))
    return Contact(sender.name, reached, organisation.name)
