"""The second step: set up with one code, shown once, renewed and left against a code."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from consult.identity.actors import Actor
from consult.identity.people import Person
from consult.identity.recovery_codes import recovery_codes_left
from consult.identity.two_factor import is_enrolled
from consult.store import Database
from tests.web.identity.conftest import sign_in
from tests.web.reader import Clock, Page, Reader
from web.sessions import SESSION

STEP = timedelta(seconds=30)


def key_of(page: Page) -> pyotp.TOTP:
    return pyotp.TOTP(page.texts("dd code")[0].replace(" ", ""))


def test_an_official_sets_it_up_and_comes_to_the_desk(reader: Reader, administrator: Actor, clock: Clock) -> None:
    begin = sign_in(reader, "admin@izvoru.example", path="/en/birou/oameni")
    connecting = begin.form("Set it up").submit()
    before = reader.client.cookies[SESSION]
    app = key_of(connecting)

    wrong = connecting.form("Confirm").fill(code="000000").submit(status=422)
    shown = wrong.form("Confirm").fill(code=app.at(clock.at)).submit()
    codes = shown.texts("ol code")

    assert shown.heading == "Keep these codes"
    assert len(set(codes)) == 10
    assert reader.client.cookies[SESSION] != before
    assert shown.follow("I have kept them").heading == "Officials"
    again = reader.get("/en/cont/doi-pasi")
    assert "You have 10 recovery codes left." in again.text
    assert not any(code in again.response.text for code in codes)


def test_the_picture_is_for_its_owner_while_the_secret_waits(
    reader: Reader, citizen: Person, clock: Clock, database: Database
) -> None:
    sign_in(reader)
    page = reader.get("/cont/doi-pasi")
    reader.get("/en/cont/doi-pasi/qr.svg", status=404)
    connecting = page.form().submit()
    source = str(connecting.select("main img")["src"])

    picture = reader.client.get(source)

    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.headers["cache-control"] == "no-store"
    assert picture.content.startswith(b"<?xml")
    reader.sign_out()
    assert reader.client.get(source).status_code == 303


def test_an_official_who_asked_for_no_page_comes_from_the_recovery_codes_to_the_desk(
    reader: Reader, administrator: Actor, clock: Clock
) -> None:
    connecting = sign_in(reader, "admin@izvoru.example").form("Set it up").submit()

    codes = connecting.form("Confirm").fill(code=key_of(connecting).at(clock.at)).submit()

    assert codes.link("I have kept them") == "/en/birou"


def test_giving_up_leaves_everything_as_it_was(reader: Reader, citizen: Person, database: Database) -> None:
    sign_in(reader)
    connecting = reader.get("/en/cont/doi-pasi").form("Set it up").submit()

    account = connecting.form("Leave it as it was").submit()

    assert account.path == "/en/cont"
    assert "Off" in account.text
    assert not database.read(is_enrolled, citizen.id)


Connect = Callable[[int], tuple[pyotp.TOTP, list[str]]]


def enter(reader: Reader, app: pyotp.TOTP, clock: Clock) -> Page:
    """Sign in with both steps and open the page; the next code is that of the next half minute."""
    sign_in(reader).form("Continue").fill(code=app.at(clock.at)).submit()
    clock.at += STEP
    return reader.get("/en/cont/doi-pasi")


def test_new_recovery_codes_against_a_code(
    reader: Reader, citizen: Person, clock: Clock, connect: Connect, database: Database
) -> None:
    app, old = connect(citizen.id)
    page = enter(reader, app, clock)

    wrong = page.form("Continue").fill(change="codes", code="000000").submit(status=422)
    shown = wrong.form("Continue").fill(change="codes", code=app.at(clock.at)).submit()

    assert not set(shown.texts("ol code")) & set(old)
    assert database.read(recovery_codes_left, citizen.id) == 10


def test_another_telephone_against_a_code(reader: Reader, citizen: Person, clock: Clock, connect: Connect) -> None:
    app, _ = connect(citizen.id)
    connecting = enter(reader, app, clock).form("Continue").fill(change="telephone", code=app.at(clock.at)).submit()
    new = key_of(connecting)

    connecting.form("Confirm").fill(code=new.at(clock.at)).submit()

    clock.at += STEP
    reader.sign_out()
    asked = sign_in(reader).form("Continue")
    asked.fill(code=app.at(clock.at)).submit(status=422)
    assert asked.fill(code=new.at(clock.at)).submit().heading == citizen.name


def test_a_citizen_may_leave_it_against_a_code(
    reader: Reader, citizen: Person, clock: Clock, connect: Connect, database: Database
) -> None:
    app, _ = connect(citizen.id)

    page = enter(reader, app, clock).form("Continue").fill(change="leave", code=app.at(clock.at)).submit()

    assert page.banner == "The second step is off."
    assert not database.read(is_enrolled, citizen.id)


def test_an_official_is_not_offered_to_leave_it_and_may_not(
    reader: Reader, administrator: Actor, clock: Clock, connect: Connect, database: Database
) -> None:
    app, _ = connect(administrator.person_id)
    sign_in(reader, "admin@izvoru.example").form("Continue").fill(code=app.at(clock.at)).submit()
    clock.at += STEP
    form = reader.get("/en/cont/doi-pasi").form("Continue")
    with pytest.raises(AssertionError, match="offers"):
        form.fill(change="leave")

    form.values |= {"change": ["leave"], "code": [app.at(clock.at)]}
    page = form.submit(status=422)

    assert page.errors == ["Officials always sign in in two steps."]
    assert database.read(is_enrolled, administrator.person_id)
