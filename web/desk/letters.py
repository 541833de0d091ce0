"""What came on paper, by e-mail or by word of mouth: entered by a clerk, who then prints a receipt for its author."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Stream
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.attachments import hold_file
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.drafts import find_for_desk
from consult.consultations.entering import (
    HEARING,
    consultation_to_enter,
    enter_recommendation,
)
from consult.consultations.figure_proposals import FigureProposal
from consult.consultations.figures import newest_figures
from consult.consultations.further_packs import contesting
from consult.consultations.hand_entries import HandEntry, claim_code, hand_entry_of
from consult.consultations.letters import LONGEST_CONTACT, Letter
from consult.consultations.passages import Head, heads_of
from consult.consultations.recommendations import Kind, Recommendation, Source, find_recommendation
from consult.consultations.versions import latest_version
from consult.consultations.words import LONGEST_TEXT, Words
from consult.files.sealing import SealedFile
from consult.files.uploads import ACCEPTED, LARGEST, UploadRefused
from consult.i18n import N_, ZONE, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH
from consult.identity.permissions import require
from consult.identity.registers import Register, register_key
from consult.identity.vault import Vault
from consult.library.figures import FigureLine, lines_of
from consult.money import NotAnAmount, read_amount
from consult.record.entry_form import SALT_SIZE
from consult.refusals import NotFound, Refusal
from consult.settings import Settings
from web.access import at_desk
from web.addresses import absolute
from web.answers import page
from web.bodies import UploadedFile
from web.consultations.attached import checked_and_sealed
from web.consultations.documents import file_to_keep
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line, text, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request

#: What an official enters; what came by these pages is not entered.
ByHand = Literal["paper", "email", "debate", "desk"]


class AmountUnread(Refusal):
    """What was typed is no amount of money."""

    sentence = N_("Write an amount in lei, such as 150.000.")
    field = "amount"


class LetterForm(msgspec.Struct):
    """What stands in a letter, or was said. `article`: a key, empty for the draft as a whole.

    `row`, `to` and `amount`: of the figures of a draft budget, of which the letter speaks instead of an article.
    """

    source: Annotated[ByHand, asks(N_("Choose how it came."))]
    received_on: Annotated[date, asks(N_("Choose the day on which it came in."))]
    hour: Annotated[time, asks(N_("Write the hour, for example 16:00."))]
    kind: Annotated[Kind, asks(N_("Choose what it asks for."))]
    wording: Annotated[str, text(LONGEST_TEXT)]
    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write who sent it."))]
    article: Annotated[str, line()] = ""
    reason: Annotated[str, text(LONGEST_TEXT)] = ""
    organisation: Annotated[str, line(NAME_LENGTH)] = ""
    named: bool = False
    contact: Annotated[str, line(LONGEST_CONTACT)] = ""
    email: Annotated[str, line(EMAIL_LENGTH)] = ""
    file: UploadedFile | None = None
    is_another: bool = False
    row: Annotated[str, verbatim(100)] = ""
    to: Annotated[str, verbatim(100)] = ""
    amount: Annotated[str, line(40)] = ""
    contests: bool = False
    is_resident: bool = False

    def letter(self, scan: str | None) -> Letter:
        """Return what was typed as the action wants it."""
        return Letter(
            source=Source(self.source),
            received_at=datetime.combine(self.received_on, self.hour, ZONE).astimezone(UTC),
            provision_key=self.article or None,
            said=Words(self.kind, self.wording, self.reason),
            name=self.name,
            organisation=self.organisation,
            named=self.named,
            contact=self.contact,
            email=self.email,
            is_another=self.is_another,
            scan=scan,
            figures=self.figures(),
            is_resident=self.is_resident,
        )

    def figures(self) -> FigureProposal | None:
        """Return what the letter says of the figures; None where it speaks of the text. Raises AmountUnread."""
        if not (self.row or self.contests):
            return None
        amount = None
        if self.to:
            try:
                amount = read_amount(self.amount)
            except NotAnAmount:
                raise AmountUnread from None
        return FigureProposal(self.row or None, self.to or None, amount, self.wording, self.contests, self.contact)


@dataclass(frozen=True)
class Slip:
    """What the receipt says."""

    consultation: Consultation
    recommendation: Recommendation
    entry: HandEntry


def draft_written_about(
    db: Session, consultation_id: ConsultationId, *, by: Actor
) -> tuple[Consultation, Sequence[Head]]:
    """Return a consultation that still hears proposals, and the articles of its text. Raises NotFound, WentOn."""
    consultation = consultation_to_enter(db, consultation_id, by)
    return consultation, heads_of(db, latest_version(db, consultation_id).id)


def rows_of_figures(db: Session, consultation_id: ConsultationId) -> Sequence[FigureLine]:
    """Return the lines of a draft budget of which a letter may speak; none of a draft without figures."""
    try:
        return lines_of(db, newest_figures(db, consultation_id).table_id)
    except NotFound:
        return ()


def slip_of(db: Session, consultation_id: ConsultationId, number: str, *, by: Actor) -> Slip:
    """Return what was entered under a number. Raises NotFound for what came by the public pages."""
    consultation = find_for_desk(db, consultation_id, by)
    require("recommendation.enter", by, consultation)
    recommendation = find_recommendation(db, consultation_id, number)
    entry = hand_entry_of(db, recommendation.id)
    if entry is None:
        raise NotFound
    return Slip(consultation, recommendation, entry)


def scan_of(db: Session, consultation_id: ConsultationId, number: str, *, by: Actor) -> SealedFile:
    """Return the scan of a letter. Raises NotFound."""
    entry = slip_of(db, consultation_id, number, by=by).entry
    if entry.scan_commitment is None:
        raise NotFound
    return SealedFile(entry.scan_name, entry.scan_media_type, entry.scan_size, entry.scan_commitment)


@get("/propuneri/noua", opt=at_desk("recommendation.enter"))
async def new(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Ask what stands in the letter."""
    form = blank(LetterForm, received_on=at.astimezone(ZONE).date(), kind=Kind.OBSERVATION)
    return await letter_page(request, db, actor, consultation_id, form)


@post("/propuneri/noua", opt=at_desk("recommendation.enter"))
async def enter(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Enter a letter, which gets its number, and lead to the receipt to print."""
    await db.read(draft_written_about, consultation_id, by=actor)
    form: Form[LetterForm] = await read_form(request, LetterForm)
    if form.data is not None:
        try:
            sealed = await run_sync(checked_and_sealed, settings, form.data.file) if form.data.file else None
        except UploadRefused as refusal:
            form.refuse(refusal)
            return await letter_page(request, db, actor, consultation_id, form)

        try:
            form.data.figures()
        except AmountUnread as refusal:
            form.refuse(refusal)
            return await letter_page(request, db, actor, consultation_id, form)
        # It waits for its letter, so that it is deleted should none be entered.
        scan = await db.act(hold_file, sealed, at=form.received_at) if sealed else None

        def where(made: Recommendation) -> str:
            return links.desk_consultation(consultation_id, f"propuneri/{made.reference}/dovada")

        key = register_key(Register.RECOMMENDATIONS, authority.id)
        deed = Deed(request, db, form, actor, where, gettext("It is registered. Print the receipt."), alone=key)
        done = await deed.do(enter_recommendation, consultation_id, letter=form.data.letter(scan))
        if done is not None:
            return done
    return await letter_page(request, db, actor, consultation_id, form)


@get("/propuneri/{number:str}/dovada", opt=at_desk("recommendation.enter"))
async def slip(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    number: FromPath[str],
) -> Response[str]:
    """Show the receipt to print: number, day, what was received, how to follow it, and the code that claims it."""
    found = await db.read(slip_of, consultation_id, number, by=actor)
    it = found.recommendation
    return page(
        request,
        "desk/letter_slip.html",
        consultation=found.consultation,
        it=it,
        entry=found.entry,
        # Only right after one was entered: a receipt is also opened to print the answer.
        may_enter=it.answered_at is None and found.consultation.stage in HEARING,
        code=claim_code(vault, it) if it.person_id is None else None,
        claim_at=absolute(request, links.CLAIM),
        follow_at=absolute(request, links.recommendation(found.consultation.reference, it.reference)),
        own=links.desk_consultation(consultation_id),
    )


@get("/propuneri/{number:str}/scan", opt=at_desk("recommendation.enter"))
async def scan(
    db: Given[Db],
    settings: Given[Settings],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    number: FromPath[str],
) -> Stream:
    """Hand out the scan of a letter to those who keep the register."""
    return file_to_keep(settings, await db.read(scan_of, consultation_id, number, by=actor), after=SALT_SIZE)


async def letter_page(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, form: Form[LetterForm]
) -> Response[str]:
    """Return the form with the articles that a letter can be about."""
    consultation, heads = await db.read(draft_written_about, consultation_id, by=actor)
    return page(
        request,
        "desk/letter.html",
        status=422 if form.errors else 200,
        consultation=consultation,
        form=form,
        articles=[(head.key, head.label or head.heading) for head in heads if head.label or head.heading],
        rows=await db.read(rows_of_figures, consultation_id),
        contesting=await db.read(contesting, consultation),
        repeats=form.error("is_another") is not None or form.text("is_another") == "1",
        accepted=ACCEPTED,
        largest=LARGEST,
        longest=LONGEST_TEXT,
        own=links.desk_consultation(consultation_id),
    )


handlers = [new, enter, slip, scan]
