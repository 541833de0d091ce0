"""The announcement of art. 7(2), as a clerk fills it in: what it says, its dates, and what it still lacks."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.consultations.consultations import SHORTER, URGENT, Consultation, ConsultationId
from consult.consultations.documents import consultation_for_edit, mark_edited
from consult.consultations.doubts import doubts_about_dates, motive_for
from consult.consultations.listings import keep_words
from consult.consultations.procedure import check_dates, current_pack, local_day
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import Person, PersonId
from consult.identity.permissions import Within, require
from consult.refusals import Refusal

#: A summary that nobody reads helps nobody.
SUMMARY_WORDS = 120


@dataclass(frozen=True)
class Announcement:
    """What the announcement of art. 7(2) says, as a clerk fills it in."""

    title: str
    domain: str = ""
    department: str = ""
    initiator: str = ""
    summary: str = ""
    justification: str = ""
    ways_to_send: str = ""
    channels: str = ""
    concerns_business: bool = False
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


class EditedMeanwhile(Refusal):
    """Somebody else saved the same draft after this one was opened."""

    sentence = N_(
        "%(name)s saved this draft at %(saved_at)s, after you opened it. Both texts are below; nothing is lost."
    )


class SummaryTooLong(Refusal):
    """The summary is for reading in a minute."""

    sentence = N_("The summary has %(count)s words; at most %(most)s fit.")
    field = "summary"


class InThePast(Refusal):
    """A consultation is announced today or later."""

    sentence = N_("%(day)s has passed already. Choose today or a later day.")
    field = "announced_on"


def create_consultation(db: Session, authority_id: AuthorityId, *, title: str, by: Actor, at: datetime) -> Consultation:
    """Begin a consultation, private until it is approved; contact and ways to send come from the authority."""
    authority = db.get_one(Authority, authority_id)
    require("draft.create", by, Within(authority_id))

    consultation = Consultation(
        authority_id=authority_id,
        title=title,
        contact_name=authority.contact_name,
        contact_email=authority.contact_email,
        contact_phone=authority.contact_phone,
        created_by=by.person_id,
        edited_by=by.person_id,
        edited_at=at,
    )
    db.add(consultation)
    db.flush()
    return consultation


def edit_announcement(
    db: Session, consultation_id: ConsultationId, *, announcement: Announcement, edition: int, by: Actor, at: datetime
) -> Consultation:
    """Save what the announcement says. `edition`: the one the clerk opened.

    An edit takes a draft back from approval, so that what is approved is what was read.
    Raises EditedMeanwhile, SummaryTooLong, AlreadyPublished.
    """
    consultation = consultation_for_edit(db, consultation_id, by)
    refuse_overwriting(db, consultation, edition)
    check_summary(announcement.summary)

    for name in (field.name for field in fields(announcement)):
        setattr(consultation, name, getattr(announcement, name))
    keep_words(db, consultation)
    mark_edited(consultation, by, at)
    return consultation


def check_summary(summary: str) -> None:
    """Refuse a summary that nobody would read to its end. Raises SummaryTooLong."""
    words = len(summary.split())
    if words > SUMMARY_WORDS:
        raise SummaryTooLong(count=words, most=SUMMARY_WORDS)


def set_dates(
    db: Session,
    consultation_id: ConsultationId,
    *,
    announced_on: date,
    proposals_until: date,
    submission_on: date,
    urgent_motive: str,
    edition: int,
    sure_of: Collection[date] = (),
    motive: str = "",
    by: Actor,
    at: datetime,
) -> Consultation:
    """Set the dates of the announcement. `urgent_motive`: not empty for the urgent procedure of art. 7(13).

    They are judged as if the draft became public on `announced_on`, and once more on the day on which it does.
    `sure_of`: the days that are meant, however unusual, and `motive`: why. In an urgency one of them may be a last day
    for proposals sooner than usual, which the law leaves open.
    Raises InThePast, UnlawfulDates, DaysInDoubt, MotiveMissing, EditedMeanwhile.
    """
    consultation = consultation_for_edit(db, consultation_id, by)
    refuse_overwriting(db, consultation, edition)
    if announced_on < local_day(at):
        raise InThePast(day=announced_on)
    last_day = check_dates(
        current_pack(),
        announced_on=announced_on,
        proposals_until=proposals_until,
        submission_on=submission_on,
        circumstances=(URGENT, SHORTER) if urgent_motive.strip() else (),
    )
    chosen = {"announced_on": announced_on, "proposals_until": proposals_until, "submission_on": submission_on}
    doubts = doubts_about_dates(**chosen, today=local_day(at))
    reason = motive_for(doubts, sure_of, motive)

    consultation.announced_on = announced_on
    consultation.proposals_until = last_day
    consultation.submission_on = submission_on
    consultation.urgent_motive = urgent_motive.strip()
    consultation.shorter_motive = reason if any(each.shortens for each in doubts) else ""
    consultation.dates_motive = reason if any(each.wants_motive and not each.shortens for each in doubts) else ""
    mark_edited(consultation, by, at)
    return consultation


def refuse_overwriting(db: Session, consultation: Consultation, edition: int) -> None:
    """Refuse to save over what somebody else saved meanwhile. Raises EditedMeanwhile."""
    if consultation.edition != edition:
        raise EditedMeanwhile(name=editor_name(db, consultation.edited_by), saved_at=consultation.edited_at)


@dataclass(frozen=True)
class Part:
    """One part of the announcement on the clerk's task list."""

    name: str
    step: str
    is_done: bool


def parts_of_announcement(consultation: Consultation, *, has_text: bool, has_report: bool) -> list[Part]:
    """Return what art. 7(1)-(2) wants of an announcement, and which of it is there.

    `has_report`: whether the explanatory report is among the documents.
    """
    return [
        Part(N_("Full text of the draft"), "text", has_text),
        Part(N_("Summary in plain words"), "anunt", bool(consultation.summary)),
        Part(N_("Explanatory report"), "anunt", bool(consultation.justification) or has_report),
        Part(N_("Where and how proposals are sent"), "anunt", bool(consultation.ways_to_send)),
        Part(N_("Contact person"), "anunt", bool(consultation.contact_name and consultation.contact_email)),
        Part(N_("Notice board and press"), "anunt", bool(consultation.channels)),
        Part(N_("Dates"), "date", consultation.proposals_until is not None and consultation.submission_on is not None),
    ]


def editor_name(db: Session, person_id: PersonId) -> str:
    """Return a colleague's name, for colleagues only."""
    return db.get_one(Person, person_id).name
