"""Turning a template and what it shows into a page.

Templates lie beside their handlers, so the loader is rooted at this package. Everything that depends on the reader's
language reads it while rendering: a filter applied to a constant would otherwise be worked out once, when the template
is compiled, and stay in the language of whoever came first. `@pass_context` is what tells Jinja so.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from consult import links
from consult.i18n import filesize, in_sentence
from web.assets import static, theme_address
from web.locale import local
from web.plain_jinja import PlainEnvironment
from web.ui import dates, figures, grounds, sentences
from web.ui.acts import act_lang, blocks, of_act
from web.ui.remembered import remembered

TEMPLATES = Path(__file__).parent
LANGUAGES = {"ro": "Română", "en": "English"}

FILTERS: dict[str, Callable[..., object]] = {
    "date": dates.day,
    "moment": dates.moment,
    "until": dates.until,
    "day_of_month": dates.day_of_month,
    "month": dates.month,
    "number": figures.number,
    "money": figures.money,
    "filesize": filesize,
    "in_sentence": in_sentence,
    "erasure_ground": grounds.erasure_ground,
    "moderation_rule": grounds.moderation_rule,
    "nbsp": figures.nbsp,
    "of_act": of_act,
    "blocks": blocks,
}


def make_environment() -> Environment:
    """Build the Jinja environment: everything is escaped, and a name that is missing is an error."""
    environment = PlainEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # added by the extension
    environment.filters.update({name: _when_rendered(function) for name, function in FILTERS.items()})
    environment.globals.update(
        _=sentences.gettext,
        gettext=sentences.gettext,
        ngettext=sentences.ngettext,
        pgettext=sentences.pgettext,
        act_lang=act_lang,
        deadline=dates.deadline,
        demo=False,
        in_language=links.in_language,
        languages=LANGUAGES,
        links=links,
        remembered=remembered,
        static=static,
        theme_address=theme_address,
        url=local,
    )
    return environment


def render(template: str, **values: Any) -> str:  # Any: a page shows whatever its handler gives it
    """Return the page that a template makes of the given values, in the current locale."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return make_environment()


def _when_rendered(function: Callable[..., object]) -> Callable[..., object]:
    """Make a filter that Jinja must not work out at compile time."""

    @pass_context
    def applied(_context: Context, *args: Any) -> object:  # Any: whatever the template passes
        return function(*args)

    return applied
