"""Each handler's door lets in whom it says, and a session is only ever one that we gave."""

from datetime import timedelta

import pytest
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult.identity.actors import Actor
from consult.identity.people import person_of
from consult.identity.sessions import CITIZEN, SEEN_EVERY, BrowserSession, Certainty, SignedIn, sessions_of
from consult.settings import Settings
from consult.store import Database
from tests.web.core.sample import sign_in_page
from tests.web.reader import Clock, Reader
from web.access import ANYONE, public
from web.app import installed, routed
from web.cookies import cookie_name
from web.given import Given


def test_a_page_for_people_leads_others_to_sign_in_and_back(reader: Reader) -> None:
    response = reader.client.get("/en/note/scrie?a=1")

    assert response.status_code == 303
    assert response.headers["location"] == "/en/intra?next=/note/scrie%3Fa%3D1"
    assert reader.get("/en/note/scrie?a=1").form("Sign in").values["next"] == ["/note/scrie?a=1"]


def test_whoever_is_signed_in_is_known(reader: Reader, citizen: Actor) -> None:
    page = reader.sign_in(citizen).get("/note/scrie")

    assert "Ana Popescu" in page.text
    assert page.response.headers["cache-control"] == "no-store"


def test_a_planted_token_is_nobodys_and_is_not_adopted(reader: Reader) -> None:
    reader.client.cookies.set("session", "chosen-by-an-attacker")

    response = reader.client.get("/note/scrie")

    assert response.status_code == 303
    assert "set-cookie" not in response.headers


def test_the_account_of_a_person_who_was_shut_out_opens_nothing(
    reader: Reader, citizen: Actor, database: Database, clock: Clock
) -> None:
    def shut_out(db: Session) -> None:
        person_of(db, citizen.person_id).disabled_at = clock.at

    reader.sign_in(citizen)
    database.act(shut_out)

    assert reader.get("/note/scrie").heading == "Sign in"


def test_a_session_ends_by_itself_when_nothing_is_heard(reader: Reader, citizen: Actor, clock: Clock) -> None:
    reader.sign_in(citizen)

    clock.at += CITIZEN.idle - timedelta(seconds=1)
    assert reader.get("/note/scrie").heading == "Write a note"

    clock.at += CITIZEN.idle
    assert reader.get("/note/scrie").heading == "Sign in"


def test_a_session_is_seen_at_most_once_a_minute(
    reader: Reader, citizen: Actor, clock: Clock, database: Database
) -> None:
    def seen() -> BrowserSession:
        return database.read(sessions_of, citizen.person_id, at=clock.at)[0]

    reader.sign_in(citizen)
    began = clock.at

    clock.at += SEEN_EVERY - timedelta(seconds=1)
    reader.get("/note/scrie")
    assert seen().seen_at == began

    clock.at += timedelta(seconds=1)
    reader.get("/note/scrie")
    assert seen().seen_at == clock.at


def test_to_a_citizen_the_desk_does_not_exist(reader: Reader, citizen: Actor) -> None:
    reader.sign_in(citizen).get("/birou/note", status=404)


def test_an_official_stands_at_the_desk_as_an_official(reader: Reader, clerk: Actor) -> None:
    assert "Ion Marin, clerk" in reader.sign_in(clerk).get("/en/birou/note").text


def test_an_official_without_the_second_factor_must_show_it_first(reader: Reader, clerk: Actor) -> None:
    reader.sign_in(clerk, certainty=Certainty.ONE_FACTOR)

    assert reader.get("/birou/note").heading == "Sign in"


def test_a_password_alone_is_no_session_while_a_code_is_awaited(reader: Reader, citizen: Actor) -> None:
    reader.sign_in(citizen, certainty=Certainty.HALF)

    assert reader.get("/note/scrie").heading == "Sign in"


def test_a_reader_gets_no_cookie(reader: Reader) -> None:
    for path in ("/note", "/intra", "/nicaieri"):
        assert "set-cookie" not in reader.client.get(path).headers


def test_a_flash_is_said_once(writer: Reader) -> None:
    done = writer.get("/note/scrie").form("Send").fill(wording="Copaci.").submit()

    assert done.banner == "The note is written."
    assert writer.get("/note/1").banner is None


@get("/fara-usa")
async def doorless() -> Response[bytes]:
    return Response(b"")


@post("/public", opt=public())
async def writes_in_public() -> Response[bytes]:
    return Response(b"")


@get("/numar/{number:int}", opt=ANYONE)
async def takes_a_number(number: FromPath[int]) -> Response[bytes]:
    return Response(b"")


@get("/public", opt=public())
async def asks_who_asks(visitor: Given[SignedIn | None]) -> Response[bytes]:
    return Response(b"")


@get("/oricine", opt=ANYONE)
async def asks_for_an_actor(actor: Given[Actor]) -> Response[bytes]:
    return Response(b"")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("handler", "said"),
    [
        (doorless, "does not say who may reach it"),
        (writes_in_public, "must not change anything"),
        (takes_a_number, "would be read in several ways"),
        (asks_who_asks, "cannot ask for visitor"),
        (asks_for_an_actor, "cannot ask for actor"),
    ],
)
def test_a_handler_that_breaks_a_rule_stops_the_service_from_starting(
    settings: Settings, database: Database, handler: object, said: str
) -> None:
    with pytest.raises(TypeError, match=said):
        installed(routed([handler], sign_in_page), settings, database)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_over_tls_a_cookie_is_bound_to_the_host(settings: Settings) -> None:
    over_tls = Settings(settings.data, settings.keys, settings.database_url, "https://izvoru.test")

    assert cookie_name(over_tls, "session") == "__Host-session"
    assert cookie_name(settings, "session") == "session"
