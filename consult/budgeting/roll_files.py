"""A roll of voters as an authority keeps it, read line by line: names and birth dates, from whatever program wrote it.

The reader hands each line on and keeps none. Who reads a roll with personal numbers in it has asked for too much, so
such a file is refused before a line of it is read.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from consult.i18n import N_
from consult.identity.names import NotAName, one_line
from consult.links.addresses import fold
from consult.refusals import Refusal

#: Romanian programs part cells by semicolons, all others by commas or tabs.
DELIMITERS = ";\t,"
#: What the columns of a name are called, folded and without spaces, in the order in which they are joined.
NAMES = ("numesiprenume", "numeprenume", "nume", "prenume", "name", "surname", "firstname")
BIRTH_DATES = ("datanasterii", "datadenastere", "nascut", "nascutla", "birthdate", "born")
DAY = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})", re.ASCII)
DAY_OF_MACHINES = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)
#: A Romanian personal number (CNP): thirteen digits, nowhere else found in a roll of names and dates.
PERSONAL_NUMBER = re.compile(r"\b[1-9]\d{12}\b", re.ASCII)
#: What Excel wrote before it wrote Unicode, where diacritics are one byte.
OLD_ENCODING = "cp1250"


class NotARoll(Refusal):
    """The first line names no column with a name, or none with a birth date."""

    sentence = N_(
        "No roll was found: the first line names the columns, among them “nume” (and “prenume”, if apart) and"
        " “data nașterii”. Save the table as CSV."
    )
    field = "file"


class PersonalNumbers(Refusal):
    """The file has personal numbers, which nothing here asks for."""

    sentence = N_("Line %(line)s has a personal number (CNP). Take that column out of the file: nothing here needs it.")
    field = "file"


@dataclass(frozen=True)
class RollPerson:
    """A line of a roll: where it stands, and who is on it."""

    line: int
    name: str
    born: date


@dataclass(frozen=True)
class Unread:
    """A line that names nobody: no name that could be one, or no day of the calendar."""

    line: int


def read_roll(content: bytes) -> Iterator[RollPerson | Unread]:
    """Yield who is on a roll, line by line, as they are read. Raises NotARoll, PersonalNumbers."""
    lines = io.StringIO(_decoded(content), newline="")
    head = lines.readline()
    delimiter = max(DELIMITERS, key=head.count)
    names, born = _columns(next(csv.reader([head], delimiter=delimiter), []))
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for row in rows:
            # The head was line 1; the reader counts from what follows it.
            line = rows.line_num + 1
            if any(PERSONAL_NUMBER.search(cell) for cell in row):
                raise PersonalNumbers(line=line)
            if any(cell.strip() for cell in row):
                yield _person(line, row, names, born)
    except csv.Error:
        raise NotARoll from None


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode(OLD_ENCODING, errors="replace")


def _columns(head: Sequence[str]) -> tuple[Sequence[int], int]:
    """Return where the parts of a name stand, and the birth date."""
    called = ["".join(character for character in fold(cell) if character.isalpha()) for cell in head]
    names = [called.index(name) for name in NAMES if name in called]
    born = next((called.index(name) for name in BIRTH_DATES if name in called), None)
    if not names or born is None:
        raise NotARoll
    return names, born


def _person(line: int, row: Sequence[str], names: Sequence[int], born: int) -> RollPerson | Unread:
    if len(row) <= max(*names, born):
        return Unread(line)
    day = _day(row[born].strip())
    try:
        name = one_line(" ".join(row[place] for place in names))
    except NotAName:
        return Unread(line)
    return RollPerson(line, name, day) if day else Unread(line)


def _day(written: str) -> date | None:
    found = DAY.fullmatch(written) or DAY_OF_MACHINES.fullmatch(written)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
