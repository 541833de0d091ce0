"""Logs of hashes alone, for a witness, which looks at nothing else."""

from hashlib import sha256

from consult.record.checkpoints import Checkpoint
from consult.record.cosignatures import encode_request
from consult.record.edge import Edge
from consult.record.merkle import consistency_nodes, fold, root_of
from tests.record.logs import KEY


class TestLog:
    """A log, or with another name for its entries a fork of it."""

    __test__ = False

    def __init__(self, size: int, *, forked_at: int | None = None) -> None:
        bend = size if forked_at is None else forked_at
        self.leaves = [
            sha256(f"{'fork' if number >= bend else 'entry'} {number}".encode()).digest() for number in range(size)
        ]

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        edge = Edge()
        edge.extend(self.leaves[:size])
        return Checkpoint(KEY.name, edge.size, edge.root())

    def signed(self, size: int | None = None) -> bytes:
        return KEY.sign(self.checkpoint(size).text)

    def proof(self, old: int, size: int | None = None) -> list[bytes]:
        new = len(self.leaves) if size is None else size
        return [
            fold(nodes, lambda node: root_of(self.leaves[node.number << node.height : node.number + 1 << node.height]))
            for nodes in consistency_nodes(old, new)
        ]

    def request(self, old: int, size: int | None = None) -> bytes:
        return encode_request(old, self.proof(old, size), self.signed(size))
