"""A code of 300 articles, as long as the longest that a town consults: cutting it, comparing it, giving it away."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import perf_counter

from consult.consultations.comparison import compare
from consult.consultations.exporting.akn import as_akn
from consult.consultations.exporting.editions import Edition
from consult.consultations.exporting.pdf import text_as_pdf
from consult.consultations.exporting.word import as_docx, as_tracked_docx
from consult.consultations.parsing import parse
from consult.consultations.source_files import read_file
from tests.benchmarks.codes import ARTICLES, a_code, written
from tests.benchmarks.tables import Figure

#: How often each is done; the quickest counts, since a machine is never slower by itself.
TIMES = 5
#: Every so many articles are edited, and another one inserted; one goes to the end.
EDITED, INSERTED = 5, 30


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
