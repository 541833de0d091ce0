"""The town hall's own words, an act's text and how its parts are called: Romanian on every page, and marked as such.

A screen reader that speaks English reads "alin. (2) lit. b)" by English rules unless it is told (WCAG 2.2, 3.1.2).
"""

from markupsafe import Markup

from consult.i18n import DEFAULT_LOCALE, current_locale

# ruff: noqa: S704 - the language is ours; the words are escaped by Markup.format


def act_lang() -> Markup:
    """Return the attribute of an element that holds nothing but an act's words; none where the page is in Romanian."""
    return Markup() if current_locale.get() == DEFAULT_LOCALE else Markup(f' lang="{DEFAULT_LOCALE}"')


def of_act(words: str) -> str:
    """Mark an act's words among others."""
    return Markup("<span{}>{}</span>").format(act_lang(), words) if act_lang() else words
