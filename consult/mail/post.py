"""Posting a letter: an action says of what kind, to whom and with which facts; the worker does the rest."""

import secrets
from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from consult.jobs import Facts, enqueue
from consult.mail.kinds import AnyLetter

#: The kind of job that a posted letter is.
LETTER = "letter"


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """A letter on its way: known in all its facts, not yet worded.

    `id` is random, made once when the letter is posted, and becomes its Message-ID: a letter that is sent twice
    (a worker died after sending) can be recognised by the mailbox that gets it.
    """

    id: str
    to: str
    locale: str
    posted_at: datetime
    letter: AnyLetter

    @classmethod
    def from_job(cls, facts: Facts) -> "Posted":
        """Read what `post` has put into the job."""
        return msgspec.convert(facts, cls)


def post(db: Session, kind: str, *, to: str, locale: str, facts: Mapping[str, object], at: datetime) -> None:
    """Post a letter to one address, in the reader's language, in the transaction of the act that causes it.

    `kind` and `facts`: as in `consult.mail.kinds`; a kind that is unknown or a fact that is missing, unknown or of
    the wrong sort raises `msgspec.ValidationError` here, so that no act commits a letter which cannot be written.
    """
    posted = Posted(
        id=secrets.token_hex(16),
        to=to,
        locale=locale,
        posted_at=at,
        letter=msgspec.convert({**facts, "kind": kind}, AnyLetter),
    )
    enqueue(db, LETTER, at=at, **msgspec.to_builtins(posted))
