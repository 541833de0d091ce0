"""Two tiers: the quick one that everybody runs, and the slow one (`SLOW=1`) that integration adds to it.

The quick tier tries every sentence of the rulebook, and the slow one each of them on more: on both kinds of database
instead of on one of them, a property on all of its examples instead of on some.
"""

import os
from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

Thing = TypeVar("Thing")

SLOW = os.environ.get("SLOW") == "1"
LEAST_EXAMPLES = 20


def examples(full: int) -> int:
    """Return how many examples of a property this run tries, of those that the slow tier does."""
    return full if SLOW else max(full // 4, min(full, LEAST_EXAMPLES))


def sample(things: Sequence[Thing], every: int) -> Sequence[Thing]:
    """Return those of many things alike on which this run tries a sentence: all in the slow tier, else one in a few."""
    return things if SLOW else things[::every]


def is_another_kind(sentence: str, kind: str, kinds: Sequence[str]) -> bool:
    """Return whether the quick tier leaves a sentence, on this kind of database, to the slow tier.

    Which of the kinds tries it follows from its name, so that every run tries the same and each room of the house is
    tried on all of them. The first kind tries two sentences while another tries one, since it takes half the time.
    """
    turns = [kinds[0], *kinds]
    return not SLOW and turns[crc32(sentence.encode()) % len(turns)] != kind
