"""Signed notes (C2SP signed-note): a text, and who put their key to it.

Two kinds of keys are known: that with which a log signs, and that with which a witness cosigns (`cosignatures`). A
signature of any other kind is passed over, as the standard wants. Everything is read strictly: what two programs could
read differently is refused.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from consult.i18n import N_
from consult.record.cosignatures import TIME_SIZE, cosigned_at, cosigned_message, split_cosignature
from consult.record.encoding import decode_base64, encode_base64
from consult.record.faults import Fault

#: How a log signs: over the text itself.
ED25519 = b"\x01"
#: How a witness cosigns: with the time, over the text and the time.
COSIGNATURE = b"\x04"
KINDS = frozenset({ED25519, COSIGNATURE})
SEED_SIZE = PUBLIC_KEY_SIZE = 32
KEY_ID_SIZE = 4
#: The specification asks verifiers to accept sixteen; more would only be somebody's way of making us work.
MAX_SIGNATURES = 16
MAX_NOTE_SIZE = 100_000
PRIVATE_KEY_MARK = "PRIVATE+KEY+"

_SIGNATURE = re.compile(r"— (?P<name>\S+) (?P<blob>\S+)")


class UnknownKind(Fault):
    """A key of a kind whose signatures this program cannot check; others may."""


@dataclass(frozen=True)
class VerifyingKey:
    """The public half of a key under its name; it is published as its `vkey`. `kind`: what its signatures are over."""

    name: str
    public: bytes
    kind: bytes = ED25519

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of the same name apart."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:KEY_ID_SIZE]

    @property
    def vkey(self) -> str:
        """The key as one line: name, id and key."""
        return f"{self.name}+{self.id.hex()}+{encode_base64(self.kind + self.public)}"

    @classmethod
    def parse(cls, vkey: str) -> "VerifyingKey":
        """Read a vkey; the base64 at its end may itself hold a plus. Raises UnknownKind for other kinds of keys."""
        name, kind, key = _read_key(vkey, PUBLIC_KEY_SIZE)
        found = cls(name, key, kind)
        if found.vkey != vkey:
            raise Fault(N_("The id in the verifier key is not that of its name and key."))
        return found

    def has_signed(self, text: str, signature: bytes) -> bool:
        """Tell whether the signature over the text is by this key."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            time, signature = split_cosignature(signature)
            message = cosigned_message(text, time)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):  # ValueError: the bytes are no point of the curve
            return False
        return True


@dataclass(frozen=True, repr=False)
class PrivateKey:
    """The half of a key that signs, under its name; its holder alone has it."""

    kind: ClassVar[bytes]

    name: str
    seed: bytes

    @property
    def verifying(self) -> VerifyingKey:
        """The half that everybody may know."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifyingKey(self.name, public, self.kind)

    @property
    def secret(self) -> str:
        """The key as one line, in the form that Go's `note` package writes."""
        return f"{PRIVATE_KEY_MARK}{self.name}+{self.verifying.id.hex()}+{encode_base64(self.kind + self.seed)}"

    @classmethod
    def parse(cls, secret: str) -> Self:
        """Read the secret form of a key."""
        if not secret.startswith(PRIVATE_KEY_MARK):
            raise Fault(N_("This is not a signing key."))
        name, kind, seed = _read_key(secret.removeprefix(PRIVATE_KEY_MARK), SEED_SIZE)
        found = cls(name, seed)
        if kind != cls.kind or found.secret != secret:
            raise Fault(N_("The id in the signing key is not that of its name and key."))
        return found

    def line(self, value: bytes) -> bytes:
        """Return a signature as the line that stands under a note."""
        return signature_line(self.name, self.verifying.id, value)


class SigningKey(PrivateKey):
    """A log's own key: its name is the log's origin. Only the sequencer holds it."""

    kind = ED25519

    def sign(self, text: str) -> bytes:
        """Return the text as a signed note. The same text always gives the same bytes."""
        return text.encode() + b"\n" + self.line(Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode()))


class CosigningKey(PrivateKey):
    """A witness's own key. It must never be one that signs anything else."""

    kind = COSIGNATURE

    def cosign(self, text: str, at: datetime) -> bytes:
        """Return the line that says: at this instant this was the largest checkpoint of this log that I had seen."""
        time = int(at.timestamp())
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(cosigned_message(text, time))
        return self.line(time.to_bytes(TIME_SIZE, "big") + signature)


@dataclass(frozen=True)
class Signature:
    """One line under a note: the name and the id of a key, and what it made of the text."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> bytes:
        """The line itself."""
        return signature_line(self.name, self.key_id, self.value)


@dataclass(frozen=True)
class Cosignature:
    """That a witness had seen no larger and no other checkpoint of a log at this instant, by its own clock."""

    key: VerifyingKey
    at: datetime


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
        signers = self.signers_among(keys)
        if not signers:
            raise Fault(N_("None of the signatures is by the key %(keys)s."), keys=", ".join(key.vkey for key in keys))
        return signers

    def signers_among(self, keys: Iterable[VerifyingKey]) -> list[VerifyingKey]:
        """Return those of these keys that signed the text, perhaps none; one that is claimed falsely is a fault."""
        return [key for key, _ in self._verified(keys)]

    def cosigned_by(self, keys: Iterable[VerifyingKey]) -> list[Cosignature]:
        """Return what those of these witnesses said that cosigned the text, each once, with its latest time."""
        found: dict[VerifyingKey, datetime] = {}
        for key, signature in self._verified([key for key in keys if key.kind == COSIGNATURE]):
            at = cosigned_at(signature.value)
            found[key] = max(at, found.get(key, at))
        return [Cosignature(key, at) for key, at in found.items()]

    def check_signers(self, keys: Sequence[VerifyingKey], witnesses: Collection[VerifyingKey]) -> None:
        """Refuse the note unless one of these keys signed it, and they and these witnesses alone: no byte is free."""
        self.signed_by(keys)
        known = {(key.name, key.id) for key in (*keys, *witnesses)}
        for signature in self.signatures:
            if (signature.name, signature.key_id) not in known:
                raise Fault(
                    N_("Under it stands a signature of %(name)s, whom the log does not name."), name=signature.name
                )
        self.signers_among(witnesses)

    def _verified(self, keys: Iterable[VerifyingKey]) -> Iterator[tuple[VerifyingKey, Signature]]:
        known = {(key.name, key.id): key for key in keys}
        for signature in self.signatures:
            key = known.get((signature.name, signature.key_id))
            if key is None:
                continue
            if not key.has_signed(self.text, signature.value):
                raise Fault(N_("The signature of %(name)s is not that of its key over this text."), name=key.name)
            yield key, signature


def signature_line(name: str, key_id: bytes, value: bytes) -> bytes:
    """Return a signature as it stands under a note."""
    return f"— {name} {encode_base64(key_id + value)}\n".encode()


def is_key_name(name: str) -> bool:
    """Tell whether a key may have this name: no space of any script, no plus, no control character, only text."""
    return bool(name) and not any(
        character == "+" or character.isspace() or unicodedata.category(character) in {"Cc", "Cs"} for character in name
    )


def _read_key(line: str, length: int) -> tuple[str, bytes, bytes]:
    parts = line.split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]):  # noqa: PLR2004 - name, id, key
        raise Fault(N_("A key must be written as name+id+key."))
    key = decode_base64(parts[2])
    if key[:1] not in KINDS:
        raise UnknownKind(N_("The key is not an Ed25519 key."))
    if len(key) != 1 + length:
        raise Fault(N_("The key is not an Ed25519 key."))
    return parts[0], key[:1], key[1:]


def _read_signature(line: str) -> Signature:
    found = _SIGNATURE.fullmatch(line)
    if found is None or not is_key_name(found["name"]):
        raise Fault(N_("A line under the note is not a signature."))
    blob = decode_base64(found["blob"])
    if len(blob) <= KEY_ID_SIZE:
        raise Fault(N_("A line under the note is not a signature."))
    return Signature(found["name"], blob[:KEY_ID_SIZE], blob[KEY_ID_SIZE:])
