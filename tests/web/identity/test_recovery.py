"""A forgotten password, and an official's first one."""

from datetime import timedelta

from sqlalchemy.orm import Session

from consult.identity.authorities import Authority
from consult.identity.founding import FirstOfficial, found
from consult.identity.people import Person
from consult.store import Database
from tests.factories import an_open_consultation
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
    again = reader.get(f"/en{link}", status=410)
    assert again.heading == "The link no longer works"
    assert "This link was used already" in again.text
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

    late = form.submit(status=410)
    late.form("Send a new link").fill(email=citizen.email).submit()

    assert "This link has expired" in late.text
    assert mailboxes.kinds() == ["reset-password", "reset-password"]
    reader.get(mailboxes.last_link(citizen.email))


def test_the_link_of_an_earlier_letter_says_that_a_later_one_came(
    reader: Reader, citizen: Person, mailboxes: Mailboxes
) -> None:
    ask(reader, citizen.email)
    earlier = mailboxes.last_link(citizen.email)
    ask(reader, citizen.email)

    assert "only the one in the last letter works" in reader.get(f"/en{earlier}", status=410).text


def test_a_link_that_works_no_more_asks_the_same_of_known_and_unknown_mailboxes(
    reader: Reader, citizen: Person, mailboxes: Mailboxes
) -> None:
    known, unknown = (
        reader.get("/en/recuperare/x", status=410).form("Send a new link").fill(email=email).submit()
        for email in (citizen.email, "xyz@example.ro")
    )

    assert known.response.content == unknown.response.content
    assert mailboxes.kinds() == ["reset-password", "no-such-account"]


def test_whoever_recovers_the_password_on_the_way_to_a_page_arrives_there(
    reader: Reader, citizen: Person, mailboxes: Mailboxes, database: Database, authority: Authority
) -> None:
    database.act(an_open_consultation, authority)
    forgotten = reader.get("/en/consultari/1-2026/propune?la=art-3").follow("I have forgotten my password")
    forgotten.form("Send the link").fill(email=citizen.email).submit()
    link = mailboxes.last_link(citizen.email)

    done = reader.get(f"/en{link}").form("Set the password").fill(password=NEW).submit()
    arrived = done.form("Sign in").fill(email=citizen.email, password=NEW).submit()

    assert "propune" not in link
    assert arrived.heading == "Proposal on art. 3"


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
