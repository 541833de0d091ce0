"""What is alike at the desk for every request for erasure: entered from paper, chosen by one, confirmed by another.

What a request is about, a proposal or a project, says a `Kind`; each has its own addresses, made here for both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.erasing import RecordedText
from consult.identity.erasure_requests import LONGEST_NOTE, LONGEST_REQUEST, AskedErasure
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH
from consult.identity.people import Person, person_of
from consult.identity.permissions import Within, may, require
from consult.record.erasure_grounds import EXCEPTIONS, GROUNDS, ErasureGround
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line, several, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.keys import key_in
from web.moderation.erasures import About
from web.moderation.unseen import forget_copies

#: A text of its own, of its answer or its review, and one for each question, or time that it was hidden or shown again.
MOST_TEXTS = 50


class PaperForm(msgspec.Struct):
    """A request as it stands in a letter."""

    number: Annotated[str, line(20, missing=N_("Write the number, for example 47/2026."))]
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


@dataclass(frozen=True)
class Requested:
    """A request, what it is about, and the texts that could be erased. `chooser`: whose choice waits for another's."""

    request: AskedErasure
    about: About
    texts: Sequence[RecordedText]
    chooser: Person | None


@dataclass(frozen=True)
class Kind:
    """What requests can be about. `where`: where they lie at the desk; `read`: reads one, by its key and the official.

    `enter`: enters one from paper, by the authority and the number that the letter names. The others: as
    `choose_texts` and those beside it in the rooms.
    """

    where: str
    is_project: bool
    read: Callable[..., Requested]
    enter: Callable[..., AskedErasure]
    choose: Callable[..., AskedErasure]
    send_back: Callable[..., AskedErasure]
    confirm: Callable[..., AskedErasure]
    refuse: Callable[..., AskedErasure]

    def own(self, request: AskedErasure) -> str:
        """Return where a request is shown."""
        return f"{self.where}/{request.id}"


Forms = dict[str, Form[Any]]  # Any: each has fields of its own


def chooser_of(db: Session, request: AskedErasure) -> Person | None:
    """Return who chose what the second official has not looked at yet."""
    return person_of(db, request.edited_by) if request.edited_by and request.awaits_confirmation else None


def paper_page(request: Request, kind: Kind, form: Form[PaperForm], *, status: int = 200) -> Response[str]:
    """Return the page with the form."""
    return page(
        request, "moderation/paper.html", status=status, form=form, kind=kind, grounds=GROUNDS, most=LONGEST_REQUEST
    )


def decision_page(
    request: Request, kind: Kind, found: Requested, actor: Actor, **sent: Form[Any]
) -> Response[str]:  # Any: each has fields of its own
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
        own=kind.own(found.request),
        forms=forms,
        form=next(iter(sent.values()), forms["confirmation"]),
        grounds=GROUNDS,
        exceptions=EXCEPTIONS,
        most=LONGEST_NOTE,
        may_decide=may("erasure.decide", actor, found.request),
        may_confirm=may("erasure.confirm", actor, found.request),
    )


def entering(kind: Kind) -> list[ControllerRouterHandler]:
    """Return the handlers by which a request that came on paper is entered."""
    new = f"{kind.where}/noua"

    @get(new, opt=at_desk("erasure.enter"))
    async def ask(request: Request, authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
        """Ask what stands in the letter."""
        require("erasure.enter", actor, Within(authority.id))
        return paper_page(request, kind, blank(PaperForm))

    @post(new, opt=at_desk("erasure.enter"))
    async def enter(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
        """Enter a request that came on paper."""
        require("erasure.enter", actor, Within(authority.id))
        form = await read_form(request, PaperForm)
        if form.data is None:
            return paper_page(request, kind, form, status=422)
        told = {"ground": form.data.ground, "words": form.data.words, "name": form.data.name}
        sees = may("erasure.read", actor, Within(authority.id))
        try:
            where = await db.act_once(
                form,
                kind.enter,
                lambda entered: kind.own(entered) if sees else links.DESK_MODERATION,
                authority,
                form.data.number,
                **told,
                email=form.data.email or None,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            return paper_page(request, kind, form, status=refused(form, refusal))
        return see_other(request, where, flash=gettext("The request is entered."))

    return [ask, enter]


def deciding(kind: Kind) -> list[ControllerRouterHandler]:
    """Return the handlers by which a request is decided."""
    one = f"{kind.where}/{{request_id:str}}"

    @get(one, opt=at_desk("erasure.read"))
    async def show(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[str]:
        """Show a request and what can be decided on it."""
        return decision_page(request, kind, await db.read(kind.read, key_in(request_id), by=actor), actor)

    @post(f"{one}/alege", opt=at_desk("erasure.decide"))
    async def choose(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[Any]:
        """Take the first official's choice."""
        form, key = await read_form(request, ChoiceForm), key_in(request_id)
        if form.data is None:
            return decision_page(request, kind, await db.read(kind.read, key, by=actor), actor, choice=form)
        said = {"commitments": form.data.texts, "ground": form.data.ground, "note": form.data.note}
        where = await db.act_once(form, kind.choose, kind.own, key, **said, by=actor)
        return see_other(request, where, flash=gettext("Nothing is erased yet: a second official must confirm it."))

    @post(f"{one}/confirma", opt=at_desk("erasure.confirm"))
    async def confirm(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[Any]:
        """Erase, as the second official."""
        form = await read_form(request, ConfirmForm)
        at = form.received_at
        where = await db.act_once(form, kind.confirm, kind.own, key_in(request_id), by=actor, at=at)
        forget_copies(request)
        return see_other(request, where, flash=gettext("The texts are erased. Whoever asked and the author were told."))

    @post(f"{one}/intoarce", opt=at_desk("erasure.confirm"))
    async def give_back(
        request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]
    ) -> Response[Any]:
        """Send a choice back, as the second official."""
        form, key = await read_form(request, ReturnForm), key_in(request_id)
        if form.data is None:
            return decision_page(request, kind, await db.read(kind.read, key, by=actor), actor, returning=form)
        where = await db.act_once(form, kind.send_back, kind.own, key, note=form.data.note, by=actor)
        return see_other(request, where, flash=gettext("It is sent back to whoever chose."))

    @post(f"{one}/respinge", opt=at_desk("erasure.decide"))
    async def refuse(request: Request, db: Given[Db], actor: Given[Actor], request_id: FromPath[str]) -> Response[Any]:
        """Refuse a request."""
        form, key = await read_form(request, RefusalForm), key_in(request_id)
        if form.data is None:
            return decision_page(request, kind, await db.read(kind.read, key, by=actor), actor, refusal=form)
        said = {"note": form.data.reason, "at": form.received_at}
        where = await db.act_once(form, kind.refuse, kind.own, key, **said, by=actor)
        return see_other(request, where, flash=gettext("The request is refused. Whoever asked was told why."))

    return [show, choose, confirm, give_back, refuse]
