"""Posting a letter: an action says of what kind, to whom and with which facts; the worker does the rest."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.jobs import Facts, Job, Wanted, enqueue_all
from consult.mail.kinds import AnyLetter

#: The kind of job that a posted letter is.
LETTER = "letter"
#: What stands in a letter in the place of words that were erased before it was sent.
WITHHELD = "[…]"


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
    Without effect where `to` is no address: whoever closed their account has no mailbox any more.
    """
    enqueue_all(db, stamped(kind, to=to, locale=locale, facts=facts, at=at))


def stamped(kind: str, *, to: str, locale: str, facts: Mapping[str, object], at: datetime) -> Sequence[Wanted]:
    """Return the work that a letter is, to be asked for together with other work; as `post`, none to no address."""
    posted = Posted(
        id=secrets.token_hex(16),
        to=to,
        locale=locale,
        posted_at=at,
        letter=msgspec.convert({**facts, "kind": kind}, AnyLetter),
    )
    return [Wanted(LETTER, msgspec.to_builtins(posted), at)] if "@" in to else []


def withhold(db: Session, words: Collection[str]) -> None:
    """Take words that were erased out of every letter that still lies here, to be sent or given up.

    The letter goes out all the same, for its reader waits for what else it says.
    """
    for job in db.scalars(select(Job).where(Job.kind == LETTER)):
        told = job.facts["letter"]
        kept = {name: WITHHELD if isinstance(fact, str) and fact in words else fact for name, fact in told.items()}
        if kept != told:
            job.facts = {**job.facts, "letter": kept}
    db.flush()
