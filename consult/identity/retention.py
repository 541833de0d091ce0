"""Forgetting in time: what has expired is deleted, and with it the addresses of people who never came."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.identity.limits import forget_paces
from consult.identity.one_use_links import forget_links
from consult.identity.sessions import forget_sessions


def forget_expired(db: Session, *, at: datetime) -> None:
    """Delete expired links with what hung on them, ended sessions and used-up limits: a job of every hour."""
    forget_links(db, at=at)
    forget_sessions(db, at=at)
    forget_paces(db, at=at)
