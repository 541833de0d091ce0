"""Names and addresses have one written form, or are refused."""

import pytest

from consult.identity.names import NotAName, NotAnEmail, email_address, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana   Popescu ", "Ana Popescu"),
        ("S\u0326tefan T\u0326ut\u0326ea", "Ștefan Țuțea"),
        ("\u015etefan \u0162u\u0163ea", "Ștefan Țuțea"),
        ("Ana\u00a0Pop", "Ana Pop"),
        ('"><script>alert(1)</script>', '"><script>alert(1)</script>'),
    ],
)
def test_a_name_is_kept_composed_and_with_single_spaces(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "Ana\r\nBcc: x@y.ro",
        "Ana\nPop",
        "Ana\tPop",
        "Ana\0",
        "Ana\u202epoP",
        "An\u200ba",
        "Ana\u2028Pop",
        "a" * 121,
    ],
    ids=["empty", "blank", "header", "line", "tab", "nul", "reversed", "invisible", "separator", "long"],
)
def test_a_name_with_characters_that_nobody_sees_is_refused(typed: str) -> None:
    with pytest.raises(NotAName):
        one_line(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ana.Popescu@Example.RO ", "ana.popescu@example.ro"),
        ("o'neil+vot@sub.example.co", "o'neil+vot@sub.example.co"),
        ("ana@xn--bcu-7la.ro", "ana@xn--bcu-7la.ro"),
    ],
)
def test_an_address_is_kept_in_small_letters(typed: str, kept: str) -> None:
    assert email_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "ana@example",
        "ana@@example.ro",
        "ana@example.ro\nBcc: x@y.ro",
        "ana@example.ro,maria@example.ro",
        "Ana <ana@example.ro>",
        "an\u0131@example.ro",
        "ana@ex\u0430mple.ro",
        "a" * 65 + "@example.ro",
        "a@" + "b." * 130 + "ro",
    ],
)
def test_what_no_letter_can_be_sent_to_is_not_an_address(typed: str) -> None:
    with pytest.raises(NotAnEmail):
        email_address(typed)
