"""Brings a checkpoint to a witness with aics-witness's own client: run by an interpreter that has that package.

    python feed.py URL WITNESS_VKEY STATE DIR

DIR is an exported log; STATE a file in which the client remembers what the witness cosigned. Prints the signature, or
leaves with the status of the refusal.
"""

import sys
from pathlib import Path

from aics_tlog import FileSystemTileReader, consistency_proof_from_tiles
from aics_witness.feeder import FeederError, WitnessClient


def main(url, vkey, state, folder):
    """Leave with a sentence where the witness refuses."""
    tiles = FileSystemTileReader(folder)

    def proof(old, new):
        return consistency_proof_from_tiles(tiles, old, new) if 0 < old < new else []

    note = Path(folder, "checkpoint").read_text(encoding="utf-8")
    try:
        with WitnessClient(url, vkey, state_path=state, max_attempts=1) as client:
            sys.stdout.write(client.submit(note, proof))
    except FeederError as refusal:
        sys.exit(f"{type(refusal).__name__}: {refusal}")


main(*sys.argv[1:])
