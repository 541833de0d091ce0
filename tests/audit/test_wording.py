"""A reason without a word is none: of answers, and of what is hidden and shown again."""

from hashlib import sha256
from pathlib import Path

import pytest

from consult.audit.wording import is_wordless
from consult.record.entry_form import Commitment
from tests.audit import logs
from tests.audit.logs import audited, changed, lawful, told

STORY = lawful()
PADDED = b'{"reason":"' + b" " * (1 << 20) + b'"}'
WORDLESS = [
    PADDED,
    b"",
    b"{}",
    b'{"reason":" "}',
    b'{"reason":""}',
    '{"reason":"\u200b\\n"}'.encode(),
    b"  ",
    b"[]",
    b"null",
]


def kept(content: bytes, monkeypatch: pytest.MonkeyPatch) -> Commitment:
    """A text of these very bytes, which lies beside the log."""
    file = sha256(b"salt").digest() + content
    commitment = Commitment(sha256(file).hexdigest(), len(content))
    others = logs.texts_of
    monkeypatch.setattr(logs, "texts_of", lambda stated: others(stated) | {f"body/{commitment.c}": file})
    return commitment


@pytest.mark.parametrize(
    "content", [*WORDLESS, b'{"reason":[null,["",{}]]}', b'{"a":' * 10_000], ids=lambda content: f"{content[:20]!r}"
)
def test_a_text_of_which_nothing_can_be_read_has_no_words(content: bytes) -> None:
    assert is_wordless(content)


@pytest.mark.parametrize("content", [b"Da.", b'{"reason":"-"}', b'{"wording":"","reason":"Nu."}', b"\xff"])
def test_a_text_of_which_something_can_be_read_has_words(content: bytes) -> None:
    assert not is_wordless(content)


@pytest.mark.parametrize("content", WORDLESS, ids=lambda content: f"{content[:20]!r}")
def test_an_answer_without_a_word_is_no_answer_with_a_reason(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = kept(content, monkeypatch)

    found = audited(tmp_path, changed(STORY, "answer", body=body))

    assert list(map(told, found.failures)) == [("record/answered-with-reason", "response.published", None, "a reason")]


def test_a_statement_of_reasons_without_a_word_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = kept(b'{"reason":" "}', monkeypatch)
    story = changed(changed(STORY, "hidden", body=body), "shown", body=body)

    found = audited(tmp_path, story)

    assert [told(failure)[1:] for failure in found.failures] == [
        ("recommendation.hidden", None, "a statement of reasons"),
        ("recommendation.shown", None, "a statement of reasons"),
    ]


def test_of_an_erased_answer_the_size_still_shows_that_it_had_no_word(tmp_path: Path) -> None:
    nothing = Commitment(sha256(b"no more here").hexdigest(), len(b"{}"))
    story = changed(changed(STORY, "answer", body=nothing), "erased", subject=logs.proposal(1), erased=nothing.c)

    found = audited(tmp_path, story)

    assert [told(failure)[0] for failure in found.failures] == ["record/answered-with-reason"]
