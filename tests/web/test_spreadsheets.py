"""Tables as files: a cell is what somebody wrote, and never a formula."""

import csv
from io import StringIO

import pytest

from web.spreadsheets import csv_lines, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+40 234 000 000", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_is_shown_as_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Art. 4", "1+1=2", "", None, 4, -4])
def test_any_other_cell_stays_as_it_is(cell: object) -> None:
    assert harmless(cell) == cell


def test_commas_quotes_and_lines_come_back_as_they_were() -> None:
    row = ["a, b", 'el a zis "da"', "două\nlinii", "ș"]

    assert next(csv.reader(StringIO(csv_lines([row]), newline=""))) == row
