"""A long text is not lost because its writer was signed out meanwhile.

What was posted travels, sealed, in a hidden field of the sign-in form, from page to page until somebody is signed in;
then it is shown with one button that sends it to where it was going. The server keeps nothing of people it does not
know, nothing stands in an address, and nothing is sent in anybody's name before they press that button.
"""

import zlib
from typing import Any

import msgspec
from litestar import Response

from web.answers import page, safe_next, see_other
from web.bodies import Posted
from web.cookies import seal, unseal
from web.given import Request

#: The hidden field of the sign-in form, and how much it may carry: the largest body, sealed and in base 64.
KEPT_FIELD = "kept"
LONGEST_KEPT = 16 * 1024 * 1024

PURPOSE = "kept form"
#: Fields whose names begin so are not kept: a password belongs to its moment.
FORGOTTEN = ("password", "code")
#: Shorter answers are choices, codes and keys, which say nothing to a reader without their form.
WORDS_WORTH_SHOWING = 3


class Kept(msgspec.Struct):
    """A form on its way through the sign-in: where it was going, what it said, and which files it had.

    The content of files is not kept; they must be chosen again.
    """

    address: str
    texts: dict[str, list[str]]
    files: list[str]

    @property
    def passages(self) -> list[str]:
        """What its writer will know again as their own words."""
        return [text for texts in self.texts.values() for text in texts if len(text.split()) >= WORDS_WORTH_SHOWING]


def keep(request: Request, posted: Posted) -> str:
    """Return a form, sealed, for the hidden field of the sign-in page."""
    kept = kept_form(request, posted)
    return seal(request.app.state.vault, zlib.compress(msgspec.json.encode(kept)), purpose=PURPOSE)


def kept_form(request: Request, posted: Posted) -> Kept:
    """Return what is worth keeping of a form that cannot be taken in now."""
    return Kept(
        address=asked_address(request),
        texts={name: texts for name, texts in posted.texts.items() if not name.startswith(FORGOTTEN)},
        files=[file.name for files in posted.files.values() for file in files],
    )


def open_kept(request: Request, sealed: str) -> Kept | None:
    """Return the form that was sealed; None for anything else."""
    content = unseal(request.app.state.vault, sealed, purpose=PURPOSE)
    return None if content is None else msgspec.json.decode(zlib.decompress(content), type=Kept)


def after_sign_in(request: Request, *, kept: str, next_path: str) -> Response[Any]:
    """Lead on whoever has just signed in: to the text they were about to send, or to the page they had asked for."""
    form = open_kept(request, kept) if kept else None
    if form is None:
        return see_other(request, safe_next(next_path))
    return page(request, "kept.html", kept=form)


def asked_address(request: Request) -> str:
    """Return the address that was asked for, without its language."""
    query = request.scope["query_string"].decode()
    path: str = request.scope["path"]
    return f"{path}?{query}" if query else path
