"""One's own page: what one has said, for whom one acts, and where one is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.participation import Contribution, contributions_of
from consult.i18n import N_, gettext
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.memberships import Waiting, waiting_invitations
from consult.identity.offices import roles_of
from consult.identity.organisations import Organisation, organisations_of
from consult.identity.people import Person, person_of
from consult.identity.recovery_codes import recovery_codes_left
from consult.identity.sessions import (
    BrowserSession,
    SessionId,
    SignedIn,
    end_one_session,
    end_sessions,
    sessions_of,
)
from consult.identity.two_factor import is_enrolled
from consult.refusals import NotFound
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.forms import read_form
from web.given import Given, Request


@dataclass(frozen=True)
class Account:
    """Everything that the page shows. `is_official`: of the authority whose site this is."""

    person: Person
    contributions: Sequence[Contribution]
    organisations: Sequence[Organisation]
    invitations: Sequence[Waiting]
    sessions: Sequence[BrowserSession]
    is_official: bool
    is_enrolled: bool
    recovery_codes_left: int


class EndForm(msgspec.Struct):
    """Which session is to end; 0 for all but this one."""

    session: int


def account_of(db: Session, visitor: SignedIn, authority_id: AuthorityId, *, at: datetime) -> Account:
    """Read what the page shows."""
    return Account(
        person=person_of(db, visitor.person_id),
        contributions=contributions_of(db, visitor.person_id),
        organisations=organisations_of(db, visitor.person_id),
        invitations=waiting_invitations(db, visitor.actor.email, at=at),
        sessions=sessions_of(db, visitor.person_id, at=at),
        is_official=bool(roles_of(db, visitor.person_id, authority_id)),
        is_enrolled=is_enrolled(db, visitor.person_id),
        recovery_codes_left=recovery_codes_left(db, visitor.person_id),
    )


@get(links.ACCOUNT, opt=signed_in())
async def account(
    request: Request,
    db: Given[Db],
    visitor: Given[SignedIn],
    authority: Given[Authority],
    at: Given[datetime],
) -> Response[str]:
    """Show one's own page."""
    shown = await db.read(account_of, visitor, authority.id, at=at)
    return page(request, "identity/account.html", account=shown, this_session=visitor.session_id)


@post(links.SESSIONS, opt=signed_in())
async def end(request: Request, db: Given[Db], visitor: Given[SignedIn]) -> Response[Any]:
    """End one of one's sessions, or all but this one."""
    form = await read_form(request, EndForm)
    if form.data is None:
        raise NotFound
    if form.data.session:
        await db.act(end_one_session, visitor.person_id, SessionId(form.data.session))
        said = gettext(N_("That browser is signed out."))
    else:
        await db.act(end_sessions, visitor.person_id, keeping=visitor.session_id)
        said = gettext(N_("You are signed out everywhere else."))
    return see_other(request, links.ACCOUNT, flash=said)


handlers = [account, end]
