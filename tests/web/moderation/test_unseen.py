"""No process keeps anybody's words in mind: when they are erased by another, it would not hear of it."""

import gc
from collections.abc import Iterator
from functools import _lru_cache_wrapper, lru_cache

from consult import links
from consult.consultations.recommendations import Kind
from consult.store import Database
from tests.factories import a_recommendation
from tests.web.reader import Reader

WORDS = "Numai Vasile din colț parchează aici."
#: What a cache holds is found below it at no greater depth.
DEPTH = 8


def remembered() -> Iterator[str]:
    """Return every text that a cache of this process holds, in a key or in an answer."""
    caches = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    seen: set[int] = set()
    found: list[object] = [*caches]
    for _ in range(DEPTH):
        found = [
            each
            for each in gc.get_referents(*found)
            if id(each) not in seen and not callable(each) and type(each).__name__ != "module"
        ]
        seen.update(map(id, found))
        yield from (each for each in found if isinstance(each, str))


def test_a_cache_of_texts_is_seen() -> None:
    @lru_cache
    def shout(text: str) -> tuple[str]:
        return (text.upper(),)

    shout(WORDS)

    assert {WORDS, WORDS.upper()} <= set(remembered())


def test_no_cache_holds_the_words_of_a_page(reader: Reader, database: Database, public) -> None:
    facts = {"kind": Kind.CHANGE, "provision_key": "art-3", "wording": WORDS}
    it = database.act(a_recommendation, public, **facts)
    reference = public.reference

    for path in (links.register(reference), links.draft_text(reference)):
        reader.get(f"/en{path}")
    for path in (links.article(reference, "art-3"), links.recommendation(reference, it.reference)):
        assert "Vasile" in reader.get(f"/en{path}").text

    assert not [text for text in remembered() if "Vasile din" in text]
