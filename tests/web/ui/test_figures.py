import pytest
from markupsafe import Markup

from consult.i18n import filesize
from tests.web.ui.conftest import reading
from web.ui.figures import money, nbsp, number


@pytest.mark.parametrize(
    ("locale", "thousands", "amount", "size"),
    [
        ("ro", "1.204", "184.500\u00a0lei", "1,4\u00a0MB"),
        ("en", "1,204", "184,500\u00a0lei", "1.4\u00a0MB"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(locale, thousands, amount, size):
    with reading(locale):
        assert number(1204) == thousands
        assert money(18_450_000) == amount
        assert filesize(1_468_006) == size


def test_bani_are_shown_only_where_there_are_some():
    assert money(1_250) == "12,50\u00a0lei"


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1\u00a0KB"), (215_040, "210\u00a0KB"), (10 * 1024 * 1024, "10\u00a0MB")]
)
def test_a_file_is_as_large_as_people_say(size, words):
    assert filesize(size) == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("potrivit art. 4 alin. (2) lit. b)", "potrivit art.\u00a04 alin.\u00a0(2) lit.\u00a0b)"),
        ("Nr. 12 din 2026", "Nr.\u00a012 din 2026"),
        ("184.500 lei", "184.500\u00a0lei"),
        ("184.500 de lei, 62 %", "184.500\u00a0de\u00a0lei, 62\u00a0%"),
        ("18 leini", "18 leini"),
        ("start. 4", "start. 4"),
    ],
)
def test_what_is_read_together_stays_together(text, kept):
    assert nbsp(text) == kept


def test_markup_stays_markup_and_text_stays_text():
    assert isinstance(nbsp(Markup("<b>art. 4</b>")), Markup)
    assert not isinstance(nbsp("<b>art. 4</b>"), Markup)
