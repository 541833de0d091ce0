"""A code of 300 articles, as long as the longest that a town consults: cutting it, comparing it, giving it away."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from consult.consultations.comparison import compare
from consult.consultations.exporting.akn import as_akn
from consult.consultations.exporting.editions import Edition
from consult.consultations.exporting.pdf import text_as_pdf
from consult.consultations.exporting.word import as_docx, as_tracked_docx
from consult.consultations.parsing import parse
from consult.consultations.source_files import read_file
from tests.benchmarks.tables import Figure

ACTS = Path(__file__).parents[1] / "consultations" / "acts"
ARTICLES = 300
LONG = 150_000
#: How often each is done; the quickest counts, since a machine is never slower by itself.
TIMES = 5
#: How an article of a real act begins.
BEGINS = re.compile(r"^Articolul \d+\n", re.MULTILINE)
#: Every so many articles are edited, and another one inserted; one goes to the end.
EDITED, INSERTED = 5, 30


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


def improved(articles: list[str]) -> list[str]:
    """Return the next version: some articles edited, some inserted, one moved."""
    better = [
        words.replace("regulii", "normei noi") if at % EDITED == 0 else words for at, words in enumerate(articles)
    ]
    for at in range(0, len(articles), INSERTED):
        better.insert(at, f"Articolul nou despre sectorul {at} se aplică de la 1 ianuarie în toate zonele.")
    return [*better[:3], *better[4:], better[3]]


def of_a_code(articles: int = ARTICLES, times: int = TIMES) -> Iterator[Figure]:
    """Measure what is done with a long text."""
    code = a_code(articles)
    old, new = written(code), written(improved(code))
    before, after = parse(old).elements, parse(new).elements
    edition = Edition(
        authority="Municipiul Izvoru",
        authority_url="https://izvoru.ro",
        reference="112-2026",
        title="Codul localității",
        number=2,
        published_at=datetime(2026, 11, 24, tzinfo=UTC),
        sha256="0" * 64,
        url="https://izvoru.ro/consultari/112-2026/text/v2",
        provisions=after,
    )
    changes = compare(before, after)
    pdf = text_as_pdf(edition)
    size = f"{len(old) // 1000} kB, {articles} articles"
    for name, most, work in (
        (f"cutting a text ({size})", 0.3, lambda: parse(old)),
        ("comparing two versions of it", 0.1, lambda: compare(before, after)),
        ("  as PDF", 2.0, lambda: text_as_pdf(edition)),
        ("  as Word", 2.0, lambda: as_docx(edition)),
        ("  as Word, changes tracked", 2.0, lambda: as_tracked_docx(edition, changes)),
        ("  as Akoma Ntoso", 2.0, lambda: as_akn(edition)),
        ("  read back from its PDF", 5.0, lambda: read_file("cod.pdf", pdf)),
        ("  read back from its Word file", 5.0, lambda: read_file("cod.docx", as_docx(edition))),
    ):
        yield Figure(name, quickest(work, times), "s", at_most=most)


def quickest(work: Callable[[], object], times: int) -> float:
    """Return how many seconds a piece of work takes at best."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return min(taken)
