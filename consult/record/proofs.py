"""Receipts (C2SP tlog-proof): one file that shows, offline, that an act stands in the record.

It holds the act's index, the hashes that lead from its entry to the root, and the signed checkpoint with that root.
Our receipts carry the entry itself as the format's extra data, so that nothing else is needed to read and check one.
They carry the salts of the text and of its files as well, with which whoever kept one shows that it is; see `receipts`.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consult.i18n import N_
from consult.record import canonical
from consult.record.checkpoints import Checkpoint
from consult.record.encoding import decode_base64, encode_base64, read_number
from consult.record.entry_form import SALT_SIZE
from consult.record.faults import Fault, found_in
from consult.record.merkle import HASH_SIZE, is_included, leaf_hash
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.tiles import MAX_ENTRY_SIZE

FIRST_LINE = "c2sp.org/tlog-proof@v1"
#: A checkpoint, an entry in base64, and 63 hashes.
MAX_PROOF_SIZE = MAX_NOTE_SIZE + 2 * MAX_ENTRY_SIZE
MAX_HASHES = 63

_SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_SIZE}}}", re.ASCII)


@dataclass(frozen=True)
class Proof:
    """A `.tlog-proof` file. `checkpoint`: the signed note, verbatim; `extra`: whatever its maker added."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def encode(self) -> bytes:
        """Return the bytes of the file."""
        lines = [FIRST_LINE]
        if self.extra:
            lines.append(f"extra {encode_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(encode_base64(one) for one in self.hashes)
        return "\n".join([*lines, "", ""]).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> "Proof":
        """Read the file strictly."""
        if len(data) > MAX_PROOF_SIZE:
            raise Fault(N_("The receipt is longer than any receipt can be."))
        _check_form(data)
        head, blank, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise Fault(N_("The receipt holds characters that no receipt has.")) from None
        if not blank:
            raise Fault(N_("The receipt is cut short: it has no checkpoint."))
        rest = lines[1:]
        extra = decode_base64(rest.pop(0).removeprefix("extra ")) if rest and rest[0].startswith("extra ") else b""
        if not rest or not rest[0].startswith("index "):
            raise Fault(N_("The receipt does not say at which index its entry stands."))
        index = read_number(rest[0].removeprefix("index "))
        hashes = tuple(decode_base64(line) for line in rest[1:])
        if len(hashes) > MAX_HASHES or any(len(one) != HASH_SIZE for one in hashes):
            raise Fault(N_("The receipt's proof is not a list of at most 63 hashes of 32 bytes."))
        return cls(index, hashes, checkpoint, extra)


def _check_form(data: bytes) -> None:
    """Check that a file is a receipt, and that no program for texts has saved it in its own way."""
    if data.startswith(BOM_UTF8):
        raise Fault(N_("A mark was put before the receipt (BOM); its bytes must stay as they were downloaded."))
    first, _, _ = data.partition(b"\n")
    if first.removesuffix(b"\r") != FIRST_LINE.encode():
        raise Fault(N_("This is not a receipt: it does not begin with %(line)s."), line=FIRST_LINE)
    if b"\r" in data:
        raise Fault(N_("The receipt's line ends were changed to CRLF; its bytes must stay as they were downloaded."))


@dataclass(frozen=True)
class CheckedReceipt:
    """A receipt that holds: its entry stands at this index of the log that its checkpoint describes.

    `signers`: names of the given keys that signed the checkpoint; empty when no key was given, and then nothing shows
    whose log this is. `note`: the checkpoint with all its signatures. `salt`: that of the entry's text, if it is there;
    `files`: those of the files that came with the text, each by the hash that the entry names.
    """

    entry: dict[str, Any]  # Any: what RFC 8785 JSON can say
    index: int
    checkpoint: Checkpoint
    signers: tuple[str, ...]
    note: Note
    salt: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)


def encode_receipt(proof: Proof, entry: bytes, salt: bytes = b"", files: Mapping[str, bytes] | None = None) -> bytes:
    """Return the receipt file of an entry, which is canonical JSON and so stays canonical inside of other JSON."""
    by_hash = {commitment: each.hex() for commitment, each in (files or {}).items()}
    with_files = b',"files":' + canonical.dump(by_hash) if by_hash else b""
    salted = b',"salt":"' + salt.hex().encode() + b'"' if salt else b""
    extra = b'{"entry":' + entry + with_files + salted + b"}"
    return Proof(proof.index, proof.hashes, proof.checkpoint, extra=extra).encode()


def check_receipt(data: bytes, keys: Sequence[VerifyingKey] = ()) -> CheckedReceipt:
    """Check a receipt by itself, and its signatures against the keys that the reader trusts."""
    proof = Proof.parse(data)
    entry, salt, files = _entry_and_salts(proof.extra)
    with found_in("checkpoint"):
        note = Note.parse(proof.checkpoint)
        signers = note.signed_by(keys) if keys else []
        checkpoint = Checkpoint.parse(note.text)
    if proof.index >= checkpoint.size:
        facts = {"index": proof.index, "size": checkpoint.size}
        raise Fault(N_("The receipt names index %(index)d of a log that has %(size)d entries."), **facts)
    leaf = leaf_hash(canonical.dump_loaded(entry))
    if not is_included(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root):
        raise Fault(N_("The receipt's hashes do not lead from its entry to the root in its checkpoint."))
    return CheckedReceipt(entry, proof.index, checkpoint, tuple(key.name for key in signers), note, salt, files)


def _entry_and_salts(extra: bytes) -> tuple[dict[str, Any], bytes, dict[str, bytes]]:  # Any: as above
    with found_in("extra"):
        carried = canonical.load(extra)
        entry, salt, files = carried.get("entry"), carried.get("salt", ""), carried.get("files", {})
        if not isinstance(entry, dict):
            raise Fault(N_("The receipt does not carry the entry that it is about."))
        if not isinstance(salt, str) or (salt and not _SALT.fullmatch(salt)):
            raise Fault(N_("The receipt carries a salt that no text can have."))
        if not isinstance(files, dict) or not all(isinstance(it, str) and _SALT.fullmatch(it) for it in files.values()):
            raise Fault(N_("The receipt carries a salt that no file can have."))
    return entry, bytes.fromhex(salt), {commitment: bytes.fromhex(it) for commitment, it in files.items()}
