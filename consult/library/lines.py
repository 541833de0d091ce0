"""The lines of a budget, read from a table: which belongs to which, and what is odd about them.

A line belongs to the one whose code its own continues (`65.02.03` to `65.02`); where there are no codes, to the last
one that is set further to the left; and the chapters of a budget to the line "Total" above or below them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from consult.i18n import N_, gettext, spoken
from consult.library.columns import CODE, Columns, cell_of, find_columns
from consult.library.sheets import NotATable, Row, harmless, read_rows
from consult.links.addresses import fold
from consult.money import Bani, NotAnAmount, Unit, read_amount, write_amount

#: The longest title of a line, in characters.
LONGEST_TITLE = 300
LONGEST_KEY = 60
#: The most characters of a cell that only numbers its column: "A", "12".
NUMBERING = 2


class Oddity(StrEnum):
    """What may be wrong with a line."""

    NOT_AN_AMOUNT = "not-an-amount"
    NO_TITLE = "no-title"
    NO_AMOUNT = "no-amount"
    CODE_TWICE = "code-twice"
    SUM_DIFFERS = "sum-differs"


SENTENCES = {
    Oddity.NOT_AN_AMOUNT: N_("“%(found)s” under “%(column)s” is not an amount."),
    Oddity.NO_TITLE: N_("There is an amount and no title."),
    Oddity.NO_AMOUNT: N_("“%(title)s” has no amount; it is left out."),
    Oddity.CODE_TWICE: N_("The code %(code)s was used before, for another line."),
    Oddity.SUM_DIFFERS: N_(
        "“%(title)s” says %(found)s lei under “%(column)s”, but the lines below it add up to %(expected)s lei."
    ),
}
#: What would be published wrong: an amount that was guessed, a line that nobody can name.
STOPPING = frozenset({Oddity.NOT_AN_AMOUNT, Oddity.NO_TITLE})


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd about the line of a number, counted as the table was written."""

    line: int
    oddity: Oddity
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether the figures cannot be published with it."""
        return self.oddity in STOPPING

    def explain(self) -> str:
        """Return the sentence with its facts, in the current locale."""
        return gettext(SENTENCES[self.oddity]) % {name: spoken(fact) for name, fact in self.facts.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `key`: its name in every version; `amounts`: in bani, one for each column, nothing said being nothing.

    `number`: the line of the table it was read from. `parent_key`: of the line whose amount it is a part of.
    """

    number: int
    key: str
    code: str
    title: str
    depth: int
    parent_key: str | None
    amounts: Sequence[Bani]


@dataclass(frozen=True)
class Reading:
    """A table as it was understood: the names of its columns, its lines with each before its parts, what is odd."""

    columns: Sequence[str]
    lines: Sequence[Line]
    doubts: Sequence[Doubt]

    @property
    def is_publishable(self) -> bool:
        """Whether nothing in it would be published wrong."""
        return not any(doubt.stops for doubt in self.doubts)


def read_lines(text: str, unit: Unit) -> Reading:
    """Return the lines of a table. Raises NotATable, TooManyRows."""
    rows = read_rows(text)
    columns = find_columns(rows)
    doubts: list[Doubt] = []
    drafts = [draft for number, row in _body(rows, columns) if (draft := _draft(number, row, columns, unit, doubts))]
    if not drafts:
        raise NotATable
    lines = _named(drafts, _parents(drafts), doubts)
    doubts += _sums(lines, columns.names)
    return Reading(columns.names, lines, sorted(doubts, key=lambda doubt: (doubt.line, doubt.oddity)))


@dataclass(frozen=True, slots=True)
class _Draft:
    number: int
    code: str
    title: str
    indent: int
    amounts: Sequence[Bani]

    @property
    def is_total(self) -> bool:
        return not self.code and fold(self.title).startswith("total")


def _body(rows: Sequence[Row], columns: Columns) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(rows[columns.head + 1 :], columns.head + 2):
        title, amounts = cell_of(row, columns.title), [cell_of(row, column) for column in columns.amounts]
        # Under the head of a printed table stands a row that numbers its columns.
        is_numbering = number == columns.head + 2 and all(len(cell.strip()) <= NUMBERING for cell in row)
        if not is_numbering and any(cell.strip() for cell in (title, *amounts)):
            yield number, row


def _draft(number: int, row: Row, columns: Columns, unit: Unit, doubts: list[Doubt]) -> _Draft | None:
    """Read one row; a line that has no title keeps its place, so that what is wrong is seen where it is."""
    cell = cell_of(row, columns.title)
    title = " ".join(harmless(cell).split())[:LONGEST_TITLE]
    amounts: list[Bani] = []
    for column, name in zip(columns.amounts, columns.names, strict=True):
        words = cell_of(row, column).strip()
        try:
            amounts.append(read_amount(words, unit) if words else Bani(0))
        except NotAnAmount:
            doubts.append(Doubt(number, Oddity.NOT_AN_AMOUNT, {"found": words[:40], "column": name}))
            amounts.append(Bani(0))
    if not title:
        doubts.append(Doubt(number, Oddity.NO_TITLE))
    elif not any(cell_of(row, column).strip() for column in columns.amounts):
        doubts.append(Doubt(number, Oddity.NO_AMOUNT, {"title": title}))
        return None
    code = cell_of(row, columns.code).strip().upper().rstrip(".") if columns.code is not None else ""
    code = code.replace(",", ".") if CODE.fullmatch(code) else ""
    return _Draft(number, code, title or f"({number})", len(cell) - len(cell.lstrip()), amounts)


def _parents(drafts: Sequence[_Draft]) -> list[int | None]:
    """Return of each line the place of the one that it is a part of."""
    parents: list[int | None] = []
    by_code: dict[str, int] = {}
    open_lines: list[int] = []
    for place, draft in enumerate(drafts):
        if draft.is_total:
            by_code.clear()
        parts = draft.code.split(".")
        above = (by_code.get(".".join(parts[:length])) for length in range(len(parts) - 1, 0, -1))
        parent = next((each for each in above if each is not None), None)
        while open_lines and drafts[open_lines[-1]].indent >= draft.indent:
            open_lines.pop()
        if parent is None and open_lines:
            parent = open_lines[-1]
        open_lines.append(place)
        if draft.code:
            by_code[draft.code] = place
        parents.append(parent)
    return _under_totals(drafts, parents)


def _under_totals(drafts: Sequence[_Draft], parents: list[int | None]) -> list[int | None]:
    """Put the chapters under their total: the last one above them, or, where totals close, the next one below."""
    roots = [place for place, parent in enumerate(parents) if parent is None]
    totals = [place for place in roots if drafts[place].is_total and place not in parents]
    if not totals:
        return parents
    opens = roots[0] == totals[0]
    for root in roots:
        if root not in totals:
            sides = [each for each in totals if (each < root) == opens]
            parents[root] = (sides[-1] if opens else sides[0]) if sides else None
    return parents


def _named(drafts: Sequence[_Draft], parents: Sequence[int | None], doubts: list[Doubt]) -> list[Line]:
    """Give each line its name, and put each before its parts."""
    keys, taken = [], Counter[str]()
    for draft in drafts:
        base = re.sub(r"[^a-z0-9]+", "-", fold(draft.code or draft.title)).strip("-")[:LONGEST_KEY] or "rand"
        taken[base] += 1
        if draft.code and taken[base] > 1:
            doubts.append(Doubt(draft.number, Oddity.CODE_TWICE, {"code": draft.code}))
        keys.append(base if taken[base] == 1 else f"{base}--{taken[base]}")
    below: dict[int | None, list[int]] = {}
    for place, parent in enumerate(parents):
        below.setdefault(parent, []).append(place)
    lines: list[Line] = []
    waiting = [(place, 0) for place in reversed(below.get(None, []))]
    while waiting:
        place, depth = waiting.pop()
        draft, parent = drafts[place], parents[place]
        above = keys[parent] if parent is not None else None
        lines.append(Line(draft.number, keys[place], draft.code, draft.title, depth, above, draft.amounts))
        waiting += [(each, depth + 1) for each in reversed(below.get(place, []))]
    return lines


def _sums(lines: Sequence[Line], columns: Sequence[str]) -> Iterator[Doubt]:
    """Hold each amount against the sum of its parts."""
    sums: dict[str, list[int]] = {}
    for line in lines:
        if line.parent_key is not None:
            so_far = sums.get(line.parent_key, [0] * len(columns))
            sums[line.parent_key] = [amount + added for amount, added in zip(so_far, line.amounts, strict=True)]
    for line in lines:
        for column, said, added in zip(columns, line.amounts, sums.get(line.key, line.amounts), strict=True):
            if said != added:
                facts = {"title": line.title, "found": write_amount(said), "expected": write_amount(added)}
                yield Doubt(line.number, Oddity.SUM_DIFFERS, facts | {"column": column})
