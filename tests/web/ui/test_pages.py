import pytest
from jinja2 import UndefinedError

from tests.web.ui.conftest import reading
from web.pages import make_environment

ENVIRONMENT = make_environment()


def test_a_filter_on_a_constant_follows_the_reader_and_not_the_first_reader():
    template = ENVIRONMENT.from_string("{{ 1204 | number }} {{ 125000 | money }}")

    with reading("ro"):
        romanian = template.render()
    with reading("en"):
        english = template.render()

    assert romanian == "1.204 1.250\u00a0lei"
    assert english == "1,204 1,250\u00a0lei"


def test_everything_is_escaped_whatever_the_template_is_called():
    assert ENVIRONMENT.from_string("{{ name }}").render(name="<b>") == "&lt;b&gt;"


def test_values_in_a_translated_sentence_are_escaped():
    assert "<b>" not in ENVIRONMENT.from_string('{{ _("on %(number)s", number=name) }}').render(name="<b>")


MACRO = """
{%- macro greeting(name, tone="calm") -%}
  <p class="{{ tone }}">{{ name }}{{ caller() if loud else "" }}</p>
{%- endmacro -%}
"""


@pytest.mark.parametrize("called", ['greeting("<b>")', 'greeting(name="<b>")', 'greeting("<b>", tone="calm")'])
def test_a_macro_escapes_what_it_is_given_once(called):
    assert ENVIRONMENT.from_string(f"{MACRO}{{{{ {called} }}}}").render(loud=False) == '<p class="calm">&lt;b&gt;</p>'


@pytest.mark.parametrize("called", ['greeting("a", "b", "c")', 'greeting("a", name="b")', 'greeting(title="a")'])
def test_a_macro_takes_what_it_names_and_nothing_else(called):
    with pytest.raises(TypeError, match="greeting"):
        ENVIRONMENT.from_string(f"{MACRO}{{{{ {called} }}}}").render(loud=False)


def test_a_macro_that_asks_for_its_caller_must_have_one():
    called = ENVIRONMENT.from_string(f'{MACRO}{{% call greeting("a") %}}, b{{% endcall %}}')

    assert called.render(loud=True) == '<p class="calm">a, b</p>'
    with pytest.raises(UndefinedError, match="No caller"):
        ENVIRONMENT.from_string(f'{MACRO}{{{{ greeting("a") }}}}').render(loud=True)


def test_a_name_that_is_missing_is_an_error():
    with pytest.raises(UndefinedError):
        ENVIRONMENT.from_string("{{ nothing }}").render()


def test_an_address_in_a_page_keeps_the_reader_in_the_language():
    template = ENVIRONMENT.from_string('{{ url("/consultari") }}')

    with reading("en"):
        assert template.render() == "/en/consultari"
    assert template.render() == "/consultari"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Titlul actului", "Title of the act"),
        ("Preambul", "Preamble"),
        ("încheiere", "closing words"),
        ("Art. 4", '<span lang="ro">Art. 4</span>'),
    ],
)
def test_a_part_without_a_number_has_a_name_in_the_readers_language_and_a_citation_is_the_laws(words, said):
    template = ENVIRONMENT.from_string("{{ words | of_act }}")

    with reading("en"):
        assert template.render(words=words) == said
    with reading("ro"):
        assert template.render(words=words) == words
