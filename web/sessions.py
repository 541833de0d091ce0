"""Who is asking. A reader of public pages is not asked at all; everybody else shows the session's cookie, or none.

The door of each handler (`web.access`) is kept here. Whoever must sign in first is sent to do so; if they were sending
a form, what they wrote goes with them (`web.kept`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy.orm import Session

from consult.identity.actors import Actor, in_office
from consult.identity.authorities import AuthorityId
from consult.identity.sessions import SignedIn, is_due_to_be_seen, see_session, session_of
from web.access import SAFE, TRACELESS, Door, door_of
from web.answers import see_other
from web.bodies import read_posted
from web.cookies import drop_cookie, put_cookie, read_cookie
from web.database import Db
from web.given import Request
from web.kept import asked_address, keep

SESSION = "session"
SIGN_IN = "/intra"

#: The sign-in page, as the answer to a form that nobody live has sent: `(request, kept, next_path)`.
SignInPage = Callable[[Request, str, str], Response[Any]]


def session_token(request: Request) -> str:
    """Return the token that the browser shows; empty where it shows none."""
    return read_cookie(request, SESSION)


def start_session(request: Request, response: Response[Any], token: str) -> None:
    """Give the browser a session's token."""
    put_cookie(request, response, SESSION, token)


def end_session(request: Request, response: Response[Any]) -> None:
    """Take the session's token from the browser, and whatever else it kept of us."""
    drop_cookie(request, response, SESSION)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def doorkeeper(sign_in_page: SignInPage) -> Callable[[ASGIApp], ASGIApp]:
    """Return the middleware that finds out who asks and lets them through their door."""

    def around(app: ASGIApp) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            door = door_of(scope["route_handler"].opt)
            if door is None or door is Door.PUBLIC:
                await app(scope, receive, send)
                return
            request = Request(scope, receive, send)
            scope["state"] |= {"visitor": None, "actor": None, "sender": ""}
            known = await recognise(request, door)
            if known is None and door is not Door.ANYONE:
                response = await ask_to_sign_in(request, sign_in_page)
                await response.to_asgi_response(None, request)(scope, receive, send)
                return
            if known is not None:
                visitor, actor = known
                scope["state"] |= {"visitor": visitor, "actor": actor, "sender": str(visitor.person_id)}
            await app(scope, receive, send)

        return answer

    return around


async def recognise(request: Request, door: Door) -> tuple[SignedIn, Actor] | None:
    """Return whose session the cookie shows and as whom they act; raises NotFound for a stranger at the desk."""
    token = session_token(request)
    if not token:
        return None
    db: Db = request.app.state.db
    state = request.scope["state"]
    known = await db.read(at_the_door, token, door, state["authority"].id, at=state["at"])
    if known is None:
        return None
    visitor, actor = known
    is_traceless = request.scope["route_handler"].opt.get(TRACELESS, False)
    if not is_traceless and is_due_to_be_seen(visitor, at=state["at"]):
        await db.act(see_session, visitor.session_id, at=state["at"])
    if door is Door.OFFICIAL and not visitor.passed_second_factor:
        return None
    return visitor, actor


def at_the_door(
    db: Session, token: str, door: Door, authority_id: AuthorityId, *, at: datetime
) -> tuple[SignedIn, Actor] | None:
    """Return the living session of a token, and the capacity in which its person comes to a door."""
    visitor = session_of(db, token, at=at)
    if visitor is None:
        return None
    return visitor, in_office(db, visitor.actor, authority_id) if door is Door.OFFICIAL else visitor.actor


async def ask_to_sign_in(request: Request, sign_in_page: SignInPage) -> Response[Any]:
    """Lead to the sign-in page, or answer with it when there is a text to be kept."""
    asked = asked_address(request)
    if request.method in SAFE:
        return see_other(request, f"{SIGN_IN}?next={quote(asked, safe='/')}")
    return sign_in_page(request, keep(request, await read_posted(request)), asked)
