"""Romanian first: no sentence is missing, fuzzy or left over, and the three plural forms are right."""

import re

import pytest

from consult.i18n import current_locale, ngettext, spoken, translations
from tests.catalogues import as_forms, problems, romanian, sentences


def test_the_romanian_catalogue_is_complete() -> None:
    assert problems() == []


def test_it_has_the_three_plural_forms_of_romanian() -> None:
    assert romanian().num_plurals == 3


def test_sentences_are_found_in_code_templates_and_letters() -> None:
    places = {path.rpartition(".")[2] for message in sentences() for path, _ in message.locations}

    assert places == {"py", "html", "atom", "txt"}


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 propuneri"), (1, "o propunere"), (2, "2 propuneri"), (19, "19 propuneri"), (20, "20 de propuneri"),
     (101, "101 propuneri"), (120, "120 de propuneri")],
)  # fmt: skip
def test_a_number_takes_the_form_that_people_say(number: int, words: str) -> None:
    token = current_locale.set("ro")
    try:
        said = ngettext("One proposal", "%(num)d proposals", number) % {"num": number}
    finally:
        current_locale.reset(token)

    assert said.casefold() == words


def test_english_needs_no_catalogue() -> None:
    assert translations("en").gettext("Send the proposal") == "Send the proposal"


def test_romanian_keeps_its_voice_and_its_typography() -> None:
    """No shouting, no begging, quotes as printed, and nothing that tears "nr. 12" or "art. 4" apart."""
    improper = re.compile(r"!|vă rugăm|[\"“]|\b(?:nr|art|alin|lit|pct)\. (?=[\d(%])", re.IGNORECASE)
    forms = [form for message in romanian() if message.id for form in as_forms(message)]

    assert [form for form in forms if improper.search(form) or form.count("„") != form.count("”")] == []


@pytest.mark.parametrize(("number", "said"), [(2026, "2026"), (9_999, "9999"), (20_000, "20.000")])
def test_a_large_number_is_parted_and_a_year_is_not(number: int, said: str) -> None:
    assert f"{spoken(number)}" == said
