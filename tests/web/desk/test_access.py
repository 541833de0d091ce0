"""Whose desk it is: officials of the authority behind their second factor; to all others it does not exist."""

import pytest

from consult.identity.offices import Role
from consult.identity.sessions import Certainty
from tests.factories import a_citizen, a_draft_ready_for_approval, an_authority, an_official

PARTS = ["", "text", "text/previzualizare", "anunt", "date", "documente", "verifica", "propuneri", "raspunsuri/publica"]
POSTED = [
    "text",
    "anunt",
    "date",
    "documente",
    "documente/1/elimina",
    "verifica/cere",
    "verifica/aproba",
    "verifica/trimite-inapoi",
    "propuneri",
    "raspunsuri/publica",
    "versiune",
    "versiune/verifica",
    "pasi/avizare",
]
KEY = {"key": "k" * 22}


@pytest.fixture
def foreign(database):
    """A draft of another authority of the same installation."""
    return database.act(lambda db: a_draft_ready_for_approval(db, an_authority(db)))


@pytest.mark.parametrize("part", PARTS)
def test_another_authoritys_draft_does_not_exist(reader, database, authority, foreign, own, part) -> None:
    everything = database.act(an_official, authority, *Role)

    reader.sign_in(everything).get(own(foreign, part), status=404)


@pytest.mark.parametrize("part", POSTED)
def test_another_authoritys_draft_takes_no_form(reader, database, authority, foreign, own, part) -> None:
    everything = database.act(an_official, authority, *Role)

    page = reader.sign_in(everything).post(own(foreign, part), status=404, data=KEY)

    assert foreign.title not in page.response.text


@pytest.mark.parametrize("part", PARTS)
def test_to_a_citizen_the_desk_does_not_exist(reader, database, waiting, own, part) -> None:
    page = reader.sign_in(database.act(a_citizen)).get(own(waiting, part), status=404)

    assert waiting.title not in page.response.text


def test_whoever_is_not_signed_in_is_asked_to(reader, waiting, own) -> None:
    page = reader.get(own(waiting))

    assert page.path == "/en/intra"


def test_an_official_without_the_second_factor_is_asked_for_it(reader, clerk, waiting, own) -> None:
    page = reader.sign_in(clerk, certainty=Certainty.ONE_FACTOR).get(own(waiting))

    assert waiting.title not in page.response.text
    assert page.path == "/en/cont/doi-pasi"


def test_a_long_text_is_kept_through_signing_in_again(reader, clerk, waiting, own) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "text")).form().fill(text="Art. 1. Un text lung, scris toată ziua.")
    reader.sign_out()

    page = form.submit(status=401)

    assert page.select('input[name="kept"]')["value"]


@pytest.mark.parametrize("key", ["0", "007", "99999999999999999999", "-1", "x"])
def test_an_address_that_is_none_is_not_found(reader, clerk, key) -> None:
    reader.sign_in(clerk).get(f"/en/birou/consultari/{key}", status=404)


def test_pages_of_the_desk_are_kept_nowhere(reader, clerk, waiting, own) -> None:
    reader.sign_in(clerk)

    for path in ("/en/birou", "/en/birou/consultari", own(waiting), own(waiting, "text")):
        assert reader.get(path).response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", ["dupa=-1", "dupa=99999999999999999999", "dupa=x", "pagina=0"])
def test_a_damaged_query_is_no_failure(reader, contact, public, own, query) -> None:
    part = "propuneri" if query.startswith("dupa") else "text/previzualizare"

    reader.sign_in(contact).get(f"{own(public, part)}?{query}", status=400)
