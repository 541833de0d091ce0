"""The colours of an authority: one is chosen, the shades are derived, and none may be hard to read.

Contrast is computed as in WCAG 2.2 (relative luminance of sRGB). The chosen colour fills the header and the buttons
under white words, and colours links on white and on the soft tint; both must reach 4.5:1. The first is a condition on
the choice, the second is met by darkening the links where needed.
"""

import re

from consult.i18n import N_
from consult.refusals import Refusal

WHITE = (255, 255, 255)
BLACK = (0, 0, 0)
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

Rgb = tuple[int, int, int]


class NotAColour(Refusal):
    """The colour is not written as six hexadecimal digits."""

    sentence = N_("Write the colour as # and six digits, for example #0a5a66.")
    field = "colour"


class ColourTooPale(Refusal):
    """White words on the colour would be hard to read."""

    sentence = N_(
        "The contrast of %(colour)s with white is %(contrast)s; it must be at least 4.5. Choose a darker one."
    )
    field = "colour"


def theme_css(colour: str) -> str:
    """Return the custom properties of an authority's theme.

    `colour`: "#rrggbb", at least 4.5:1 against white. Raises NotAColour and ColourTooPale.
    """
    brand = parse(colour)
    found = contrast(brand, WHITE)
    if found < LEGIBLE:
        raise ColourTooPale(colour=colour, contrast=f"{int(found * 100) / 100:.2f}")
    shades = {
        "brand": brand,
        "brand-dark": mix(brand, BLACK, 0.28),
        "brand-line": mix(brand, WHITE, 0.72),
        "brand-tint": tint(brand),
        "link": link(brand),
    }
    return ":root{" + ";".join(f"--{name}:{written(shade)}" for name, shade in shades.items()) + "}\n"


def tint(brand: Rgb) -> Rgb:
    """Return the soft ground of summaries and of the band under the header."""
    return mix(brand, WHITE, 0.925)


def link(brand: Rgb) -> Rgb:
    """Return the brand colour, darkened as little as makes it legible on its own tint."""
    shade, ground, step = brand, tint(brand), 0.0
    while contrast(shade, ground) < LEGIBLE:
        step += 0.02
        shade = mix(brand, BLACK, step)
    return shade


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """Return the colour with the given share (0 to 1) of another one mixed in."""
    red, green, blue = (round(mine + (theirs - mine) * share) for mine, theirs in zip(colour, other, strict=True))
    return red, green, blue


def parse(colour: str) -> Rgb:
    """Read "#rrggbb". Raises NotAColour."""
    if not _HEX.fullmatch(colour):
        raise NotAColour
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def written(colour: Rgb) -> str:
    """Write a colour as "#rrggbb"."""
    return "#" + bytes(colour).hex()


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's
