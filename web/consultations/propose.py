"""The composer: choose what it is about, write, check, send. Nothing is stored until it is sent.

What was written travels in the form from page to page, so that a page left open all night can still be sent, and a
session that ended meanwhile loses nothing (`web.kept`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.outline import contents, wording
from consult.consultations.passages import Passage, current_wording, find_provision, on_page, provisions_of
from consult.consultations.recommendations import Kind
from consult.consultations.submissions import (
    LONGEST_TEXT,
    AlreadyProposed,
    check_recommendation,
    submit_recommendation,
)
from consult.consultations.tracked_changes import word_changes
from consult.consultations.versions import latest_version
from consult.identity.actors import Actor, acting_as_member
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import Organisation, OrganisationId, organisations_of
from consult.identity.people import PersonId
from consult.identity.registers import Register, register_key
from consult.refusals import NotFound, Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.fields import text, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request

T = TypeVar("T")

OK = 200
#: What the address says when the whole draft is meant.
WHOLE = "proiect"
#: The kinds by the words of the address.
KINDS = {
    "modificare": Kind.CHANGE,
    "observatie": Kind.OBSERVATION,
    "adaugare": Kind.INSERTION,
    "eliminare": Kind.DELETION,
}


class Proposal(msgspec.Struct):
    """A recommendation as it is written. `acting_for`: an organisation's id.

    `step`: the button that was pressed; one that names a kind makes what was written so far a proposal of that kind.
    `piece`: a button too, which makes it one about this paragraph or letter instead of `provision`.
    """

    kind: Kind
    step: Literal["check", "edit", "send", "change", "observation", "insertion", "deletion"] = "edit"
    provision: Annotated[str, verbatim(200)] = ""
    piece: Annotated[str, verbatim(200)] = ""
    wording: Annotated[str, text(LONGEST_TEXT)] = ""
    reason: Annotated[str, text(LONGEST_TEXT)] = ""
    acting_for: int | None = None
    named: bool = False


@dataclass(frozen=True)
class Desk:
    """What lies beside the paper: the draft's own words, the pieces one could point to, whom one may speak for."""

    consultation: Consultation
    provision: Passage | None
    current: str
    pieces: Sequence[Passage]
    organisations: Sequence[Organisation]


def desk_for(db: Session, authority_id: AuthorityId, reference: str, key: str | None, person_id: PersonId) -> Desk:
    """Read what the composer shows. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    organisations = organisations_of(db, person_id)
    if key is None:
        return Desk(consultation, None, "", [], organisations)
    version = latest_version(db, consultation.id)
    provision = find_provision(db, version.id, key)
    pieces = on_page(db, version.id, provision.article_key)
    return Desk(consultation, provision, current_wording(db, provision), pieces, organisations)


def what_can_be_chosen(
    db: Session, authority_id: AuthorityId, reference: str
) -> tuple[Consultation, Sequence[Passage]]:
    """Return the articles and annexes that a recommendation can be about. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    provisions = provisions_of(db, latest_version(db, consultation.id).id)
    return consultation, list(contents(provisions))


@get("/consultari/{reference:str}/propune", opt=signed_in("recommendation.submit"))
async def compose(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
    la: FromQuery[str | None] = None,
    fel: FromQuery[str | None] = None,
) -> Response[str]:
    """Show the page on which a recommendation is written, or first the choice of what it is about."""
    if not la:
        consultation, choices = await db.read(what_can_be_chosen, authority.id, reference)
        return page(request, "consultations/propose_choice.html", consultation=consultation, choices=choices, at=at)
    key = None if la == WHOLE else la
    kind = KINDS.get(fel or "", Kind.CHANGE) if key else Kind.OBSERVATION
    desk = await db.read(desk_for, authority.id, reference, key, actor.person_id)
    written = desk.current if kind is Kind.CHANGE else ""
    form = blank(Proposal, step="check", kind=kind, provision=key or "", wording=written)
    return writing_page(request, form, desk, at)


@post("/consultari/{reference:str}/propune", opt=signed_in("recommendation.submit"))
async def check_or_send(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], reference: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what was written as it will stand, or send it."""
    form = await read_form(request, Proposal)
    key = form.text("piece") or form.text("provision") or None

    async def again(status: int, earlier: str = "") -> Response[str]:
        desk = await db.read(desk_for, authority.id, reference, key, actor.person_id)
        shown = turned(form.data, desk) if status == OK and form.data else form
        return writing_page(request, shown, desk, form.received_at, status=status, earlier=earlier)

    proposal = form.data
    if proposal is None:
        return await again(422)
    if proposal.step not in {"check", "send"}:
        return await again(OK)
    try:
        by = await speaking_for(db, actor, proposal.acting_for)
        if proposal.step == "send":
            return see_other(request, await send(db, form, authority.id, reference, proposal, by))
        about = await db.read(
            by_number, authority.id, reference, check_recommendation, **said(proposal), by=by, at=form.received_at
        )
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        already = isinstance(refusal, AlreadyProposed)
        return await again(422, links.recommendation(reference, str(refusal.facts["reference"])) if already else "")
    pieces = [(segment.mark, segment.text) for segment in word_changes(about.current, proposal.wording)]
    return page(request, "consultations/propose_check.html", form=form, about=about, pieces=pieces, by=by)


def turned(proposal: Proposal, desk: Desk) -> Form[Proposal]:
    """Return the form with what was written so far, for the kind or the piece that was chosen.

    The draft's own words, where nobody has touched them, are there to be changed and for nothing else.
    """
    kind = proposal.kind if proposal.step == "edit" else Kind(proposal.step)
    own_words = (wording(desk.pieces, piece.key) for piece in desk.pieces)
    untouched = proposal.wording.split() in ([], *(words.split() for words in own_words))
    written = (desk.current if kind is Kind.CHANGE else "") if untouched else proposal.wording
    provision = desk.provision.key if desk.provision else ""
    chosen = {"kind": kind, "provision": provision, "piece": "", "wording": written}
    return blank(Proposal, **msgspec.structs.asdict(proposal) | chosen)


def said(proposal: Proposal) -> dict[str, Any]:  # Any: the arguments of an action
    """Return what a proposal of its kind says; what its writer left of another kind stays on the page."""
    return {
        "kind": proposal.kind,
        "provision_key": proposal.provision or None,
        "wording": "" if proposal.kind is Kind.DELETION else proposal.wording,
        "reason": "" if proposal.kind is Kind.OBSERVATION else proposal.reason,
    }


def by_number(
    db: Session,
    authority_id: AuthorityId,
    reference: str,
    action: Callable[..., T],
    /,
    **values: Any,  # Any: the action's own arguments
) -> T:
    """Do something with the consultation of a public number, in one transaction with the look for it."""
    consultation = find_published(db, authority_id, reference)
    return action(db, consultation.id, **values)


async def send(
    db: Db, form: Form[Proposal], authority_id: AuthorityId, reference: str, proposal: Proposal, by: Actor
) -> str:
    """Send a recommendation, once however often it arrives; return the page that confirms it."""
    return await db.act_once_alone(
        register_key(Register.RECOMMENDATIONS, authority_id),
        form,
        by_number,
        lambda sent: links.confirmation(reference, sent.reference),
        authority_id,
        reference,
        submit_recommendation,
        **said(proposal),
        named=proposal.named,
        by=by,
        at=form.received_at,
    )


async def speaking_for(db: Db, actor: Actor, organisation_id: int | None) -> Actor:
    """Return whoever is signed in, as themselves or for an organisation of theirs. Raises NotAMember."""
    if organisation_id is None:
        return actor
    return await db.read(acting_as_member, actor.person_id, OrganisationId(organisation_id))


def writing_page(
    request: Request, form: Form[Proposal], desk: Desk, at: datetime, *, status: int = OK, earlier: str = ""
) -> Response[str]:
    """Show the page on which a recommendation is written, with everything that was written so far.

    `earlier`: where the same proposal stands that its author has sent already.
    """
    return page(
        request,
        "consultations/propose.html",
        status=status,
        form=form,
        desk=desk,
        kind=form.text("kind"),
        kinds=KINDS.values(),
        earlier=earlier,
        is_open=desk.consultation.is_open_at(at),
    )
