"""A recommendation sent without an account: it waits until whoever reads its author's mailbox confirms it.

The law lets any interested person send one (art. 7(4)-(6)), with name and contact and nothing else. So a name and an
address are enough; a link in a letter proves the address within seven days. What counts is the time at which it was
sent, so that one who sends it in the last minute and confirms it the next day is in time. Before the confirmation
nothing of it is public, it has no number, and nobody but the mailbox learns whether the address has an account; what
is not confirmed is deleted with its link.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship, undefer

from consult import links, mail
from consult.consultations.attachments import Attachment, files_held, keep_held
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.passages import current_wording, find_provision
from consult.consultations.places import Place
from consult.consultations.ranges import range_of
from consult.consultations.recommendations import Kind
from consult.consultations.submissions import About, check_recommendation, receive, refuse_repetition
from consult.consultations.succession import place_today
from consult.consultations.versions import numbered, versions_of
from consult.consultations.words import Words
from consult.i18n import N_
from consult.identity.actors import acting_as_self
from consult.identity.authorities import AuthorityId
from consult.identity.limits import PROPOSE_PER_MAILBOX, TooManyTries, admit
from consult.identity.names import email_address, one_line
from consult.identity.one_use_links import LinkId, Purpose, look_at, send_out, use_up, used_link
from consult.identity.people import person_by_email, person_with_mailbox
from consult.identity.permissions import require
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.types import state_column

#: The stages in which a recommendation that was sent in time can still be weighed.
WEIGHED = frozenset({Stage.PROPOSALS, Stage.ANALYSIS, Stage.ANSWERED})


class WentOn(Refusal):
    """The draft left the stages in which recommendations are weighed before this one was confirmed."""

    sentence = N_("The draft went on before you confirmed your proposal, so it can no longer be received.")


class LetterOnItsWay(Refusal):
    """A proposal was sent with this address a moment ago: nobody is to be flooded by what others type."""

    sentence = N_(
        "A proposal was sent with this address less than an hour ago. Confirm it by the link in its letter; you can"
        " send the next one after %(again_at)s, or with an account at once."
    )
    field = "email"


class UnconfirmedRecommendation(Base):
    """What somebody sent without an account and has not confirmed yet; forgotten with its link."""

    __tablename__ = "unconfirmed_recommendation"

    link_id: Mapped[LinkId] = mapped_column(ForeignKey("one_use_link.id", ondelete="CASCADE"), primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[Kind] = mapped_column(state_column(Kind))
    version_number: Mapped[int]
    provision_key: Mapped[str | None]
    until_key: Mapped[str | None]
    wording: Mapped[str]
    reason: Mapped[str]
    #: The names of the files that come with it.
    files: Mapped[list[str]] = mapped_column(JSON)
    named: Mapped[bool]
    name: Mapped[str]
    locale: Mapped[str]
    sent_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship(lazy="raise")

    @property
    def words(self) -> Words:
        """What it says."""
        return Words(self.kind, self.wording, self.reason, self.files)

    @property
    def place(self) -> Place:
        """What it is about."""
        return Place(self.provision_key, self.until_key)


@dataclass(frozen=True)
class ToConfirm:
    """What the reader of the letter is shown. `name`: that everybody will read; none where its author wants none."""

    waiting: UnconfirmedRecommendation
    provision_label: str
    current: str
    email: str
    name: str | None
    is_verified: bool
    files: Sequence[Attachment]


def send_unconfirmed(
    db: Session,
    consultation_id: ConsultationId,
    *,
    said: Words,
    place: Place,
    named: bool,
    name: str,
    email: str,
    locale: str,
    at: datetime,
) -> None:
    """Keep what somebody without an account has to say, and write to the mailbox to have it confirmed.

    Nobody gets more than one such letter an hour. Raises what `check_recommendation` raises, NotAName, NotAnEmail,
    LetterOnItsWay.
    """
    address, plain_name = email_address(email), one_line(name)
    about = check_recommendation(db, consultation_id, said=said, place=place, by=None, at=at)

    try:
        admit(db, (PROPOSE_PER_MAILBOX, address), at=at)
    except TooManyTries as tried:
        raise LetterOnItsWay(**tried.facts) from tried

    # The same work and the same kind of letter whether or not the address has an account.
    link, token = send_out(db, Purpose.PROPOSAL, email=address, at=at)
    db.add(
        UnconfirmedRecommendation(
            link_id=link.id,
            consultation_id=consultation_id,
            kind=said.kind,
            version_number=about.version_number,
            provision_key=place.provision_key,
            until_key=place.until_key,
            wording=said.wording,
            reason=said.reason,
            files=list(said.files),
            named=named,
            name=plain_name,
            locale=locale,
            sent_at=at,
        )
    )
    keep_held(db, said.files, until=link.expires_at)
    facts = {"link": links.proposal_confirmation(token), "expires_at": link.expires_at}
    mail.post(db, "confirm-proposal", to=address, locale=locale, facts=facts, at=at)


def to_confirm(db: Session, authority_id: AuthorityId, token: str, *, at: datetime) -> ToConfirm:
    """Return what a link would confirm, for the page with the button; raises LinkSpent."""
    link = look_at(db, token, Purpose.PROPOSAL, at=at)
    waiting = _waiting(db, link.id, authority_id)
    about = _as_read(db, waiting)
    person = person_by_email(db, link.email)
    name = (person.name if person else waiting.name) if waiting.named else None
    is_verified = person is not None and person.is_verified
    files = files_held(db, waiting.files)
    return ToConfirm(waiting, about.label, about.current, link.email, name, is_verified, files)


def confirm_recommendation(db: Session, authority_id: AuthorityId, token: str, *, at: datetime) -> str:
    """Receive what was sent, as of when it was sent, and give it its number; return its page.

    It becomes a recommendation of whoever has the mailbox: of the account that there is, or of a person who has none
    yet and can choose a password at any time. Run it by `Database.act_alone(register_key(…))`, for the number. Raises
    LinkSpent, WentOn, AlreadyProposed.
    """
    link = use_up(db, token, Purpose.PROPOSAL, at=at)
    waiting = _waiting(db, link.id, authority_id)
    consultation = waiting.consultation
    if consultation.stage not in WEIGHED:
        raise WentOn
    person = person_with_mailbox(db, link.email, name=waiting.name, locale=waiting.locale, at=at)
    by = acting_as_self(db, person.id)
    require("recommendation.submit", by, consultation)
    refuse_repetition(db, consultation, waiting.place, waiting.words, by)

    about = _as_read(db, waiting)
    recommendation = receive(db, about, waiting.words, named=waiting.named, sent_at=waiting.sent_at, by=by, at=at)
    link.next_path = links.recommendation(consultation.reference, recommendation.reference)
    db.delete(waiting)
    return link.next_path


def confirmed_by(db: Session, token: str) -> str | None:
    """Return the page of the recommendation that a link has confirmed, as long as that is known."""
    link = used_link(db, token, Purpose.PROPOSAL)
    return link.next_path if link else None


def _waiting(db: Session, link_id: LinkId, authority_id: AuthorityId) -> UnconfirmedRecommendation:
    whole = joinedload(UnconfirmedRecommendation.consultation).options(undefer(Consultation.authority_slug))
    waiting = db.get_one(UnconfirmedRecommendation, link_id, options=[whole])
    if waiting.consultation.authority_id != authority_id:
        raise NotFound
    return waiting


def _as_read(db: Session, waiting: UnconfirmedRecommendation) -> About:
    """Return what the author read, and the article on whose page it stands today."""
    versions = versions_of(db, waiting.consultation_id)
    read = numbered(versions, waiting.version_number)
    if waiting.provision_key is None:
        return About(waiting.consultation, read.number, None, "", None)
    provision = find_provision(db, read.id, waiting.provision_key)
    today = place_today(db, versions, provision.article_key, since=read)
    about = About(waiting.consultation, read.number, provision, current_wording(db, provision), today)
    if waiting.until_key is None:
        return about
    meant = range_of(db, read, provision.key, waiting.until_key)
    further = [place_today(db, versions, article.key, since=read) for article in meant.articles[1:]]
    return replace(about, current=meant.current, until=waiting.until_key, further=further, range_label=meant.label)
