"""The tree hashes and proves what RFC 6962 says, by the vectors others published and by its own definition."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.record.merkle import (
    EMPTY_ROOT,
    Node,
    consistency_nodes,
    fold,
    inclusion_nodes,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

VECTORS = Path(__file__).parent / "vectors"
LEAVES = [leaf_hash(str(number).encode()) for number in range(700)]


def vectors(kind: str) -> list[Any]:
    return [pytest.param(path, id=str(path.relative_to(VECTORS))) for path in sorted((VECTORS / kind).rglob("*.json"))]


def test_all_published_cases_are_here() -> None:
    assert len(vectors("inclusion")) + len(vectors("consistency")) == 196


@pytest.mark.parametrize("path", vectors("inclusion"))
def test_an_inclusion_proof_is_believed_exactly_when_the_published_case_says_so(path: Path) -> None:
    case = json.loads(path.read_bytes())

    believed = is_included(
        case["leafIdx"],
        case["treeSize"],
        b64decode(case["leafHash"]),
        [b64decode(one) for one in case["proof"] or []],
        b64decode(case["root"]),
    )

    assert believed is not case["wantErr"]


@pytest.mark.parametrize("path", vectors("consistency"))
def test_a_consistency_proof_is_believed_exactly_when_the_published_case_says_so(path: Path) -> None:
    case = json.loads(path.read_bytes())

    believed = is_consistent(
        case["size1"],
        case["size2"],
        b64decode(case["root1"]),
        b64decode(case["root2"]),
        [b64decode(one) for one in case["proof"] or []],
    )

    assert believed is not case["wantErr"]


def tree_hash(leaves: list[bytes]) -> bytes:
    """Return MTH as RFC 6962, section 2.1, defines it."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(tree_hash(leaves[:split]), tree_hash(leaves[split:]))


def hash_of(node: Node) -> bytes:
    return tree_hash(LEAVES[node.number << node.height : (node.number + 1) << node.height])


def test_the_empty_root_is_the_hash_of_nothing() -> None:
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", [*range(70), 255, 256, 257, 511, 700])
def test_the_root_is_the_tree_hash_of_the_standard(size: int) -> None:
    assert root_of(LEAVES[:size]) == tree_hash(LEAVES[:size])


@given(st.data())
def test_every_leaf_of_every_tree_can_be_proved(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 700))
    index = data.draw(st.integers(0, size - 1))
    root = root_of(LEAVES[:size])

    proof = [fold(nodes, hash_of) for nodes in inclusion_nodes(index, size)]

    assert is_included(index, size, LEAVES[index], proof, root)
    assert not is_included(index, size, leaf_hash(b"another"), proof, root)


@given(st.data())
def test_every_tree_can_be_proved_to_be_the_beginning_of_a_later_one(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 700))
    old = data.draw(st.integers(1, new))
    old_root, new_root = root_of(LEAVES[:old]), root_of(LEAVES[:new])

    proof = [fold(nodes, hash_of) for nodes in consistency_nodes(old, new)]

    assert is_consistent(old, new, old_root, new_root, proof)
    assert not is_consistent(old, new, root_of(LEAVES[1 : old + 1]), new_root, proof)


def test_an_empty_tree_needs_no_proof_that_it_is_the_beginning_of_another() -> None:
    assert consistency_nodes(0, 17) == []


def test_an_index_beyond_64_bits_is_refused_and_not_wrapped() -> None:
    assert not is_included(1 << 64, 1, LEAVES[0], [], LEAVES[0])
