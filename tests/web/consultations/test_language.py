"""The draft's own words are Romanian on every page, and an English page says so (WCAG 2.2, 3.1.2)."""

import pytest

from consult.consultations.recommendations import Kind
from tests.web.consultations.conftest import Town
from tests.web.reader import Page, Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def in_romanian(page: Page) -> list[str]:
    return page.texts("body [lang=ro]:not([hreflang])")


@pytest.mark.parametrize("path", ["text", "text/art-2", "propuneri", "propuneri/1-2026"])
def test_a_romanian_page_marks_nothing(reader: Reader, town: Town, path: str) -> None:
    town.say(town.publish(), "art-2")

    page = reader.get(f"/consultari/1-2026/{path}")

    assert in_romanian(page) == []


def test_an_english_page_of_the_text_says_that_the_draft_is_romanian(reader: Reader, town: Town) -> None:
    town.say(town.publish(), "art-2")

    page = reader.get("/en/consultari/1-2026/text")

    unmarked = [line for line in page.html.select(".passage") if line.get("lang") != "ro"]
    assert unmarked == []
    assert {page.heading, "Art. 2", "art. 2"} <= {*in_romanian(page)}
    assert page.texts("#art-2 .provision-foot [lang=ro]") == ["art. 2", "art. 2"]
    assert not any("Propose a change" in words for words in in_romanian(page))


def test_a_tracked_change_is_romanian_and_what_announces_it_is_not(reader: Reader, town: Town) -> None:
    town.say(town.publish(), "art-3", kind=Kind.CHANGE, wording="Cererile se depun tot anul.")

    page = reader.get("/en/consultari/1-2026/text/art-3")

    assert page.texts("ins > [lang=ro]")
    assert page.texts("ins > .hidden")[:2] == ["[start of addition]", "[end of addition]"]
    assert page.texts(".hidden[lang], .tracked-change[lang] .hidden") == []


def test_the_title_of_an_english_page_has_no_markup(reader: Reader, town: Town) -> None:
    town.publish()

    for path in ("text", "text/art-2"):
        assert "<" not in reader.get(f"/en/consultari/1-2026/{path}").title
