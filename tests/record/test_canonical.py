"""An entry's JSON has exactly one form."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from consult.record import canonical
from consult.record.faults import Fault

NAMES = st.text(st.characters(max_codepoint=127, exclude_categories=["Cs"]), max_size=5)
SAFE = st.integers(-(2**53) + 1, 2**53 - 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
VALUES = st.recursive(
    st.none() | st.booleans() | SAFE | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_what_is_read_back_is_what_the_standard_writes(stated: dict[str, object]) -> None:
    assert canonical.load(rfc8785.dumps(stated)) == stated
    assert canonical.dump(stated) == rfc8785.dumps(stated)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":"\\u0061"}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":NaN}',
        b'{"a":-0}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5_000 + b"}",
        b"[1]",
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b"",
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_any_other_form_is_refused(data: bytes) -> None:
    with pytest.raises(Fault):
        canonical.load(data)
