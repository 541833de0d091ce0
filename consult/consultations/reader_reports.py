"""Readers' reports: somebody, with or without an account, says that a recommendation breaks a rule of moderation.

A report decides nothing; a moderator reads it. Whoever left an address is told what became of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import NewType

from sqlalchemy import ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import links, mail
from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.names import email_address
from consult.identity.people import PersonId
from consult.record.moderation_rules import ModerationRule
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

ReaderReportId = NewType("ReaderReportId", int)
key_type(ReaderReportId)

LONGEST_REPORT = 2_000
#: For how long a report is kept after it was concluded.
REMEMBERED = timedelta(days=365)


class ReaderReport(Base):
    """One reader's report. Never public."""

    __tablename__ = "reader_report"
    __table_args__ = (Index("ix_reader_report_open", "authority_id", "concluded_at", "recommendation_id", "id"),)

    id: Mapped[ReaderReportId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), index=True)
    rule: Mapped[ModerationRule] = mapped_column(state_column(ModerationRule))
    words: Mapped[str]
    email: Mapped[str | None]
    locale: Mapped[str]
    reported_at: Mapped[datetime]
    concluded_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    concluded_at: Mapped[datetime | None]

    recommendation: Mapped[Recommendation] = relationship(lazy="raise")


class HiddenAlready(Refusal):
    """What nobody can read needs no report."""

    sentence = N_("This proposal is hidden already.")


class ReportTooLong(Refusal):
    """A report is a few sentences."""

    sentence = N_("Write at most %(most)s characters.")
    field = "words"


def report_recommendation(
    db: Session,
    recommendation_id: RecommendationId,
    *,
    rule: ModerationRule,
    words: str,
    email: str | None,
    locale: str = DEFAULT_LOCALE,
    at: datetime,
) -> ReaderReport:
    """Report a recommendation. Raises HiddenAlready, ReportTooLong, NotAnEmail."""
    recommendation = db.get(Recommendation, recommendation_id)
    if recommendation is None:
        raise NotFound
    if recommendation.hidden_at is not None:
        raise HiddenAlready
    if len(words) > LONGEST_REPORT:
        raise ReportTooLong(most=LONGEST_REPORT)
    report = ReaderReport(
        authority_id=recommendation.authority_id,
        recommendation_id=recommendation_id,
        rule=rule,
        words=words.strip(),
        email=email_address(email) if email else None,
        locale=locale,
        reported_at=at,
    )
    db.add(report)
    db.flush()
    return report


def conclude_reports(db: Session, recommendation: Recommendation, *, by: Actor, at: datetime) -> int:
    """Conclude the open reports of a recommendation that was just hidden, or stays; returns how many there were."""
    reports = open_reports(db, recommendation.id)
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    facts = {
        "authority_id": recommendation.authority_id,
        "number": recommendation.register_number,
        "title": consultation.title,
        "outcome": "hidden" if recommendation.hidden_at else "stays",
        "link": links.recommendation(consultation.reference, recommendation.reference),
    }
    for report in reports:
        report.concluded_by, report.concluded_at = by.person_id, at
    for email, locale in {report.email: report.locale for report in reports if report.email}.items():
        mail.post(db, "report-concluded", to=email, locale=locale, facts=facts, at=at)
    return len(reports)


def open_reports(db: Session, recommendation_id: RecommendationId) -> list[ReaderReport]:
    """Return the reports of a recommendation that nobody has concluded, the first one first."""
    query = select(ReaderReport).where(
        ReaderReport.recommendation_id == recommendation_id, ReaderReport.concluded_at.is_(None)
    )
    return list(db.scalars(query.order_by(ReaderReport.id)))


@dataclass(frozen=True)
class Reported:
    """A recommendation with the reports that wait for a moderator."""

    recommendation: Recommendation
    reports: Sequence[ReaderReport]


def reported_at(db: Session, authority_id: AuthorityId, *, most: int = 500) -> list[Reported]:
    """Return what readers reported and nobody has looked at."""
    query = (
        select(ReaderReport)
        .where(ReaderReport.authority_id == authority_id, ReaderReport.concluded_at.is_(None))
        .options(joinedload(ReaderReport.recommendation))
        .order_by(ReaderReport.recommendation_id, ReaderReport.id)
        .limit(most)
    )
    found = groupby(db.scalars(query), key=lambda report: report.recommendation)
    return [Reported(recommendation, list(reports)) for recommendation, reports in found]


def forget_reporters(db: Session, *, at: datetime) -> None:
    """Forget who reported, and in which words, a year after it was concluded."""
    old = ReaderReport.concluded_at < at - REMEMBERED
    db.execute(update(ReaderReport).where(old).values(words="", email=None))
