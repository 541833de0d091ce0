"""The town hall's own words, an act's text and how its parts are called: Romanian on every page, and marked as such.

A screen reader that speaks English reads "alin. (2) lit. b)" by English rules unless it is told (WCAG 2.2, 3.1.2).
What the law numbers is cited in the law's words; the few parts that have no number have names of ours, and those are
in the reader's language.
"""

from collections.abc import Sequence

from markupsafe import Markup

from consult.consultations.grammar import tables
from consult.consultations.grammar.pieces import called
from consult.i18n import DEFAULT_LOCALE, current_locale, in_sentence

# ruff: noqa: S704 - the language is ours; the words are escaped by Markup.format

#: Made once: a long text asks for one of them at every line.
UNMARKED, MARKED = Markup(), Markup(f' lang="{DEFAULT_LOCALE}"')
SPAN = Markup(f'<span lang="{DEFAULT_LOCALE}">{{}}</span>')


def act_lang() -> Markup:
    """Return the attribute of an element that holds nothing but an act's words; none where the page is in Romanian."""
    return UNMARKED if current_locale.get() == DEFAULT_LOCALE else MARKED


def of_act(words: str) -> str:
    """Mark an act's words among others; the name of a part that has no number is said in the reader's language."""
    if current_locale.get() == DEFAULT_LOCALE:
        return words
    label = words[:1].upper() + words[1:]
    name = called(label)
    if name == label:
        return SPAN.format(words)
    return name if words == label else in_sentence(name)


def blocks(words: str) -> Sequence[str | tables.Table]:
    """Return the words of a provision and the tables among them, in order; what is marked up already stays whole."""
    return [words] if "|" not in words or isinstance(words, Markup) else [*tables.blocks(words)]
