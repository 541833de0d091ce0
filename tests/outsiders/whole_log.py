"""Checks an exported log with aics-tlog, and nothing of ours: run by an interpreter that has that package.

    python whole_log.py DIR VKEY [CHECKPOINT]

Every tile and every entry is authenticated against the signed checkpoint. CHECKPOINT is a note of the same log that
the reader kept: the log must have grown from it.
"""

import sys
from pathlib import Path

from aics_tlog import (
    FileSystemTileReader,
    audit_tiles,
    consistency_proof_from_tiles,
    parse_note,
    parse_vkey,
    verify_checkpoint,
    verify_consistency,
)


def checkpoint(path, key):
    """Return the checkpoint in a note that the key signed."""
    found = verify_checkpoint(parse_note(path.read_text(encoding="utf-8")), key, expected_origin=key.name)
    if not found.ok:
        sys.exit(f"{path}: {found.error}")
    return found.size, found.root


def main(folder, vkey, kept=None):
    """Leave with a sentence where something does not hold."""
    key, tiles = parse_vkey(vkey), FileSystemTileReader(folder)
    size, root = checkpoint(Path(folder, "checkpoint"), key)
    audit_tiles(tiles, size, root)
    if kept is None:
        return
    kept_size, kept_root = checkpoint(Path(kept), key)
    if kept_size > size:
        sys.exit(f"{kept_size} entries were there before, now {size}")
    proof = consistency_proof_from_tiles(tiles, kept_size, size)
    if not verify_consistency(kept_size, size, kept_root, root, proof):
        sys.exit(f"the first {kept_size} entries are not those that were signed before")


main(*sys.argv[1:])
