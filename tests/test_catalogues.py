"""Romanian first: no sentence is missing, fuzzy or left over, and the three plural forms are right."""

import pytest

from consult.i18n import current_locale, ngettext, translations
from tests.catalogues import problems, romanian, sentences


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
