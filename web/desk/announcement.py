"""What the announcement of art. 7(2) says, filled in by a clerk; the law's wants stand beside each field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.announcements import (
    SUMMARY_WORDS,
    Announcement,
    EditedMeanwhile,
    check_summary,
    edit_announcement,
    editor_name,
)
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.documents import consultation_for_edit
from consult.consultations.further_packs import budget_pack
from consult.consultations.tracked_changes import word_changes
from consult.i18n import N_, gettext
from consult.identity.actors import Actor, acting_officials
from consult.identity.departments import departments_of
from consult.identity.names import NotAnEmail, email_address
from consult.identity.offices import Role
from consult.policy.packs import Pack
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.changes import Pieces, pieces
from web.desk.consultation import LONGEST_TITLE
from web.desk.opened import opened
from web.fields import line, text, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request

LONGEST_REPORT = 20_000


class AnnouncementForm(msgspec.Struct):
    """The announcement. `edition` and `opened`: what was there when the page was opened."""

    edition: int
    opened: Annotated[str, verbatim(64)]
    title: Annotated[str, line(LONGEST_TITLE, missing=N_("Write the title of the draft."))]
    summary: Annotated[str, text(2000)] = ""
    justification: Annotated[str, text(LONGEST_REPORT)] = ""
    domain: Annotated[str, line(80)] = ""
    department: Annotated[str, line()] = ""
    initiator: Annotated[str, line()] = ""
    ways_to_send: Annotated[str, text(2000)] = ""
    channels: Annotated[str, text(2000)] = ""
    concerns_business: bool = False
    contact_name: Annotated[str, line()] = ""
    contact_email: Annotated[str, line(254)] = ""
    contact_phone: Annotated[str, line(50)] = ""


#: The fields of the announcement, as the form and the consultation call them alike.
FIELDS = tuple(Announcement.__dataclass_fields__)
#: How each is called, on the page, in the summary of what is wrong and in the comparison after a conflict.
LABELS = {
    "title": N_("Title"),
    "summary": N_("In short"),
    "justification": N_("Explanatory report"),
    "domain": N_("Domain"),
    "department": N_("Department"),
    "initiator": N_("Initiator"),
    "ways_to_send": N_("Where and how proposals can be sent"),
    "channels": N_("Notice board and press"),
    "concerns_business": N_("The draft concerns businesses"),
    "contact_name": N_("Name of the contact person"),
    "contact_email": N_("E-mail of the contact person"),
    "contact_phone": N_("Telephone of the contact person"),
}


@dataclass(frozen=True)
class Opened:
    """A draft with the name of whoever changed it last. `budget`: the law by which a local budget runs besides.

    `choices`: what some fields are chosen from, where the authority has departments or contact persons.
    """

    consultation: Consultation
    editor: str
    budget: Pack | None
    choices: Mapping[str, Sequence[str]]

    @property
    def saved(self) -> Mapping[str, object]:
        """What the announcement says now."""
        return {name: getattr(self.consultation, name) for name in FIELDS}


@get("/anunt", opt=at_desk("draft.edit"))
async def edit(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show the announcement for writing."""
    draft = await db.read(draft_opened, consultation_id, by=actor)
    form = blank(AnnouncementForm, edition=draft.consultation.edition, opened=opened(draft.saved), **draft.saved)
    return announcement_page(request, form, draft)


@post("/anunt", opt=at_desk("draft.edit"))
async def save(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Save the announcement, or say what is wrong with it."""
    draft = await db.read(draft_opened, consultation_id, by=actor)
    form: Form[AnnouncementForm] = await read_form(request, AnnouncementForm)
    said = form.data
    is_conflict = False
    check_words(form, draft.choices)
    if said is not None and not form.errors:
        edition = draft.consultation.edition if said.opened == opened(draft.saved) else said.edition
        try:
            announcement = Announcement(**{name: getattr(said, name) for name in FIELDS})
            where = await db.act_once(
                form,
                edit_announcement,
                lambda saved: links.desk_consultation(saved.id),
                draft.consultation.id,
                announcement=announcement,
                edition=edition,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
            is_conflict = isinstance(refusal, EditedMeanwhile)
            draft = await db.read(draft_opened, consultation_id, by=actor)
        else:
            return see_other(request, where, flash=gettext("The announcement is saved."))
    return announcement_page(request, form, draft, is_conflict=is_conflict)


def check_words(form: Form[AnnouncementForm], choices: Mapping[str, Sequence[str]]) -> None:
    """Say what the announcement's own rules have against it, beside what is wrong with other fields already."""
    for name, offered in choices.items():
        if form.text(name) and form.text(name) not in offered:
            form.add(name, gettext("Choose one of those offered."))
    form.check(check_summary, form.text("summary"))
    try:
        if form.text("contact_email"):
            email_address(form.text("contact_email"))
    except NotAnEmail as refusal:
        form.add("contact_email", refusal.explain())


def draft_opened(db: Session, consultation_id: ConsultationId, *, by: Actor) -> Opened:
    """Read a draft for editing. Raises NotFound, NotPermitted, AlreadyPublished."""
    consultation = consultation_for_edit(db, consultation_id, by)
    editor, budget = editor_name(db, consultation.edited_by), budget_pack(db, consultation)
    return Opened(consultation, editor, budget, choices_for(db, consultation))


def choices_for(db: Session, consultation: Consultation) -> Mapping[str, Sequence[str]]:
    """Return the departments and contact persons of the authority, and what was written before there were any."""
    authority_id = consultation.authority_id
    choices = {
        "department": [each.department.name for each in departments_of(db, authority_id)],
        "contact_name": [each.name for each in acting_officials(db, authority_id) if Role.CONTACT_PERSON in each.roles],
    }
    kept = {name: getattr(consultation, name) for name in choices}
    return {name: sorted({*found, kept[name]} - {""}) for name, found in choices.items() if found}


def announcement_page(
    request: Request, form: Form[AnnouncementForm], draft: Opened, *, is_conflict: bool = False
) -> Response[str]:
    """Return the form; after a conflict with what the colleague saved beside what was written here."""
    consultation = draft.consultation
    return page(
        request,
        "desk/announcement.html",
        status=409 if is_conflict else 422 if form.errors else 200,
        consultation=consultation,
        form=form,
        labels=LABELS,
        choices=draft.choices,
        edition=consultation.edition if is_conflict else form.text("edition"),
        opened=opened(draft.saved) if is_conflict else form.text("opened"),
        editor=draft.editor,
        is_conflict=is_conflict,
        differences=list(differences(draft.saved, form)) if is_conflict else [],
        words=len(form.text("summary").split()),
        most_words=SUMMARY_WORDS,
        own=links.desk_consultation(consultation.id),
    )


@dataclass(frozen=True)
class Difference:
    """A field in which two clerks wrote different things: a tracked change from the saved to the written."""

    name: str
    label: str
    saved: str
    pieces: Pieces


def differences(saved: Mapping[str, object], form: Form[AnnouncementForm]) -> Iterator[Difference]:
    """Compare what is saved with what was written, field by field, word by word."""
    for name, value in saved.items():
        theirs = said(value)
        mine = said(form.text(name) == "1") if isinstance(value, bool) else form.text(name)
        if theirs != mine:
            yield Difference(name, LABELS[name], theirs, pieces(word_changes(theirs, mine)))


def said(value: object) -> str:
    """Return a value in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)


handlers = [edit, save]
