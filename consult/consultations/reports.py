"""The yearly report on transparency (Law 52/2003, art. 13): counted here, completed and published by two officials.

What the service knows it counts; what happened elsewhere, and what only words can say, an official adds. A report that
was published is corrected only by a later one, with its reason.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import NewType

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.procedure import current_pack, local_day
from consult.consultations.report_figures import Report, counted_here, last_day, stated
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import PersonId
from consult.identity.permissions import Within, require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.policy.indicators import Figure, indicators_of
from consult.record.events import Measured, Reported, ReportPublished
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

ReportId = NewType("ReportId", int)
key_type(ReportId)

#: The longest text about one indicator, in characters.
LONGEST_WORDS = 20_000
#: The most that is believed of anything in one year.
MOST = 10_000_000
#: So many years back reports can still be made: those that are on paper already need not be.
YEARS_BACK = 10


class ReportDraft(Base):
    """What an official adds to a year's figures and nobody outside has seen. `reason`: of a correction."""

    __tablename__ = "report_draft"

    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: What happened outside these pages, by measure.
    added: Mapped[dict[str, int]] = mapped_column(JSON)
    #: What is said in words, by indicator.
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(default="")
    #: Counts the edits, so that what is approved is what was read.
    edition: Mapped[int]
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]

    @property
    def is_public(self) -> bool:
        """Whether anybody may know that it exists."""
        return False


class YearlyReport(Base):
    """A report as it was published; the last number of a year holds, the others stay to be read."""

    __tablename__ = "yearly_report"
    __table_args__ = (UniqueConstraint("authority_id", "year", "number"),)

    id: Mapped[ReportId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    year: Mapped[int]
    number: Mapped[int]
    counted: Mapped[dict[str, int]] = mapped_column(JSON)
    added: Mapped[dict[str, int]] = mapped_column(JSON)
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    #: Each indicator with its value as the record says it, in the order of the pack.
    values: Mapped[dict[str, str | None]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime]
    event_id: Mapped[str]


class YearNotOver(Refusal):
    """A year is reported when it has ended."""

    sentence = N_("The year %(year)s is not over; its report is made afterwards.")


class NotANumberOfThings(Refusal):
    """What is added to a count is a whole number of things."""

    sentence = N_("Write a number from 0 to %(most)s.")


class NothingAdded(Refusal):
    """A draft says something."""

    sentence = N_("Write a number or a text; nothing is filled in yet.")


class WordsTooLong(Refusal):
    """A report is read by people."""

    sentence = N_("At most %(most)s characters fit here.")


class WordsMissing(Refusal):
    """The law asks for words: an evaluation, the situation of the cases, the reasons."""

    sentence = N_("Write what the law asks for in words: %(indicator)s.")


class WhyReportCorrected(Refusal):
    """A published report is corrected with a reason that everybody can read."""

    sentence = N_("Write why the published report is corrected.")
    field = "reason"


class ReportEdited(Refusal):
    """A colleague saved the draft meanwhile, or something was counted."""

    sentence = N_("The report changed meanwhile. Read it again before you go on.")


def save_report(
    db: Session,
    authority_id: AuthorityId,
    year: int,
    *,
    added: Mapping[str, int],
    words: Mapping[str, str],
    reason: str = "",
    edition: int,
    by: Actor,
    at: datetime,
) -> ReportDraft:
    """Keep what an official adds to a year. `edition`: of the draft that was opened, 0 where there was none.

    Raises YearNotOver, NotFound, NotANumberOfThings, NothingAdded, WordsTooLong, WhyReportCorrected, ReportEdited.
    """
    require("report.keep", by, Within(authority_id))
    refuse_unfit_year(year, at)
    pack = current_pack()
    known = {rule.id for rule in indicators_of(pack, on=last_day(year)) if rule.in_words}
    if not added.keys() <= pack.measures.keys() or not words.keys() <= known:
        raise NotFound
    if not all(0 <= number <= MOST for number in added.values()):
        raise NotANumberOfThings(most=MOST)
    if not any(added.values()) and not any(map(str.strip, words.values())):
        raise NothingAdded
    if any(len(said) > LONGEST_WORDS for said in words.values()):
        raise WordsTooLong(most=LONGEST_WORDS)
    if reports_of_year(db, authority_id, year) and not reason.strip():
        raise WhyReportCorrected
    draft = draft_of(db, authority_id, year)
    if (draft.edition if draft else 0) != edition:
        raise ReportEdited

    if draft is None:
        draft = ReportDraft(authority_id=authority_id, year=year, created_by=by.person_id, edition=0)
        db.add(draft)
    draft.added = {name: number for name, number in added.items() if number}
    draft.words = {rule: said.strip() for rule, said in words.items() if said.strip()}
    draft.reason = reason.strip()
    draft.edition += 1
    draft.edited_by, draft.edited_at = by.person_id, at
    db.flush()
    return draft


def publish_report(
    db: Session, authority_id: AuthorityId, year: int, *, edition: int, read: str, by: Actor, at: datetime
) -> YearlyReport:
    """Publish a year's report, as the second pair of eyes. `edition` and `read`: the draft and the report's digest.

    Raises NotFound, ReportEdited, WordsMissing. Source: art. 13.
    """
    draft = draft_of(db, authority_id, year)
    if draft is None:
        raise NotFound
    require("report.publish", by, draft)
    report = report_of(db, authority_id, year, draft)
    if (draft.edition, report.digest) != (edition, read):
        raise ReportEdited
    refuse_without_words(report)

    before = reports_of_year(db, authority_id, year)
    slug = db.scalars(select(Authority.slug).where(Authority.id == authority_id)).one()
    subject = f"consult:{slug}/rapoarte/{year}"
    hands = {draft.created_by, draft.edited_by}
    event = ReportPublished(
        subject=subject,
        year=year,
        number=len(before) + 1,
        pack=report.pack.id,
        version=report.pack.version,
        measures=tuple(
            Measured(name, report.counted.get(name, 0), report.added.get(name, 0)) for name in report.pack.measures
        ),
        figures=tuple(_reported(each, report) for each in report.figures),
        reason=draft.reason or None,
        drafted_by=tuple(sorted(pseudonym_of(db, each, subject) for each in hands)),
    )
    published = YearlyReport(
        authority_id=authority_id,
        year=year,
        number=event.number,
        counted=dict(report.counted),
        added=dict(report.added),
        words=dict(report.words),
        values={each.indicator: each.value for each in event.figures},
        reason=draft.reason,
        published_at=at,
        event_id=record(db, event, by=by, at=at).id,
    )
    db.add(published)
    db.delete(draft)
    db.flush()
    return published


def report_of(db: Session, authority_id: AuthorityId, year: int, draft: ReportDraft | None = None) -> Report:
    """Return the report of a year as it stands now, with what a draft adds to it."""
    added, words = (draft.added, draft.words) if draft else ({}, {})
    return Report(year, current_pack(), counted_here(db, authority_id, year), added, words)


def draft_of(db: Session, authority_id: AuthorityId, year: int) -> ReportDraft | None:
    """Return what was added to a year and is not published."""
    return db.get(ReportDraft, (authority_id, year))


def reports_of_year(db: Session, authority_id: AuthorityId, year: int) -> list[YearlyReport]:
    """Return the published reports of a year, the newest first."""
    query = select(YearlyReport).where(YearlyReport.authority_id == authority_id, YearlyReport.year == year)
    return list(db.scalars(query.order_by(YearlyReport.number.desc())))


def reports_of(db: Session, authority_id: AuthorityId) -> list[YearlyReport]:
    """Return the report that holds of each year, the newest year first."""
    query = select(YearlyReport).where(YearlyReport.authority_id == authority_id)
    newest = {each.year: each for each in db.scalars(query.order_by(YearlyReport.year.desc(), YearlyReport.number))}
    return list(newest.values())


def refuse_unfit_year(year: int, at: datetime) -> None:
    """Refuse a year that is not over, and one so long ago that nobody reports it here. Raises YearNotOver, NotFound."""
    today = local_day(at)
    if not today.year - YEARS_BACK <= year <= today.year:
        raise NotFound
    if year == today.year:
        raise YearNotOver(year=str(year))


def refuse_without_words(report: Report) -> None:
    """Refuse a report that lacks words that the law asks for: of what there were none, there is nothing to say."""
    for each in report.figures:
        is_owed = each.rule.verified and each.rule.in_words and each.value != 0
        if is_owed and not report.words.get(each.rule.id):
            raise WordsMissing(indicator=each.rule.title)


def _reported(figure: Figure, report: Report) -> Reported:
    words = report.words.get(figure.rule.id)
    return Reported(figure.rule.id, stated(figure.value), sha256(words.encode()).hexdigest() if words else None)
