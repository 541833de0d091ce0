import gzip
import re

import pytest

from web.assets import LAYERS, STATIC, asset_at, assets, static, stylesheet, theme_address

KILOBYTE = 1024
SHEETS = sorted((STATIC / "css").rglob("*.css"))
COMPONENTS = sorted((STATIC / "css" / "components").glob("*.css"))
PARTS_OF_THE_LAYOUT = {"header", "footer"}
TEMPLATES = STATIC.parent / "ui"


def compressed(name: str) -> int:
    return len(gzip.compress(assets()[name].body))


def test_the_whole_stylesheet_fits_in_ten_kilobytes_on_the_wire():
    assert compressed("consult.css") <= 10 * KILOBYTE


def test_the_optional_script_fits_in_five_kilobytes_on_the_wire():
    assert compressed("consult.js") <= 5 * KILOBYTE


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_stays_small_and_plain(sheet):
    css = sheet.read_text(encoding="utf-8")

    assert len(css.splitlines()) <= 120
    assert "!important" not in css
    assert "http" not in css
    assert not re.search(r"#[a-z][\w-]*\s*[{,]", css), "styles belong to classes, not to ids"


@pytest.mark.parametrize("sheet", COMPONENTS, ids=lambda sheet: sheet.stem)
def test_a_component_is_named_like_its_macros(sheet):
    assert sheet.stem in PARTS_OF_THE_LAYOUT or (TEMPLATES / f"{sheet.stem}.html").exists()


def test_every_sheet_is_served_once_inside_its_layer():
    served = stylesheet()

    assert served.startswith(f"@layer {','.join(LAYERS)};")
    assert re.findall(r"@layer (\w+)\{", served) == list(LAYERS)
    assert served.count("{") == served.count("}")
    assert served.count(".stage-line{") == 1
    assert "/*" not in served


def test_no_custom_property_is_used_without_being_defined():
    served = stylesheet()
    defined = set(re.findall(r"(--[a-z0-9-]+):", served))

    assert set(re.findall(r"var\((--[a-z0-9-]+)\)", served)) <= defined


def test_an_address_serves_the_edition_that_it_names():
    address = static("consult.css")
    asset = asset_at(address)

    assert re.fullmatch(r"/static/consult-[0-9a-f]{12}\.css", address)
    assert asset is not None
    assert asset.body.decode() == stylesheet()
    assert asset_at("/static/consult-000000000000.css") is None


def test_a_theme_changes_its_address_with_its_colour():
    assert theme_address("#0a5a66") != theme_address("#7a1d3d")
