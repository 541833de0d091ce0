"""What tests ask of the letters that an action posted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.jobs.jobs import Job
from consult.mail import LETTER, Posted


def letters(db: Session) -> list[Posted]:
    """Return every letter that waits to be sent, in the order of posting."""
    db.flush()
    return [Posted.from_job(job.facts) for job in db.scalars(select(Job).where(Job.kind == LETTER).order_by(Job.id))]


def kinds(db: Session) -> list[tuple[str, str]]:
    """Return address and kind of every letter, in the order of posting."""
    return [(letter.to, letter.letter.__struct_config__.tag) for letter in letters(db)]


def token_in(letter: Posted) -> str:
    """Return the token at the end of a letter's link."""
    return letter.letter.link.rsplit("/", 1)[1]


def last_token(db: Session) -> str:
    """Return the token in the letter that was posted last."""
    return token_in(letters(db)[-1])
