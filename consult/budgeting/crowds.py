"""Those who leave a trace together, so that each is hidden among the others: a crowd goes, and a crowd stays behind.

Were all let go who wait, the few who vote between the last time and the close would be alone with what is left of them:
one more commitment in the record and one more letter in the post, on the same evening, are one and the same voter. So a
crowd stays, drawn by lot each time, and whoever comes last goes with it.
"""

import secrets
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: Among fewer nobody can hide.
FEWEST = 20


def draw_crowd(waiting: Sequence[T], *, is_last: bool) -> list[T]:
    """Return who goes, in an order drawn by lot: all but a crowd, if that is a crowd itself; the last time, all."""
    drawn = secrets.SystemRandom().sample(waiting, len(waiting))
    if is_last:
        return drawn
    return drawn[FEWEST:] if len(drawn) >= 2 * FEWEST else []
