"""Anybody asks that a text be erased: the author from their own page, or somebody whom the text is about."""

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.erasure_requests import ask_for_erasure
from consult.consultations.recommendations import Recommendation
from consult.i18n import N_, current_locale
from consult.identity.authorities import Authority
from consult.identity.erasure_requests import LONGEST_REQUEST, Source
from consult.identity.limits import admit_stranger
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH
from consult.identity.organisations import is_member
from consult.identity.people import Person, person_of
from consult.identity.sessions import SignedIn
from consult.record.erasure_grounds import GROUNDS, ErasureGround
from consult.refusals import Refusal
from web.access import ANYONE
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.identity.visitors import address_of
from web.moderation.reports import Spoken, spoken_of


@dataclass(frozen=True)
class About:
    """What a request is about: a proposal, or a project. `title`: of the draft or of the cycle that it belongs to.

    `own`: where the request is made; `public`: the page of what it is about.
    """

    number: str
    title: str
    own: str
    public: str
    is_project: bool = False


class ErasureForm(msgspec.Struct):
    """Who asks, what they want erased, and on what ground."""

    ground: Annotated[ErasureGround, asks(N_("Choose why it should be erased."))]
    words: Annotated[str, text(LONGEST_REQUEST, missing=N_("Write what should be erased, and why."))]
    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write your name."))]
    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write your e-mail address."))]


def whoever_asks(db: Session, visitor: SignedIn | None) -> Person | None:
    """Return the account of whoever is signed in."""
    return person_of(db, visitor.person_id) if visitor else None


def is_author(db: Session, recommendation: Recommendation, visitor: SignedIn | None) -> bool:
    """Whether whoever is signed in said it, or is a member of the organisation for which it was said."""
    if visitor is None:
        return False
    if recommendation.organisation_id is not None:
        return is_member(db, visitor.person_id, recommendation.organisation_id)
    return visitor.person_id == recommendation.person_id


def about_proposal(spoken: Spoken) -> About:
    """Return what a request about a proposal is about."""
    consultation, it = spoken
    own = links.erasure(consultation.reference, it.reference)
    public = links.recommendation(consultation.reference, it.reference)
    return About(it.register_number, consultation.title, own, public)


def form_page(request: Request, about: About, form: Form[ErasureForm], *, status: int = 200) -> Response[str]:
    """Return the page with the form."""
    return page(
        request, "moderation/erasure.html", status=status, about=about, form=form, grounds=GROUNDS, most=LONGEST_REQUEST
    )


@get("/consultari/{reference:str}/propuneri/{number:str}/stergere", opt=ANYONE)
async def ask(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Ask what should be erased, and why."""
    spoken = await db.read(spoken_of, authority.id, reference, number)
    known = await db.read(whoever_asks, visitor)
    form = blank(ErasureForm, name=known.name if known else "", email=known.email if known else "")
    return form_page(request, about_proposal(spoken), form)


@post("/consultari/{reference:str}/propuneri/{number:str}/stergere", opt=ANYONE)
async def send(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Take a request."""
    form = await read_form(request, ErasureForm)
    spoken = await db.read(spoken_of, authority.id, reference, number)
    if form.data is None:
        return form_page(request, about_proposal(spoken), form, status=422)
    own = await db.read(is_author, spoken[1], visitor)
    try:
        await db.act(admit_stranger, address_of(request), at=form.received_at)
        where = await db.act_once(
            form,
            ask_for_erasure,
            lambda _: links.erasure(reference, number, "primita"),
            spoken[1].id,
            source=Source.AUTHOR if own else Source.READER,
            ground=form.data.ground,
            words=form.data.words,
            name=form.data.name,
            email=form.data.email,
            locale=current_locale.get(),
            by=visitor.person_id if visitor else None,
            at=form.received_at,
        )
    except Refusal as refusal:
        return form_page(request, about_proposal(spoken), form, status=refused(form, refusal))
    return see_other(request, where)


@get("/consultari/{reference:str}/propuneri/{number:str}/stergere/primita", opt=ANYONE)
async def received(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], number: FromPath[str]
) -> Response[str]:
    """Say what happens with a request, and until when."""
    spoken = await db.read(spoken_of, authority.id, reference, number)
    return page(request, "moderation/erasure_received.html", about=about_proposal(spoken))


handlers = [ask, send, received]
