"""Erasure at the desk: a request is entered from paper, one official chooses the texts, another one confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.erasure import texts_about
from consult.consultations.erasure_decisions import choose_texts, confirm_erasure, refuse_erasure, send_back
from consult.consultations.erasure_requests import ErasureRequest, ErasureRequestId, enter_request, find_request
from consult.consultations.traces import recommendation_numbered
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.erasing import RecordedText
from consult.identity.erasure_requests import LONGEST_NOTE, LONGEST_REQUEST
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH
from consult.identity.people import Person, person_of
from consult.identity.permissions import Within, may, require
from consult.identity.registers import read_reference
from consult.record.erasure_grounds import EXCEPTIONS, GROUNDS, ErasureGround
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line, several, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.keys import key_in
from web.moderation.unseen import forget_copies

#: A recommendation has its own text, its answer's, and one for each time it was hidden or shown again.
MOST_TEXTS = 50


class PaperForm(msgspec.Struct):
    """A request as it stands in a letter."""

    number: Annotated[str, line(20, missing=N_("Write the register number, for example 47/2026."))]
    ground: Annotated[ErasureGround, asks(N_("Choose why it should be erased."))]
    words: Annotated[str, text(LONGEST_REQUEST, missing=N_("Write what should be erased, and why."))]
    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write who asks."))]
    email: Annotated[str, line(EMAIL_LENGTH)] = ""


class ChoiceForm(msgspec.Struct):
    """What the first official chooses."""

    texts: Annotated[list[str], several(MOST_TEXTS, missing=N_("Choose at least one text to erase."))]
    ground: Annotated[ErasureGround, asks(N_("Choose on what ground."))]
    note: Annotated[str, text(LONGEST_NOTE, missing=N_("Write why; the second official reads it."))]


class RefusalForm(msgspec.Struct):
    """Why a request is refused."""

    reason: Annotated[str, text(LONGEST_NOTE, missing=N_("Write why; whoever asked reads it."))]


class ReturnForm(msgspec.Struct):
    """Why a choice is sent back."""

    note: Annotated[str, text(LONGEST_NOTE, missing=N_("Write what is wrong with it."))]


class ConfirmForm(msgspec.Struct):
    """The button of the second official."""


class NoSuchProposal(Refusal):
    """The letter names no proposal of this authority."""

    sentence = N_("There is no proposal with this number.")
    field = "number"


@dataclass(frozen=True)
class Requested:
    """A request, the texts that could be erased, and whose choice it is."""

    request: ErasureRequest
    consultation: Consultation
    texts: Sequence[RecordedText]
    chooser: Person | None


def requested(db: Session, request_id: ErasureRequestId, *, by: Actor) -> Requested:
    """Read what is decided on. Raises NotFound, NotPermitted."""
    request = find_request(db, request_id, by=by)
    return Requested(
        request=request,
        consultation=db.get_one(Consultation, request.recommendation.consultation_id),
        texts=texts_about(db, request.recommendation),
        chooser=person_of(db, request.edited_by) if request.edited_by and request.awaits_confirmation else None,
    )


def enter_by_number(
    db: Session, authority: Authority, number: str, /, **told: Any
) -> ErasureRequest:  # Any: what `enter_request` is told
    """Enter a request about the proposal with a register number. Raises NoSuchProposal, and as `enter_request`."""
    try:
        found = recommendation_numbered(db, authority.id, *read_reference(number.replace("/", "-").replace(" ", "")))
    except NotFound:
        found = None
    if found is None:
        raise NoSuchProposal
    return enter_request(db, found[0].id, **told)


def paper_page(request: Request, form: Form[PaperForm], *, status: int = 200) -> Response[str]:
    """Return the page with the form."""
    return page(request, "moderation/paper.html", status=status, form=form, grounds=GROUNDS, most=LONGEST_REQUEST)


@get(links.NEW_ERASURE, opt=at_desk("erasure.enter"))
async def ask(request: Request, authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """Ask what stands in the letter."""
    require("erasure.enter", actor, Within(authority.id))
    return paper_page(request, blank(PaperForm))


@post(links.NEW_ERASURE, opt=at_desk("erasure.enter"))
async def enter(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Enter a request that came on paper."""
    require("erasure.enter", actor, Within(authority.id))
    form = await read_form(request, PaperForm)
    if form.data is None:
        return paper_page(request, form, status=422)
    told = {"ground": form.data.ground, "words": form.data.words, "name": form.data.name}
    sees = may("erasure.read", actor, Within(authority.id))
    try:
        where = await db.act_once(
            form,
            enter_by_number,
            lambda entered: links.desk_erasure(entered.id) if sees else links.DESK_MODERATION,
            authority,
            form.data.number,
            **told,
            email=form.data.email or None,
            by=actor,
            at=form.received_at,
        )
    except Refusal as refusal:
        return paper_page(request, form, status=refused(form, refusal))
    return see_other(request, where, flash=gettext("The request is entered."))


Forms = dict[str, Form[Any]]  # Any: each has fields of its own


def decision_page(request: Request, found: Requested, actor: Actor, **sent: Form[Any]) -> Response[str]:
    """Return the page on which a request is decided. `sent`: the form that must be put right, by its name."""
    forms: Forms = {
        "choice": blank(ChoiceForm, ground=found.request.asked_ground),
        "refusal": blank(RefusalForm),
        "returning": blank(ReturnForm),
        "confirmation": blank(ConfirmForm),
        **sent,
    }
    return page(
        request,
        "moderation/request.html",
        status=422 if sent else 200,
        found=found,
        forms=forms,
        form=next(iter(sent.values()), forms["confirmation"]),
        grounds=GROUNDS,
        exceptions=EXCEPTIONS,
        most=LONGEST_NOTE,
        may_decide=may("erasure.decide", actor, found.request),
        may_confirm=may("erasure.confirm", actor, found.request),
    )


@get(f"{links.DESK}/stergeri/{{request_id:str}}", opt=at_desk("erasure.read"))
async def show(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[str]:
    """Show a request and what can be decided on it."""
    return decision_page(request, await db.read(requested, key_of(request_id), by=actor), actor)


@post(f"{links.DESK}/stergeri/{{request_id:str}}/alege", opt=at_desk("erasure.decide"))
async def choose(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[Any]:
    """Take the first official's choice."""
    form = await read_form(request, ChoiceForm)
    if form.data is None:
        return decision_page(request, await db.read(requested, key_of(request_id), by=actor), actor, choice=form)
    where = await db.act_once(
        form,
        choose_texts,
        lambda chosen: links.desk_erasure(chosen.id),
        key_of(request_id),
        commitments=form.data.texts,
        ground=form.data.ground,
        note=form.data.note,
        by=actor,
    )
    return see_other(request, where, flash=gettext("Nothing is erased yet: a second official must confirm it."))


@post(f"{links.DESK}/stergeri/{{request_id:str}}/confirma", opt=at_desk("erasure.confirm"))
async def confirm(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[Any]:
    """Erase, as the second official."""
    form = await read_form(request, ConfirmForm)
    key = key_of(request_id)
    where = await db.act_once(form, confirm_erasure, at_its_page, key, by=actor, at=form.received_at)
    forget_copies(request)
    return see_other(request, where, flash=gettext("The texts are erased. Whoever asked and the author were told."))


@post(f"{links.DESK}/stergeri/{{request_id:str}}/intoarce", opt=at_desk("erasure.confirm"))
async def give_back(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[Any]:
    """Send a choice back, as the second official."""
    form = await read_form(request, ReturnForm)
    if form.data is None:
        return decision_page(request, await db.read(requested, key_of(request_id), by=actor), actor, returning=form)
    where = await db.act_once(form, send_back, at_its_page, key_of(request_id), note=form.data.note, by=actor)
    return see_other(request, where, flash=gettext("It is sent back to whoever chose."))


@post(f"{links.DESK}/stergeri/{{request_id:str}}/respinge", opt=at_desk("erasure.decide"))
async def refuse(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[Any]:
    """Refuse a request."""
    form = await read_form(request, RefusalForm)
    if form.data is None:
        return decision_page(request, await db.read(requested, key_of(request_id), by=actor), actor, refusal=form)
    key, at = key_of(request_id), form.received_at
    where = await db.act_once(form, refuse_erasure, at_its_page, key, note=form.data.reason, by=actor, at=at)
    return see_other(request, where, flash=gettext("The request is refused. Whoever asked was told why."))


def key_of(request_id: str) -> ErasureRequestId:
    """Return the key that an address names."""
    return ErasureRequestId(key_in(request_id))


def at_its_page(request: ErasureRequest) -> str:
    """Return where a request is shown."""
    return links.desk_erasure(request.id)


handlers = [ask, enter, show, choose, confirm, give_back, refuse]
