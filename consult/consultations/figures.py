"""The figures of a draft budget: the annex of a consultation's text, as a table of lines instead of as words.

A clerk reads it from a file or pastes it, and corrects it as text; whoever publishes the draft, or its next version,
publishes the figures with it. A version whose figures nobody changed has those of the version before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship, undefer

from consult.consultations.announcements import EditedMeanwhile, editor_name
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.documents import mark_edited
from consult.consultations.grammar.plain_text import normalise
from consult.consultations.versions import Version, VersionId
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.library.figures import FigureTable, FigureTableId, keep_figures
from consult.library.lines import Reading, read_lines
from consult.library.sheets import read_rows, write_rows
from consult.money import Unit
from consult.refusals import NotFound, Refusal
from consult.store import Base

#: A pasted table, in characters: five thousand lines of two hundred.
LONGEST_TABLE = 1_000_000


class DraftFigures(Base):
    """One saved edition of the figures being prepared; every edition is kept. An empty text: there are none now."""

    __tablename__ = "draft_figures"
    __table_args__ = (CheckConstraint("unit IN (1, 1000)", name="unit"),)

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(deferred=True)
    #: What one in the table stands for, in lei.
    unit: Mapped[int]
    #: Which of its columns is consulted about, from 0; None for the last.
    main: Mapped[int | None]
    saved_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]


class VersionFigures(Base):
    """The figures that a published version has."""

    __tablename__ = "version_figures"

    version_id: Mapped[VersionId] = mapped_column(ForeignKey("version.id"), primary_key=True)
    table_id: Mapped[FigureTableId] = mapped_column(ForeignKey("figure_table.id"))

    table: Mapped[FigureTable] = relationship(lazy="raise")
    version: Mapped[Version] = relationship(lazy="raise")


class TableTooLong(Refusal):
    """The pasted table is longer than any budget."""

    sentence = N_("The table has %(length)s characters; at most %(most)s are accepted.")
    field = "text"


class FiguresInDoubt(Refusal):
    """A line of the figures would be published wrong."""

    sentence = N_("The figures cannot be published yet: line %(line)s. %(why)s")
    field = "text"


class NoSuchColumn(Refusal):
    """The table has no such column."""

    sentence = N_("Choose one of the columns of the table.")
    field = "column"


def save_figures(
    db: Session,
    consultation_id: ConsultationId,
    *,
    text: str,
    unit: Unit,
    main: int | None,
    edition: int,
    by: Actor,
    at: datetime,
) -> DraftFigures:
    """Save the figures being prepared, as a new edition after the one the clerk opened (0: none yet).

    `text`: the table, or nothing for a draft without figures. Raises EditedMeanwhile, TableTooLong, NotATable,
    TooManyRows, NoSuchColumn.
    """
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("draft.edit", by, consultation)
    if len(text) > LONGEST_TABLE:
        raise TableTooLong(length=len(text), most=LONGEST_TABLE)
    latest = latest_figures(db, consultation_id)
    if latest is not None and latest.edition != edition:
        raise EditedMeanwhile(name=editor_name(db, latest.saved_by), saved_at=latest.saved_at)
    if text.strip():
        # Written anew, so that the number of a line is the same here and in whatever is said of it.
        text = write_rows(read_rows(normalise(text).text))
        columns = read_lines(text, unit).columns
        if main is not None and not 0 <= main < len(columns):
            raise NoSuchColumn

    saved = DraftFigures(
        consultation_id=consultation_id,
        edition=edition + 1,
        text=text.strip(),
        unit=unit,
        main=main,
        saved_by=by.person_id,
        saved_at=at,
    )
    db.add(saved)
    if not consultation.is_public:
        mark_edited(consultation, by, at)
    db.flush()
    return saved


@dataclass(frozen=True)
class FiguresBeingWritten:
    """The figures as a clerk left them, and as they are understood; nothing where there are none."""

    latest: DraftFigures | None
    reading: Reading | None
    main: int

    @property
    def edition(self) -> int:
        """The number of the newest edition, 0 before the first."""
        return self.latest.edition if self.latest else 0


def figures_being_written(db: Session, consultation_id: ConsultationId) -> FiguresBeingWritten:
    """Read the newest edition of the figures being prepared."""
    latest = latest_figures(db, consultation_id)
    if latest is None or not latest.text:
        return FiguresBeingWritten(latest, None, 0)
    reading = read_lines(latest.text, Unit(latest.unit))
    return FiguresBeingWritten(latest, reading, main_column(latest.main, reading.columns))


def main_column(chosen: int | None, columns: Sequence[str]) -> int:
    """Return the column that is consulted about: the one that was chosen, or the last."""
    return chosen if chosen is not None and chosen < len(columns) else len(columns) - 1


def refuse_doubtful_figures(being_written: FiguresBeingWritten) -> None:
    """Refuse to publish what would be published wrong. Raises FiguresInDoubt."""
    doubts = being_written.reading.doubts if being_written.reading else ()
    for doubt in doubts:
        if doubt.stops:
            raise FiguresInDoubt(line=doubt.line, why=doubt.explain())


def publish_figures(db: Session, version: Version, being_written: FiguresBeingWritten) -> str | None:
    """Give a version its figures as they were last written, and return the hash of their file; None without figures.

    They were looked at by `refuse_doubtful_figures`.
    """
    if being_written.reading is None:
        return None
    reading = being_written.reading
    table = keep_figures(db, columns=reading.columns, lines=reading.lines, main=being_written.main)
    db.add(VersionFigures(version_id=version.id, table_id=table.id))
    db.flush()
    return table.sha256


def latest_figures(db: Session, consultation_id: ConsultationId) -> DraftFigures | None:
    """Return the newest edition of the figures being prepared, its text included."""
    query = select(DraftFigures).where(DraftFigures.consultation_id == consultation_id)
    return db.scalar(query.options(undefer(DraftFigures.text)).order_by(DraftFigures.edition.desc()).limit(1))


def published_figures(db: Session, consultation_id: ConsultationId) -> Sequence[VersionFigures]:
    """Return the figures of all versions that have some, each with its version, the newest last."""
    query = select(VersionFigures).join(Version, Version.id == VersionFigures.version_id)
    query = query.where(Version.consultation_id == consultation_id).order_by(Version.number)
    return list(db.scalars(query.options(joinedload(VersionFigures.table), joinedload(VersionFigures.version))))


def newest_figures(db: Session, consultation_id: ConsultationId) -> VersionFigures:
    """Return the figures of the newest version. Raises NotFound where it has none."""
    found = published_figures(db, consultation_id)
    if not found:
        raise NotFound
    return found[-1]
