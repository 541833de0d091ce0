"""Elections as `.pb` files: the format in which cities publish participatory budgets (Pabulib, arXiv 2012.06539).

A file is three tables, META, PROJECTS and VOTES, of cells parted by semicolons. What is read here is what is written:
every column is kept, so that a file read and written again says the same.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from consult.counting.elections import NAMING, Amount, Ballot, BallotKind, Election, Project
from consult.counting.faults import NoElection, NotText, TooLarge
from consult.i18n import N_

#: Ten times the largest election known.
MOST_BYTES = 64 * 1024 * 1024
#: The longest cell: a description of a project may be a page.
LONGEST_CELL = 1_000_000
META, PROJECTS, VOTES = "META", "PROJECTS", "VOTES"
REQUIRED = {META: ("key", "value"), PROJECTS: ("project_id", "cost"), VOTES: ("voter_id", "vote")}
SECTIONS = tuple(REQUIRED)
#: Numbers longer than this are no money of this world, and would only cost time.
LONGEST_NUMBER = 40


@dataclass(frozen=True)
class Table:
    """A section of a file. `lines`: in which line each row begins."""

    columns: tuple[str, ...]
    rows: list[Sequence[str]]
    lines: list[int]

    def column(self, name: str) -> Sequence[str]:
        """Return the cells of a column; empty where the file has none of this name."""
        if name not in self.columns:
            return [""] * len(self.rows)
        at = self.columns.index(name)
        return [row[at] for row in self.rows]


@dataclass(frozen=True)
class PbFile:
    """A file as it stands: what is known of the election, its projects, its votes.

    `meta_lines`: in which line META says each; empty for a file that was never read.
    """

    meta: Mapping[str, str]
    projects: Table
    votes: Table
    meta_lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """Return in which line META says something; the first, where META begins, if it does not."""
        return self.meta_lines.get(key, 1)


def read_pb(content: bytes) -> Election:
    """Return the election in a `.pb` file. Raises NoElection with the line, NotText, TooLarge."""
    return election_of(read_tables(content))


def read_tables(content: bytes) -> PbFile:
    """Return a file's tables, checked for their form. Raises NoElection, NotText, TooLarge."""
    if len(content) > MOST_BYTES:
        line = content.count(b"\n", 0, MOST_BYTES) + 1
        raise TooLarge(megabytes=MOST_BYTES // (1024 * 1024), line=line)
    text = text_of(content)
    tables = _sections(text)
    for section in SECTIONS:
        if section not in tables:
            raise NoElection(text.count("\n") + 1, N_("the section %(section)s is missing."), section=section)
    meta: dict[str, str] = {}
    lines: dict[str, int] = {}
    for (key, value), line in zip(tables[META].rows, tables[META].lines, strict=True):
        if key in meta:
            raise NoElection(line, N_("%(key)s stands there twice."), key=key)
        meta[key], lines[key] = value, line
    return PbFile(meta, tables[PROJECTS], tables[VOTES], lines)


class _Reading:
    """The sections of a file as they come, each checked against the next that is expected."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self._section = ""
        self._columns: tuple[str, ...] = ()

    def take(self, row: Sequence[str], line: int) -> None:
        """Take the next row of cells: a section's title, its columns, or what stands under them. Raises NoElection."""
        title = row[0].strip()
        if len(row) == 1 and title in SECTIONS:
            if title in self.tables or title != SECTIONS[len(self.tables)]:
                raise NoElection(line, N_("%(section)s is not where it belongs."), section=title)
            self._section, self._columns = title, ()
            self.tables[title] = Table((), [], [])
        elif not self._section:
            raise NoElection(line, N_("a .pb file begins with the line META."))
        elif not self._columns:
            self._columns = tuple(cell.strip() for cell in row)
            _check_columns(self._section, self._columns, line)
            self.tables[self._section] = Table(self._columns, [], [])
        elif len(row) != len(self._columns):
            why = N_("%(found)s cells instead of %(wanted)s.")
            raise NoElection(line, why, found=len(row), wanted=len(self._columns))
        else:
            table = self.tables[self._section]
            table.rows.append(row)
            table.lines.append(line)


def text_of(content: bytes) -> str:
    """Return the text in a file, without a byte order mark. Raises NotText."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText from None


def _sections(text: str) -> dict[str, Table]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    reading = _Reading()
    # A cell in quotes may go on for lines, and one that never ends would be found out only in the last.
    begins = 1
    try:
        for row in reader:
            if any(row):
                reading.take(row, begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NoElection(begins, N_("the cells cannot be told apart.")) from error
    return reading.tables


def _check_columns(section: str, columns: tuple[str, ...], line: int) -> None:
    for name in REQUIRED[section]:
        if name not in columns:
            raise NoElection(line, N_("the column %(column)s is missing."), column=name)
    if section == META and columns != REQUIRED[META]:
        raise NoElection(line, N_("the columns here are key;value."))
    twice = [name for name, times in Counter(columns).items() if times > 1]
    if twice:
        raise NoElection(line, N_("%(key)s stands there twice."), key=twice[0])


def election_of(file: PbFile) -> Election:
    """Return the election that a file describes. Raises NoElection where it contradicts itself."""
    kind = _kind(file)
    budget = _meta_number(file, "budget")
    projects = _projects(file.projects)
    ballots = _ballots(file, kind, {project.id: place for place, project in enumerate(projects)})
    for key, table in (("num_projects", file.projects), ("num_votes", file.votes)):
        if _meta_number(file, key) != len(table.rows):
            why = N_("%(key)s says %(said)s, but there are %(found)s.")
            raise NoElection(file.line_of(key), why, key=key, said=file.meta[key], found=len(table.rows))
    return Election(budget, projects, ballots, kind, file.meta)


def _kind(file: PbFile) -> BallotKind:
    said = file.meta.get("vote_type", "")
    try:
        return BallotKind(said)
    except ValueError:
        why = N_("the vote_type “%(kind)s” is not one of %(kinds)s.")
        raise NoElection(file.line_of("vote_type"), why, kind=said, kinds=", ".join(BallotKind)) from None


def _meta_number(file: PbFile, key: str, otherwise: Amount | None = None) -> Amount:
    if key not in file.meta:
        if otherwise is not None:
            return otherwise
        raise NoElection(1, N_("META does not say %(key)s."), key=key)
    line = file.line_of(key)
    number = amount(file.meta[key], line, key)
    if number < 0:
        raise NoElection(line, N_("%(key)s is below zero."), key=key)
    return number


def _projects(table: Table) -> list[Project]:
    seen: set[str] = set()
    projects = []
    columns = (table.column(name) for name in ("project_id", "cost", "name", "category"))
    for key, cost, name, categories, line in zip(*columns, table.lines, strict=True):
        if not key or "," in key:
            raise NoElection(line, N_("“%(project)s” cannot be the id of a project."), project=key)
        if key in seen:
            raise NoElection(line, N_("the project %(project)s stands there twice."), project=key)
        seen.add(key)
        price = amount(cost, line, "cost")
        if price <= 0:
            raise NoElection(line, N_("the cost of %(project)s is not above zero."), project=key)
        projects.append(Project(key, price, name, tuple(part for part in categories.split(",") if part)))
    return projects


def _ballots(file: PbFile, kind: BallotKind, places: Mapping[str, int]) -> list[Ballot]:
    """Read each way of voting once, however many voted so."""
    table = file.votes
    first: dict[tuple[str, str], int] = {}
    times: Counter[tuple[str, str]] = Counter()
    voters: set[str] = set()
    columns = (table.column(name) for name in ("voter_id", "vote", "points"))
    for voter, vote, points, line in zip(*columns, table.lines, strict=True):
        if voter in voters:
            raise NoElection(line, N_("the voter %(voter)s stands there twice."), voter=voter)
        voters.add(voter)
        first.setdefault((vote, points), line)
        times[vote, points] += 1
    longest = _meta_number(file, "max_length", len(places))
    merged: Counter[tuple[tuple[int, Amount], ...]] = Counter()
    for (vote, points), count in times.items():
        chosen = _chosen(vote, places, kind, first[vote, points])
        merged[_points(chosen, points, kind, min(longest, len(places)), first[vote, points])] += count
    return [Ballot(marks, count) for marks, count in merged.items()]


def _chosen(vote: str, places: Mapping[str, int], kind: BallotKind, line: int) -> Sequence[int]:
    """Return the places of the projects that a ballot names, in its order."""
    try:
        chosen = [places[each] for each in vote.split(",")] if vote else []
    except KeyError as unknown:
        raise NoElection(line, N_("there is no project “%(project)s” to vote for."), project=unknown.args[0]) from None
    if len(set(chosen)) != len(chosen):
        raise NoElection(line, N_("the same project stands twice on one ballot."))
    if kind is BallotKind.CHOOSE_ONE and len(chosen) > 1:
        raise NoElection(line, N_("more than one project on a ballot on which one is chosen."))
    return chosen


def _points(
    chosen: Sequence[int], points: str, kind: BallotKind, longest: Amount, line: int
) -> tuple[tuple[int, Amount], ...]:
    """Return what a ballot gives to each project that it names."""
    if kind in NAMING:
        return tuple((place, 1) for place in sorted(chosen))
    given: Sequence[Amount]
    if kind is BallotKind.ORDINAL:
        given = [longest - place for place in range(len(chosen))]
    else:
        given = [amount(each, line, "points") for each in points.split(",")] if points else []
    if len(given) != len(chosen):
        raise NoElection(line, N_("%(found)s points for %(wanted)s projects."), found=len(given), wanted=len(chosen))
    return tuple(sorted((place, value) for place, value in zip(chosen, given, strict=True) if value))


def amount(text: str, line: int, of: str) -> Amount:
    """Read a sum of money or of points, exactly. Raises NoElection."""
    text = text.strip()
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    whole, point, decimals = digits.partition(".")
    if "," in text:
        why = N_("“%(text)s” is not a number for %(of)s: decimals are written with a point, and thousands without one.")
        raise NoElection(line, why, text=text[:LONGEST_NUMBER], of=of)
    is_number = (
        (whole + decimals).isascii() and (whole + decimals).isdigit() and bool(whole) and bool(decimals or not point)
    )
    if not is_number or len(text) > LONGEST_NUMBER:
        raise NoElection(line, N_("“%(text)s” is not a number for %(of)s."), text=text[:LONGEST_NUMBER], of=of)
    value = Fraction(int(whole + decimals), 10 ** len(decimals)) * sign
    return value.numerator if value.denominator == 1 else value


def write_pb(file: PbFile) -> bytes:
    """Return a file as bytes, its cells quoted only where they must be."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = Table(REQUIRED[META], list(file.meta.items()), [])
    for section, table in zip(SECTIONS, (meta, file.projects, file.votes), strict=True):
        out.write(f"{section}\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)
    return out.getvalue().encode()
