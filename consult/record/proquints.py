"""Hashes as words that can be read aloud over the telephone or at a council meeting (proquints, arXiv:0901.4016).

Every sixteen bits are one word of five letters: a consonant says four bits, a vowel two. So a hash of 32 bytes is
sixteen words, and whoever has the two rows of letters below can recompute them by hand; no list of words is needed.
"""

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
#: The five letters of a word, from the left: how far the bits that a letter says stand from the right, and its row.
LETTERS = ((12, CONSONANTS), (10, VOWELS), (6, CONSONANTS), (4, VOWELS), (0, CONSONANTS))
WORD_SIZE = 2


def words_of(data: bytes) -> list[str]:
    """Return data, of an even number of bytes, as words."""
    pairs = (data[start : start + WORD_SIZE] for start in range(0, len(data), WORD_SIZE))
    return [_word(int.from_bytes(pair, "big")) for pair in pairs]


def _word(bits: int) -> str:
    return "".join(row[(bits >> shift) % len(row)] for shift, row in LETTERS)
