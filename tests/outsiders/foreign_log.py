"""Makes a log of somebody else with aics-tlog, and nothing of ours: run by an interpreter that has that package.

    python foreign_log.py DIR SIZE KEPT

Its entries are no JSON and no text, its key is not named after its origin, its checkpoint has an extension line, and
of its tiles the partial ones are gone that a full one holds. KEPT: another size, whose checkpoint is written as well,
beside DIR. Prints the verifier key.
"""

import shutil
import sys
from hashlib import sha256
from pathlib import Path

from aics_tlog import Checkpoint, TileWriter, format_vkey, sign_checkpoint, tree_root_from_tiles, vkey_from_ed25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME, ORIGIN = "somebody.example/key-7", "somebody.example/2026/shard"


def entries(size):
    """Return entries of all lengths, none among them, whose bytes are random."""
    return [
        b"".join(sha256(b"%d %d" % (number, part)).digest() for part in range(number % 7)) for number in range(size)
    ]


def main(folder, size, kept):
    """Write the tiles and both checkpoints."""
    key = Ed25519PrivateKey.from_private_bytes(sha256(b"the key of somebody").digest())
    for count, file in ((int(size), Path(folder, "checkpoint")), (int(kept), Path(f"{folder}.kept"))):
        writer = TileWriter(entries(count))
        writer.write_to(folder)
        root = tree_root_from_tiles(writer.to_memory_reader(), count)
        note = sign_checkpoint(Checkpoint(ORIGIN, count, root, ("extended by somebody",)), key, NAME)
        file.write_text(note.serialise(), encoding="utf-8")
    for partial in Path(folder).glob("tile/**/*.p"):
        if partial.with_suffix("").exists():
            shutil.rmtree(partial)
    sys.stdout.write(format_vkey(vkey_from_ed25519(NAME, key.public_key())) + "\n")


main(*sys.argv[1:])
