"""The language of a page stands in its address, and in nothing else."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from consult.i18n import current_locale
from tests.web.reader import Reader
from web.locale import in_language, split


@pytest.mark.parametrize(
    ("address", "locale", "path"),
    [
        ("/", "ro", "/"),
        ("/note", "ro", "/note"),
        ("/en", "en", "/"),
        ("/en/", "en", "/"),
        ("/en/note/1", "en", "/note/1"),
        ("/english", "ro", "/english"),
        ("/ro/note", "ro", "/ro/note"),
        ("/de/note", "ro", "/de/note"),
        ("/en/en/note", "en", "/en/note"),
    ],
)
def test_the_language_is_taken_off_the_address(address: str, locale: str, path: str) -> None:
    assert split(address) == (locale, path)


@pytest.mark.parametrize(("path", "address"), [("/", "/en"), ("/note", "/en/note")])
def test_an_address_is_put_into_a_language_and_back(path: str, address: str) -> None:
    assert in_language(path, "en") == address
    assert split(address) == ("en", path)
    assert in_language(path, "ro") == path


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_page_leads_to_itself_in_the_other_language(reader: Reader) -> None:
    english = reader.get("/note").follow("English")
    romanian = english.follow("Română")

    assert (english.path, romanian.path) == ("/en/note", "/note")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_a_browser_prefers_does_not_count(reader: Reader) -> None:
    page = reader.get("/note", headers={"Accept-Language": "en"})

    assert page.html.html is not None
    assert page.html.html["lang"] == "ro"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_readers_of_two_languages_do_not_disturb_each_other(reader: Reader) -> None:
    def read(number: int) -> tuple[bool, bool]:
        english = number % 2 == 0
        page = reader.ask("GET", f"/en/nowhere-{number}" if english else f"/nicaieri-{number}")
        return english, '<html lang="en">' in page.text

    with ThreadPoolExecutor(8) as readers:
        seen = list(readers.map(read, range(40)))

    assert all(english == shown for english, shown in seen)
    assert current_locale.get() == "ro"
