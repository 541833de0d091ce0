"""The one key that keeps secrets which must be read again, and turns short codes into something worthless to a thief.

TOTP secrets cannot be hashed, since every check needs them; so a copy of the database alone must not reveal them. The
key lies in its own file, outside the database and its backups. Each purpose gets its own key by HKDF, so that nothing
sealed for one can be opened or compared for another.
"""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consult.i18n import N_
from consult.refusals import Refusal

KEY_SIZE = 32
NONCE_SIZE = 12
FILE_NAME = "identity.key"


class NoIdentityKey(Refusal):
    """The key is not here, or is not one: nothing that it sealed can be opened."""

    sentence = N_(
        "The identity key %(path)s is not here, cannot be read, or is no key. Without it nobody who signs in with two"
        " steps gets in, so the service does not start: bring it back from where the keys are kept apart. If it is"
        " lost, make a new one (RUNBOOK.md, 5)."
    )


class Vault:
    """Seals and opens under one key. Wrong key or changed bytes raise `cryptography.exceptions.InvalidTag`."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_SIZE:
            raise ValueError("the identity key has 32 bytes")
        self._key = key

    @classmethod
    def create(cls, folder: Path) -> "Vault":
        """Make the key and keep it where only its owner can read it; refuses to overwrite one."""
        folder.mkdir(parents=True, exist_ok=True)
        key = secrets.token_bytes(KEY_SIZE)
        with os.fdopen(os.open(folder / FILE_NAME, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(key)
        return cls(key)

    @classmethod
    def read(cls, folder: Path) -> "Vault":
        """Read the key that `create` made. Raises NoIdentityKey."""
        path = folder / FILE_NAME
        try:
            return cls(path.read_bytes())
        except (OSError, ValueError):
            raise NoIdentityKey(path=path) from None

    def seal(self, secret: bytes, *, purpose: str) -> bytes:
        """Encrypt (AES-256-GCM) for one purpose; the nonce comes first."""
        nonce = secrets.token_bytes(NONCE_SIZE)
        return nonce + AESGCM(self._derived(purpose)).encrypt(nonce, secret, None)

    def unseal(self, sealed: bytes, *, purpose: str) -> bytes:
        """Decrypt what was sealed for the same purpose."""
        return AESGCM(self._derived(purpose)).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], None)

    def mac(self, code: str, *, purpose: str) -> bytes:
        """Return a keyed hash of a code that is too short to be hashed without a key."""
        return hmac.digest(self._derived(purpose), code.encode(), sha256)

    def _derived(self, purpose: str) -> bytes:
        return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=purpose.encode()).derive(self._key)
