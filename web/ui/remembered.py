"""Parts of pages that cost much and change never: what a macro makes of an act's own words.

The words of a published version stay as they are, so a text that many people read is not made anew for each. A part is
known by the values that it was made of, and by nothing else: whatever differs is another part, and none can be stale.
The words of people are never kept so, since they may have to be erased.
"""

from collections.abc import Hashable
from functools import lru_cache

from jinja2.runtime import Macro

from consult.i18n import current_locale

#: Some ten long texts, a few kilobytes for each of their articles.
MOST = 1_000


def remembered(macro: Macro, *values: Hashable, **named: Hashable) -> str:
    """Return what a macro makes of these values, in the reader's language."""
    return _made(macro, current_locale.get(), *values, **named)


@lru_cache(maxsize=MOST)
def _made(macro: Macro, _locale: str, /, *values: Hashable, **named: Hashable) -> str:
    return macro(*values, **named)
