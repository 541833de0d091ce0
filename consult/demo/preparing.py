"""How a draft of the demo town is prepared: its announcement, its dates, its text and its report."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.consultations.announcements import Announcement, create_consultation, edit_announcement, set_dates
from consult.consultations.consultations import ConsultationId
from consult.consultations.documents import DocumentKind, attach_document
from consult.consultations.drafts import request_approval, save_text
from consult.demo import town as told
from consult.demo.budgets import prepare_budget
from consult.demo.days import deadline, office_day
from consult.demo.keeping import leave_out
from consult.demo.residents import Residents
from consult.files import CheckedFile


def prepare(
    db: Session,
    draft: told.Consultation,
    contact: told.Official,
    residents: Residents,
    loaded_on: date,
    *,
    report: CheckedFile,
    at: datetime,
) -> ConsultationId:
    """Begin a draft, fill in its announcement, its dates, its text and its report, and ask for approval."""
    clerk = residents.official(db, draft.drafted_by)
    consultation = create_consultation(db, residents.authority_id, title=draft.title, by=clerk, at=at)
    announcement = Announcement(
        title=draft.title,
        domain=draft.domain,
        department=draft.department,
        initiator=draft.initiator,
        summary=draft.summary.strip(),
        justification=draft.report.strip(),
        ways_to_send=draft.ways_to_send.strip(),
        channels=draft.channels.strip(),
        concerns_business=draft.concerns_business,
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
    )
    edit_announcement(db, consultation.id, announcement=announcement, edition=consultation.edition, by=clerk, at=at)
    set_dates(
        db,
        consultation.id,
        announced_on=office_day(loaded_on, draft.days.announced),
        proposals_until=deadline(loaded_on, draft.days.proposals_until),
        submission_on=deadline(loaded_on, draft.days.submission_on),
        urgent_motive=draft.urgent_motive.strip(),
        edition=consultation.edition,
        by=clerk,
        at=at,
    )
    attach_document(
        db,
        consultation.id,
        kind=DocumentKind.REPORT,
        file=report.kept,
        by=clerk,
        at=at,
    )
    leave_out(db, consultation, draft, by=clerk, at=at)
    save_text(db, consultation.id, text=draft.text, edition=0, by=clerk, at=at)
    if draft.figures.table:
        prepare_budget(db, consultation.id, draft.figures.table, by=clerk, at=at)
    request_approval(db, consultation.id, by=clerk, at=at)
    return consultation.id
