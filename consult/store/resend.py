"""A form that arrives twice is done once.

People press twice, browsers send again, networks lose the answer and not the question. Each form carries a random key;
the transaction that does what the form asks also remembers where its page is, so that a resend leads there and does
nothing. Memory and deed commit together: there is no instant at which one exists without the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from consult.i18n import N_
from consult.refusals import Refusal
from consult.store.base import Base, table_of
from consult.store.database import Database
from consult.store.upsert import insert_on

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


class _SentAlready(Exception):  # noqa: N818 - it undoes the act and is answered with its page
    """The form was done before."""


def act_once(
    database: Database,
    key: str | None,
    sending: Sending,
    action: Callable[Concatenate[Session, P], T],
    location: Callable[[T], str],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> str:
    """Do what a form asks, unless this form has done it already; return where its page is.

    `key`: as in `Database.act_alone`, where the action must run alone. `location`: makes the address of the page from
    what the action returns. Raises SentDifferently.
    """

    def deed(db: Session) -> str:
        where = location(action(db, *args, **kwargs))
        remember(db, sending, where)
        return where

    try:
        return database.act(deed) if key is None else database.act_alone(key, deed)
    except (_SentAlready, Refusal, SQLAlchemyError):
        # Asked only now, since hardly any form comes twice. Whatever a second deed met, nothing is left of it.
        where = database.read(page_of, sending)
        if where is None:
            raise
        return where


def remember(db: Session, sending: Sending, where: str) -> None:
    """Remember where the page of a form is, in the transaction that does it."""
    sent = {"key_hash": sending.key_hash, "body_hash": sending.body_hash, "location": where, "sent_at": sending.at}
    if db.execute(_remembering(db.get_bind().dialect.name), sent).first() is None:
        raise _SentAlready


@cache
def _remembering(dialect: str) -> ReturningInsert[bytes]:
    """Return the statement that remembers a form and returns its key, or nothing where it is known; made once."""
    table = table_of(SentForm)
    return insert_on(dialect, table).on_conflict_do_nothing().returning(table.c.key_hash)


def page_of(db: Session, sending: Sending) -> str | None:
    """Return where the page of a form is that was done already; None if it was not. Raises SentDifferently."""
    sent = db.execute(select(SentForm).where(SentForm.key_hash == sending.key_hash)).scalar_one_or_none()
    if sent is None:
        return None
    if sent.body_hash != sending.body_hash:
        raise SentDifferently
    return sent.location


def forget_sent_forms(db: Session, *, at: datetime) -> None:
    """Forget the forms that were sent so long ago that no tab still holds them."""
    db.execute(delete(SentForm).where(SentForm.sent_at < at - REMEMBERED))
