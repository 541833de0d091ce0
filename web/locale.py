"""The reader's language is part of the address: none for Romanian, `/en` for English.

So a page is the same for everybody who has its address, a link can be passed on in its language, and nothing depends
on cookies or on what a browser asks for. The prefix is taken off here; no handler and no route knows of it.
"""

from consult.i18n import DEFAULT_LOCALE, LOCALES, current_locale
from consult.links import in_language
from web.asgi import App, HTTPScope, Receive, Send


def locale_prefix(app: App) -> App:
    """Take the language off the address and speak it while the request is answered."""

    async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
        locale, scope["path"] = split(scope["path"])
        scope["state"]["locale"] = locale
        token = current_locale.set(locale)
        try:
            await app(scope, receive, send)
        finally:
            current_locale.reset(token)

    return answer


def split(path: str) -> tuple[str, str]:
    """Return the language of an address and the address without it."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in LOCALES and first != DEFAULT_LOCALE:
        return first, f"/{rest}"
    return DEFAULT_LOCALE, path


def local(path: str) -> str:
    """Return an address without a language in that of the reader."""
    return in_language(path, current_locale.get())
