"""Logs that a hostile operator signed correctly: whatever their entries say, the answer is a sentence.

The key of the tests signs them, so no hash and no signature stops what their entries hold.
"""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.audit.audit import audit
from consult.audit.report import facts, sentences
from consult.record import canonical
from consult.record.edge import Edge
from consult.record.events import VOCABULARY
from consult.record.faults import Fault
from consult.record.listing import paths_of
from consult.record.roll import Roll
from consult.record.sources import Missing
from consult.record.verify import verify
from tests.audit.logs import FROZEN, KEY, entries_of, founded, lawful, packs_of, signed, texts_of, tiles_of
from tests.tiers import examples

STORY = [canonical.load(entry) for entry in entries_of(founded(lawful()))]


@dataclass(frozen=True)
class Files:
    """A log in memory."""

    content: Mapping[str, bytes]

    def open(self, path: str, limit: int) -> IO[bytes]:
        if path not in self.content:
            raise Missing("The file is missing.")
        return io.BytesIO(self.content[path][:limit])

    def paths(self) -> Iterator[str]:
        return iter(self.content)


def log_of(entries: list[bytes], story: list[dict[str, Any]]) -> Files:
    """Sign whatever these entries are, beside the texts and the rules of a story."""
    bodies, packs = texts_of(story), packs_of(story, [FROZEN.content])
    named = [sorted(path.partition("/")[2] for path in each) for each in (packs, bodies)]
    note = signed(entries, [KEY])
    files = {
        **bodies,
        **packs,
        **tiles_of(entries),
        "checkpoint": note,
        "key": f"{KEY.verifying.vkey}\n".encode(),
        "policy": policy_after(entries),
        "files": "".join(f"{path}\n" for path in paths_of(len(entries), *named)).encode(),
    }
    return Files(files)


def policy_after(entries: list[bytes]) -> bytes:
    roll = Roll()
    for entry in entries:
        try:
            stated = json.loads(entry)
            roll.follow(stated["type"], stated["facts"])
        except (Fault, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
    return roll.policy([KEY.verifying]).encode()


def judged(entries: list[bytes], story: list[dict[str, Any]] = STORY) -> str:
    """Verify and audit; return the sentence by which both refuse it, or nothing."""
    source = log_of(entries, story)
    try:
        verify(source, KEY.verifying)
        found = audit(source, KEY.verifying)
    except Fault as fault:
        return fault.explain()
    assert all(isinstance(sentence, str) for sentence in sentences(found))
    json.dumps(facts(found))
    return ""


#: What a member may hold that no honest program writes, and what might pass for right at first sight.
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER),
    st.text(max_size=20),
    st.sampled_from(
        [
            *VOCABULARY,
            "0001-01-01",
            "9999-12-31",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "2026-02-30",
            "2026-11-24T10:00:00+99:99",
            "0" * 64,
            "consult:izvoru/consultari/1-2026",
            "consult:",
            "999999999999999999-2026",
            "１-2026",
            KEY.verifying.vkey,
        ]
    ),
    st.lists(st.one_of(st.none(), st.integers(-3, 3), st.text(max_size=5), st.just({})), max_size=3),
    st.dictionaries(st.sampled_from(["alg", "c", "size", "role", "a"]), st.one_of(st.none(), st.integers(-1, 99))),
)


def places_in(stated: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the way to every member, however deep."""
    inner: Iterator[tuple[Any, Any]] = iter(())
    if isinstance(stated, dict):
        inner = iter(stated.items())
    elif isinstance(stated, list):
        inner = iter(enumerate(stated))
    for name, member in inner:
        yield (*way, name)
        yield from places_in(member, (*way, name))


@st.composite
def told_otherwise(draw: st.DrawFn) -> list[bytes]:
    """The true story, of which some members hold something else, are missing, or are too many."""
    story = json.loads(json.dumps(STORY))
    for _ in range(draw(st.integers(1, 3))):
        entry = draw(st.sampled_from(story))
        *way, last = draw(st.sampled_from(list(places_in(entry)) or [("v",)]))
        inner = entry
        for name in way:
            inner = inner[name]
        if draw(st.booleans()) or isinstance(inner, list):
            inner[last] = draw(ODD)
        elif draw(st.booleans()):
            del inner[last]
        else:
            inner[draw(st.text(max_size=5))] = draw(ODD)
    if draw(st.booleans()):
        story = draw(st.permutations(story))
    return [canonical.dump_loaded(entry) for entry in story]


def test_the_true_story_passes() -> None:
    assert not judged(entries_of(founded(lawful())))


@settings(max_examples=examples(150), deadline=None)
@given(told_otherwise())
def test_no_entry_breaks_the_verifier_or_the_audit(entries: list[bytes]) -> None:
    judged(entries)


@settings(max_examples=examples(50), deadline=None)
@given(
    st.lists(st.one_of(st.binary(max_size=40), st.recursive(ODD, st.lists).map(json.dumps).map(str.encode)), max_size=5)
)
def test_no_bytes_for_an_entry_break_the_verifier(entries: list[bytes]) -> None:
    judged(entries)


ENTRY = canonical.dump_loaded(STORY[0])


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbf" + ENTRY,
        ENTRY + b"\n",
        ENTRY.replace(b'"v":1', b'"v":1,"v":1'),
        ENTRY.replace(b'"v":1', b'"v":1.0'),
        ENTRY.replace(b'"v":1', b'"v":2'),
        ENTRY.replace(b'"v":1', b'"v":true'),
        ENTRY.replace(b'"v":1', b'"v":' + b"9" * 5_000),
        ENTRY.replace(b'"v":1', b'"v":1e999'),
        ENTRY.replace(b'"v":1', b'"v":NaN'),
        ENTRY.replace(b'"v":1', b'"v":"\\ud800"'),
        ENTRY.replace(b"{", b" {", 1),
        b"[" * 60_000,
        b'{"v":' * 10_000,
        b"null",
        b"7",
        b"[]",
    ],
    ids=lambda entry: repr(entry[:20]),
)
def test_an_entry_that_could_be_read_in_two_ways_or_in_none_is_refused_in_a_sentence(entry: bytes) -> None:
    assert not judged([ENTRY], story=[])
    assert judged([entry], story=[])


def test_an_entry_whose_facts_lie_deep_is_read_like_any_other() -> None:
    deep = ENTRY.replace(b'"facts":{', b'"facts":{"a":' + b"[" * 900 + b"]" * 900 + b",")

    assert not judged([deep], story=[])


def test_an_empty_log_holds_and_has_nothing_to_judge() -> None:
    empty = log_of([], story=[])

    found = verify(empty, KEY.verifying)

    assert (found.checkpoint.size, found.checkpoint.root) == (0, Edge().root())
    assert audit(empty, KEY.verifying).count == 0
