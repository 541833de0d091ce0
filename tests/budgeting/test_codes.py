"""Codes that people copy by hand."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.budgeting.codes import ALPHABET, LENGTH, CodeMistyped, code_of, grouped, new_code, read_code, with_check

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH).map(with_check).filter(bool)


@given(CODES, st.data())
def test_every_single_wrong_character_and_every_swap_of_neighbours_is_found(code, data):
    place = data.draw(st.integers(0, LENGTH))
    other = data.draw(st.sampled_from(ALPHABET.replace(code[place], "")))

    with pytest.raises(CodeMistyped):
        read_code(code[:place] + other + code[place + 1 :])
    if place < LENGTH and code[place] != code[place + 1]:
        with pytest.raises(CodeMistyped):
            read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_a_code_is_read_in_any_case_however_grouped_and_with_lookalikes():
    code = with_check("0011ABCDEFGH") or with_check("0011ABCDEFGJ")

    assert read_code(grouped(code).lower().replace("0", "o").replace("1", "l")) == code
    assert read_code(f" {code[:4]} {code[4:8]}–{code[8:]} ") == code


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-9QXD-20AB*", "7K3M-9QXD-20ABCC", "ăăăă-ăăăă-ăăăăă"])
def test_what_is_no_code_is_told_as_a_slip(typed):
    with pytest.raises(CodeMistyped):
        read_code(typed)


def test_codes_that_are_made_are_read_and_differ():
    codes = {new_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(read_code(grouped(code)) == code for code in codes)


def test_six_hashes_of_seven_have_a_code():
    codes = [code_of(hashlib.sha256(bytes([n])).digest()) for n in range(250)]

    assert 0.78 < sum(code is not None for code in codes) / 250 < 0.93
