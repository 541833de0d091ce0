"""Telling whether a form was opened before somebody else changed what it shows.

The domain counts every edit of a draft, whichever part it touched. Two clerks who share the work, one at the text and
one at the announcement, are no conflict: a form therefore carries the hash of what it showed, and only if that has
changed is its writer asked to look.
"""

import hashlib
from collections.abc import Mapping

import msgspec


def opened(values: Mapping[str, object]) -> str:
    """Return the hash of what a form shows of a draft."""
    return hashlib.sha256(msgspec.json.encode(values, order="sorted")).hexdigest()
