"""What the composers of whoever is signed in (`propose`) and of everybody else (`unconfirmed`) share.

Every kind is written on one page, which shows the fields of the kind that is chosen: choosing another one asks nothing
of the server and loses nothing, and the browser's way back leads to a page that it knows how to fill in again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.attachments import MOST_FILES, Attachment, files_waiting
from consult.consultations.consultations import Consultation, find_published
from consult.consultations.insertions import Insertion, insertion_after
from consult.consultations.outline import contents, wording
from consult.consultations.passages import Passage, find_provision, on_page, provisions_of
from consult.consultations.places import Meanwhile, Place, changed_meanwhile
from consult.consultations.ranges import newest_range
from consult.consultations.recommendations import Kind
from consult.consultations.unsent import Begun, UnsentId, UnsentRecommendation
from consult.consultations.versions import latest_version
from consult.consultations.words import LONGEST_TEXT, Words
from consult.identity.authorities import AuthorityId
from consult.identity.organisations import Organisation, organisations_of
from consult.identity.people import PersonId
from web.bodies import UploadedFile
from web.fields import several, text, verbatim
from web.forms import Form

T = TypeVar("T")

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


#: Whoever chooses more files than may come with a proposal is told so; nobody chooses more than these.
MOST_AT_ONCE = 50


class Proposal(msgspec.Struct):
    """A recommendation as it is written. `acting_for`: an organisation's id.

    `until`: the last article of a range. `wording`: the draft's words, changed. `addition`: a text to be added.
    `reason`: why, or the comment itself. `step`: the button that was pressed; so is `piece`, which makes it one about
    this paragraph or letter instead of `provision`. `files`: those that were chosen last; `attached`: the names of all
    that wait with the form. `version`: that its writer was shown. `draft`, `edition`: which draft it goes on with.
    """

    kind: Kind
    step: Literal["check", "edit", "save", "send"] = "edit"
    provision: Annotated[str, verbatim(200)] = ""
    until: Annotated[str, verbatim(200)] = ""
    piece: Annotated[str, verbatim(200)] = ""
    wording: Annotated[str, text(LONGEST_TEXT)] = ""
    addition: Annotated[str, text(LONGEST_TEXT)] = ""
    reason: Annotated[str, text(LONGEST_TEXT)] = ""
    acting_for: int | None = None
    named: bool = False
    version: int | None = None
    draft: int | None = None
    edition: int = 0
    files: Annotated[list[UploadedFile], several(MOST_AT_ONCE)] = msgspec.field(default_factory=list)
    attached: Annotated[list[str], several(MOST_FILES)] = msgspec.field(default_factory=list)


ProposalT = TypeVar("ProposalT", bound=Proposal)


@dataclass(frozen=True)
class Desk:
    """What lies beside the paper: the draft's own words, the pieces one could point to, whom one may speak for.

    `has_account`: whether its writer is signed in. `files`: those that wait with the form. `until`: the last article of
    a range, and `label` what it or the one provision is called. `insertion`: where a text would stand that is added
    after the provision. `meanwhile`: how the text changed while it was written.
    """

    consultation: Consultation
    version: int
    has_account: bool
    organisations: Sequence[Organisation]
    files: Sequence[Attachment]
    provision: Passage | None = None
    until: str = ""
    label: str = ""
    current: str = ""
    insertion: Insertion | None = None
    meanwhile: Meanwhile | None = None
    pieces: Sequence[Passage] = ()

    @property
    def address(self) -> str:
        """Where what is written goes."""
        return address_for(self.consultation.reference, has_account=self.has_account)


def address_for(reference: str, *, has_account: bool) -> str:
    """Return the composer of a consultation, for whoever is signed in or for everybody else."""
    return links.propose(reference) if has_account else links.propose_without_account(reference)


def desk_for(
    db: Session,
    authority_id: AuthorityId,
    reference: str,
    place: Place,
    person_id: PersonId | None,
    *,
    attached: Sequence[str] = (),
) -> Desk:
    """Read what the composer shows. `person_id`: None without an account. Raises NotFound, NotARange.

    Where the text has changed since `place` was read, it shows the place where that stands today.
    """
    consultation = find_published(db, authority_id, reference)
    organisations = organisations_of(db, person_id) if person_id is not None else []
    version, files = latest_version(db, consultation.id), files_waiting(db, attached)
    meanwhile = changed_meanwhile(db, consultation.id, place)
    place = meanwhile.place if meanwhile else place
    desk = Desk(consultation, version.number, person_id is not None, organisations, files, meanwhile=meanwhile)
    if place.provision_key is None:
        return desk
    provision = find_provision(db, version.id, place.provision_key)
    if place.until_key is not None:
        meant = newest_range(db, consultation.id, provision.key, place.until_key)
        return replace(desk, provision=provision, until=place.until_key, label=meant.label, current=meant.current)
    pieces, insertion = on_page(db, version.id, provision.article_key), insertion_after(db, provision)
    current = wording(pieces, provision.key)
    return replace(
        desk, provision=provision, label=provision.label, current=current, insertion=insertion, pieces=pieces
    )


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
    version = int(shown) if (shown := form.text("version")).isdecimal() else None
    return Place(form.text("piece") or form.text("provision") or None, form.text("until") or None, version)


def begun(desk: Desk, word: str | None) -> dict[str, Any]:  # Any: the fields of a form
    """Return what stands in the form before anything is written: the kind that the address names, the draft's words."""
    kind = KINDS.get(word or "", Kind.CHANGE) if desk.provision else Kind.OBSERVATION
    provision = desk.provision.key if desk.provision else ""
    place = {"version": desk.version, "provision": provision, "until": desk.until}
    return {"step": "check", "kind": kind, "wording": desk.current, **place}


def as_typed(unsent: UnsentRecommendation) -> dict[str, Any]:  # Any: the fields of a form
    """Return a draft as it stood in the form when it was kept."""
    typed = {"reason": unsent.reason}
    if unsent.kind in WORDS:
        typed[WORDS[unsent.kind]] = unsent.wording
    return typed | {
        "step": "check",
        "kind": unsent.kind,
        "provision": unsent.provision_key or "",
        "until": unsent.until_key or "",
        "version": unsent.version_number,
        "acting_for": unsent.organisation_id,
        "named": unsent.named,
        "attached": unsent.files,
        "draft": unsent.id,
        "edition": unsent.edition,
    }


def begun_as(proposal: Proposal) -> Begun | None:
    """Return the draft that a proposal goes on with."""
    return Begun(UnsentId(proposal.draft), proposal.edition) if proposal.draft is not None else None


def words_of(form: Form[ProposalT], proposal: ProposalT) -> Words:
    """Return what a proposal of its kind says; what its writer left of another kind stays on the page."""
    return Words(
        proposal.kind,
        wording=getattr(proposal, WORDS[proposal.kind]) if proposal.kind in WORDS else "",
        reason="" if proposal.kind is Kind.OBSERVATION else proposal.reason,
        files=form.texts("attached"),
    )
