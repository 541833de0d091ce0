"""Letters with codes, as they are printed."""

from datetime import UTC, datetime

import pytest
from pypdfium2 import PdfDocument

from consult.budgeting.code_sheets import letters_as_pdf
from consult.budgeting.codes import grouped, read_code
from consult.budgeting.phases import CyclePhase, Phase
from consult.i18n import current_locale

CODES = ("7K3M9QXD20ABC", "0000000000001")
PAGE = "https://oras.example/buget/2027/vot/drept"
DAYS = CyclePhase(
    phase=Phase.VOTING,
    starts_at=datetime(2027, 5, 2, 21, tzinfo=UTC),
    ends_at=datetime(2027, 5, 20, 21, tzinfo=UTC),
)


@pytest.fixture
def pages():
    current_locale.set("en")
    made = letters_as_pdf(CODES, DAYS, title="Bugetul *2027* #1", authority="Primăria Orașului", asked_at=PAGE)
    with PdfDocument(made) as document:
        yield [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_each_code_stands_alone_on_a_page_as_it_is_typed(pages):
    shown = [
        next(word for word in page.split() if grouped(code) == word) for code, page in zip(CODES, pages, strict=True)
    ]

    assert len(pages) == len(CODES)
    assert shown == [grouped(code) for code in CODES]
    assert CODES[1] not in pages[0].replace("-", "")


def test_a_letter_says_where_the_code_is_typed_and_until_when(pages):
    assert all(PAGE in page for page in pages)
    assert "The vote: 3 May 2027 – 20 May 2027." in pages[0]


def test_a_title_is_printed_as_it_is_written(pages):
    assert "Bugetul *2027* #1" in pages[0]


def test_a_letter_reads_back_as_the_code_that_it_was_made_for(pages):
    assert read_code(next(word for word in pages[1].split() if word.count("-") == 2)) == CODES[1]
