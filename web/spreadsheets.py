"""Tables as files that any spreadsheet opens: CSV by RFC 4180, in UTF-8 with the mark by which Excel knows it.

What people wrote stands in the cells, and a spreadsheet takes a cell that begins like a formula for one: such a cell
gets an apostrophe, which shows it as the text that it is. Source: OWASP, "CSV Injection".
"""

import csv
from collections.abc import Iterable
from io import StringIO

MEDIA_TYPE = "text/csv"
BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as lines of a file."""
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def harmless(cell: object) -> object:
    """Return what a cell shows, never what it could compute; nothing for None."""
    if isinstance(cell, str) and cell.lstrip().startswith(FORMULA):
        return f"'{cell}"
    return cell
