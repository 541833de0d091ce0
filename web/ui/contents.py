"""A table of contents: what is on a long page, line by line."""

from typing import NamedTuple


class ContentsLine(NamedTuple):
    """A part of the page: how far to the right it stands, how many proposals are about it, whether others are in it."""

    href: str
    words: str
    depth: int = 0
    proposals: int = 0
    is_division: bool = False
