"""A long text comes in its chapters: none is cut that can be shown at once, and nothing is lost between them."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from consult.consultations.grammar.kinds import Kind
from consult.consultations.passages import Head
from consult.consultations.text_parts import ARTICLES, FEW, TextPart, is_short, parts_of


def a_code(*chapters: int) -> list[Head]:
    """Return the heads of a code: its title, then chapters of so many articles."""
    kinds = [(Kind.NAME, 0)]
    for articles in chapters:
        kinds += [(Kind.CHAPTER, 0), *((Kind.ARTICLE, 1) for _ in range(articles))]
    return heads_of_kinds(kinds)


def heads_of_kinds(kinds: Sequence[tuple[Kind, int]]) -> list[Head]:
    return [Head(at, f"{kind}-{at}", kind, f"{kind} {at}", "", depth, None) for at, (kind, depth) in enumerate(kinds)]


def first_kinds(parts: Sequence[TextPart]) -> list[str]:
    return [part.heads[0].kind for part in parts]


def test_a_text_of_a_hundred_articles_is_shown_at_once() -> None:
    assert len(parts_of(a_code(50, 50))) == 1
    assert len(parts_of(a_code(50, 51))) == 2


def test_a_longer_one_comes_by_chapters_the_title_with_the_first_and_short_ones_together() -> None:
    parts = parts_of(a_code(15, 60, 60, FEW - 5, 5))

    assert first_kinds(parts) == [Kind.NAME, Kind.CHAPTER, Kind.CHAPTER, Kind.CHAPTER]
    assert [len(part.heads) for part in parts] == [17, 61, 61, FEW + 2]


def test_a_chapter_that_is_too_long_comes_by_its_sections() -> None:
    kinds = [(Kind.CHAPTER, 0)]
    for _ in range(3):
        kinds += [(Kind.SECTION, 1), *((Kind.ARTICLE, 2) for _ in range(60))]

    parts = parts_of(heads_of_kinds(kinds))

    assert first_kinds(parts) == [Kind.CHAPTER, Kind.SECTION, Kind.SECTION]


def test_a_text_without_chapters_comes_by_so_many_articles() -> None:
    parts = parts_of(a_code(0)[:1] + a_code(250)[2:])

    assert [sum(head.kind == Kind.ARTICLE for head in part.heads) for part in parts] == [ARTICLES, ARTICLES, 50]


@given(st.lists(st.tuples(st.sampled_from([Kind.CHAPTER, Kind.ARTICLE]), st.integers(0, 3)), min_size=1, max_size=400))
def test_nothing_is_lost_or_shown_twice_and_no_part_is_too_long(kinds: list[tuple[Kind, int]]) -> None:
    heads = heads_of_kinds(kinds)

    parts = parts_of(heads)

    assert [head for part in parts for head in part.heads] == heads
    assert all(is_short(part.heads) for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
