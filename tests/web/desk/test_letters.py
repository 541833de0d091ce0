"""A letter on the clerk's desk: typed in, numbered, its receipt printed, and claimed by its author."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.consultations.hand_entries import HandEntry
from consult.consultations.recommendations import Recommendation
from consult.identity.offices import Role
from tests.factories import a_citizen, an_official

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
WORDS = "Ghișeul să fie deschis și sâmbăta."
LETTER = {
    "source": "paper",
    "received_on": "2026-10-05",
    "hour": "12:30",
    "article": "art-3",
    "kind": "observation",
    "wording": WORDS,
    "name": "Maria Dobre",
    "contact": "Str. Morii 4",
}


@pytest.fixture
def form(reader, clerk, public, own):
    reader.clock.at += timedelta(hours=4)
    reader.sign_in(clerk)
    return (
        reader.get(own(public, "propuneri"))
        .follow("Enter one that came on paper, by e-mail or by word of mouth")
        .form("Enter it in the register")
    )


def entries(db) -> list[tuple[str, str]]:
    return [(each.name, each.contact) for each in db.scalars(select(HandEntry))]


def test_a_letter_is_registered_and_its_receipt_bears_what_the_author_needs(form, database) -> None:
    page = form.fill(**LETTER).submit()

    assert page.banner == "It is registered. Print the receipt."
    assert page.heading == "Receipt for proposal no. 1/2026"
    assert CODE.search(page.text)
    assert WORDS in page.text
    assert database.read(entries) == [("Maria Dobre", "Str. Morii 4")]


def test_everybody_sees_how_it_came_and_nobody_who_sent_it(form, reader, public) -> None:
    form.fill(**LETTER).submit()

    page = reader.get(f"/en/consultari/{public.reference}/propuneri/1-2026")

    assert "On paper; entered by an official: clerk" in page.text
    assert WORDS in page.text
    assert "Maria" not in page.text
    assert "Morii" not in page.text


def test_a_resend_registers_nothing_twice(form, database) -> None:
    form.fill(**LETTER).submit()

    form.submit()

    assert len(database.read(entries)) == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(form) -> None:
    page = form.fill(**LETTER | {"kind": "change", "name": "", "hour": "25:00"}).submit(status=422)

    assert len(page.errors) == 2
    assert page.select("#wording").get_text().strip() == WORDS


def test_a_letter_without_contact_or_from_the_future_is_refused_beside_its_field(form) -> None:
    page = form.fill(**LETTER | {"received_on": "2026-10-06"}).submit(status=422)
    assert page.link("This moment is still to come.") == "#received_on"

    page = page.form("Enter it in the register").fill(**LETTER | {"contact": ""}).submit(status=422)
    assert page.link(page.errors[0]) == "#contact"


def test_a_copy_asks_whether_it_is_another_letter(form, reader, clerk, public, own) -> None:
    form.fill(**LETTER).submit()

    again = reader.sign_in(clerk).get(own(public, "propuneri/noua")).form("Enter it in the register")

    page = again.fill(**LETTER | {"source": "email"}).submit(status=422)
    done = page.form("Enter it in the register").fill(is_another="1").submit()

    assert page.errors == [
        "No. 1/2026 says the same in the same words. If it is another letter, tick the box and send again."
    ]
    assert done.heading == "Receipt for proposal no. 2/2026"


def test_a_scan_is_kept_for_those_who_keep_the_register(form, reader, authority, database) -> None:
    page = form.fill(**LETTER, file=("scrisoare.txt", "Stimată primărie".encode())).submit()

    assert reader.ask("GET", page.link("scrisoare.txt")).content == "Stimată primărie".encode()
    reader.sign_in(database.act(an_official, authority, Role.MODERATOR))
    assert reader.ask("GET", page.link("scrisoare.txt")).status_code == 403


def test_the_author_has_it_on_their_account_with_the_receipt(form, reader, database) -> None:
    receipt = form.fill(**LETTER).submit()
    code = CODE.search(receipt.text).group()
    author = database.act(a_citizen)
    page = reader.sign_in(author).get("/en/cont").follow("You sent one on paper? Have it here")

    wrong = page.form("Have it on my account").fill(number="1/2026", code="0000 0000 0000").submit(status=422)
    page = wrong.form("Have it on my account").fill(number="1/2026", code=code.lower()).submit()

    assert wrong.errors == [
        "This number and this code do not belong together. Copy both from the receipt you were given."
    ]
    assert page.banner == "It is on your account now."
    assert "1/2026" in reader.get("/en/cont").text
    assert database.read(lambda db: db.scalar(select(Recommendation.person_id))) == author.person_id
