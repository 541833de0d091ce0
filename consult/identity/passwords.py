"""Passwords: long, unguessed, without rules of composition, and kept only as argon2id hashes.

A `PasswordHash` exists only for a password that passed the rules, so whoever is handed one need not ask again. Hashing
takes a tenth of a second on purpose: faces do it in a thread, outside of any transaction.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consult.i18n import N_
from consult.links import fold
from consult.refusals import Refusal

PasswordHash = NewType("PasswordHash", str)

LONGEST = 128
#: What must be left of a password without the words that anyone would try first.
LEAST_OWN = 8
#: Below this many different characters a password is a pattern.
LEAST_DIFFERENT = 5
#: Shorter words stand in any text.
LEAST_WORD = 3
COMMON = Path(__file__).with_name("common_passwords.txt")


@dataclass(frozen=True)
class PasswordRule:
    """How long a password must be, and how slowly it is hashed."""

    least: int
    hasher: PasswordHasher


#: OWASP's parameters: 19 MiB, two passes.
CITIZEN = PasswordRule(12, PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1))
#: Whoever speaks for an authority is worth more of an attacker's time: 64 MiB, three passes.
OFFICIAL = PasswordRule(15, PasswordHasher(memory_cost=65_536, time_cost=3, parallelism=1))

#: The hash of random bytes that nobody knows, checked when there is no account, so that this takes as long.
NOBODY = PasswordHash(
    "$argon2id$v=19$m=19456,t=2,p=1$zd3tTL3fiyx1VxP3AW957A$i/0WZUFRIX3vBNQQvfxyaKEwekv5iItmnRP7qu0TZUw"
)


class PasswordTooShort(Refusal):
    """Length is what makes a password hard to guess."""

    sentence = N_("Choose a password of at least %(least)s characters; a sentence of several words is best.")
    field = "password"


class PasswordTooLong(Refusal):
    """A text of any length would be a way to keep the service busy."""

    sentence = N_("A password has at most %(most)s characters.")
    field = "password"


class PasswordCommon(Refusal):
    """It is among the first that anyone would try."""

    sentence = N_("This password is easy to guess: it is made of words or patterns that are tried first.")
    field = "password"


class PasswordOfOwnWords(Refusal):
    """It is what anyone would try who knows whose account it is, and where."""

    sentence = N_(
        "This password is easy to guess: it is made of your name, your e-mail address or the name of this site."
    )
    field = "password"


def hash_password(password: str, rule: PasswordRule, *, own_words: Iterable[str] = ()) -> PasswordHash:
    """Return the hash of a new password. Raises as `check_password`."""
    check_password(password, rule, own_words=own_words)
    return PasswordHash(rule.hasher.hash(composed(password)))


def check_password(password: str, rule: PasswordRule, *, own_words: Iterable[str] = ()) -> None:
    """Refuse a password that could be guessed.

    `own_words`: what an attacker knows, such as the person's name and mailbox, the town's name and the site's.
    Raises PasswordTooLong before anything else is done with the text, PasswordTooShort, PasswordCommon,
    PasswordOfOwnWords.
    """
    if len(password) > LONGEST:
        raise PasswordTooLong(most=LONGEST)
    if len(password) < rule.least:
        raise PasswordTooShort(least=rule.least)
    if is_guessed(password, common_words()):
        raise PasswordCommon
    if is_guessed(password, common_words() | words_of(own_words)):
        raise PasswordOfOwnWords


def matches(password: str, kept: PasswordHash) -> bool:
    """Whether this is the password that was hashed. As slow for a wrong one as for the right one."""
    if len(password) > LONGEST:
        return False
    try:
        # The parameters are in the hash itself; any hasher verifies any hash.
        return CITIZEN.hasher.verify(kept, composed(password))
    except (VerificationError, InvalidHashError):
        return False


def rehashed(password: str, kept: PasswordHash, rule: PasswordRule) -> PasswordHash | None:
    """Return a new hash of a password that was just right, if the kept one is of older or weaker parameters."""
    if not rule.hasher.check_needs_rehash(kept):
        return None
    return PasswordHash(rule.hasher.hash(composed(password)))


def composed(password: str) -> str:
    """Return the password with composed letters: keyboards disagree on how "ș" is made. Nothing else is changed."""
    return unicodedata.normalize("NFC", password)


def is_guessed(password: str, words: Iterable[str]) -> bool:
    """Whether too little is left of a password without words that are tried first."""
    rest = fold(password)
    if len(set(rest)) < LEAST_DIFFERENT:
        return True
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < LEAST_OWN


def words_of(names: Iterable[str]) -> set[str]:
    """Return names and addresses as they would be tried: whole, at their spaces and signs apart, and run together."""
    tried = set()
    for name in map(fold, names):
        parts = re.findall(r"[^\W_]+", name)
        tried |= {name, *name.split("@"), *parts, "".join(parts)}
    return {word for word in tried if len(word) >= LEAST_WORD}


@cache
def common_words() -> frozenset[str]:
    """Return the shipped list of what people try first."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
