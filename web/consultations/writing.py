"""The pages of the composer: what a recommendation is about, the form to write it on, and the last look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.attachments import MOST_FILES, Attachment, files_held
from consult.consultations.consultations import ConsultationId
from consult.consultations.outline import wording
from consult.consultations.places import Meanwhile, Place
from consult.consultations.ranges import NotARange
from consult.consultations.recommendations import Kind, Recommendation
from consult.consultations.similar import similar_to
from consult.consultations.submissions import About, check_recommendation
from consult.consultations.tracked_changes import word_changes
from consult.consultations.words import Words
from consult.files.uploads import ACCEPTED, LARGEST
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.people import PersonId
from web.answers import page, see_other
from web.consultations.articles import compared
from web.consultations.composer import (
    KINDS,
    WHOLE,
    WORDS,
    Asked,
    Desk,
    ProposalT,
    address_for,
    begun,
    desk_for,
    what_can_be_chosen,
)
from web.database import Db
from web.forms import Form, blank
from web.given import Request
from web.identity.refused import UNPROCESSABLE

OK = 200


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
    request: Request,
    form: Form[ProposalT],
    desk: Desk,
    at: datetime,
    *,
    status: int = OK,
    earlier: str = "",
) -> Response[str]:
    """Show the page on which a recommendation is written, with everything that was written so far.

    `earlier`: where the same proposal stands that its author has sent already.
    """
    if desk.meanwhile:
        form.carry_over(**carried(form, desk.meanwhile))
    return page(
        request,
        "consultations/propose.html",
        status=status,
        form=form,
        desk=desk,
        earlier=earlier,
        changes=[compared(each.before, each.after) for each in desk.meanwhile.articles] if desk.meanwhile else [],
        is_open=desk.consultation.is_open_at(at),
        accepted=ACCEPTED,
        largest=LARGEST,
        most_files=MOST_FILES,
    )


def go_on_writing(
    request: Request, form: Form[ProposalT], proposal: ProposalT, desk: Desk
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show the form with what was written so far; where that is nothing, lead to the form's own address."""
    if desk.meanwhile:
        return writing_page(request, form, desk, form.received_at)
    key = desk.provision.key if desk.provision else ""
    own_words = {desk.current, *(wording(desk.pieces, piece.key) for piece in desk.pieces)}
    is_untouched = proposal.wording.split() in ([], *(words.split() for words in own_words))
    if is_untouched and not proposal.addition and not proposal.reason and not desk.files:
        kind = next(word for word, kind in KINDS.items() if kind is proposal.kind)
        return see_other(request, links.asking(desk.address, la=key or WHOLE, pana=desk.until, fel=kind))
    chosen = {
        "provision": key,
        "piece": "",
        "version": desk.version,
        "wording": desk.current if is_untouched else proposal.wording,
    }
    written = {name: value for name, value in msgspec.structs.asdict(proposal).items() if name != "files"}
    shown = blank(type(proposal), **written | chosen | {"attached": [file.id for file in desk.files]})
    return writing_page(request, shown, desk, form.received_at)


def carried(form: Form[ProposalT], meanwhile: Meanwhile) -> dict[str, str]:
    """Return the fields of a form that say where what it says stands in the newest version.

    Where the text has lost the place, what was written becomes a comment on the draft as a whole.
    """
    place = meanwhile.place
    where = {
        "version": str(meanwhile.newest),
        "provision": place.provision_key or "",
        "until": place.until_key or "",
        "piece": "",
    }
    if place.provision_key is not None:
        return where
    kind = Kind(form.text("kind"))
    words = [form.text("reason"), form.text(WORDS[kind]) if kind in WORDS else ""]
    return where | {"kind": Kind.OBSERVATION.value, "reason": "\n\n".join(dict.fromkeys(filter(None, words)))}


@dataclass(frozen=True)
class Checked:
    """What was found to be in order: what it is about, what comes with it, what others said that is like it."""

    about: About
    files: Sequence[Attachment]
    similar: Sequence[Recommendation]


def checked(
    db: Session, consultation_id: ConsultationId, *, said: Words, place: Place, by: Actor | None, at: datetime
) -> Checked:
    """Read what the check page shows. Raises what `check_recommendation` raises."""
    about = check_recommendation(db, consultation_id, said=said, place=place, by=by, at=at)
    return Checked(about, files_held(db, said.files), similar_to(db, about, said))


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
        files=checked.files,
        similar=checked.similar,
        said=said,
        pieces=[(segment.mark, segment.text) for segment in word_changes(about.current, said.wording)],
        author=author,
        has_account=has_account,
        address=address_for(about.consultation.reference, has_account=has_account),
    )
