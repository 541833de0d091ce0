"""Tokens: 256 random bits that stand for a session or a letter's link, and of which only the hash is kept."""

import hashlib
import secrets

SIZE = 32


def new_token() -> str:
    """Return a token that fits into a cookie or an address."""
    return secrets.token_urlsafe(SIZE)


def hash_of(token: str) -> bytes:
    """Return what is kept of a token; so much randomness needs neither salt nor slowness."""
    return hashlib.sha256(token.encode()).digest()
