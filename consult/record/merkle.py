"""The Merkle tree of RFC 6962 (section 2.1), SHA-256: hashes, and proofs made and checked.

A tree of n leaves is split at the largest power of two below n, so that its left parts never change as it grows. What
never changes is called a node here; the hash of any other part is folded from at most 63 nodes.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Node(NamedTuple):
    """A complete subtree: the one with this number, from the left, among those of 2**height leaves."""

    height: int
    number: int


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry as a leaf; the prefix keeps leaves and inner nodes apart."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the two halves of a subtree."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaves, or over subtrees of equal height of which only the last may be incomplete."""
    level = list(hashes)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        above = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        # An odd last one has no sibling yet and moves up as it is.
        level = above + level[2 * len(above) :]
    return level[0]


def nodes_of(start: int, end: int) -> list[Node]:
    """Return the nodes that make up the leaves [start, end), left to right.

    `start` must be a multiple of the largest power of two that fits into the range, as it is for every part of a tree.
    """
    nodes = []
    while start < end:
        height = (end - start).bit_length() - 1
        nodes.append(Node(height, start >> height))
        start += 1 << height
    return nodes


def fold(nodes: Sequence[Node], hash_of: Callable[[Node], bytes]) -> bytes:
    """Return the hash of the part of the tree that these nodes make up."""
    *lefts, folded = (hash_of(node) for node in nodes)
    for left in reversed(lefts):
        folded = node_hash(left, folded)
    return folded


def inclusion_nodes(index: int, size: int) -> list[list[Node]]:
    """Return, from the leaf's sibling up, the nodes of each hash in the proof that a tree holds a leaf (2.1.1)."""
    parts = []
    start, end = 0, size
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((start, middle))
            start = middle
    return [nodes_of(*part) for part in reversed(parts)]


def consistency_nodes(old: int, new: int) -> list[list[Node]]:
    """Return the nodes of each hash in the proof that a tree of `old` leaves is the beginning of a later one (2.1.2).

    The proof is empty from size 0, which is the beginning of every tree, and between equal sizes.
    """
    if old == 0:
        return []
    parts = []
    start, end = 0, new
    while end != old:
        middle = _middle(start, end)
        if old <= middle:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((start, middle))
            start = middle
    if start > 0:
        parts.append((start, end))
    return [nodes_of(*part) for part in reversed(parts)]


def is_included(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof shows this leaf hash at this index under the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, *proof):
        return False
    ours, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if ours & 1 or ours == last:
            reached = node_hash(sibling, reached)
            ours, last = _skip_promotions(ours, last)
        else:
            reached = node_hash(reached, sibling)
        ours, last = ours >> 1, last >> 1
    return last == 0 and reached == root


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the proof shows that the old tree is the beginning of the new one (RFC 9162, 2.1.4.2).

    Never from size 0: nothing can be shown of an empty tree, and a proof that claims to is a mistake.
    """
    if not 0 < old <= new or not _are_hashes(*proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    ours, last = old - 1, new - 1
    while ours & 1:
        ours, last = ours >> 1, last >> 1
    reached_old = reached_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if ours & 1 or ours == last:
            reached_old, reached_new = node_hash(sibling, reached_old), node_hash(sibling, reached_new)
            ours, last = _skip_promotions(ours, last)
        else:
            reached_new = node_hash(reached_new, sibling)
        ours, last = ours >> 1, last >> 1
    return last == 0 and reached_old == old_root and reached_new == new_root


def _middle(start: int, end: int) -> int:
    """Return where a part of at least two leaves is split: after the largest power of two below its length."""
    return start + (1 << ((end - start - 1).bit_length() - 1))


def _skip_promotions(ours: int, last: int) -> tuple[int, int]:
    """Climb past the levels on which the last subtree has no sibling and moves up as it is."""
    while ours and not ours & 1:
        ours, last = ours >> 1, last >> 1
    return ours, last


def _are_hashes(*hashes: bytes) -> bool:
    return all(len(one) == HASH_SIZE for one in hashes)
