"""Packages: amendments that an organisation sends together, with a letter that says what they are for.

Each gets its own number and is answered by itself; the package says that they belong together. It is made of the drafts
that the organisation's members have kept (`unsent`), and it is sent whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import links, mail
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.counters import recount
from consult.consultations.recommendations import SHOWN, Recommendation
from consult.consultations.submissions import About, check_recommendation, find_for_submission, register
from consult.consultations.unsent import Begun, UnsentRecommendation, unsent_by
from consult.consultations.withdrawals import AlreadyWithdrawn, AnsweredAlready, withdraw_recommendation
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.numbered import HasNumber, Numbered
from consult.identity.organisations import Organisation, OrganisationId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.identity.registers import read_reference
from consult.jobs import Wanted, enqueue_all
from consult.record.bodies import Body, BodyId, keep_body, texts
from consult.record.erasures import ErasedText
from consult.record.events import PackageReceived
from consult.refusals import NotFound, NotPermitted, Refusal
from consult.store import Base
from consult.store.base import key_type

PackageId = NewType("PackageId", int)
key_type(PackageId)

#: One amendment is sent by itself.
FEWEST = 2
#: As long as a title that is still read, and as a letter of some pages.
LONGEST_NAME = 200
LONGEST_LETTER = 10_000


class TooFewTogether(Refusal):
    """A package of one is no package."""

    sentence = N_("Choose at least two drafts to send together; one is sent by itself.")
    field = "drafts"


class NameMissing(Refusal):
    """People find a package by its name."""

    sentence = N_("Write a name by which people recognise these proposals.")
    field = "name"


class SaidTwice(Refusal):
    """Two drafts of a package say the same words about the same place."""

    sentence = N_("Two of these drafts say the same about “%(provision)s”. Choose one of them.")
    field = "drafts"


class DraftChanged(Refusal):
    """Another member saved, sent or deleted one of the drafts after the page was read."""

    sentence = N_("One of these drafts was changed by somebody else meanwhile. Look at them again below.")


class PartRefused(Refusal):
    """One of the drafts cannot be sent as it is, so none is."""

    sentence = N_("The draft on “%(provision)s” cannot be sent yet, so nothing was sent. Beside it stands why.")


class Package(Numbered, Base):
    """Recommendations that were sent together. It goes by the number of its first one."""

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("consultation_id", "year", "number"),)

    id: Mapped[PackageId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    year: Mapped[int]
    organisation_id: Mapped[OrganisationId] = mapped_column(ForeignKey("organisation.id"))
    received_at: Mapped[datetime]
    #: The name of the package and the letter that came with it.
    body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    event_id: Mapped[str]
    erased_as: Mapped[str | None] = mapped_column(ForeignKey("erased_text.commitment"))

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise")
    erasure: Mapped[ErasedText | None] = relationship(lazy="raise")

    @property
    def name(self) -> str:
        """Its name, as the organisation gave it; empty once erased."""
        return texts(self.body)["name"] if self.body else ""

    @property
    def letter(self) -> str:
        """What the organisation wrote with it; empty where it wrote nothing, and once erased."""
        return texts(self.body)["letter"] if self.body else ""


@dataclass(frozen=True)
class Part:
    """A draft as it would stand in a package: what it is about, or why it cannot be sent yet."""

    draft: UnsentRecommendation
    about: About | None
    refusal: Refusal | None

    @property
    def begun(self) -> Begun:
        """The draft as it was read."""
        return Begun(self.draft.id, self.draft.edition)


def parts_of(db: Session, consultation_id: ConsultationId, *, by: Actor, at: datetime) -> list[Part]:
    """Return what an organisation could send together, the oldest first. Raises NotPermitted, ConsultationClosed."""
    if by.organisation_id is None:
        raise NotPermitted
    find_for_submission(db, consultation_id, by, at)
    return [_looked_at(db, draft, by, at) for draft in unsent_by(db, by, consultation_id)]


def _looked_at(db: Session, draft: UnsentRecommendation, by: Actor, at: datetime) -> Part:
    """Find out whether a draft can be sent as it is."""
    try:
        about = check_recommendation(db, draft.consultation_id, said=draft.words, place=draft.place, by=by, at=at)
    except Refusal as refusal:
        return Part(draft, None, refusal)
    return Part(draft, about, None)


def send_package(
    db: Session,
    consultation_id: ConsultationId,
    *,
    name: str,
    letter: str,
    drafts: Sequence[Begun],
    by: Actor,
    at: datetime,
) -> Package:
    """Receive several recommendations of an organisation at once, and write one letter about all of them.

    `drafts`: as they were read, in any order. Run it by `Database.act_alone(register_key(…))`, for the numbers. Raises
    NotPermitted, ConsultationClosed, TooFewTogether, NameMissing, DraftChanged, PartRefused, SaidTwice: then nothing
    was sent.
    """
    parts = [part for part in parts_of(db, consultation_id, by=by, at=at) if part.begun in drafts]
    if len(parts) < len(drafts):
        raise DraftChanged
    if len(parts) < FEWEST:
        raise TooFewTogether
    if not name.strip():
        raise NameMissing
    for part in parts:
        if part.about is None:
            raise PartRefused(provision=part.draft.provision_label)

    _refuse_twice(parts)

    consultation = db.get_one(Consultation, consultation_id)
    sent = [register(db, part.about, part.draft.words, named=True, by=by, at=at) for part in parts if part.about]
    db.execute(delete(UnsentRecommendation).where(UnsentRecommendation.id.in_([each.id for each in drafts])))
    package = _kept(
        db, consultation, sent, keep_body(db, {"name": name.strip(), "letter": letter.strip()}), by=by, at=at
    )
    enqueue_all(db, [recount(consultation_id, at=at), *_confirmation(consultation, package, sent, by=by, at=at)])
    return package


def _refuse_twice(parts: Sequence[Part]) -> None:
    """Refuse drafts of which two would be one and the same recommendation."""
    seen = set()
    for part in parts:
        said = part.draft.provision_key, part.draft.until_key, part.draft.wording, part.draft.reason
        if said in seen:
            raise SaidTwice(provision=part.draft.provision_label)
        seen.add(said)


def withdraw_package(db: Session, package_id: PackageId, *, by: Actor, at: datetime) -> None:
    """Take back all recommendations of a package that were neither withdrawn nor answered yet.

    Raises AnsweredAlready, AlreadyWithdrawn where there is none left.
    """
    own = recommendations_of(db, package_id)
    waiting = [each for each in own if each.withdrawn_at is None and each.answered_at is None]
    for each in own:
        require("recommendation.withdraw", by, each)
    if not waiting:
        raise AnsweredAlready if any(each.answered_at for each in own) else AlreadyWithdrawn
    for each in waiting:
        withdraw_recommendation(db, each.id, by=by, at=at)


def package_subject(consultation: Consultation, package: HasNumber) -> str:
    """Return the name of a package in the record, under its consultation's."""
    return f"{consultation.subject}/pachete/{package.number}-{package.year}"


def find_package(db: Session, consultation_id: ConsultationId, reference: str) -> Package:
    """Return a package by the number and year of its first recommendation. Raises NotFound."""
    number, year = read_reference(reference)
    query = select(Package).where(
        Package.consultation_id == consultation_id, Package.number == number, Package.year == year
    )
    package = db.scalar(query.options(*WHOLE))
    if package is None:
        raise NotFound
    return package


def package_of(db: Session, recommendation: Recommendation) -> Package | None:
    """Return the package with which a recommendation came."""
    if recommendation.package_id is None:
        return None
    return db.get_one(Package, recommendation.package_id, options=WHOLE)


def packages_in(db: Session, consultation_id: ConsultationId) -> Sequence[Package]:
    """Return the packages that a consultation received, in the order in which they came."""
    received = select(Package).where(Package.consultation_id == consultation_id)
    return db.scalars(received.options(*WHOLE).order_by(Package.id)).all()


def recommendations_of(db: Session, package_id: PackageId) -> Sequence[Recommendation]:
    """Return the recommendations of a package in the order of their numbers."""
    own = select(Recommendation).where(Recommendation.package_id == package_id)
    return db.scalars(own.options(*SHOWN).order_by(Recommendation.id)).all()


#: Everything that a page shows of a package itself.
WHOLE = (joinedload(Package.organisation), joinedload(Package.body), joinedload(Package.erasure))


def _kept(
    db: Session, consultation: Consultation, sent: Sequence[Recommendation], body: Body, *, by: Actor, at: datetime
) -> Package:
    """Keep that recommendations belong together, and say so in the record."""
    assert by.organisation_id is not None, "it was asked"
    first = sent[0]
    event = PackageReceived(
        subject=package_subject(consultation, first),
        recommendations=tuple(each.reference for each in sent),
        body=body.committed,
    )
    package = Package(
        consultation_id=consultation.id,
        number=first.number,
        year=first.year,
        organisation_id=by.organisation_id,
        received_at=at,
        body_id=body.id,
        event_id=record(db, event, by=by, at=at).id,
    )
    db.add(package)
    db.flush()
    for each in sent:
        each.package_id = package.id
    return package


def _confirmation(
    consultation: Consultation,
    package: Package,
    sent: Sequence[Recommendation],
    *,
    by: Actor,
    at: datetime,
) -> Sequence[Wanted]:
    """Return the letter to whoever sent a package: what was received, under which numbers, and what comes next."""
    facts = {
        "authority_id": consultation.authority_id,
        "title": consultation.title,
        "numbers": [each.register_number for each in sent],
        "received_at": at,
        "link": links.package(consultation.reference, package.reference),
    }
    return mail.stamped("package-received", to=by.email, locale=by.locale, facts=facts, at=at)
