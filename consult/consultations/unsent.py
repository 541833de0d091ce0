"""Recommendations that were begun and not sent: private, finished another day, on another device, by another member.

A person's own is seen by that person alone; one that is written for an organisation by all who act for it. Nothing of
it is public and nothing is checked but its length: it is unfinished by its nature. It goes when it is sent or thrown
away, and some time after the last day for proposals, until which its writer can still copy what they wrote.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import NewType

from sqlalchemy import JSON, ColumnElement, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import jobs, links, mail
from consult.consultations.attachments import files_held, keep_held
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.places import Place
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.submissions import find_for_submission, look_at, submit_recommendation
from consult.consultations.words import LONGEST_TEXT, ReasonMissing, SaysNothing, TooLong, Words, can_be_read
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.organisations import Membership, Organisation, OrganisationId
from consult.identity.people import Person, PersonId, person_of
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

UnsentId = NewType("UnsentId", int)
key_type(UnsentId)

#: How long after the last day for proposals what was not sent can still be read.
KEPT_AFTER = timedelta(days=30)
#: So many for one consultation; an organisation that has more to say sends the first ones.
MOST_UNSENT = 50
REMIND = "remind-of-drafts"
#: Time enough to finish, and the drafts are not forgotten yet.
REMINDED_BEFORE = timedelta(days=2)


class TooManyUnsent(Refusal):
    """There are more drafts than anybody could keep in mind."""

    sentence = N_("You keep %(most)s drafts for this consultation, which is the most: send or delete one of them.")


class UnsentRecommendation(Base):
    """A recommendation as far as it was written. Whose: the organisation's, or without one the person's."""

    __tablename__ = "unsent_recommendation"

    id: Mapped[UnsentId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), index=True)
    #: Who began it, and for which organisation.
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[Kind] = mapped_column(state_column(Kind))
    #: The version that its writer read, and what it is about in it.
    version_number: Mapped[int]
    provision_key: Mapped[str | None]
    until_key: Mapped[str | None]
    provision_label: Mapped[str]
    wording: Mapped[str]
    reason: Mapped[str]
    #: The names of the files that come with it.
    files: Mapped[list[str]] = mapped_column(JSON)
    named: Mapped[bool]
    #: Counted up each time it is saved: whoever saves an older one is told.
    edition: Mapped[int]
    saved_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    saver: Mapped[Person] = relationship(lazy="raise", foreign_keys=[saved_by])

    @property
    def words(self) -> Words:
        """What it says so far."""
        return Words(self.kind, self.wording, self.reason, self.files)

    @property
    def place(self) -> Place:
        """What it is about, in the version that its writer read."""
        return Place(self.provision_key, self.until_key, self.version_number)


@dataclass(frozen=True)
class Begun:
    """The draft that a form shows: which one, and as of which saving."""

    id: UnsentId
    edition: int


def save_unsent(
    db: Session,
    consultation_id: ConsultationId,
    *,
    said: Words,
    place: Place,
    named: bool,
    begun: Begun | None,
    by: Actor,
    at: datetime,
) -> UnsentRecommendation:
    """Keep what was written so far. `begun`: the draft that it goes on with.

    If somebody else saved that one meanwhile, or sent it or threw it away, this text is kept as another draft: neither
    is lost. Raises ConsultationClosed, NotPermitted, SaysNothing, ReasonMissing, TooLong, TooManyFiles, FileForgotten,
    TooManyUnsent.
    """
    consultation = find_for_submission(db, consultation_id, by, at)
    about = look_at(db, consultation_id, place, by=by, at=at)
    longest = max(len(said.wording), len(said.reason))
    if longest > LONGEST_TEXT:
        raise TooLong(length=longest, most=LONGEST_TEXT)
    files = files_held(db, said.files)
    if not (files or can_be_read(said.wording + said.reason)):
        raise ReasonMissing if said.kind is Kind.DELETION else SaysNothing
    unsent = _gone_on_with(db, begun, by)
    if unsent is None and len(unsent_by(db, by, consultation_id)) >= MOST_UNSENT:
        raise TooManyUnsent(most=MOST_UNSENT)

    unsent = unsent or UnsentRecommendation(
        consultation_id=consultation_id, person_id=by.person_id, files=[], edition=0
    )
    keep_held(db, set(unsent.files).difference(said.files), until=at)
    unsent.organisation_id = by.organisation_id
    unsent.kind, unsent.wording, unsent.reason = said.kind, said.wording, said.reason
    unsent.version_number, unsent.provision_label = about.version_number, about.label
    unsent.provision_key, unsent.until_key = place.provision_key, place.until_key
    unsent.files, unsent.named = [file.id for file in files], named
    unsent.edition += 1
    unsent.saved_by, unsent.saved_at = by.person_id, at
    db.add(unsent)
    db.flush()
    keep_held(db, unsent.files, until=None)
    ask_to_remind(db, consultation, by.person_id, at=at)
    return unsent


def unsent_by(db: Session, by: Actor, consultation_id: ConsultationId) -> Sequence[UnsentRecommendation]:
    """Return what an actor, a person or an organisation, has begun in a consultation, the oldest first."""
    own = select(UnsentRecommendation).where(UnsentRecommendation.consultation_id == consultation_id, _of(by))
    return db.scalars(own.order_by(UnsentRecommendation.id)).all()


def unsent_of(db: Session, person_id: PersonId) -> Sequence[UnsentRecommendation]:
    """Return what a person can go on writing, for themselves and for organisations, what was saved last first."""
    shown = (
        joinedload(UnsentRecommendation.consultation),
        joinedload(UnsentRecommendation.organisation),
        joinedload(UnsentRecommendation.saver),
    )
    query = select(UnsentRecommendation).where(_visible_to(person_id)).options(*shown)
    return db.scalars(query.order_by(UnsentRecommendation.saved_at.desc(), UnsentRecommendation.id)).all()


def find_unsent(db: Session, unsent_id: int, person_id: PersonId) -> UnsentRecommendation:
    """Return one that a person can go on writing. Raises NotFound: nobody else learns that it exists."""
    own = select(UnsentRecommendation).where(UnsentRecommendation.id == unsent_id, _visible_to(person_id))
    found = db.scalar(own.options(joinedload(UnsentRecommendation.consultation)))
    if found is None:
        raise NotFound
    return found


def discard_unsent(db: Session, unsent_id: int, person_id: PersonId, *, at: datetime) -> None:
    """Throw away what was not sent, with its files. Raises NotFound."""
    unsent = find_unsent(db, unsent_id, person_id)
    _forget(db, UnsentRecommendation.id == unsent.id, at=at)


def send_begun(
    db: Session,
    consultation_id: ConsultationId,
    *,
    begun: Begun | None,
    said: Words,
    place: Place,
    named: bool,
    by: Actor,
    at: datetime,
) -> Recommendation:
    """Send a recommendation; the draft with which it was begun, if any, is then one no more.

    Run it as `submit_recommendation`, of which it raises the refusals.
    """
    sent = submit_recommendation(db, consultation_id, **asdict(said), **asdict(place), named=named, by=by, at=at)
    if begun is not None:
        own = UnsentRecommendation.id == begun.id, _visible_to(by.person_id)
        db.execute(delete(UnsentRecommendation).where(*own))
    return sent


def forget_never_sent(db: Session, *, at: datetime) -> None:
    """Let go of what was never sent, some time after the last day for proposals."""
    over = select(Consultation.id).where(Consultation.closes_at < at - KEPT_AFTER)
    _forget(db, UnsentRecommendation.consultation_id.in_(over), at=at)


def forget_unsent_of(db: Session, person_id: PersonId, *, at: datetime) -> None:
    """Let go of what a person had begun for themselves, whose account is closed."""
    own = (UnsentRecommendation.person_id == person_id) & UnsentRecommendation.organisation_id.is_(None)
    _forget(db, own, at=at)


def ask_to_remind(db: Session, consultation: Consultation, person_id: PersonId, *, at: datetime) -> None:
    """Let the worker look two days before the end whether somebody still keeps drafts, however many they are."""
    assert consultation.closes_at is not None, "a consultation is published with its dates"
    after = consultation.closes_at - REMINDED_BEFORE
    if at < after:
        who = {"consultation_id": consultation.id, "person_id": person_id}
        jobs.enqueue(db, REMIND, at=at, after=after, unique=f"{REMIND}:{consultation.id}:{person_id}", **who)


def remind(db: Session, consultation_id: ConsultationId, person_id: PersonId, *, at: datetime) -> None:
    """Write to somebody who still keeps drafts that the last day is near; where it was moved, look again later."""
    consultation = db.get_one(Consultation, consultation_id)
    kept = [each for each in unsent_of(db, person_id) if each.consultation_id == consultation_id]
    waiting = [each for each in kept if each.saved_by == person_id]
    if not waiting or not consultation.is_open_at(at):
        return
    assert consultation.closes_at is not None, "it is open"
    if at < consultation.closes_at - REMINDED_BEFORE:
        ask_to_remind(db, consultation, person_id, at=at)
        return
    person = person_of(db, person_id)
    facts = {
        "authority_id": consultation.authority_id,
        "title": consultation.title,
        "count": len(waiting),
        "day": consultation.proposals_until,
        "link": links.UNSENT,
    }
    mail.post(db, "drafts-unsent", to=person.email, locale=person.locale, facts=facts, at=at)


def _gone_on_with(db: Session, begun: Begun | None, by: Actor) -> UnsentRecommendation | None:
    """Return the draft that somebody goes on with, unless it is another one by now; a person's may become a group's."""
    if begun is None:
        return None
    same = UnsentRecommendation.id == begun.id, UnsentRecommendation.edition == begun.edition
    found = db.scalar(select(UnsentRecommendation).where(*same, _visible_to(by.person_id)))
    return found if found and found.organisation_id in (None, by.organisation_id) else None


def _forget(db: Session, which: ColumnElement[bool], *, at: datetime) -> None:
    """Delete drafts, and let their files go."""
    for unsent in db.scalars(select(UnsentRecommendation).where(which)):
        keep_held(db, unsent.files, until=at)
        db.delete(unsent)
    db.flush()


def _of(by: Actor) -> ColumnElement[bool]:
    """Tell what is an actor's own: the organisation's for which they act, or the person's."""
    if by.organisation_id is not None:
        return UnsentRecommendation.organisation_id == by.organisation_id
    return (UnsentRecommendation.person_id == by.person_id) & UnsentRecommendation.organisation_id.is_(None)


def _visible_to(person_id: PersonId) -> ColumnElement[bool]:
    """Tell what a person may see: their own, and those of the organisations for which they act."""
    acted_for = select(Membership.organisation_id).where(Membership.person_id == person_id, Membership.until.is_(None))
    own = (UnsentRecommendation.person_id == person_id) & UnsentRecommendation.organisation_id.is_(None)
    return own | UnsentRecommendation.organisation_id.in_(acted_for)
