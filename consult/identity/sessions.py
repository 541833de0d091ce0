"""Sessions: that a browser is somebody's, for a while. A reader has none, so pages stay the same for everybody.

The cookie is 32 random bytes that mean nothing; their hash finds the row. Each step up in certainty (password, code)
makes a new token and deletes the old row in the same transaction, and a token that we did not make is never adopted:
a planted cookie therefore leads nowhere.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.identity.actors import Actor
from consult.identity.offices import is_official
from consult.identity.people import Person, PersonId
from consult.identity.tokens import hash_of, new_token
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

SessionId = NewType("SessionId", int)
key_type(SessionId)

#: A page view within this time of the last one is not written down.
SEEN_EVERY = timedelta(minutes=1)


class Certainty(StrEnum):
    """How a session knows who it is."""

    #: The password was right and a code is awaited: nobody is signed in yet.
    HALF = "half"
    #: The password was right, and the account has no second factor.
    ONE_FACTOR = "one_factor"
    #: A code or a recovery code was right as well.
    TWO_FACTORS = "two_factors"


@dataclass(frozen=True)
class Patience:
    """How long a session may lie idle, and how long it may last at all."""

    idle: timedelta
    most: timedelta


HALF_WAY = Patience(timedelta(minutes=10), timedelta(minutes=10))
CITIZEN = Patience(timedelta(minutes=60), timedelta(hours=12))
#: NIST and ASVS advise 15 minutes; a clerk who reads forty recommendations needs more between two clicks.
OFFICIAL = Patience(timedelta(minutes=30), timedelta(hours=8))


class BrowserSession(Base):
    """One browser in which somebody signed in."""

    __tablename__ = "browser_session"

    id: Mapped[SessionId] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    certainty: Mapped[Certainty] = mapped_column(state_column(Certainty))
    #: Whether the limits of officials hold; a change of office ends the session, so this cannot grow old.
    is_official: Mapped[bool]
    #: Such as "Firefox, Linux", for the list in which people recognise their own sessions.
    device: Mapped[str]
    began_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]

    @property
    def patience(self) -> Patience:
        """The limits under which it lives."""
        if self.certainty is Certainty.HALF:
            return HALF_WAY
        return OFFICIAL if self.is_official else CITIZEN

    @property
    def ends_at(self) -> datetime:
        """When it will have ended if nothing more is heard from it."""
        return min(self.seen_at + self.patience.idle, self.began_at + self.patience.most)


@dataclass(frozen=True)
class SignedIn:
    """Who a request comes from. `actor`: the person, speaking for themselves."""

    session_id: SessionId
    actor: Actor
    certainty: Certainty
    is_official: bool
    seen_at: datetime
    ends_at: datetime

    @property
    def person_id(self) -> PersonId:
        """Whose session it is."""
        return self.actor.person_id

    @property
    def passed_second_factor(self) -> bool:
        """Whether the session may stand at the desk."""
        return self.certainty is Certainty.TWO_FACTORS


def begin_session(
    db: Session, person_id: PersonId, certainty: Certainty, *, device: str, replacing: str = "", at: datetime
) -> str:
    """Begin a session and return its token. `replacing`: the token the browser had before; its session ends."""
    if replacing:
        end_session(db, replacing)
    token = new_token()
    db.add(
        BrowserSession(
            token_hash=hash_of(token),
            person_id=person_id,
            certainty=certainty,
            is_official=is_official(db, person_id),
            device=device,
            began_at=at,
            seen_at=at,
        )
    )
    db.flush()
    return token


def session_of(db: Session, token: str, *, at: datetime) -> SignedIn | None:
    """Return who has this token; None for a token that is unknown, has ended, or still awaits a code."""
    found = _living(db, token, at)
    return found if found is not None and found.certainty is not Certainty.HALF else None


def half_session_of(db: Session, token: str, *, at: datetime) -> SignedIn | None:
    """Return whose password was right while their code is awaited."""
    found = _living(db, token, at)
    return found if found is not None and found.certainty is Certainty.HALF else None


#: Made once: every request of whoever is signed in begins with it.
_OF_TOKEN = (
    select(
        BrowserSession,
        Person.name,
        Person.email,
        Person.locale,
        Person.email_confirmed_at.is_not(None),
        Person.residence_verified_at.is_not(None),
    )
    .join(Person, Person.id == BrowserSession.person_id)
    .where(BrowserSession.token_hash == bindparam("token_hash"), Person.disabled_at.is_(None))
)


def _living(db: Session, token: str, at: datetime) -> SignedIn | None:
    row = db.execute(_OF_TOKEN, {"token_hash": hash_of(token)}).one_or_none()
    if row is None or at >= row[0].ends_at:
        return None
    session, name, email, locale, is_confirmed, is_verified = row
    return SignedIn(
        session_id=session.id,
        actor=Actor(session.person_id, name, email, locale, is_confirmed, is_verified),
        certainty=session.certainty,
        is_official=session.is_official,
        seen_at=session.seen_at,
        ends_at=session.ends_at,
    )


def is_due_to_be_seen(session: SignedIn, *, at: datetime) -> bool:
    """Whether the last sign of life is old enough to be written anew."""
    return at - session.seen_at >= SEEN_EVERY


def see_session(db: Session, session_id: SessionId, *, at: datetime) -> None:
    """Write down a sign of life."""
    db.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(seen_at=at))


def sessions_of(db: Session, person_id: PersonId, *, at: datetime) -> list[BrowserSession]:
    """Return the living sessions of a person, the latest seen first."""
    rows = db.scalars(
        select(BrowserSession)
        .where(BrowserSession.person_id == person_id, BrowserSession.certainty != Certainty.HALF)
        .order_by(BrowserSession.seen_at.desc(), BrowserSession.id.desc())
    )
    return [row for row in rows if at < row.ends_at]


def end_session(db: Session, token: str) -> None:
    """Sign out of one browser."""
    db.execute(delete(BrowserSession).where(BrowserSession.token_hash == hash_of(token)))


def end_one_session(db: Session, person_id: PersonId, session_id: SessionId) -> None:
    """End one of a person's own sessions, from the list; another's is not touched."""
    db.execute(delete(BrowserSession).where(BrowserSession.person_id == person_id, BrowserSession.id == session_id))


def end_sessions(db: Session, person_id: PersonId, *, keeping: SessionId | None = None) -> None:
    """End a person's sessions, all of them or all but one."""
    ended = delete(BrowserSession).where(BrowserSession.person_id == person_id)
    db.execute(ended if keeping is None else ended.where(BrowserSession.id != keeping))


def forget_sessions(db: Session, *, at: datetime) -> None:
    """Forget the sessions that ended by themselves long ago."""
    db.execute(delete(BrowserSession).where(BrowserSession.began_at < at - CITIZEN.most))
