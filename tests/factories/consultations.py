"""Consultations in their stages, brought there by the same actions that officials use."""

from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.announcements import Announcement, create_consultation, edit_announcement, set_dates
from consult.consultations.answer_publication import publish_answers
from consult.consultations.consultations import Consultation
from consult.consultations.drafts import request_approval, save_text
from consult.consultations.procedure import current_pack, lawful_dates, local_day
from consult.consultations.publication import approve
from consult.consultations.recommendations import Kind, Recommendation, Verdict
from consult.consultations.responses import draft_answers
from consult.consultations.submissions import submit_recommendation
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from tests.factories.base import NOW
from tests.factories.people import a_citizen, an_authority, an_official

DRAFT = """HOTĂRÂRE
privind parcările de reședință

Art. 1. - Se aprobă Regulamentul parcărilor de reședință.
Art. 2. - (1) Abonamentul se acordă la cerere.
(2) Taxa anuală este de 240 de lei pentru:
a) primul autoturism;
b) fiecare autoturism în plus.
Art. 3. - Cererile se depun online sau la ghișeul unic.
Art. 4. - Prezenta hotărâre se duce la îndeplinire de primar.
"""

ANNOUNCEMENT = Announcement(
    title="Regulamentul parcărilor de reședință",
    domain="Mobilitate",
    department="Direcția Tehnică",
    initiator="Primarul",
    summary="Primăria vrea să împartă locurile de parcare prin abonament anual.",
    justification="Locurile sunt mai puține decât mașinile, iar regulile de azi nu spun cine are întâietate.",
    ways_to_send="Prin această pagină, prin e-mail sau la registratură.",
    channels="Afișat la avizier; comunicat presei locale.",
    contact_name="Ioana Marin",
    contact_email="consultare@izvoru.example",
    contact_phone="0234 000 000",
)

_serial = count(1)


def a_draft_ready_for_approval(
    db: Session,
    authority: Authority | None = None,
    *,
    clerk: Actor | None = None,
    text: str = DRAFT,
    at: datetime = NOW,
) -> Consultation:
    """A complete draft that waits for its second pair of eyes."""
    authority = authority or an_authority(db)
    clerk = clerk or an_official(db, authority, Role.CLERK)
    consultation = create_consultation(db, authority.id, title=ANNOUNCEMENT.title, by=clerk, at=at)
    edit_announcement(db, consultation.id, announcement=ANNOUNCEMENT, edition=consultation.edition, by=clerk, at=at)
    dates = lawful_dates(current_pack(), local_day(at))
    set_dates(
        db,
        consultation.id,
        announced_on=local_day(at),
        proposals_until=dates.proposals.day,
        submission_on=dates.submission.day,
        urgent_motive="",
        edition=consultation.edition,
        by=clerk,
        at=at,
    )
    save_text(db, consultation.id, text=text, edition=0, by=clerk, at=at)
    request_approval(db, consultation.id, by=clerk, at=at)
    return consultation


def an_open_consultation(
    db: Session, authority: Authority | None = None, *, text: str = DRAFT, at: datetime = NOW
) -> Consultation:
    """A consultation published at an instant, open until the earliest lawful day."""
    authority = authority or an_authority(db)
    consultation = a_draft_ready_for_approval(db, authority, text=text, at=at)
    return approve(db, consultation.id, by=an_official(db, authority, Role.APPROVER), at=at)


def a_recommendation(
    db: Session,
    consultation: Consultation,
    *,
    provision_key: str | None = "art-3",
    kind: Kind = Kind.OBSERVATION,
    wording: str | None = None,
    by: Actor | None = None,
    at: datetime = NOW + timedelta(hours=1),
) -> Recommendation:
    """An observation by somebody, different from all others."""
    return submit_recommendation(
        db,
        consultation.id,
        kind=kind,
        provision_key=provision_key,
        wording=wording or f"Observația mea, a {next(_serial)}-a.",
        reason="" if kind is Kind.OBSERVATION else "Pentru că așa e drept.",
        named=False,
        by=by or a_citizen(db),
        at=at,
    )


def a_consultation_in_analysis(db: Session, *, recommendations: int = 3) -> tuple[Consultation, list[Recommendation]]:
    """A consultation whose period for proposals ended before `after_the_deadline`."""
    consultation = an_open_consultation(db)
    return consultation, [a_recommendation(db, consultation) for _ in range(recommendations)]


def answer_everything(db: Session, consultation: Consultation, *, verdict: Verdict = Verdict.TAKEN_UP) -> datetime:
    """Answer all alike, publish the answers on the day after the last one for proposals, and return that instant."""
    authority, at = db.get_one(Authority, consultation.authority_id), the_day_after(consultation.proposals_until)
    contact = an_official(db, authority, Role.CONTACT_PERSON)
    received = select(Recommendation.id).where(
        Recommendation.consultation_id == consultation.id, Recommendation.withdrawn_at.is_(None)
    )
    draft_answers(
        db,
        consultation.id,
        recommendation_ids=db.scalars(received).all(),
        verdict=verdict,
        reason="Costul real a fost recalculat.",
        by=contact,
        at=at,
    )
    publish_answers(db, consultation.id, by=contact, at=at)
    return at


def the_day_after(day: date | None) -> datetime:
    """Return noon of the day after, in UTC."""
    assert day is not None
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), NOW.tzinfo) + timedelta(hours=12)
