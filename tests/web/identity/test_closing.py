"""Closing one's own account: what goes and what stays is said first, and it is done once."""

from collections.abc import Callable

import pyotp
from sqlalchemy.orm import Session

from consult.identity.actors import Actor, acting_as_self
from consult.identity.authorities import Authority
from consult.identity.organisations import Membership
from consult.identity.people import Person
from consult.store import Database
from tests.factories import NOW, a_recommendation, an_open_consultation
from tests.factories.people import an_organisation
from tests.identity.accounts import PASSWORD
from tests.web.identity.conftest import Mailboxes, sign_in
from tests.web.reader import Clock, Reader
from web.sessions import SESSION

NOT_IT = "This is not the password that you have now."


def say_something(db: Session, authority: Authority, person: Person, *, named: bool) -> None:
    consultation = an_open_consultation(db, authority)
    a_recommendation(db, consultation, by=acting_as_self(db, person.id)).named = named


def test_whoever_has_sent_nothing_leaves_without_a_trace(reader: Reader, citizen: Person, mailboxes: Mailboxes) -> None:
    asked = sign_in(reader).follow("Close the account")

    closed = asked.form("Close the account").fill(password=PASSWORD).submit()

    assert "nothing needs them" in asked.text
    assert "What stays, and why" not in asked.text
    assert closed.heading == "Your account is closed"
    assert mailboxes.kinds() == ["account-closed"]
    assert reader.get("/en/cont").path == "/en/intra"


def test_what_stays_is_said_with_the_law_and_a_name_may_be_taken_away(
    reader: Reader, citizen: Person, database: Database, authority: Authority
) -> None:
    database.act(say_something, authority, citizen, named=True)
    public = "/en/consultari/1-2026/propuneri/1-2026"
    asked = sign_in(reader).follow("Close the account")
    assert "1 proposal that you sent stays in the public register" in asked.text
    assert "Law 52/2003, art. 7(5)" in asked.text
    assert "Ana Pop" in reader.get(public).text

    asked.form("Close the account").fill(password=PASSWORD, withdraw_name=True).submit()

    # In the other language, of which no copy was made a second ago.
    assert "Ana Pop" not in reader.get(public.removeprefix("/en")).text


def test_the_old_password_is_asked_for(reader: Reader, citizen: Person, mailboxes: Mailboxes) -> None:
    form = sign_in(reader).follow("Close the account").form("Close the account")

    nothing, wrong = (form.fill(password=typed).submit(status=422) for typed in ("", "altă parolă lungă"))

    assert nothing.errors == ["Write your password."]
    assert wrong.errors == [NOT_IT]
    assert reader.get("/en/cont").path == "/en/cont"
    assert mailboxes.all() == []


def test_whoever_signs_in_in_two_steps_closes_in_two_steps(
    reader: Reader, citizen: Person, clock: Clock, connect: Callable[[int], tuple[pyotp.TOTP, list[str]]]
) -> None:
    app, _ = connect(citizen.id)
    reader.sign_in(Actor(citizen.id, citizen.name, citizen.email, citizen.locale, is_confirmed=True, is_verified=False))
    form = reader.get("/en/cont/inchide").form("Close the account").fill(password=PASSWORD)

    refused = form.submit(status=422)
    closed = form.fill(code=app.at(clock.at)).submit()

    assert refused.link("This code is not right or was used already. Wait for the next one and try again.") == "#code"
    assert closed.heading == "Your account is closed"


def test_pressing_again_is_harmless(reader: Reader, citizen: Person, mailboxes: Mailboxes) -> None:
    form = sign_in(reader).follow("Close the account").form("Close the account").fill(password=PASSWORD)
    cookie = reader.client.cookies[SESSION]
    form.submit()

    reader.client.cookies.set(SESSION, cookie, domain="izvoru.test")
    later = form.submit(status=401)

    assert later.heading == "Sign in"
    assert mailboxes.kinds() == ["account-closed"]


def test_the_last_member_of_an_organisation_is_told_what_becomes_of_it(
    reader: Reader, citizen: Person, database: Database, authority: Authority
) -> None:
    def join(db: Session) -> None:
        organisation = an_organisation(db, authority, name="Asociația Pietonii Orașului")
        db.add(Membership(organisation_id=organisation.id, person_id=citizen.id, since=NOW, invited_by=citizen.id))

    database.act(join)

    asked = sign_in(reader).follow("Close the account")

    assert "Nobody else acts for Asociația Pietonii Orașului" in asked.text
    assert asked.follow("Invite somebody else first").heading == "Asociația Pietonii Orașului"


def test_officials_are_told_who_must_act_first(reader: Reader, administrator: Actor) -> None:
    asked = reader.sign_in(administrator).get("/en/cont/inchide")

    assert "Once an administrator has taken it back, you can close the account." in asked.text
    assert not asked.html.select("main form")
    reader.post("/en/cont/inchide", data={"key": "k" * 22, "password": PASSWORD}, status=422)
    assert reader.get("/en/cont").path == "/en/cont"
