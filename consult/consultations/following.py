"""Who is told of every step of one consultation, because they asked: a mailbox, a language, and nothing else.

No account is needed. A mailbox that belongs to no account is kept only once its reader has confirmed it; every letter
says how to leave, and whoever leaves is forgotten at once.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal, NewType

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.consultations.consultations import Consultation, ConsultationId, find_published
from consult.identity.authorities import AuthorityId
from consult.identity.limits import SPEAK_UP_PER_ADDRESS, SUBSCRIBE_PER_ACCOUNT, admit, network_of
from consult.identity.names import email_address
from consult.identity.one_use_links import LinkUnknown, OneUseLink, Purpose, look_at, send_out, use_up
from consult.identity.tokens import new_token
from consult.store import Base
from consult.store.base import key_type
from consult.store.upsert import insert_into

FollowerId = NewType("FollowerId", int)
key_type(FollowerId)

#: What followers are told of: the stages after the announcement, the texts, the meetings, and dates that are moved.
Happened = Literal[
    "proposals_until",
    "submission_on",
    "answers",
    "version",
    "debate",
    "session",
    "submitted",
    "answered",
    "adopted",
    "rejected",
    "withdrawn",
]


class Follower(Base):
    """A mailbox to which each step of a consultation is written."""

    __tablename__ = "follower"
    __table_args__ = (UniqueConstraint("consultation_id", "email"),)

    id: Mapped[FollowerId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    email: Mapped[str]
    locale: Mapped[str]
    #: Stands in every letter, and so cannot be kept as a hash: whoever reads it here could only stop the letters.
    leave_token: Mapped[str] = mapped_column(unique=True)
    since: Mapped[datetime]


def admit_follower(db: Session, email: str, address: str, *, at: datetime) -> None:
    """Count a wish for letters, by mailbox and by network address; raises TooManyTries."""
    account = email.strip().lower()
    admit(db, (SUBSCRIBE_PER_ACCOUNT, account), (SPEAK_UP_PER_ADDRESS, network_of(address)), at=at)


def ask_to_follow(
    db: Session, authority_id: AuthorityId, reference: str, *, email: str, locale: str, at: datetime
) -> None:
    """Ask to follow a consultation without an account. Only a letter with a link goes out.

    Whether the mailbox follows it already is told to nobody. Raises NotFound, NotAnEmail.
    """
    consultation = find_published(db, authority_id, reference)
    address = email_address(email)
    link, token = send_out(db, Purpose.FOLLOWING, email=address, next_path=links.follow(reference), at=at)
    facts = {
        "authority_id": authority_id,
        "title": consultation.title,
        "link": links.follow_confirmation(reference, token),
        "expires_at": link.expires_at,
    }
    mail.post(db, "confirm-following", to=address, locale=locale, facts=facts, at=at)


def mailbox_to_confirm(db: Session, reference: str, token: str, *, at: datetime) -> str:
    """Return the mailbox that a link would confirm, for the page with the button; raises LinkSpent."""
    link = look_at(db, token, Purpose.FOLLOWING, at=at)
    return _of_consultation(link, reference).email


def confirm_following(
    db: Session, authority_id: AuthorityId, reference: str, token: str, *, locale: str, at: datetime
) -> None:
    """Begin to write to a mailbox, in a language. Raises NotFound, LinkSpent."""
    consultation = find_published(db, authority_id, reference)
    link = _of_consultation(use_up(db, token, Purpose.FOLLOWING, at=at), reference)
    follow(db, consultation.id, email=link.email, locale=locale, at=at)


def follow(db: Session, consultation_id: ConsultationId, *, email: str, locale: str, at: datetime) -> None:
    """Write each step to a mailbox that is known to be its owner's; without effect where that is done already."""
    added = insert_into(db, Follower).values(
        consultation_id=consultation_id, email=email, locale=locale, leave_token=new_token(), since=at
    )
    db.execute(added.on_conflict_do_nothing(index_elements=[Follower.consultation_id, Follower.email]))


def unfollow(db: Session, consultation_id: ConsultationId, *, email: str) -> None:
    """Write no more of one consultation to a mailbox; without effect where nothing was written."""
    db.execute(delete(Follower).where(Follower.consultation_id == consultation_id, Follower.email == email))


def leave(db: Session, token: str) -> None:
    """Forget a follower by the link in their letters; without effect where that was done before."""
    db.execute(delete(Follower).where(Follower.leave_token == token))


def forget_follower(db: Session, email: str) -> None:
    """Forget a mailbox in all consultations, since its account is closed."""
    db.execute(delete(Follower).where(Follower.email == email))


def as_followed(db: Session, authority_id: AuthorityId, reference: str, email: str) -> tuple[Consultation, bool]:
    """Return a consultation, and whether each step of it is written to a mailbox. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    query = select(Follower.id).where(Follower.consultation_id == consultation.id, Follower.email == email)
    return consultation, db.scalar(query) is not None


def followed_by(db: Session, token: str) -> Consultation | None:
    """Return the consultation of which a letter's link would end the letters; None where nothing is left to end."""
    query = select(Consultation).join(Follower, Follower.consultation_id == Consultation.id)
    return db.scalar(query.where(Follower.leave_token == token))


def followers_of(db: Session, consultation_ids: Collection[ConsultationId]) -> list[Follower]:
    """Return the mailboxes to which each step of any of these consultations is written."""
    query = select(Follower).where(Follower.consultation_id.in_(consultation_ids))
    return list(db.scalars(query.order_by(Follower.id)))


def tell_followers(
    db: Session,
    consultation: Consultation,
    happened: Happened,
    *,
    day: date | None = None,
    note: str = "",
    told: Collection[str] = (),
    at: datetime,
) -> None:
    """Write what happened to everybody who follows a consultation. `told`: mailboxes that have a letter of their own.

    `day`: which the step is of, where that is not today; `note`: a place, an act, or why.
    """
    facts = {
        "authority_id": consultation.authority_id,
        "title": consultation.title,
        "happened": happened,
        "day": day,
        "note": note,
        "link": links.consultation(consultation.reference, consultation.title),
    }
    for each in followers_of(db, [consultation.id]):
        if each.email not in told:
            leaving = {"leave": links.leave_consultation(each.leave_token)}
            mail.post(db, "consultation-step", to=each.email, locale=each.locale, facts=facts | leaving, at=at)


def _of_consultation(link: OneUseLink, reference: str) -> OneUseLink:
    """Return a link that was sent for this consultation. Raises LinkUnknown for one sent for another."""
    if link.next_path != links.follow(reference):
        raise LinkUnknown(Purpose.FOLLOWING)
    return link
