"""Cookies: the session's and the flash message's, nothing else, and none for a reader who does nothing."""

import base64
from typing import Any

from cryptography.exceptions import InvalidTag
from litestar import Response
from litestar.datastructures import Cookie

from consult.identity.vault import Vault
from consult.settings import Settings
from web.given import Request


def cookie_name(settings: Settings, name: str) -> str:
    """Return a cookie's full name. `__Host-` lets no other site under the same domain plant one, but wants TLS."""
    return f"__Host-{name}" if settings.is_secure else name


def read_cookie(request: Request, name: str) -> str:
    """Return what a cookie holds; empty where there is none."""
    return request.cookies.get(cookie_name(request.app.state.settings, name), "")


def put_cookie(request: Request, response: Response[Any], name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie that only we read, for some seconds or until the browser is closed."""
    settings = request.app.state.settings
    response.set_cookie(
        Cookie(
            key=cookie_name(settings, name),
            value=value,
            path="/",
            max_age=seconds,
            secure=settings.is_secure,
            httponly=True,
            samesite="lax",
        )
    )


def drop_cookie(request: Request, response: Response[Any], name: str) -> None:
    """Take a cookie away."""
    put_cookie(request, response, name, "", seconds=0)


def seal(vault: Vault, content: bytes, *, purpose: str) -> str:
    """Return content as a text that only we can read or change, and only for the same purpose."""
    return base64.urlsafe_b64encode(vault.seal(content, purpose=purpose)).decode()


def unseal(vault: Vault, sealed: str, *, purpose: str) -> bytes | None:
    """Return what was sealed; None for what we did not seal for this purpose."""
    try:
        return vault.unseal(base64.urlsafe_b64decode(sealed), purpose=purpose)
    except (ValueError, InvalidTag):
        return None
