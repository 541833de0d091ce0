"""Signed notes (C2SP signed-note): a text, and who put their key to it.

Everything is read strictly: what two programs could read differently is refused.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from consult.i18n import N_
from consult.record.encoding import decode_base64, encode_base64
from consult.record.faults import Fault

ED25519 = b"\x01"
SEED_SIZE = PUBLIC_KEY_SIZE = 32
KEY_ID_SIZE = 4
#: The specification asks verifiers to accept sixteen; more would only be somebody's way of making us work.
MAX_SIGNATURES = 16
MAX_NOTE_SIZE = 100_000
PRIVATE_KEY_MARK = "PRIVATE+KEY+"

_SIGNATURE = re.compile(r"— (?P<name>\S+) (?P<blob>\S+)")


@dataclass(frozen=True)
class VerifyingKey:
    """The public half of a key under its name; it is published as its `vkey`."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of the same name apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID_SIZE]

    @property
    def vkey(self) -> str:
        """The key as one line: name, id and key."""
        return f"{self.name}+{self.id.hex()}+{encode_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, vkey: str) -> "VerifyingKey":
        """Read a vkey; the base64 at its end may itself hold a plus."""
        name, key = _read_key(vkey, PUBLIC_KEY_SIZE)
        found = cls(name, key)
        if found.vkey != vkey:
            raise Fault(N_("The id in the verifier key is not that of its name and key."))
        return found

    def has_signed(self, text: str, signature: bytes) -> bool:
        """Tell whether the signature over the text is by this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):  # ValueError: the bytes are no point of the curve
            return False
        return True


@dataclass(frozen=True, repr=False)
class SigningKey:
    """A log's own key: its name is the log's origin. Only the sequencer holds it."""

    name: str
    seed: bytes

    @property
    def verifying(self) -> VerifyingKey:
        """The half that everybody may know."""
        return VerifyingKey(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    @property
    def secret(self) -> str:
        """The key as one line, in the form that Go's `note` package writes."""
        return f"{PRIVATE_KEY_MARK}{self.name}+{self.verifying.id.hex()}+{encode_base64(ED25519 + self.seed)}"

    @classmethod
    def parse(cls, secret: str) -> "SigningKey":
        """Read the secret form of a key."""
        if not secret.startswith(PRIVATE_KEY_MARK):
            raise Fault(N_("This is not a signing key."))
        name, seed = _read_key(secret.removeprefix(PRIVATE_KEY_MARK), SEED_SIZE)
        found = cls(name, seed)
        if found.secret != secret:
            raise Fault(N_("The id in the signing key is not that of its name and key."))
        return found

    def sign(self, text: str) -> bytes:
        """Return the text as a signed note. The same text always gives the same bytes."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{text}\n— {self.name} {encode_base64(self.verifying.id + signature)}\n".encode()


@dataclass(frozen=True)
class Signature:
    """One line under a note: the name and the id of a key, and what it made of the text."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True)
class Note:
    """A text with the signatures under it, read but not yet verified."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, data: bytes) -> "Note":
        """Read a note; the signatures stand after its last empty line."""
        if len(data) > MAX_NOTE_SIZE:
            raise Fault(N_("The signed note is longer than any that is believed."))
        try:
            whole = data.decode()
        except UnicodeDecodeError:
            raise Fault(N_("The signed note is not UTF-8 text.")) from None
        if any(character < " " and character != "\n" for character in whole):
            raise Fault(N_("The signed note holds a control character; perhaps its line ends were changed to CRLF."))
        text, blank, signed = whole.rpartition("\n\n")
        if not blank or not signed.endswith("\n"):
            raise Fault(N_("The signed note has no signature under it, or was cut short."))
        lines = signed.removesuffix("\n").split("\n")
        if len(lines) > MAX_SIGNATURES:
            facts = {"count": len(lines), "most": MAX_SIGNATURES}
            raise Fault(N_("The note carries %(count)d signatures; at most %(most)d are read."), **facts)
        return cls(text + "\n", tuple(_read_signature(line) for line in lines))

    def signed_by(self, keys: Sequence[VerifyingKey]) -> list[VerifyingKey]:
        """Return those of these keys that signed the text.

        Signatures of other keys are passed over; one that claims to be of a known key and is not makes the whole note
        worthless, and so does having none of a known key.
        """
        known = {(key.name, key.id): key for key in keys}
        signers = []
        for signature in self.signatures:
            key = known.get((signature.name, signature.key_id))
            if key is None:
                continue
            if not key.has_signed(self.text, signature.value):
                raise Fault(N_("The signature of %(name)s is not that of its key over this text."), name=key.name)
            signers.append(key)
        if not signers:
            raise Fault(N_("None of the signatures is by the key %(keys)s."), keys=", ".join(key.vkey for key in keys))
        return signers


def is_key_name(name: str) -> bool:
    """Tell whether a key may have this name: no space of any script, no plus, no control character."""
    return bool(name) and not any(
        character == "+" or character.isspace() or unicodedata.category(character) == "Cc" for character in name
    )


def _read_key(line: str, length: int) -> tuple[str, bytes]:
    parts = line.split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]):  # noqa: PLR2004 - name, id, key
        raise Fault(N_("A key must be written as name+id+key."))
    key = decode_base64(parts[2])
    if key[:1] != ED25519 or len(key) != 1 + length:
        raise Fault(N_("The key is not an Ed25519 key."))
    return parts[0], key[1:]


def _read_signature(line: str) -> Signature:
    found = _SIGNATURE.fullmatch(line)
    if found is None or not is_key_name(found["name"]):
        raise Fault(N_("A line under the note is not a signature."))
    blob = decode_base64(found["blob"])
    if len(blob) <= KEY_ID_SIZE:
        raise Fault(N_("A line under the note is not a signature."))
    return Signature(found["name"], blob[:KEY_ID_SIZE], blob[KEY_ID_SIZE:])
