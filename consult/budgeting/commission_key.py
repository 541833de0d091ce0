"""The commission's key: ballots are sealed to it as they are cast, so that nobody has a running total.

Sealing is HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305). The service has the public half alone. The private
half is never kept anywhere: it is parted among three officials so that any two can open the ballots after the close,
and none of them alone can, and the loss of one part loses nothing.

For each pair of the three the key is the exclusive or of two random strings, one for each of the two; so every part is
two strings, which by themselves are noise.
"""

import secrets
from dataclasses import dataclass
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from consult.i18n import N_
from consult.record.faults import Fault
from consult.refusals import Refusal

KEY_SIZE = 32
HOLDERS = (1, 2, 3)
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
#: What a part is known by, whoever finds it.
MARK = "consult-ballot-key"


class NotAPart(Refusal):
    """What was typed is no part of a commission's key, or a character of it is wrong."""

    sentence = N_("This is not a part of a commission's key: it begins with “consult-ballot-key”.")


class NotTwoParts(Refusal):
    """Two parts of the same key are needed, held by two people."""

    sentence = N_("These are not two different parts of the key to which the ballots of this cycle were sealed.")


@dataclass(frozen=True)
class Part:
    """What one official holds. `strings`: for each of the two others, by their number, this holder's string."""

    holder: int
    strings: tuple[bytes, bytes]

    @property
    def line(self) -> str:
        """The part as it is kept on paper or on a stick."""
        return f"{MARK}-{self.holder}-{self.strings[0].hex()}-{self.strings[1].hex()}"

    @classmethod
    def parse(cls, line: str) -> "Part":
        """Read a part. Raises NotAPart."""
        beginning, _, rest = line.strip().partition(f"{MARK}-")
        pieces = rest.split("-")
        try:
            holder, first, second = int(pieces[0]), *(bytes.fromhex(each) for each in pieces[1:])
        except ValueError:
            raise NotAPart from None
        if beginning or holder not in HOLDERS or {len(first), len(second)} != {KEY_SIZE}:
            raise NotAPart
        return cls(holder, (first, second))

    def with_(self, other: int) -> bytes:
        """Return the string that belongs together with another holder's."""
        others = [holder for holder in HOLDERS if holder != self.holder]
        return self.strings[others.index(other)]


def make_parts() -> tuple[bytes, tuple[Part, ...]]:
    """Make a key; return its public half and the three parts of the private one, which is forgotten."""
    private = X25519PrivateKey.generate()
    secret = private.private_bytes_raw()
    strings: dict[tuple[int, int], bytes] = {}
    for one, other in combinations(HOLDERS, 2):
        strings[one, other] = secrets.token_bytes(KEY_SIZE)
        strings[other, one] = _xor(secret, strings[one, other])
    parts = []
    for holder in HOLDERS:
        first, second = (strings[holder, other] for other in HOLDERS if other != holder)
        parts.append(Part(holder, (first, second)))
    return private.public_key().public_bytes_raw(), tuple(parts)


def join_parts(public: bytes, one: Part, other: Part) -> X25519PrivateKey:
    """Return the private half of which two officials hold parts. Raises NotTwoParts."""
    if one.holder == other.holder:
        raise NotTwoParts
    private = X25519PrivateKey.from_private_bytes(_xor(one.with_(other.holder), other.with_(one.holder)))
    if private.public_key().public_bytes_raw() != public:
        raise NotTwoParts
    return private


def seal(public: bytes, election: str, ballot: bytes) -> bytes:
    """Seal a ballot to the commission. `election`: what it is for; it opens as nothing else."""
    return SUITE.encrypt(ballot, X25519PublicKey.from_public_bytes(public), info=_info(election))


def unseal(private: X25519PrivateKey, election: str, sealed: bytes) -> bytes:
    """Open what was sealed for an election. Raises Fault for what was altered, or sealed for another."""
    try:
        return SUITE.decrypt(sealed, private, info=_info(election))
    except (InvalidTag, ValueError):
        raise Fault(N_("The sealed ballot was altered, or sealed for another election.")) from None


def _info(election: str) -> bytes:
    return f"consult ballot\n{election}".encode()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))
