"""The words of a code of 300 articles, as long as the longest that a town consults: each article like no other."""

import re
from pathlib import Path

ACTS = Path(__file__).parents[1] / "consultations" / "acts"
ARTICLES = 300
LONG = 150_000
#: How an article of a real act begins.
BEGINS = re.compile(r"^Articolul \d+\n", re.MULTILINE)
#: Articles of one chapter.
IN_CHAPTER = 20
#: Those of the ninth.
CHAPTER = range(8 * IN_CHAPTER + 1, 9 * IN_CHAPTER + 1)


def a_code(articles: int = ARTICLES) -> list[str]:
    """Return the articles of a code, without their numbers: those of real acts, each with words of its own."""
    real = [article for name in ("66812.txt", "15202.txt", "182744.txt") for article in BEGINS.split(read(name))[1:]]
    return [
        f"Zona {place} este supusă regulii {place * 7919 % 1000}. " + padded(real, place, LONG // articles)
        for place in range(articles)
    ]


def read(name: str) -> str:
    """Return a real act."""
    return (ACTS / name).read_text(encoding="utf-8")


def padded(real: list[str], place: int, length: int) -> str:
    """Return so many words of a real article, or of several where one is short."""
    words, at = "", place
    while len(words) < length:
        words += real[at % len(real)].strip() + "\n"
        at += 1
    return words[:length].rpartition(" ")[0]


def written(articles: list[str]) -> str:
    """Return a code with its articles numbered."""
    numbered = (f"Art. {number}. {words}" for number, words in enumerate(articles, start=1))
    return "HOTĂRÂRE\nprivind codul localității\n" + "\n".join(numbered)


def in_chapters(articles: list[str]) -> str:
    """Return a code with its articles numbered, in chapters."""
    lines = ["HOTĂRÂRE", "privind codul localității"]
    for at, words in enumerate(articles):
        if at % IN_CHAPTER == 0:
            lines += ["", f"CAPITOLUL {at // IN_CHAPTER + 1}", f"Despre zona {at // IN_CHAPTER + 1}", ""]
        lines.append(f"Art. {at + 1}. {words}")
    return "\n".join(lines) + "\n"
