"""The town hall's own words, an act's text and how its parts are called: Romanian on every page, and marked as such.

A screen reader that speaks English reads "alin. (2) lit. b)" by English rules unless it is told (WCAG 2.2, 3.1.2).
"""

from markupsafe import Markup

from consult.i18n import DEFAULT_LOCALE, current_locale

# ruff: noqa: S704 - the language is ours; the words are escaped by Markup.format

#: Made once: a long text asks for one of them at every line.
UNMARKED, MARKED = Markup(), Markup(f' lang="{DEFAULT_LOCALE}"')
SPAN = Markup(f'<span lang="{DEFAULT_LOCALE}">{{}}</span>')


def act_lang() -> Markup:
    """Return the attribute of an element that holds nothing but an act's words; none where the page is in Romanian."""
    return UNMARKED if current_locale.get() == DEFAULT_LOCALE else MARKED


def of_act(words: str) -> str:
    """Mark an act's words among others."""
    return words if current_locale.get() == DEFAULT_LOCALE else SPAN.format(words)
