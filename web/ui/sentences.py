"""The sentences of a page in the reader's language: what templates call as `_`, `gettext`, `ngettext`, `pgettext`.

Those of Jinja's extension ask for the context of the template, of which Jinja makes a copy for each call in a loop: a
third of what a page cost. The reader's language is not in there, so these ask for none.
"""

from functools import lru_cache

from markupsafe import Markup

from consult import i18n

# Catalogues and templates are ours, and as safe as the page around them; the facts in a sentence are escaped.
# ruff: noqa: S704


def gettext(msgid: str, /, **facts: object) -> Markup:
    """Return a sentence with its facts."""
    return Markup(i18n.gettext(msgid)) % facts if facts else _bare(msgid, i18n.current_locale.get())


def ngettext(singular: str, plural: str, number: int, /, **facts: object) -> Markup:
    """Return the form of a sentence that goes with a number, which it calls `num`."""
    return Markup(i18n.ngettext(singular, plural, number)) % {"num": number, **facts}


def pgettext(context: str, msgid: str, /, **facts: object) -> Markup:
    """Return a sentence where the same English words mean two things."""
    return Markup(i18n.pgettext(context, msgid)) % facts


@lru_cache(maxsize=4096)
def _bare(msgid: str, _locale: str) -> Markup:
    # Most sentences have no facts, and a table says some in each row. "%%" is a percent sign in all of them.
    return Markup(i18n.gettext(msgid)) % {}
