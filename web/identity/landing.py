"""Where somebody comes who has just signed in: to the page they had asked for, or else to where their day begins."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult import links
from consult.identity.authorities import AuthorityId
from consult.identity.offices import roles_of
from consult.identity.sessions import session_of
from web.answers import safe_next
from web.database import Db
from web.given import Request


async def landing(request: Request, db: Db, token: str, asked: str) -> str:
    """Return where the new session of a token begins.

    The account is asked for by nobody in particular: the link on every page leads there. An official comes from it to
    the desk.
    """
    asked = safe_next(asked)
    if asked != links.ACCOUNT:
        return asked
    state = request.scope["state"]
    at_desk = await db.read(stands_at_desk, token, state["authority"].id, at=state["at"])
    return links.DESK if at_desk else asked


def stands_at_desk(db: Session, token: str, authority_id: AuthorityId, *, at: datetime) -> bool:
    """Whether a session may stand at the desk of an authority."""
    visitor = session_of(db, token, at=at)
    return visitor is not None and visitor.passed_second_factor and bool(roles_of(db, visitor.person_id, authority_id))
