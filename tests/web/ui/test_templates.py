import re
from itertools import chain

import pytest
from bs4 import BeautifulSoup
from jinja2 import nodes

from web.pages import TEMPLATES, make_environment

ENVIRONMENT = make_environment()
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
COMPONENTS = sorted(path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "ui").glob("*.html"))


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def macros(name: str) -> set[str]:
    return {macro.name for macro in ENVIRONMENT.parse(source(name)).find_all(nodes.Macro)}


def called(name: str) -> set[str]:
    calls = ENVIRONMENT.parse(source(name)).find_all(nodes.Call)
    return {call.node.name for call in calls if isinstance(call.node, nodes.Name)}


@pytest.mark.parametrize("name", ALL)
def test_a_template_holds_no_inline_style_nor_script(name):
    text = source(name)

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"\|\s*safe\b", text)


@pytest.mark.parametrize("name", ALL)
def test_a_posted_form_is_checked_by_the_server_alone(name):
    for tag in re.findall(r"<form\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>", source(name)):
        assert "action=" in tag
        assert 'method="post"' not in tag or "novalidate" in tag


def test_every_component_is_shown_in_the_gallery():
    defined = set(chain.from_iterable(macros(name) for name in COMPONENTS if name != "ui/gallery.html"))
    shown = set(chain.from_iterable(called(name) for name in COMPONENTS))

    assert defined - shown == set()


def test_the_gallery_has_one_heading_unique_ids_and_labels_for_all(gallery):
    page = BeautifulSoup(gallery, "html.parser")
    ids = [element["id"] for element in page.select("[id]")]

    assert len(page.select("h1")) == 1
    assert len(ids) == len(set(ids))
    for control in page.select("input:not([type=hidden]), select, textarea"):
        assert page.select(f"label[for={control['id']}]"), control


def test_the_error_summary_leads_to_each_wrong_field(gallery):
    page = BeautifulSoup(gallery, "html.parser")

    assert len(page.select(".error-summary li")) == 4
    assert len(page.select(".error-summary a")) == 3
    for link in page.select(".error-summary a"):
        control = page.select_one(f"[id='{link['href'][1:]}']")
        assert control is not None
        assert control.get("aria-invalid") == "true"
        said = " ".join(page.select_one(f"[id='{name}']").get_text() for name in control["aria-describedby"].split())
        assert link.get_text() in said


def test_what_was_typed_is_kept_and_escaped():
    page = ENVIRONMENT.from_string('{% from "ui/field.html" import field %}{{ field(form, "text", "Text", rows=3) }}')

    class Typed:
        def text(self, _name: str) -> str:
            return "\nprima linie</textarea><script>"

        def error(self, _name: str) -> None:
            return None

    area = BeautifulSoup(page.render(form=Typed()), "html.parser").select_one("textarea")

    assert area is not None
    # A browser drops one newline at the start of a text area; the typed one must be the second.
    assert area.get_text() == "\n\nprima linie</textarea><script>"


def test_a_password_is_never_sent_back():
    page = ENVIRONMENT.from_string(
        '{% from "ui/field.html" import field %}{{ field(form, "p", "P", type="password") }}'
    )

    class Typed:
        def text(self, _name: str) -> str:
            return "parola mea"

        def error(self, _name: str) -> None:
            return None

    assert "parola mea" not in page.render(form=Typed())


def test_a_tracked_change_says_in_words_where_it_starts_and_ends():
    template = '{% from "ui/tracked_change.html" import changed %}{{ changed(pieces) }}'
    pieces = [("same", "Taxa este de "), ("removed", "240"), ("added", "180"), ("same", " de lei.")]

    page = BeautifulSoup(ENVIRONMENT.from_string(template).render(pieces=pieces), "html.parser")

    assert page.select_one("del").select(".hidden")
    assert page.select_one("ins").select(".hidden")
    for words in page.select(".hidden"):
        words.decompose()
    assert page.get_text() == "Taxa este de 240180 de lei."
