"""What the composers of whoever is signed in (`propose`) and of everybody else (`unconfirmed`) share.

Every kind is written on one page, which shows the fields of the kind that is chosen: choosing another one asks nothing
of the server and loses nothing, and the browser's way back leads to a page that it knows how to fill in again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from litestar import Response
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId, find_published
from consult.consultations.outline import contents, wording
from consult.consultations.passages import Passage, current_wording, find_provision, on_page, provisions_of
from consult.consultations.ranges import NotARange, newest_range
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.similar import similar_to
from consult.consultations.submissions import About, Place, check_recommendation
from consult.consultations.tracked_changes import word_changes
from consult.consultations.versions import latest_version
from consult.consultations.words import LONGEST_TEXT, Words
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import Organisation, organisations_of
from consult.identity.people import PersonId
from web.answers import page, see_other
from web.database import Db
from web.fields import text, verbatim
from web.forms import Form, blank
from web.given import Request
from web.identity.refused import UNPROCESSABLE

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

    `until`: the last article of a range. `wording`: the draft's words, changed. `addition`: a text to be added.
    `reason`: why, or the comment itself. `step`: the button that was pressed; so is `piece`, which makes it one about
    this paragraph or letter instead of `provision`.
    """

    kind: Kind
    step: Literal["check", "edit", "send"] = "edit"
    provision: Annotated[str, verbatim(200)] = ""
    until: Annotated[str, verbatim(200)] = ""
    piece: Annotated[str, verbatim(200)] = ""
    wording: Annotated[str, text(LONGEST_TEXT)] = ""
    addition: Annotated[str, text(LONGEST_TEXT)] = ""
    reason: Annotated[str, text(LONGEST_TEXT)] = ""
    acting_for: int | None = None
    named: bool = False


ProposalT = TypeVar("ProposalT", bound=Proposal)


@dataclass(frozen=True)
class Desk:
    """What lies beside the paper: the draft's own words, the pieces one could point to, whom one may speak for.

    `until`: the last article of a range, and `label` what it or the one provision is called. `has_account`: whether
    its writer is signed in.
    """

    consultation: Consultation
    provision: Passage | None
    until: str
    label: str
    current: str
    pieces: Sequence[Passage]
    organisations: Sequence[Organisation]
    has_account: bool

    @property
    def address(self) -> str:
        """Where what is written goes."""
        return address_for(self.consultation.reference, has_account=self.has_account)


def address_for(reference: str, *, has_account: bool) -> str:
    """Return the composer of a consultation, for whoever is signed in or for everybody else."""
    return links.propose(reference) if has_account else links.propose_without_account(reference)


def desk_for(db: Session, authority_id: AuthorityId, reference: str, place: Place, person_id: PersonId | None) -> Desk:
    """Read what the composer shows. `person_id`: None without an account. Raises NotFound, NotARange."""
    consultation = find_published(db, authority_id, reference)
    has_account = person_id is not None
    organisations = organisations_of(db, person_id) if person_id is not None else []
    if place.provision_key is None:
        return Desk(consultation, None, "", "", "", [], organisations, has_account)
    version = latest_version(db, consultation.id)
    provision = find_provision(db, version.id, place.provision_key)
    if place.until_key is not None:
        meant = newest_range(db, consultation.id, provision.key, place.until_key)
        return Desk(
            consultation, provision, place.until_key, meant.label, meant.current, [], organisations, has_account
        )
    pieces = on_page(db, version.id, provision.article_key)
    current = current_wording(db, provision)
    return Desk(consultation, provision, "", provision.label, current, pieces, organisations, has_account)


def what_can_be_chosen(
    db: Session, authority_id: AuthorityId, reference: str
) -> tuple[Consultation, Sequence[Passage]]:
    """Return the articles and annexes that a recommendation can be about. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    provisions = provisions_of(db, latest_version(db, consultation.id).id)
    return consultation, list(contents(provisions))


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


@dataclass(frozen=True)
class Asked:
    """What the address of a composer says: the first provision meant, the last of a range, the kind."""

    first: str | None
    last: str | None
    kind: str | None

    @property
    def place(self) -> Place:
        """What was chosen: a provision, a range, or the draft as a whole."""
        if self.first == WHOLE:
            return Place(None)
        return Place(self.first, self.last if self.last != self.first else None)


def place_in(form: Form[ProposalT]) -> Place:
    """Return what a form is about, even where it cannot be taken; a piece of an article is never a range."""
    return Place(form.text("piece") or form.text("provision") or None, form.text("until") or None)


def begun(desk: Desk, word: str | None) -> dict[str, Any]:  # Any: the fields of a form
    """Return what stands in the form before anything is written: the kind that the address names, the draft's words."""
    kind = KINDS.get(word or "", Kind.CHANGE) if desk.provision else Kind.OBSERVATION
    provision = desk.provision.key if desk.provision else ""
    return {"step": "check", "kind": kind, "provision": provision, "until": desk.until, "wording": desk.current}


def words_of(proposal: Proposal) -> Words:
    """Return what a proposal of its kind says; what its writer left of another kind stays on the page."""
    return Words(
        proposal.kind,
        wording=getattr(proposal, WORDS[proposal.kind]) if proposal.kind in WORDS else "",
        reason="" if proposal.kind is Kind.OBSERVATION else proposal.reason,
    )


async def opening_page(
    request: Request,
    db: Db,
    authority: Authority,
    reference: str,
    form_type: type[ProposalT],
    *,
    person_id: PersonId | None,
    asked: Asked,
    at: datetime,
) -> Response[str]:
    """Show the page on which a recommendation is written, or first the choice of what it is about."""
    wrong = ""
    if asked.first:
        try:
            desk = await db.read(desk_for, authority.id, reference, asked.place, person_id)
        except NotARange as refusal:
            wrong = refusal.explain()
        else:
            return writing_page(request, blank(form_type, **begun(desk, asked.kind)), desk, at)
    consultation, choices = await db.read(what_can_be_chosen, authority.id, reference)
    return page(
        request,
        "consultations/propose_choice.html",
        status=UNPROCESSABLE if wrong else OK,
        consultation=consultation,
        choices=choices,
        address=address_for(reference, has_account=person_id is not None),
        asked=asked,
        wrong=wrong,
        at=at,
    )


def writing_page(
    request: Request, form: Form[ProposalT], desk: Desk, at: datetime, *, status: int = OK, earlier: str = ""
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


def go_on_writing(
    request: Request, form: Form[ProposalT], proposal: ProposalT, desk: Desk
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show the form with what was written so far; where that is nothing, lead to the form's own address."""
    key = desk.provision.key if desk.provision else ""
    own_words = {desk.current, *(wording(desk.pieces, piece.key) for piece in desk.pieces)}
    is_untouched = proposal.wording.split() in ([], *(words.split() for words in own_words))
    if is_untouched and not proposal.addition and not proposal.reason:
        kind = next(word for word, kind in KINDS.items() if kind is proposal.kind)
        return see_other(request, links.asking(desk.address, la=key or WHOLE, pana=desk.until, fel=kind))
    chosen = {"provision": key, "piece": "", "wording": desk.current if is_untouched else proposal.wording}
    shown = blank(type(proposal), **msgspec.structs.asdict(proposal) | chosen)
    return writing_page(request, shown, desk, form.received_at)


@dataclass(frozen=True)
class Checked:
    """What was found to be in order: what it is about, and what others have said that is much like it."""

    about: About
    similar: Sequence[Recommendation]


def checked(
    db: Session, consultation_id: ConsultationId, *, said: Words, place: Place, by: Actor | None, at: datetime
) -> Checked:
    """Read what the check page shows. Raises what `check_recommendation` raises."""
    about = check_recommendation(db, consultation_id, said=said, place=place, by=by, at=at)
    return Checked(about, similar_to(db, about, said))


def check_page(
    request: Request, form: Form[ProposalT], checked: Checked, said: Words, *, author: str, has_account: bool
) -> Response[str]:
    """Show what was written as everybody will see it. `author`: under which name."""
    about = checked.about
    return page(
        request,
        "consultations/propose_check.html",
        form=form,
        about=about,
        similar=checked.similar,
        said=said,
        pieces=[(segment.mark, segment.text) for segment in word_changes(about.current, said.wording)],
        author=author,
        has_account=has_account,
        address=address_for(about.consultation.reference, has_account=has_account),
    )
