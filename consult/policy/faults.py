"""What is wrong in a pack, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something wrong in a pack. `place` as msgspec names it, `$.rule[2].from`; `sentence` for the pack's author."""

    place: str
    sentence: str
