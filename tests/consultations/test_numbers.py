import pytest

from consult.consultations.grammar.numbers import SOLE, Number, arabic, lettered, roman


def read(written: str) -> Number:
    base, _, index = written.partition("^")
    index = index and f"^{index}"
    if base[0].isdigit():
        return arabic(base, index)
    number = roman(base, index) if base.isupper() else lettered(base, index)
    assert number is not None
    return number


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("7", "8"),
        ("7", "7^1"),
        ("7^1", "7^2"),
        ("7^1", "8"),
        ("7^1", "7^1^1"),
        ("IX", "X"),
        ("1", "1.1"),
        ("1.4", "2.1"),
        ("a", "b"),
        ("b", "b^1"),
        ("h", "i"),
        ("i", "j"),
        ("p", "r"),
        ("s", "t"),
        ("z", "aa"),
        ("aa", "bb"),
        ("aa", "ab"),
        ("ab", "ac"),
    ],
)
def test_the_next_and_the_inserted_number_follow(before: str, after: str) -> None:
    assert read(after).follows(read(before))
    assert not read(before).follows(read(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("7", "9"),
        ("7", "7"),
        ("7^1", "9"),
        ("75^4", "76^1"),
        ("7", "8^1"),
        ("a", "d"),
        ("b", "b"),
        ("z", "a"),
        ("a", "bb"),
    ],
)
def test_any_other_number_does_not(before: str, after: str) -> None:
    assert not read(after).follows(read(before))


@pytest.mark.parametrize("first", ["1", "I", "a", "4.1"])
def test_a_list_begins_with_its_first_number(first: str) -> None:
    assert read(first).follows(None)
    assert SOLE.follows(None)


@pytest.mark.parametrize("later", ["2", "1^1", "b", "II"])
def test_a_list_does_not_begin_with_a_later_one(later: str) -> None:
    assert not read(later).follows(None)


@pytest.mark.parametrize(("written", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("CCC", 300)])
def test_roman_numerals_are_read(written: str, value: int) -> None:
    number = roman(written, counted=True)

    assert number is not None
    assert (number.order, number.slug, number.written) == ((value,), str(value), written)


@pytest.mark.parametrize("written", ["IIII", "VX", "IC", "", "ABC"])
def test_what_only_looks_like_a_roman_numeral_is_none(written: str) -> None:
    assert roman(written) is None


def test_every_letter_has_an_ascii_slug_of_its_own() -> None:
    numbers = [lettered(letter) for letter in "abcdefghijklmnopqrstuvwxyzăâîșț"]

    slugs = [number.slug for number in numbers if number]
    assert len(set(slugs)) == 31
    assert all(slug.isascii() for slug in slugs)


def test_what_is_no_letter_of_the_alphabet_numbers_nothing() -> None:
    assert lettered("é") is None
