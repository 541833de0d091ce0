"""What the pages of a draft budget show: its chapters with their parts, one line with its own, a search, changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, find_published
from consult.consultations.figure_places import said_about_line
from consult.consultations.figures import VersionFigures, published_figures
from consult.consultations.recommendations import Recommendation
from consult.identity.authorities import AuthorityId
from consult.library.comparison import LineChange, compare_lines
from consult.library.figures import (
    Chapter,
    FigureLine,
    FigureTable,
    chapters_of,
    lines_below,
    lines_named,
    lines_of,
    lines_that_say,
    way_to,
    written,
)
from consult.refusals import NotFound

#: Lines on one page of all lines, or of those with the words that are looked for.
PAGE = 200


@dataclass(frozen=True)
class FiguresPage:
    """The figures of a version, or a part of them.

    `line`: the one that is looked at, with the lines above it on its `way`. `chapters`: lines with their parts; `lone`:
    those that have none. `lines`: all of them, or those with the words that are looked for, `count` in all.
    """

    consultation: Consultation
    editions: Sequence[VersionFigures]
    shown: VersionFigures
    line: FigureLine | None = None
    way: Sequence[FigureLine] = ()
    chapters: Sequence[Chapter] = ()
    lone: Sequence[FigureLine] = ()
    lines: Sequence[FigureLine] = ()
    count: int = 0
    changes: Sequence[LineChange] = ()
    #: What people say about the line.
    said: Sequence[Recommendation] = ()

    @property
    def table(self) -> FigureTable:
        """The table of lines that is shown."""
        return self.shown.table

    @property
    def number(self) -> int:
        """The number of the version whose figures are shown."""
        return self.shown.version.number

    @property
    def is_newest(self) -> bool:
        """Whether they are those that one can still speak about."""
        return self.shown is self.editions[-1]

    @property
    def before(self) -> VersionFigures | None:
        """The figures of the version before, if it had some."""
        place = self.editions.index(self.shown)
        return self.editions[place - 1] if place else None


def figures_page(
    db: Session,
    authority_id: AuthorityId,
    reference: str,
    *,
    version: int | None = None,
    key: str = "",
    words: str = "",
    view: str = "",
    page: int = 1,
) -> FiguresPage:
    """Read the figures of a version, of the newest where none is named.

    `key`: the line to look at. `words`: to look for. `view`: "tot" for all lines, "schimbari" for what is other than in
    the version before. Raises NotFound.
    """
    consultation, editions, shown = _shown(db, authority_id, reference, version)
    table_id = shown.table_id
    found = FiguresPage(consultation, editions, shown)
    if view == "schimbari" and found.before is not None:
        changes = list(compare_lines(lines_of(db, found.before.table_id), lines_of(db, table_id)))
        return FiguresPage(consultation, editions, shown, changes=changes)
    if words or view == "tot":
        lines = lines_that_say(db, table_id, words) if words else lines_of(db, table_id)
        part = lines[(page - 1) * PAGE : page * PAGE]
        return FiguresPage(consultation, editions, shown, lines=part, count=len(lines))
    if not key:
        chapters, lone = chapters_of(db, table_id)
        return FiguresPage(consultation, editions, shown, chapters=chapters, lone=lone)
    line = lines_named(db, table_id, [key]).get(key)
    if line is None:
        raise NotFound
    chapters = [Chapter(line, lines_below(db, table_id, key))]
    return FiguresPage(
        consultation,
        editions,
        shown,
        line=line,
        way=way_to(db, table_id, line),
        chapters=chapters,
        said=said_about_line(db, consultation.id, key),
    )


def figures_file(db: Session, authority_id: AuthorityId, reference: str, version: int) -> str:
    """Return the figures of a version as the file whose hash is in the public record. Raises NotFound."""
    _, _, shown = _shown(db, authority_id, reference, version)
    return written(shown.table.columns, lines_of(db, shown.table_id))


def _shown(
    db: Session, authority_id: AuthorityId, reference: str, version: int | None
) -> tuple[Consultation, Sequence[VersionFigures], VersionFigures]:
    consultation = find_published(db, authority_id, reference)
    editions = published_figures(db, consultation.id)
    for edition in reversed(editions):
        if version in {None, edition.version.number}:
            return consultation, editions, edition
    raise NotFound
