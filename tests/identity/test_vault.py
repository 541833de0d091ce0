"""The identity key seals for one purpose, lies in a file of its own, and is never overwritten."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from consult.identity.vault import Vault


def test_what_is_sealed_for_one_purpose_opens_for_no_other() -> None:
    vault = Vault(b"k" * 32)
    sealed = vault.seal(b"secret", purpose="totp of person 1")

    assert vault.unseal(sealed, purpose="totp of person 1") == b"secret"
    with pytest.raises(InvalidTag):
        vault.unseal(sealed, purpose="totp of person 2")
    with pytest.raises(InvalidTag):
        Vault(b"x" * 32).unseal(sealed, purpose="totp of person 1")


def test_sealing_twice_gives_different_bytes_and_hashing_twice_the_same() -> None:
    vault = Vault(b"k" * 32)

    assert vault.seal(b"secret", purpose="p") != vault.seal(b"secret", purpose="p")
    assert vault.mac("code", purpose="p") == vault.mac("code", purpose="p")
    assert vault.mac("code", purpose="p") != vault.mac("code", purpose="q")


def test_the_key_file_is_its_owners_alone_and_is_made_once(tmp_path: Path) -> None:
    made = Vault.create(tmp_path / "keys")

    kept = Vault.read(tmp_path / "keys")

    assert kept.mac("code", purpose="p") == made.mac("code", purpose="p")
    assert (tmp_path / "keys" / "identity.key").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        Vault.create(tmp_path / "keys")
