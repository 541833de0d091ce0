"""The pages of sign-up: everybody sees the same, the mailbox learns the rest."""

from datetime import timedelta

import pytest

from consult.identity.authorities import Authority
from consult.identity.people import Person, person_by_email
from consult.store import Database
from tests.factories import an_open_consultation
from tests.identity.accounts import PASSWORD
from tests.web.identity.conftest import Mailboxes, lasting_headers, sign_in
from tests.web.reader import Clock, Page, Reader

OWN_WORDS = "This password is easy to guess: it is made of your name, your e-mail address or the name of this site."


def fill(reader: Reader, email: str, *, name: str = "Ana Pop", password: str = PASSWORD, status: int = 200) -> Page:
    form = reader.get("/en/inregistrare").form("Create the account")
    return form.fill(name=name, email=email, password=password).submit(status=status)


def test_whoever_confirms_the_address_can_sign_in(reader: Reader, mailboxes: Mailboxes) -> None:
    sent = fill(reader, "Ana@Example.ro")
    link = mailboxes.last_link("ana@example.ro")
    asked = reader.get(f"/en{link}")

    confirmed = asked.form("This is my address").submit()

    assert sent.heading == "Look into your mailbox"
    assert "ana@example.ro" in asked.text
    assert confirmed.heading == "Your address is confirmed"
    assert confirmed.form("Sign in").values["email"] == ["ana@example.ro"]
    assert reader.get("/en/cont").path == "/en/intra"
    assert confirmed.form("Sign in").fill(password=PASSWORD).submit().heading == "Ana Pop"


def test_the_letter_whose_button_was_pressed_leads_to_signing_in(reader: Reader, mailboxes: Mailboxes) -> None:
    fill(reader, "ana@example.ro")
    link = f"/en{mailboxes.last_link('ana@example.ro')}"
    two_tabs = [reader.get(link).form("This is my address") for _ in range(2)]

    pressed = [tab.submit() for tab in (*two_tabs, two_tabs[0])]

    assert [page.heading for page in (*pressed, reader.get(link))] == ["Your address is confirmed"] * 4


def test_whoever_signs_up_on_the_way_to_a_page_arrives_there(
    reader: Reader, mailboxes: Mailboxes, database: Database, authority: Authority
) -> None:
    database.act(an_open_consultation, authority)
    asked = reader.get("/en/consultari/1-2026/propune?la=art-3")

    form = asked.follow("Create an account").form("Create the account")
    sent = form.fill(name="Ana Pop", email="ana@example.ro", password=PASSWORD).submit()
    link = mailboxes.last_link("ana@example.ro")
    confirmed = reader.get(f"/en{link}").form("This is my address").submit()
    arrived = confirmed.form("Sign in").fill(password=PASSWORD).submit()

    assert sent.heading == "Look into your mailbox"
    assert "propune" not in link
    assert arrived.heading == "Proposal on art. 3"


def test_an_address_elsewhere_is_nowhere_to_go_after_signing_up(reader: Reader, mailboxes: Mailboxes) -> None:
    form = reader.get("/en/inregistrare?next=https://evil.example/").form("Create the account")
    form.fill(name="Ana Pop", email="ana@example.ro", password=PASSWORD).submit()

    confirmed = reader.get(f"/en{mailboxes.last_link('ana@example.ro')}").form("This is my address").submit()

    assert sign_in(reader).path == "/en/cont"
    assert "evil" not in confirmed.response.text


def test_opening_the_link_as_mail_scanners_do_confirms_nothing(
    reader: Reader, mailboxes: Mailboxes, database: Database
) -> None:
    fill(reader, "ana@example.ro")
    link = mailboxes.last_link("ana@example.ro")

    for _ in range(3):
        reader.get(link)

    assert database.read(person_by_email, "ana@example.ro") is None
    reader.get(f"/en{link}").form("This is my address").submit()
    assert database.read(person_by_email, "ana@example.ro") is not None


def test_a_link_that_works_no_more_says_why_and_leads_to_another_one(
    reader: Reader, mailboxes: Mailboxes, clock: Clock
) -> None:
    fill(reader, "ana@example.ro")
    link = f"/en{mailboxes.last_link('ana@example.ro')}"
    form = reader.get(link).form("This is my address")
    clock.at += timedelta(days=7)

    late, broken = form.submit(status=410), reader.get(link[:-3], status=410)

    assert late.heading == broken.heading == "The link no longer works"
    assert "This link has expired" in late.text
    assert "Perhaps part of it was lost" in broken.text
    assert late.follow("Create the account once more").path == "/en/inregistrare"
    assert late.follow("Sign in").path == "/en/intra"


def test_a_known_and_an_unknown_address_see_the_same_bytes(
    reader: Reader, citizen: Person, mailboxes: Mailboxes
) -> None:
    known = fill(reader, citizen.email)
    unknown = fill(reader, "xyz@example.ro")

    assert known.response.content == unknown.response.content
    assert known.response.status_code == unknown.response.status_code
    assert known.path == unknown.path
    assert lasting_headers(known) == lasting_headers(unknown)
    assert mailboxes.kinds() == ["already-registered", "confirm-address"]


def test_pressing_twice_sends_one_letter(reader: Reader, mailboxes: Mailboxes) -> None:
    form = reader.get("/en/inregistrare").form("Create the account")
    form.fill(name="Ana Pop", email="ana@example.ro", password=PASSWORD)

    assert [form.submit().heading, form.submit().heading] == ["Look into your mailbox"] * 2
    assert mailboxes.kinds() == ["confirm-address"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Write your name."),
        ("name", "Ana\ue000Pop", "Write a name of at most 120 characters, on one line."),
        ("email", "ana", "The e-mail address is not complete, for example ana@example.ro."),
        ("password", "scurtă", "Choose a password of at least 12 characters; a sentence of several words is best."),
        (
            "password",
            "qwertyuiop123456",
            "This password is easy to guess: it is made of words or patterns that are tried first.",
        ),
        *(("password", tried, OWN_WORDS) for tried in ("MunicipiulIzvoru2026", "Izvoru.test.2026", "ana@example.ro")),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    reader: Reader, mailboxes: Mailboxes, field: str, typed: str, said: str
) -> None:
    values = {"name": "Ana Pop", "email": "ana@example.ro", "password": PASSWORD, field: typed}

    page = reader.get("/en/inregistrare").form("Create the account").fill(**values).submit(status=422)

    assert page.errors == [said]
    assert page.title.startswith("Error: ")
    kept = page.form("Create the account").values
    assert {name: kept[name] for name in ("name", "email")} == {name: [values[name]] for name in ("name", "email")}
    assert kept["password"] == [""]
    assert mailboxes.all() == []


def test_everything_that_is_wrong_is_said_at_once(reader: Reader) -> None:
    all_wrong = fill(reader, "ana", name="Ana\ue000Pop", password="ana", status=422)
    one_missing = fill(reader, "ana", name="", password="", status=422)

    assert [error.split()[0:2] for error in all_wrong.errors] == [["Write", "a"], ["The", "e-mail"], ["Choose", "a"]]
    assert one_missing.errors == [
        "Write your name.",
        "The e-mail address is not complete, for example ana@example.ro.",
        "Choose a password.",
    ]


def test_a_password_of_a_megabyte_is_refused_before_it_is_hashed(reader: Reader) -> None:
    page = fill(reader, "ana@example.ro", password="p" * 1_000_000, status=422)

    assert page.errors == ["At most 1,000 characters are accepted; there are 1,000,000."]


def test_five_sign_ups_a_day_are_taken_for_one_address(reader: Reader, mailboxes: Mailboxes) -> None:
    for _ in range(5):
        fill(reader, "ana@example.ro")

    page = fill(reader, "ana@example.ro", status=429)

    assert page.errors[0].startswith("Too many tries.")
    assert len(mailboxes.all()) == 5


def test_fields_that_the_page_does_not_have_are_refused(reader: Reader, mailboxes: Mailboxes) -> None:
    form = reader.get("/en/inregistrare").form("Create the account")
    form.fill(name="Ana Pop", email="ana@example.ro", password=PASSWORD)
    form.values["is_admin"] = ["1"]

    form.submit(status=422)

    assert mailboxes.all() == []
