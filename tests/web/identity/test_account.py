"""One's own page: what one said, where one is signed in, and the password."""

from sqlalchemy.orm import Session

from consult.identity.actors import Actor, acting_as_self
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.people import Person
from consult.store import Database
from tests.factories import a_recommendation, an_authority, an_open_consultation
from tests.identity.accounts import PASSWORD
from tests.web.identity.conftest import Mailboxes, official, sign_in
from tests.web.reader import Reader
from web.sessions import SESSION

NEW = "malul celălalt al râului"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 "
    "Edg/140.0"
)


def from_device(reader: Reader, user_agent: str) -> str:
    """Sign in as Ana with a browser of its own; returns its cookie."""
    reader.sign_out().client.headers["user-agent"] = user_agent
    sign_in(reader)
    return reader.client.cookies[SESSION]


def use(reader: Reader, cookie: str) -> Reader:
    reader.sign_out().client.cookies.set(SESSION, cookie, domain="izvoru.test")
    return reader


def test_people_find_what_they_have_said(
    reader: Reader, citizen: Person, database: Database, authority: Authority
) -> None:
    def say(db: Session) -> str:
        consultation = an_open_consultation(db, authority)
        return a_recommendation(db, consultation, by=acting_as_self(db, citizen.id)).register_number

    number = database.act(say)
    page = sign_in(reader)

    assert page.link(number).startswith("/en/consultari/")
    assert "Registered" in page.text


def test_who_has_said_nothing_is_shown_where_to_begin(reader: Reader, citizen: Person) -> None:
    page = sign_in(reader)

    assert "You have not sent a proposal yet." in page.text
    assert page.link("See what is open now") == "/en"


def test_browsers_are_told_apart_and_signed_out_one_by_one_or_all(reader: Reader, citizen: Person) -> None:
    phone, work = from_device(reader, ANDROID), from_device(reader, WINDOWS)
    home = from_device(reader, LINUX)

    page = reader.get("/en/cont")
    assert page.texts('td[data-label="Browser"]') == ["Firefox, Linux", "Edge, Windows", "Chrome, Android"]
    page = page.form("End it – Edge, Windows").submit()
    assert page.banner == "That browser is signed out."

    assert use(reader, work).get("/en/cont").path == "/en/intra"
    assert use(reader, phone).get("/en/cont").path == "/en/cont"
    use(reader, home).get("/en/cont").form("Sign out everywhere else").submit()
    assert use(reader, phone).get("/en/cont").path == "/en/intra"
    assert use(reader, home).get("/en/cont").path == "/en/cont"


def test_an_unreadable_choice_signs_nobody_out(reader: Reader, citizen: Person) -> None:
    phone = from_device(reader, ANDROID)
    from_device(reader, LINUX)

    reader.post("/cont/sesiuni", data={"session": "toate"}, status=404)

    assert use(reader, phone).get("/cont").path == "/cont"


def test_a_new_password_signs_all_other_browsers_out(reader: Reader, citizen: Person, mailboxes: Mailboxes) -> None:
    phone, home = from_device(reader, ANDROID), from_device(reader, LINUX)

    page = reader.get("/en/cont/parola").form("Change the password").fill(current=PASSWORD, password=NEW).submit()

    assert page.banner == "The new password holds."
    assert reader.client.cookies[SESSION] != home
    assert mailboxes.kinds() == ["password-changed"]
    for old in (phone, home):
        assert use(reader, old).get("/en/cont").path == "/en/intra"


def test_the_old_password_is_asked_for(reader: Reader, citizen: Person) -> None:
    sign_in(reader)

    form = reader.get("/en/cont/parola").form("Change the password")
    page = form.fill(current="altă parolă lungă", password=NEW).submit(status=422)

    assert page.errors == ["This is not the password that you have now."]
    assert page.link("This is not the password that you have now.") == "#current"


def test_guessing_the_old_password_is_limited(reader: Reader, citizen: Person) -> None:
    sign_in(reader)
    form = reader.get("/en/cont/parola").form("Change the password")
    for _ in range(9):
        form.fill(current="altă parolă lungă", password=NEW).submit(status=422)

    assert form.fill(current=PASSWORD, password=NEW).submit(status=429).errors[0].startswith("Too many tries.")


def test_officials_find_the_desk_and_others_do_not(reader: Reader, citizen: Person, administrator: Actor) -> None:
    assert "To the desk" not in sign_in(reader).text

    assert reader.sign_out().sign_in(administrator).get("/en/cont").link("To the desk") == "/en/birou"


def test_an_official_of_another_town_is_a_citizen_here(reader: Reader, database: Database) -> None:
    def elsewhere(db: Session) -> Actor:
        return official(db, an_authority(db), "dan@vale.example", "Dan Rus", *Role)

    reader.sign_in(database.act(elsewhere))

    assert "To the desk" not in reader.get("/en/cont").text
    reader.get("/birou/organizatii", status=404)
