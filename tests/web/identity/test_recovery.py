"""A forgotten password, and an official's first one."""

from datetime import timedelta

from sqlalchemy.orm import Session

from consult.identity.founding import FirstOfficial, found
from consult.identity.people import Person
from consult.store import Database
from tests.identity.test_authorities import FACTS
from tests.web.identity.conftest import Mailboxes, lasting_headers, sign_in
from tests.web.reader import Clock, Page, Reader

NEW = "malul celălalt al râului"


def ask(reader: Reader, email: str, *, status: int = 200) -> Page:
    return reader.get("/en/recuperare").form("Send the link").fill(email=email).submit(status=status)


def test_the_link_sets_a_new_password_once(reader: Reader, citizen: Person, mailboxes: Mailboxes) -> None:
    sent = ask(reader, "Ana@example.ro")
    link = mailboxes.last_link("ana@example.ro")

    done = reader.get(f"/en{link}").form("Set the password").fill(password=NEW).submit()

    assert sent.heading == "Look into your mailbox"
    assert done.banner == "The new password holds. Sign in with it."
    assert sign_in(reader, password=NEW).heading == citizen.name
    assert reader.get(f"/en{link}", status=410).heading == "This was withdrawn"
    assert mailboxes.kinds() == ["reset-password", "password-changed"]


def test_a_known_and_an_unknown_address_see_the_same_bytes(
    reader: Reader, citizen: Person, mailboxes: Mailboxes
) -> None:
    known, unknown = ask(reader, citizen.email), ask(reader, "xyz@example.ro")

    assert known.response.content == unknown.response.content
    assert lasting_headers(known) == lasting_headers(unknown)
    assert known.path == unknown.path
    assert mailboxes.kinds() == ["reset-password", "no-such-account"]


def test_a_password_that_is_too_short_is_refused_and_the_link_still_works(
    reader: Reader, citizen: Person, mailboxes: Mailboxes
) -> None:
    ask(reader, citizen.email)
    form = reader.get(f"/en{mailboxes.last_link(citizen.email)}").form("Set the password")

    page = form.fill(password="scurtă").submit(status=422)

    assert page.errors == ["Choose a password of at least 12 characters; a sentence of several words is best."]
    assert page.form("Set the password").fill(password=NEW).submit().path == "/en/intra"


def test_a_link_that_is_half_an_hour_old_no_longer_works(
    reader: Reader, citizen: Person, mailboxes: Mailboxes, clock: Clock
) -> None:
    ask(reader, citizen.email)
    form = reader.get(f"/en{mailboxes.last_link(citizen.email)}").form("Set the password").fill(password=NEW)
    clock.at += timedelta(minutes=30)

    assert "no longer works" in form.submit(status=410).text


def test_a_link_for_one_purpose_is_none_for_another(reader: Reader, citizen: Person, mailboxes: Mailboxes) -> None:
    ask(reader, citizen.email)
    token = mailboxes.last_link(citizen.email).rsplit("/", 1)[1]

    reader.get(f"/confirma/{token}", status=410)
    reader.get(f"/invitatie/{token}", status=410)
    reader.get(f"/recuperare/{token}")


def test_six_letters_a_day_are_too_many(reader: Reader, citizen: Person, mailboxes: Mailboxes) -> None:
    for _ in range(5):
        ask(reader, citizen.email)

    assert ask(reader, citizen.email, status=429).errors[0].startswith("Too many tries.")
    assert len(mailboxes.all()) == 5


def test_a_founding_official_chooses_a_longer_password_by_the_setup_link(
    reader: Reader, database: Database, clock: Clock
) -> None:
    def begin(db: Session) -> str:
        officials = [FirstOfficial("Ana Pop", "ana@primaria.example"), FirstOfficial("Dan Rus", "dan@primaria.example")]
        return found(db, FACTS, officials, at=clock.at).setup_links[0]

    link = database.act(begin)
    short = reader.get(f"/en{link}").form("Set the password").fill(password="râul și malul").submit(status=422)

    assert short.errors == ["Choose a password of at least 15 characters; a sentence of several words is best."]
    short.form("Set the password").fill(password=NEW).submit()
    assert sign_in(reader, "ana@primaria.example", password=NEW).heading == "Sign in in two steps"
