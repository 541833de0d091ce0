"""The stylesheet, the optional script and the default crest, at addresses that name their own content.

The stylesheet is written as one small file per component and put together here once, when the service starts: no build
step, nothing to forget. An address carries the hash of what it serves, so browsers may keep it for ever.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from web.ui.theme import theme_css

STATIC = Path(__file__).parent / "static"
LAYERS = ("tokens", "base", "layout", "components", "pages")
SCRIPT = STATIC / "js" / "consult.js"
CREST = STATIC / "crest.svg"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,]) ?")


@dataclass(frozen=True)
class Asset:
    """A file that never changes under its address."""

    address: str
    media_type: str
    body: bytes


def stylesheet() -> str:
    """Return the whole stylesheet: every layer in its order, every file inside its layer."""
    sheets = (f"@layer {layer}{{{_pressed(''.join(_sources(layer)))}}}" for layer in LAYERS)
    return f"@layer {','.join(LAYERS)};" + "".join(sheets) + "\n"


@cache
def assets() -> dict[str, Asset]:
    """Return every asset by its plain name ("consult.css")."""
    return {
        "consult.css": _asset("consult.css", "text/css", stylesheet().encode()),
        "consult.js": _asset("consult.js", "text/javascript", SCRIPT.read_bytes()),
        "crest.svg": _asset("crest.svg", "image/svg+xml", CREST.read_bytes()),
    }


def static(name: str) -> str:
    """Return the address of an asset: "/static/consult-1f0c….css"."""
    return assets()[name].address


def asset_at(address: str) -> Asset | None:
    """Return the asset that an address serves; None for an address of another edition."""
    return next((asset for asset in assets().values() if asset.address == address), None)


@cache
def theme_address(colour: str) -> str:
    """Return the address of an authority's theme, which changes with the theme."""
    return f"/tema.css?v={_digest(theme_css(colour).encode())}"


def _sources(layer: str) -> Iterator[str]:
    single = STATIC / "css" / f"{layer}.css"
    for path in [single] if single.exists() else sorted((STATIC / "css" / layer).glob("*.css")):
        yield path.read_text(encoding="utf-8")


def _pressed(css: str) -> str:
    """Drop comments and needless space. No string in the stylesheet may hold braces, commas or semicolons."""
    return _AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", css))).strip()


def _asset(name: str, media_type: str, body: bytes) -> Asset:
    stem, suffix = name.split(".")
    return Asset(f"/static/{stem}-{_digest(body)}.{suffix}", media_type, body)


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:12]
