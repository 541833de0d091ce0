"""Signing in: nobody learns who has an account, sessions are never adopted, and a text survives on the way."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pyotp
import pytest

from consult.identity.actors import Actor
from consult.identity.people import Person
from consult.store import Database
from tests.identity.accounts import PASSWORD
from tests.web.identity.conftest import lasting_headers, sign_in
from tests.web.reader import Clock, Page, Reader
from web.sessions import SESSION

WRONG = "altă parolă lungă"


def fail(reader: Reader, email: str, password: str = WRONG) -> Page:
    return reader.get("/en/intra").form("Sign in").fill(email=email, password=password).submit(status=422)


def test_the_right_password_leads_to_the_account_and_out_again(reader: Reader, citizen: Person) -> None:
    account = sign_in(reader)
    token = reader.client.cookies[SESSION]

    left = account.form("Sign out").submit()

    assert account.path == "/en/cont"
    assert account.heading == citizen.name
    assert left.path == "/en"
    assert SESSION not in reader.client.cookies
    reader.client.cookies.set(SESSION, token)
    assert reader.get("/en/cont").path == "/en/intra"


def test_signing_out_clears_what_the_browser_kept(reader: Reader, citizen: Person) -> None:
    sign_in(reader)

    response = reader.client.post("/iesire", headers={"Sec-Fetch-Site": "same-origin"})

    assert response.headers["clear-site-data"] == '"cache", "storage"'


def test_a_wrong_password_and_an_unknown_address_see_the_same_bytes(reader: Reader, citizen: Person) -> None:
    form = reader.get("/en/intra").form("Sign in")

    known = form.fill(email="ana@example.ro", password=WRONG).submit(status=422)
    unknown = form.fill(email="xyz@example.ro", password=WRONG).submit(status=422)

    assert known.errors == ["The e-mail address and the password do not go together."]
    assert known.response.text == unknown.response.text.replace("xyz@example.ro", "ana@example.ro")
    assert lasting_headers(known) == lasting_headers(unknown)


def test_the_password_is_not_shown_again(reader: Reader, citizen: Person) -> None:
    assert WRONG not in fail(reader, citizen.email).response.text


def test_a_planted_session_is_replaced_and_never_adopted(reader: Reader, citizen: Person) -> None:
    reader.client.cookies.set(SESSION, "attackerchosen", domain="izvoru.test")
    assert reader.get("/en/cont").path == "/en/intra"

    sign_in(reader)

    assert reader.client.cookies[SESSION] != "attackerchosen"
    attacker = {"Cookie": f"{SESSION}=attackerchosen", "Sec-Fetch-Site": "none"}
    reader.client.cookies.clear()
    assert reader.client.get("/cont", headers=attacker).status_code == 303


def test_the_cookie_is_ours_alone(reader: Reader, citizen: Person) -> None:
    form = reader.get("/en/intra").form("Sign in").fill(email=citizen.email, password=PASSWORD)
    response = reader.client.post("/intra", data=form.values, headers={"Sec-Fetch-Site": "same-origin"})

    cookie = response.headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie


def test_a_form_from_another_site_signs_nobody_in(reader: Reader, citizen: Person) -> None:
    content = {"email": citizen.email, "password": PASSWORD, "next": "", "kept": "", "key": "k" * 22}

    response = reader.client.post("/intra", data=content, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    "asked",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "cont", "/cont\\..\\x"],
)
def test_after_signing_in_nobody_is_led_elsewhere(reader: Reader, citizen: Person, asked: str) -> None:
    path = str(httpx.URL("/en/intra", params={"next": asked}))

    assert sign_in(reader, path=path).path == "/en/cont"


def test_after_signing_in_people_come_where_they_wanted_to_go(reader: Reader, citizen: Person) -> None:
    asked = reader.get("/en/cont/parola")

    page = asked.form("Sign in").fill(email=citizen.email, password=PASSWORD).submit()

    assert asked.path == "/en/intra"
    assert page.path == "/en/cont/parola"


def test_who_is_signed_in_already_is_not_asked_again(reader: Reader, citizen: Person) -> None:
    sign_in(reader)

    assert reader.get("/en/intra").path == "/en/cont"


def test_what_was_being_written_when_the_session_ended_is_kept_through_both_steps(
    reader: Reader, citizen: Person, clock: Clock, connect: Callable[[int], tuple[pyotp.TOTP, list[str]]]
) -> None:
    sign_in(reader)
    writing = (
        reader.get("/en/cont/organizatii/noua")
        .form("Register")
        .fill(
            name="Asociația Pietonii Orașului",
            registry_number="1039/A/2019",
            fiscal_code="18547290",
            seat="Str. Gării 5",
            email="contact@pietonii.example",
        )
    )
    app, _ = connect(citizen.id)
    clock.at += timedelta(hours=13)

    asked = writing.submit(status=401)
    code = asked.form("Sign in").fill(email=citizen.email, password=PASSWORD).submit()
    wrong = code.form("Continue").fill(code="000000").submit(status=422)
    kept = wrong.form("Continue").fill(code=app.at(clock.at)).submit()
    done = kept.form("Continue and send").submit()

    assert "What you wrote is kept" in asked.text
    assert "Asociația Pietonii Orașului" in kept.text
    assert done.heading == "Asociația Pietonii Orașului"


def test_an_account_that_was_closed_is_nobodys(
    reader: Reader, citizen: Person, database: Database, clock: Clock
) -> None:
    sign_in(reader)

    def close(db, person_id: int) -> None:
        db.get_one(Person, person_id).disabled_at = clock.at

    database.act(close, citizen.id)

    assert reader.get("/en/cont").path == "/en/intra"
    assert fail(reader, citizen.email, PASSWORD).errors == ["The e-mail address and the password do not go together."]


def test_the_eleventh_try_in_five_minutes_waits(reader: Reader, citizen: Person, clock: Clock) -> None:
    for _ in range(10):
        fail(reader, citizen.email)
    form = reader.get("/en/intra").form("Sign in").fill(email=citizen.email, password=PASSWORD)

    assert form.submit(status=429).errors[0].startswith("Too many tries.")
    clock.at += timedelta(seconds=31)
    assert form.submit().heading == citizen.name


def test_a_password_of_a_megabyte_is_refused(reader: Reader) -> None:
    page = fail(reader, "ana@example.ro", "p" * 1_000_000)

    assert page.errors == ["At most 1,000 characters are accepted; there are 1,000,000."]


def test_an_official_without_a_second_step_sets_it_up_before_anything_else(
    reader: Reader, administrator: Actor
) -> None:
    page = sign_in(reader, "admin@izvoru.example", path="/en/birou/oameni")

    assert page.heading == "Sign in in two steps"
    assert "Officials need it" in page.text
    assert reader.get("/en/birou/oameni").heading == "Sign in in two steps"


def test_a_code_is_asked_for_and_makes_a_new_session(
    reader: Reader, citizen: Person, clock: Clock, connect: Callable[[int], tuple[pyotp.TOTP, list[str]]]
) -> None:
    app, codes = connect(citizen.id)

    asked = sign_in(reader, path="/en/cont/parola")
    half = reader.client.cookies[SESSION]
    assert asked.heading == "The code from your telephone"
    assert reader.get("/en/cont").path == "/en/intra"

    page = asked.form("Continue").fill(code=f"{app.at(clock.at)[:3]} {app.at(clock.at)[3:]}").submit()

    assert page.path == "/en/cont/parola"
    assert reader.client.cookies[SESSION] != half
    reader.sign_out().client.cookies.set(SESSION, half)
    assert reader.get("/en/cont").path == "/en/intra"

    reader.sign_out()
    again = sign_in(reader)
    replayed = again.form("Continue").fill(code=app.at(clock.at)).submit(status=422)
    assert replayed.errors == ["This code is not right or was used already. Wait for the next one and try again."]
    assert again.form("Continue").fill(code=codes[0]).submit().heading == citizen.name


@pytest.mark.parametrize(
    ("asked", "path"), [("", "/en/birou"), ("/en/cont", "/en/birou"), ("/en/birou/oameni", "/en/birou/oameni")]
)
def test_an_official_begins_at_the_desk_unless_another_page_was_asked_for(
    reader: Reader,
    administrator: Actor,
    clock: Clock,
    connect: Callable[[int], tuple[pyotp.TOTP, list[str]]],
    asked: str,
    path: str,
) -> None:
    app, _codes = connect(administrator.person_id)

    page = sign_in(reader, "admin@izvoru.example", path=asked or "/en/intra")
    page = page.form("Continue").fill(code=app.at(clock.at)).submit()

    assert page.path == path
    assert reader.get("/en/intra").path == "/en/birou"


def test_whoever_waits_too_long_with_the_code_begins_again(
    reader: Reader, citizen: Person, clock: Clock, connect: Callable[[int], tuple[pyotp.TOTP, list[str]]]
) -> None:
    app, _ = connect(citizen.id)
    asked = sign_in(reader, path="/en/cont/parola")
    clock.at += timedelta(minutes=11)

    page = asked.form("Continue").fill(code=app.at(clock.at)).submit(status=401)

    assert page.heading == "Sign in"
    assert page.errors == ["Begin again: too much time has passed since you wrote the password."]
    assert page.form("Sign in").values["next"] == ["/cont/parola"]


def test_the_page_of_the_code_is_for_those_who_gave_the_password(reader: Reader) -> None:
    assert reader.get("/en/intra/cod").path == "/en/intra"


def test_five_codes_may_be_tried_in_five_minutes(
    reader: Reader, citizen: Person, clock: Clock, connect: Callable[[int], tuple[pyotp.TOTP, list[str]]]
) -> None:
    app, _ = connect(citizen.id)
    form = sign_in(reader).form("Continue")
    for _ in range(5):
        form.fill(code="000000").submit(status=422)

    assert form.fill(code=app.at(clock.at)).submit(status=429).errors[0].startswith("Too many tries.")
