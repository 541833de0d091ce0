"""A budget as figures: a table of lines that never changes once it is kept, read by chapter or searched.

The same table is kept once, under the hash of its file: the one that everybody can download.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, NewType

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint, bindparam, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.library.lines import Line
from consult.library.sheets import write_rows
from consult.links.addresses import fold
from consult.money import Bani, write_amount
from consult.store import Base
from consult.store.base import key_type, table_of

FigureTableId = NewType("FigureTableId", int)
key_type(FigureTableId)

#: How the first columns of the file are called; the others have the names that the authority gave them.
CODE, TITLE = "Cod", "Denumire"
#: By which spreadsheets know that a file is in UTF-8.
BYTE_ORDER_MARK = "\ufeff"


class FigureTable(Base):
    """A budget as a table. `main`: which of its columns is the one that is consulted about."""

    __tablename__ = "figure_table"
    __table_args__ = (UniqueConstraint("sha256", "main"),)

    id: Mapped[FigureTableId] = mapped_column(primary_key=True)
    #: Of the file that `written` makes of it, byte for byte.
    sha256: Mapped[str]
    columns: Mapped[list[str]] = mapped_column(JSON)
    main: Mapped[int]
    line_count: Mapped[int]


class FigureLineRow(Base):
    """One line of a table."""

    __tablename__ = "figure_line"
    __table_args__ = (
        Index("uq_figure_line_key", "table_id", "key", unique=True),
        Index("ix_figure_line_below", "table_id", "parent_key", "position"),
    )

    table_id: Mapped[FigureTableId] = mapped_column(ForeignKey("figure_table.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    code: Mapped[str]
    title: Mapped[str]
    depth: Mapped[int]
    parent_key: Mapped[str | None]
    #: How many lines are directly below it.
    parts: Mapped[int]
    #: In the column that is consulted about, and in all of them, in bani.
    amount: Mapped[int] = mapped_column(BigInteger)
    amounts: Mapped[list[int]] = mapped_column(JSON)


class FigureLine(NamedTuple):
    """A line as it is read: it never changes, so no session needs to watch it."""

    position: int
    key: str
    code: str
    title: str
    depth: int
    parent_key: str | None
    parts: int
    amount: Bani
    amounts: list[Bani]

    @property
    def label(self) -> str:
        """What it is called within a sentence: "65.02 Învățământ"."""
        return f"{self.code} {self.title}".strip()


LINE = table_of(FigureLineRow).columns
LINES = (
    select(*(LINE[name] for name in FigureLine._fields))
    .where(LINE.table_id == bindparam("table_id"))
    .order_by(LINE.position)
)
BELOW = LINES.where(LINE.parent_key.is_not_distinct_from(bindparam("parent_key")))
NAMED = LINES.where(LINE.key.in_(bindparam("keys", expanding=True)))


def written(columns: Sequence[str], lines: Sequence[Line | FigureLine]) -> str:
    """Return a table as the file that everybody can download: amounts in lei, parts set in under their line."""
    rows = (
        [line.code, "  " * line.depth + line.title, *(write_amount(amount) for amount in line.amounts)]
        for line in lines
    )
    return BYTE_ORDER_MARK + write_rows([[CODE, TITLE, *columns], *rows])


def hash_of(columns: Sequence[str], lines: Sequence[Line]) -> str:
    """Return the SHA-256 of a table's file."""
    return hashlib.sha256(written(columns, lines).encode()).hexdigest()


def keep_figures(db: Session, *, columns: Sequence[str], lines: Sequence[Line], main: int) -> FigureTable:
    """Keep a table, once however often it is published."""
    sha256 = hash_of(columns, lines)
    kept = db.scalar(select(FigureTable).where(FigureTable.sha256 == sha256, FigureTable.main == main))
    if kept is not None:
        return kept
    table = FigureTable(sha256=sha256, columns=list(columns), main=main, line_count=len(lines))
    db.add(table)
    db.flush()
    parts: dict[str | None, int] = {}
    for line in lines:
        parts[line.parent_key] = parts.get(line.parent_key, 0) + 1
    names = ("key", "code", "title", "depth", "parent_key")
    rows = [
        {name: getattr(line, name) for name in names}
        | {"table_id": table.id, "position": position, "parts": parts.get(line.key, 0)}
        | {"amount": line.amounts[main], "amounts": list(line.amounts)}
        for position, line in enumerate(lines)
    ]
    db.execute(insert(FigureLineRow), rows)
    return table


def lines_of(db: Session, table_id: FigureTableId) -> list[FigureLine]:
    """Return all lines of a table, each before its parts."""
    return [FigureLine._make(row) for row in db.execute(LINES, {"table_id": table_id})]


def lines_below(db: Session, table_id: FigureTableId, key: str | None) -> list[FigureLine]:
    """Return the lines directly below one, or those that are below none."""
    found = db.execute(BELOW, {"table_id": table_id, "parent_key": key})
    return [FigureLine._make(row) for row in found]


def lines_named(db: Session, table_id: FigureTableId, keys: Sequence[str]) -> Mapping[str, FigureLine]:
    """Return some lines by their keys; those that the table does not have are left out."""
    found = (FigureLine._make(row) for row in db.execute(NAMED, {"table_id": table_id, "keys": list(keys)}))
    return {line.key: line for line in found}


def way_to(db: Session, table_id: FigureTableId, line: FigureLine) -> list[FigureLine]:
    """Return the lines above one, the outermost first."""
    above: list[FigureLine] = []
    parent = line.parent_key
    while parent is not None:
        above.insert(0, lines_named(db, table_id, [parent])[parent])
        parent = above[0].parent_key
    return above


@dataclass(frozen=True)
class Chapter:
    """A line with what is directly below it."""

    line: FigureLine
    parts: Sequence[FigureLine]


def chapters_of(db: Session, table_id: FigureTableId) -> tuple[list[Chapter], list[FigureLine]]:
    """Return the outermost lines: those with parts, with them, and those without."""
    outermost = lines_below(db, table_id, None)
    parted = [Chapter(line, lines_below(db, table_id, line.key)) for line in outermost if line.parts]
    return parted, [line for line in outermost if not line.parts]


def lines_that_say(db: Session, table_id: FigureTableId, words: str) -> list[FigureLine]:
    """Return the lines with all of some words in their title, or whose code begins with them; diacritics aside."""
    wanted = fold(words).split()
    return [
        line
        for line in lines_of(db, table_id)
        if line.code.startswith(words.strip()) or all(word in fold(line.title) for word in wanted)
    ]
