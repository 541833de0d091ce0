"""Who somebody is, however they prove it: the same person is known again on a roll, at a desk and behind an account.

Of a name and a birth date only a keyed hash is kept, one for each cycle. The key lies outside the database, so that
whoever copies the database can neither read who voted nor try names against it, and can join no two cycles.
"""

import re
from datetime import date

from consult.budgeting.cycles import CycleId
from consult.i18n import N_
from consult.identity.names import NotAName, one_line
from consult.identity.vault import Vault
from consult.links.addresses import fold
from consult.refusals import Refusal

#: Nobody alive was born before this.
EARLIEST = date(1900, 1, 1)
PARTS = re.compile(r"\w+")


class NotABirthDate(Refusal):
    """A day in the future, or so long ago that nobody lives who was born then."""

    sentence = N_("This is no birth date of anybody alive. Check the year.")
    field = "born"


class TooYoung(Refusal):
    """The rules of the cycle ask for an age that this person has not reached."""

    sentence = N_("By the rules of this cycle one votes from the age of %(age)s, counted on the last day of the vote.")
    field = "born"


def identity_of(vault: Vault, cycle_id: CycleId, name: str, born: date) -> bytes:
    """Return by what a person is known in a cycle: a keyed hash (32 bytes) of their name and birth date.

    Letter case, diacritics, hyphens and the order of names make no difference, since papers and rolls differ in them.
    Raises NotAName for a name without letters.
    """
    parts = sorted(PARTS.findall(fold(one_line(name))))
    if not parts:
        raise NotAName(most=0)
    return vault.mac(f"{' '.join(parts)}\n{born.isoformat()}", purpose=f"voter of cycle {cycle_id}")


def check_age(born: date, *, least: int, on: date) -> None:
    """Refuse a birth date by which somebody is younger than `least` years on a day. Raises NotABirthDate, TooYoung."""
    if not EARLIEST <= born <= on:
        raise NotABirthDate
    if age_on(born, on) < least:
        raise TooYoung(age=least)


def age_on(born: date, day: date) -> int:
    """Return how many whole years old somebody is; who was born on 29 February has their day on 1 March otherwise."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
