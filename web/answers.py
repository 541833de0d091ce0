"""The answers a handler gives: a page, or the address to look at next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import MediaType, Response

from consult.i18n import current_locale, gettext
from consult.identity.authorities import DEFAULT_COLOUR, Authority
from web.assets import static
from web.cookies import drop_cookie, put_cookie, read_cookie, seal, unseal
from web.given import Request
from web.locale import local
from web.pages import render

FLASH = "flash"
FLASH_SECONDS = 60
#: A cookie holds 4,096 bytes; a sentence has no business being longer than this.
LONGEST_FLASH = 300

#: Where people go who come from nowhere in particular.
ACCOUNT = "/cont"


class Flash(msgspec.Struct):
    """A sentence about what was just done, and until when it is news."""

    until: datetime
    sentence: str


@dataclass(frozen=True)
class Masthead:
    """The authority as every page shows it."""

    name: str
    slogan: str
    colour: str
    crest_url: str
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    postal_address: str = ""

    @classmethod
    def of(cls, authority: Authority | None) -> "Masthead":
        """Return the masthead of an authority; a nameless one where none is known, as on a refused host."""
        crest = static("crest.svg")
        if authority is None:
            return cls(gettext("Public participation"), "", DEFAULT_COLOUR, crest)
        return cls(
            authority.name,
            authority.slogan,
            authority.colour,
            crest,
            authority.contact_name,
            authority.contact_email,
            authority.contact_phone,
            authority.postal_address,
        )


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    changes_at: datetime | None = None,
    **values: Any,  # Any: whatever the template shows
) -> Response[str]:
    """Return a page. `changes_at`: when a public page will read differently, so that no cache shows it longer."""
    state = request.scope["state"]
    state["changes_at"] = changes_at
    flash = read_flash(request)
    html = render(
        template,
        authority=Masthead.of(state.get("authority")),
        locale=current_locale.get(),
        path=request.scope["path"],
        demo=request.app.state.settings.demo,
        flash=flash,
        **values,
    )
    response = Response(html, media_type=MediaType.HTML, status_code=status)
    if flash is not None:
        drop_cookie(request, response, FLASH)
    return response


def see_other(request: Request, path: str, *, flash: str = "") -> Response[bytes]:
    """Lead to a page after a form was done (303), so that a reload asks for the page and not for the deed.

    `path`: an address without a language. `flash`: a sentence that the next page that is not public says once.
    """
    response = Response(b"", media_type=MediaType.TEXT, status_code=303, headers={"Location": location(path)})
    if flash:
        until = request.scope["state"]["at"] + timedelta(seconds=FLASH_SECONDS)
        said = msgspec.json.encode(Flash(until, flash[:LONGEST_FLASH]))
        sealed = seal(request.app.state.vault, said, purpose=FLASH)
        put_cookie(request, response, FLASH, sealed, seconds=FLASH_SECONDS)
    return response


def moved(path: str) -> Response[bytes]:
    """Lead to the right address of a page, for good (301): a slug that is old or mistyped."""
    return Response(b"", media_type=MediaType.TEXT, status_code=301, headers={"Location": location(path)})


def location(path: str) -> str:
    """Return an address as a header carries it, in the reader's language; only ever one of this site."""
    assert path.startswith("/"), path
    assert not path.startswith("//"), path
    return quote(local(path), safe="/?&=#%-._~:")


def safe_next(asked: str) -> str:
    """Return where to go after signing in: an address of this site as it was asked for, or else the account."""
    is_ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isascii() and asked.isprintable()
    return asked if is_ours and "\\" not in asked else ACCOUNT


def read_flash(request: Request) -> str | None:
    """Return the sentence that the last deed left to be said. Public pages have no cookies, and so no flash."""
    sealed = read_cookie(request, FLASH)
    if not sealed:
        return None
    said = unseal(request.app.state.vault, sealed, purpose=FLASH)
    if said is None:
        return None
    flash = msgspec.json.decode(said, type=Flash)
    return flash.sentence if request.scope["state"]["at"] < flash.until else None
