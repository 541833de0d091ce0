"""The composer: choose what it is about, write, check, send. Nothing is stored until it is sent.

Every kind is written on one page, which shows the fields of the kind that is chosen: choosing another one asks nothing
of the server and loses nothing, and the browser's way back leads to a page that it knows how to fill in again. What was
written travels in the form, so that a page left open all night can still be sent, and a session that ended meanwhile
loses nothing either (`web.kept`).
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


#: Where the words of a kind are written: a comment is a reason that proposes no text.
WORDS = {Kind.CHANGE: "wording", Kind.INSERTION: "addition", Kind.OBSERVATION: "reason"}


class Proposal(msgspec.Struct):
    """A recommendation as it is written. `acting_for`: an organisation's id.

    `wording`: the draft's words, changed. `addition`: a text to be added. `reason`: why, or the comment itself.
    `step`: the button that was pressed; so is `piece`, which makes it one about this paragraph or letter instead of
    `provision`.
    """

    kind: Kind
    step: Literal["check", "edit", "send"] = "edit"
    provision: Annotated[str, verbatim(200)] = ""
    piece: Annotated[str, verbatim(200)] = ""
    wording: Annotated[str, text(LONGEST_TEXT)] = ""
    addition: Annotated[str, text(LONGEST_TEXT)] = ""
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
    form = blank(Proposal, step="check", kind=kind, provision=key or "", wording=desk.current)
    return writing_page(request, form, desk, at)


@post("/consultari/{reference:str}/propune", opt=signed_in("recommendation.submit"))
async def check_or_send(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], reference: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what was written as it will stand, or send it."""
    form = await read_form(request, Proposal)
    proposal = form.data
    key = form.text("piece") or form.text("provision") or None

    async def desk() -> Desk:
        return await db.read(desk_for, authority.id, reference, key, actor.person_id)

    async def again(earlier: str = "") -> Response[str]:
        return writing_page(request, form, await desk(), form.received_at, status=422, earlier=earlier)

    if proposal is not None and proposal.step == "edit":
        return go_on_writing(request, form, proposal, await desk())
    if proposal is None:
        return await again()
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
        form.refuse(refusal, wording=WORDS.get(proposal.kind, ""))
        already = isinstance(refusal, AlreadyProposed)
        return await again(links.recommendation(reference, str(refusal.facts["reference"])) if already else "")
    words = said(proposal)
    pieces = [(segment.mark, segment.text) for segment in word_changes(about.current, words["wording"])]
    return page(request, "consultations/propose_check.html", form=form, about=about, words=words, pieces=pieces, by=by)


def go_on_writing(
    request: Request, form: Form[Proposal], proposal: Proposal, desk: Desk
) -> Response[Any]:  # Any: as above
    """Show the form with what was written so far; where that is nothing, lead to the form's own address."""
    key = desk.provision.key if desk.provision else ""
    own_words = {wording(desk.pieces, piece.key) for piece in desk.pieces}
    is_untouched = proposal.wording.split() in ([], *(words.split() for words in own_words))
    if is_untouched and not proposal.addition and not proposal.reason:
        kind = next(word for word, kind in KINDS.items() if kind is proposal.kind)
        return see_other(request, links.asking(links.propose(desk.consultation.reference), la=key or WHOLE, fel=kind))
    chosen = {"provision": key, "piece": "", "wording": desk.current if is_untouched else proposal.wording}
    shown = blank(Proposal, **msgspec.structs.asdict(proposal) | chosen)
    return writing_page(request, shown, desk, form.received_at)


def said(proposal: Proposal) -> dict[str, Any]:  # Any: the arguments of an action
    """Return what a proposal of its kind says; what its writer left of another kind stays on the page."""
    return {
        "kind": proposal.kind,
        "provision_key": proposal.provision or None,
        "wording": getattr(proposal, WORDS[proposal.kind]) if proposal.kind in WORDS else "",
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
        earlier=earlier,
        is_open=desk.consultation.is_open_at(at),
    )
