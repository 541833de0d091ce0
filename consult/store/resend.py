"""A form that arrives twice is done once.

People press twice, browsers send again, networks lose the answer and not the question. Each form carries a random key;
the transaction that does what the form asks also remembers where its page is, so that a resend leads there and does
nothing. Memory and deed commit together: there is no instant at which one exists without the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.refusals import Refusal
from consult.store.base import Base
from consult.store.rows import write

P = ParamSpec("P")
T = TypeVar("T")

#: How long a form may stay open in a tab and still be known as sent.
REMEMBERED = timedelta(days=30)


class SentForm(Base):
    """A form that was sent and done: what it was, by hashes only, and where its page is."""

    __tablename__ = "sent_form"

    #: Of the form's random key, its address and its sender, so that nobody learns anything from another's key.
    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    body_hash: Mapped[bytes]
    location: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(index=True)


#: Made once: every form asks it.
SENT = select(SentForm.body_hash, SentForm.location).where(SentForm.key_hash == bindparam("key_hash"))


@dataclass(frozen=True)
class Sending:
    """One arrival of a form: `key_hash` and `body_hash` are SHA-256, `at` is the instant of arrival."""

    key_hash: bytes
    body_hash: bytes
    at: datetime


class SentDifferently(Refusal):
    """The form was sent and done already, with other content: somebody went back, changed it and sent it again."""

    sentence = N_(
        "This form was sent already, and what you had written then was received. "
        "If you want to send this text as well, send it once more."
    )


def once(
    db: Session,
    sending: Sending,
    action: Callable[Concatenate[Session, P], T],
    location: Callable[[T], str],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> str:
    """Do what a form asks, unless this form has done it already; return where its page is.

    `location`: makes the address of the page from what the action returns. Raises SentDifferently.
    """
    sent = db.execute(SENT, {"key_hash": sending.key_hash}).one_or_none()
    if sent is not None:
        body_hash, where = sent
        if body_hash != sending.body_hash:
            raise SentDifferently
        return where
    where = location(action(db, *args, **kwargs))
    write(db, SentForm(key_hash=sending.key_hash, body_hash=sending.body_hash, location=where, sent_at=sending.at))
    return where


def forget_sent_forms(db: Session, *, at: datetime) -> None:
    """Forget the forms that were sent so long ago that no tab still holds them."""
    db.execute(delete(SentForm).where(SentForm.sent_at < at - REMEMBERED))
