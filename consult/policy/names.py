"""The nearest right name to a wrong one, since most mistakes in a pack are slips of the pen."""

from collections.abc import Collection
from difflib import get_close_matches


def nearest(name: str, known: Collection[str]) -> str:
    """Return `; did you mean “…”?` with the nearest of the known names, or nothing where none is near."""
    found = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean “{found[0]}”?" if found else ""
