import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from web.ui.theme import LEGIBLE, WHITE, ColourTooPale, NotAColour, contrast, parse, theme_css, written

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def shades(css: str) -> dict[str, tuple[int, int, int]]:
    return {name: parse(colour) for name, colour in re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", css)}


def test_contrast_is_that_of_wcag():
    assert round(contrast(parse("#0a5a66"), WHITE), 2) == 7.87
    assert round(contrast(parse("#000000"), WHITE), 2) == 21


def test_a_colour_that_is_hard_to_read_under_white_is_refused_with_its_contrast():
    with pytest.raises(ColourTooPale) as refusal:
        theme_css("#dfa226")

    assert refusal.value.facts == {"colour": "#dfa226", "contrast": "2.24"}


@pytest.mark.parametrize("colour", ["teal", "#0a5", "0a5a66", "#0a5a66;} body{", "#0a5a6g", ""])
def test_what_is_no_colour_never_reaches_the_stylesheet(colour):
    with pytest.raises(NotAColour):
        theme_css(colour)


@given(COLOURS)
def test_every_accepted_colour_gives_a_legible_theme(colour):
    assume(contrast(colour, WHITE) >= LEGIBLE)

    theme = shades(theme_css(written(colour)))

    assert contrast(WHITE, theme["brand"]) >= LEGIBLE
    assert contrast(WHITE, theme["brand-dark"]) >= LEGIBLE
    assert contrast(theme["link"], theme["brand-tint"]) >= LEGIBLE
    assert contrast(theme["link"], WHITE) >= LEGIBLE


@given(COLOURS)
def test_a_colour_is_read_back_as_it_was_written(colour):
    assert parse(written(colour)) == colour
