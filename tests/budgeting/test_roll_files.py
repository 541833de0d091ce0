"""Rolls of voters as they come from other programs."""

from datetime import date

import pytest

from consult.budgeting.roll_files import NotARoll, PersonalNumbers, RollPerson, Unread, read_roll

ANA = "Ștefănescu Ana-Maria"
HEAD = "Nume;Prenume;Data nașterii\r\n"
LINE = "Ștefănescu;Ana-Maria;17.05.1990\r\n"


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + LINE).encode(),
        (HEAD + LINE).encode("utf-8-sig"),
        (HEAD + LINE).encode("utf-16"),
        (HEAD + LINE).replace("Ș", "\u015e").replace("ș", "\u015f").encode("cp1250"),
        (HEAD + LINE).replace(";", ",").encode(),
        (HEAD + LINE).replace(";", "\t").replace("17.05.1990", "1990-05-17").encode(),
        ("Nr;Nume și prenume;DATA NASTERII\n1;Ștefănescu Ana-Maria;17/5/1990\n").encode(),
    ],
)
def test_a_roll_is_read_however_it_was_saved(content):
    assert list(read_roll(content)) == [RollPerson(2, ANA, date(1990, 5, 17))]


def test_lines_are_counted_as_people_see_them_in_the_file():
    written = (
        HEAD + LINE + "\r\n" + "Pop;Ion;31.02.1990\r\n" + "Pop;Ion;01.02.1990\r\n" + "Pop\r\n" + ";;01.01.1950\r\n"
    )

    found = list(read_roll(written.encode()))

    assert found[1:] == [Unread(4), RollPerson(5, "Pop Ion", date(1990, 2, 1)), Unread(6), Unread(7)]


def test_personal_numbers_are_refused_with_their_line():
    with pytest.raises(PersonalNumbers) as refused:
        list(read_roll((HEAD + LINE + "Pop;1900517040011;01.02.1990\r\n").encode()))

    assert refused.value.facts == {"line": 3}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\x14\x00", b"Ana;1990-05-17\n", b"nume;adresa\nAna;Str. Mare\n"])
def test_what_names_no_columns_is_no_roll(content):
    with pytest.raises(NotARoll):
        list(read_roll(content))
