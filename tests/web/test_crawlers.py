"""What programs are told of the site: the public pages once, and nothing that is somebody's."""

import re

import pytest

from consult.identity.authorities import Authority
from consult.store import Database
from tests.factories import an_open_consultation
from tests.web.reader import Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def may_be_read(robots: str, address: str) -> bool:
    """Whether the longest rule that fits an address allows it (RFC 9309)."""
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", robots, re.MULTILINE)
    fitting = [
        (len(path), kind == "Allow")
        for kind, path in rules
        if re.match(re.escape(path).replace(r"\*", ".*").replace(r"\$", "$"), address)
    ]
    return max(fitting, default=(0, True))[1]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_programs_may_read_what_is_public_and_nothing_of_the_desk_an_account_or_a_form(
    reader: Reader, authority: Authority, prefix: str
) -> None:
    robots = reader.ask("GET", "/robots.txt").text

    for path in ("/", "/consultari/1-2026/x", "/consultari/1-2026/propuneri?pagina=2", "/contact"):
        assert may_be_read(robots, prefix + path), path
    assert may_be_read(robots, "/tema.css?v=1")
    for path in ("/birou", "/birou/oameni/3", "/cont", "/intra", "/confirma/abc", "/consultari/1-2026/propune"):
        assert not may_be_read(robots, prefix + path), path
    for path in ("/consultari?q=parcare&stare=analiza", "/consultari/1-2026/propune?la=art-3"):
        assert not may_be_read(robots, prefix + path), path


def test_what_programs_ask_may_be_kept_for_a_day(reader: Reader, authority: Authority) -> None:
    kept = [reader.ask("GET", address).headers["cache-control"] for address in ("/robots.txt", "/favicon.ico")]

    assert kept == ["public, max-age=86400"] * 2


def test_every_address_on_the_map_of_the_site_opens_and_may_be_read(
    reader: Reader, database: Database, authority: Authority
) -> None:
    database.act(an_open_consultation, authority)
    robots = reader.ask("GET", "/robots.txt").text
    (place,) = re.findall(r"^Sitemap: http://izvoru.test(\S+)$", robots, re.MULTILINE)

    addresses = re.findall(r"<loc>http://izvoru.test([^<]+)</loc>", reader.ask("GET", place).text)

    assert "/en/consultari/1-2026/text" in addresses
    for address in addresses:
        assert may_be_read(robots, address)
        assert reader.ask("GET", address).status_code == 200


@pytest.mark.parametrize(
    ("address", "words"), [("/nicaieri", "Pagina aceasta nu există"), ("/en/nowhere", "This page does not exist")]
)
def test_an_address_of_nothing_says_so_in_the_readers_language(
    reader: Reader, authority: Authority, address: str, words: str
) -> None:
    assert reader.get(address, status=404).heading == words
