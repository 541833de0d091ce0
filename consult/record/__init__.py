"""The public record: every public act as an entry of an append-only Merkle log that anyone can check offline.

The formats are those of C2SP (tlog-tiles, signed-note, tlog-checkpoint, tlog-proof), so that programs none of us wrote
can verify it. `merkle`, `tiles`, `edge`, `notes`, `proofs`, `listing`, `sources` and `verify` are pure: they read files
and know no database, and this package imports nothing, so that they can be used without one.
"""
