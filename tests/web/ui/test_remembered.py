"""What is made once is shown again only where nothing about it differs."""

import pytest
from markupsafe import Markup

from tests.web.ui.conftest import reading
from web.pages import make_environment
from web.ui.remembered import remembered

FOOT = """
{%- macro foot(label, proposals=0) -%}
  {{ made(label) }}<p>{{ _("Propose a change") }} {{ label }}</p>
{%- endmacro -%}
"""


@pytest.fixture
def made() -> list[str]:
    """The parts that were made, one after another."""
    return []


@pytest.fixture
def foot(made):
    def note(label: str) -> str:
        made.append(label)
        return ""

    return make_environment().from_string(FOOT, globals={"made": note}).module.foot


def test_a_part_of_the_same_values_is_made_once(foot, made):
    first, again = remembered(foot, "Art. 4", proposals=2), remembered(foot, "Art. 4", proposals=2)

    assert first == again == "<p>Propune o modificare Art. 4</p>"
    assert made == ["Art. 4"]


def test_a_part_of_other_values_is_another(foot, made):
    remembered(foot, "Art. 4", proposals=2)
    remembered(foot, "Art. 5", proposals=2)
    remembered(foot, "Art. 4", proposals=3)

    assert made == ["Art. 4", "Art. 5", "Art. 4"]


def test_a_part_speaks_to_each_reader_in_their_language(foot):
    remembered(foot, "Art. 4")

    with reading("en"):
        assert remembered(foot, "Art. 4") == "<p>Propose a change Art. 4</p>"
    assert remembered(foot, "Art. 4") == "<p>Propune o modificare Art. 4</p>"


def test_the_words_of_a_part_are_escaped_once(foot):
    part = remembered(foot, "<b>")

    assert isinstance(part, Markup)
    assert part.endswith("&lt;b&gt;</p>")
