"""The debates of a draft: those that were held or are to come, who asked for one, and asking for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import find_published
from consult.consultations.debate_requests import LONGEST_REQUEST, DebateRequest, ask_for_debate
from consult.consultations.meeting_pages import DebatePage, debate_page, request_page
from consult.i18n import N_
from consult.identity.actors import Actor, acting_as_member
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import Organisation, OrganisationId, organisations_of
from consult.identity.registers import Register, register_key
from web.access import public, signed_in
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request


class AskForm(msgspec.Struct):
    """The request of an organisation."""

    acting_for: Annotated[int, asks(N_("Choose the organisation that asks."))]
    words: Annotated[str, text(LONGEST_REQUEST, missing=N_("Write what you ask for, and why."))]


@dataclass(frozen=True)
class Asking:
    """The draft, and the organisations of whoever is signed in, verified or not."""

    page: DebatePage
    organisations: Sequence[Organisation]

    @property
    def entitled(self) -> list[Organisation]:
        """Those that oblige the authority when they ask."""
        return [each for each in self.organisations if each.is_verified]


def asking(db: Session, authority_id: AuthorityId, reference: str, *, actor: Actor, at: datetime) -> Asking:
    """Read what the form shows. Raises NotFound."""
    return Asking(debate_page(db, authority_id, reference, at=at), organisations_of(db, actor.person_id))


@get(links.debate("{reference:str}"), opt=public())
async def debates(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], reference: FromPath[str]
) -> Response[str]:
    """Show the debates of a draft and who asked for one."""
    found = await db.read(debate_page, authority.id, reference, at=at)
    return page(request, "meetings/debates.html", found=found, at=at)


@get(links.debate_request("{reference:str}", "{number:str}"), opt=public())
async def request_for_debate(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], number: FromPath[str]
) -> Response[str]:
    """Show a request, with its answer or its clock."""
    found = await db.read(request_page, authority.id, reference, number)
    return page(request, "meetings/request.html", found=found, it=found.request)


@get(links.debate("{reference:str}", "cere"), opt=signed_in())
async def ask(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
) -> Response[str]:
    """Ask what an organisation wants to say, or tell somebody why their wish does not oblige."""
    found = await db.read(asking, authority.id, reference, actor=actor, at=at)
    only = found.entitled[0].id if len(found.entitled) == 1 else None
    return page(
        request, "meetings/ask.html", asking=found, found=found.page, at=at, form=blank(AskForm, acting_for=only)
    )


@post(links.debate("{reference:str}", "cere"), opt=signed_in("debate.ask"))
async def send(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
) -> Response[Any]:
    """Send a request, which gets its number."""
    form: Form[AskForm] = await read_form(request, AskForm)
    asked = form.data
    if asked is not None:
        by = await db.read(acting_as_member, actor.person_id, OrganisationId(asked.acting_for))

        def where(made: DebateRequest) -> str:
            return links.debate_request(reference, made.reference)

        key = register_key(Register.DEBATE_REQUESTS, authority.id)
        deed = Deed(request, db, form, by, where, "", alone=key)
        done = await deed.do(ask_by_number, authority.id, reference, words=asked.words)
        if done is not None:
            return done
    found = await db.read(asking, authority.id, reference, actor=actor, at=at)
    return page(request, "meetings/ask.html", status=422, asking=found, found=found.page, at=at, form=form)


def ask_by_number(
    db: Session, authority_id: AuthorityId, reference: str, *, words: str, by: Actor, at: datetime
) -> DebateRequest:
    """Ask for a debate on the draft of a public number, in one transaction with the look for it."""
    consultation = find_published(db, authority_id, reference)
    return ask_for_debate(db, consultation.id, words=words, by=by, at=at)


handlers = [debates, request_for_debate, ask, send]
