"""The digest of the day as it leaves the house: kept, sent to whoever asked for it, and handed to be time-stamped."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult import links, mail
from consult.identity.witnesses import record_keeper
from consult.jobs import enqueue
from consult.notifications.subscriptions import subscribers
from consult.record.digests import Digest, cosigners_of, keep_digest, logs_of_day
from consult.record.encoding import encode_base64

#: The kind of job that gets a time stamp over the digest of a day (`day`), of one log (`log`).
STAMP = "stamp-digest"


def publish_digest(db: Session, *, is_stamped: bool, at: datetime) -> None:
    """Make the newest checkpoint the digest of the day and send it out, once a day however often it is asked for.

    On the day on which another log took over each of both has its own. `is_stamped`: whether this installation has an
    authority of time stamps to ask.
    """
    for log in logs_of_day(db, at):
        digest = keep_digest(db, log, at=at)
        if digest is None:
            continue
        send_digest(db, digest, at=at)
        if is_stamped:
            enqueue(db, STAMP, at=at, day=digest.day.isoformat(), log=digest.log)


def send_digest(db: Session, digest: Digest, *, at: datetime) -> None:
    """Post a digest to everybody who asked for it."""
    checkpoint = digest.checkpoint
    facts = {
        "authority_id": record_keeper(db),
        "link": links.digest(digest.day, digest.log),
        "day": digest.day,
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": encode_base64(checkpoint.root),
        "words": " ".join(digest.words),
        "cosigned": [each.name for each in cosigners_of(db, digest)],
    }
    for reader in subscribers(db):
        leaving = {"leave": links.leave_digests(reader.leave_token)}
        mail.post(db, "daily-digest", to=reader.email, locale=reader.locale, facts=facts | leaving, at=at)
