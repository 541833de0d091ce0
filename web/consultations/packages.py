"""Packages of proposals: looked at and sent on one page, shown as one, taken back one by one or whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.packages import (
    LONGEST_LETTER,
    LONGEST_NAME,
    Package,
    Part,
    find_package,
    parts_of,
    recommendations_of,
    send_package,
    withdraw_package,
)
from consult.consultations.recommendations import Recommendation
from consult.consultations.unsent import MOST_UNSENT, Begun, UnsentId
from consult.i18n import gettext
from consult.identity.actors import Actor, acting_as_member
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import OrganisationId
from consult.identity.permissions import require
from consult.identity.registers import Register, register_key
from consult.refusals import NotFound, Refusal
from web.access import public, signed_in
from web.answers import page, see_other
from web.consultations.articles import change_asked
from web.consultations.composer import by_number
from web.database import Db
from web.fields import line, several, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.keys import key_in


class PackageForm(msgspec.Struct):
    """Drafts that are to be sent together: each by its id and edition, `12.3`, as it was read."""

    drafts: Annotated[list[str], several(MOST_UNSENT)] = msgspec.field(default_factory=list)
    name: Annotated[str, line(LONGEST_NAME)] = ""
    letter: Annotated[str, text(LONGEST_LETTER)] = ""


class Withdrawal(msgspec.Struct):
    """Nothing is asked; pressing the button is the answer."""


@dataclass(frozen=True)
class PackageDesk:
    """What an organisation could send together."""

    consultation: Consultation
    parts: Sequence[Part]


@dataclass(frozen=True)
class PackagePage:
    """A package and its recommendations."""

    consultation: Consultation
    package: Package
    recommendations: Sequence[Recommendation]


def written_on(begun: Begun) -> str:
    """Return how a form names a draft as it was read."""
    return f"{begun.id}.{begun.edition}"


def read_off(drafts: Sequence[str]) -> list[Begun]:
    """Return the drafts that a form names. Raises NotFound for what no page of ours has written."""
    found = []
    for each in drafts:
        unsent_id, _, edition = each.partition(".")
        if not (unsent_id.isdecimal() and edition.isdecimal()):
            raise NotFound
        found.append(Begun(UnsentId(int(unsent_id)), int(edition)))
    return found


def package_desk(db: Session, authority_id: AuthorityId, reference: str, *, by: Actor, at: datetime) -> PackageDesk:
    """Read what an organisation could send together. Raises NotFound, NotPermitted, ConsultationClosed."""
    consultation = find_published(db, authority_id, reference)
    return PackageDesk(consultation, parts_of(db, consultation.id, by=by, at=at))


def package_page(db: Session, authority_id: AuthorityId, reference: str, number: str) -> PackagePage:
    """Read the public page of a package. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    package = find_package(db, consultation.id, number)
    return PackagePage(consultation, package, recommendations_of(db, package.id))


def own_package(
    db: Session, authority_id: AuthorityId, reference: str, number: str, *, actor: Actor
) -> tuple[PackagePage, Actor]:
    """Read a package for somebody who acts for its organisation, and who they are then. Raises NotFound, NotAMember."""
    found = package_page(db, authority_id, reference, number)
    by = acting_as_member(db, actor.person_id, found.package.organisation_id)
    for each in found.recommendations:
        require("recommendation.withdraw", by, each)
    return found, by


@get("/consultari/{reference:str}/pachet/{organisation:str}", opt=signed_in("recommendation.submit"))
async def look_through(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
    organisation: FromPath[str],
) -> Response[str]:
    """Show what an organisation has written in a consultation, as everybody will see it, to be sent together."""
    by = await db.read(acting_as_member, actor.person_id, OrganisationId(key_in(organisation)))
    desk = await db.read(package_desk, authority.id, reference, by=by, at=at)
    ready = [written_on(part.begun) for part in desk.parts if part.about]
    form = blank(PackageForm, drafts=ready)
    return desk_page(request, form, desk, by)


@post("/consultari/{reference:str}/pachet/{organisation:str}", opt=signed_in("recommendation.submit"))
async def send(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    organisation: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Send a package, once however often it arrives, or show what keeps it from being sent."""
    form = await read_form(request, PackageForm)
    by = await db.read(acting_as_member, actor.person_id, OrganisationId(key_in(organisation)))
    status = 422
    if form.data is not None:
        try:
            where = await db.act_once_alone(
                register_key(Register.RECOMMENDATIONS, authority.id),
                form,
                by_number,
                lambda sent: links.package_confirmation(reference, sent.reference),
                authority.id,
                reference,
                send_package,
                name=form.data.name,
                letter=form.data.letter,
                drafts=read_off(form.data.drafts),
                by=by,
                at=form.received_at,
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where)
    desk = await db.read(package_desk, authority.id, reference, by=by, at=form.received_at)
    return desk_page(request, form, desk, by, status=status)


def desk_page(
    request: Request, form: Form[PackageForm], desk: PackageDesk, by: Actor, *, status: int = 200
) -> Response[str]:
    """Show the drafts of an organisation, each with what keeps it from being sent."""
    changes = [
        change_asked(part.draft.kind, part.about.current, part.draft.wording) if part.about else None
        for part in desk.parts
    ]
    return page(
        request,
        "consultations/package_check.html",
        status=status,
        form=form,
        consultation=desk.consultation,
        parts=[(written_on(part.begun), part, change) for part, change in zip(desk.parts, changes, strict=True)],
        by=by,
    )


@get("/consultari/{reference:str}/pachete/{number:str}", opt=public())
async def package(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], number: FromPath[str]
) -> Response[str]:
    """Show a package: who sent it, with what letter, and what became of each of its proposals."""
    found = await db.read(package_page, authority.id, reference, number)
    return page(request, "consultations/package.html", found=found)


@get("/consultari/{reference:str}/pachete/{number:str}/confirmare", opt=signed_in("recommendation.withdraw"))
async def confirmation(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Confirm to an organisation what was received together, under which numbers, and what happens next."""
    found, _ = await db.read(own_package, authority.id, reference, number, actor=actor)
    return page(request, "consultations/package_confirmation.html", found=found, form=blank(Withdrawal))


@post("/consultari/{reference:str}/pachete/{number:str}/confirmare", opt=signed_in("recommendation.withdraw"))
async def withdraw(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Take back all of a package that still can be."""
    form = await read_form(request, Withdrawal)
    found, by = await db.read(own_package, authority.id, reference, number, actor=actor)
    place = links.package_confirmation(reference, number)
    try:
        where = await db.act_once(form, withdraw_package, lambda _: place, found.package.id, by=by, at=form.received_at)
    except Refusal as refusal:
        status = refused(form, refusal)
        return page(request, "consultations/package_confirmation.html", status=status, found=found, form=form)
    return see_other(request, where, flash=gettext("The proposals that had no answer yet were withdrawn."))


handlers = [look_through, send, package, confirmation, withdraw]
