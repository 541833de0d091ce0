"""Hashes as words, as the paper that describes them gives its examples (arXiv:0901.4016)."""

from hashlib import sha256
from ipaddress import ip_address

import pytest

from consult.record.proquints import words_of


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1", "lusab babad"),
        ("63.84.220.193", "gutih tugad"),
        ("63.118.7.35", "gutuk bisog"),
        ("140.98.193.141", "mudof sakat"),
        ("64.255.6.200", "haguz biram"),
        ("128.30.52.45", "mabiv gibot"),
        ("147.67.119.2", "natag lisaf"),
        ("212.58.253.68", "tibup zujah"),
        ("216.35.68.215", "tobog higil"),
        ("216.68.232.21", "todah vobij"),
        ("198.81.129.136", "sinid makam"),
        ("12.110.110.204", "budov kuras"),
    ],
)
def test_the_examples_of_the_paper_are_said_in_its_words(address: str, words: str) -> None:
    assert words_of(ip_address(address).packed) == words.split()


def test_a_hash_is_sixteen_words_and_one_changed_bit_is_another_word() -> None:
    root = sha256(b"").digest()
    other = bytes([root[0], root[1] ^ 1, *root[2:]])

    assert len(words_of(root)) == 16
    assert words_of(root)[0] != words_of(other)[0]
    assert words_of(root)[1:] == words_of(other)[1:]
