"""Amounts as people write them."""

import pytest

from consult.money import NotAnAmount, Unit, amount_in_words, read_amount, write_amount


@pytest.mark.parametrize(
    ("words", "bani"),
    [
        ("1.234.567,89", 123_456_789),
        ("1 234 567,89", 123_456_789),
        ("1\u00a0234\u00a0567,89 lei", 123_456_789),
        ("1234567,89", 123_456_789),
        ("1234567.89", 123_456_789),
        ("1,234,567.89", 123_456_789),
        ("12.345", 1_234_500),
        ("51.02", 5_102),
        ("–", 0),
        ("0", 0),
        ("-3,5", -350),
        ("(1.200)", -120_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(words: str, bani: int) -> None:
    assert read_amount(words) == bani


@pytest.mark.parametrize("words", ["", "zece", "1.23.4", "12,345", "1e9", "#REF!", "9" * 30, "1;2"])
def test_what_is_no_whole_number_of_bani_is_no_amount(words: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(words)


def test_a_comma_before_three_digits_is_decimal() -> None:
    assert read_amount("1,234", Unit.THOUSAND) == 123_400


@pytest.mark.parametrize(
    ("bani", "words"), [(18_450_000, "184.500 lei"), (125_050, "1.250,50 lei"), (-10_000_000, "-100.000 lei")]
)
def test_a_sentence_says_an_amount_with_its_thousands_parted(bani: int, words: str) -> None:
    assert amount_in_words(bani) == words


@pytest.mark.parametrize("bani", [0, 5, 99, 100, 18_450_050, -350])
def test_an_amount_that_was_written_reads_as_itself(bani: int) -> None:
    assert read_amount(write_amount(bani)) == bani
