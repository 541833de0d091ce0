"""Anybody asks, one official chooses, another confirms; then the text is nowhere, and every page says why."""

from hashlib import sha256

from sqlalchemy import select

from consult.commands.keys import settle
from consult.consultations.recommendations import Recommendation
from consult.identity.actors import Actor
from consult.record.bodies import Body
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW
from tests.web.moderation.test_moderation import PAGE, PUBLIC, WORDS
from tests.web.reader import Page, Reader
from tests.web.rules import str_of

REQUEST = "/en/birou/stergeri/1"
ASKED = {"ground": "gdpr-17-1-d", "words": "Scrie unde locuiesc.", "name": "Ion Vecinu", "email": "ion@posta.example"}


def ask(reader: Reader) -> Page:
    return reader.get(f"{PAGE}/stergere").form("Send the request").fill(**ASKED).submit()


def choose(reader: Reader, contact: Actor) -> Page:
    page = reader.sign_in(contact).get(REQUEST)
    text = str_of(page.select('input[name="texts"]'), "value")
    form = page.form("Propose to erase it")
    return form.fill(texts=[text], ground="gdpr-17-1-d", note="Adresa e a altcuiva.").submit()


def test_a_text_goes_when_two_officials_agree(
    reader: Reader,
    said: Recommendation,
    contact: Actor,
    approver: Actor,
    database: Database,
    settings: Settings,
) -> None:
    body = database.read(lambda db: db.scalars(select(Body)).one())
    file = f"/log/1/body/{sha256(body.file).hexdigest()}"
    assert all(WORDS in reader.ask("GET", path).text for path in (PUBLIC[0], PUBLIC[1], PUBLIC[3]))
    assert ask(reader).heading == "Your request was received"
    page = choose(reader, contact)
    assert page.banner == "Nothing is erased yet: a second official must confirm it."
    assert "Another official must confirm it" in page.text
    assert WORDS in reader.ask("GET", PAGE).text

    reader.sign_in(approver).get(REQUEST).form("Erase for good").submit()

    reader.sign_out()
    for path in PUBLIC:
        assert WORDS not in reader.ask("GET", path).text, path
    (note,) = reader.get(PAGE).texts('[data-tone="gone"]')
    assert note.startswith("This text was erased on 5 October 2026. The data should not have been published")
    assert reader.ask("GET", "/log/1/files").status_code in {404, 503}
    settle(settings, database, at=NOW)
    gone = reader.ask("GET", file)
    assert (gone.status_code, gone.text) == (410, "This text was erased on a lawful request.\n")
    assert reader.ask("GET", "/log/1/files").status_code == 200
    entries = reader.get("/en/registru?fel=stergeri")
    assert "A text about proposal no. 1/2026 was erased" in entries.text


def test_the_entry_of_an_erased_text_says_so_and_leads_nowhere(
    reader: Reader, said: Recommendation, contact: Actor, approver: Actor, database: Database, settings: Settings
) -> None:
    ask(reader)
    choose(reader, contact)
    reader.sign_in(approver).get(REQUEST).form("Erase for good").submit()
    settle(settings, database, at=NOW)
    listed = reader.sign_out().get("/en/registru?fel=propuneri")

    entry = reader.get(str_of(listed.select("main tbody th a"), "href"))

    assert "This text was erased on 5 October 2026." in entry.text
    assert "/log/1/body/" not in str(entry.html.select("main a"))


def test_whoever_chose_finds_no_button_to_confirm(reader: Reader, said: Recommendation, contact: Actor) -> None:
    ask(reader)

    choose(reader, contact)

    answer = reader.ask("POST", f"{REQUEST}/confirma", data={"key": "k" * 16})
    assert answer.status_code == 403
    assert WORDS in reader.sign_out().get(PAGE).text


def test_a_choice_is_sent_back_with_a_note(
    reader: Reader, said: Recommendation, contact: Actor, approver: Actor
) -> None:
    ask(reader)
    choose(reader, contact)

    form = reader.sign_in(approver).get(REQUEST).form("Send it back")
    assert form.submit(status=422).errors == ["Write what is wrong with it."]
    form.fill(note="Alt temei, vă rog.").submit()

    assert "Alt temei, vă rog." in reader.sign_in(contact).get(REQUEST).text


def test_a_refusal_says_why(reader: Reader, said: Recommendation, contact: Actor) -> None:
    ask(reader)
    form = reader.sign_in(contact).get(REQUEST).form("Refuse the request")
    assert form.submit(status=422).errors == ["Write why; whoever asked reads it."]

    page = form.fill(reason="Registrul este cerut de lege.").submit()

    assert "Refused on 5 October 2026" in page.text
    assert WORDS in reader.sign_out().get(PAGE).text


def test_a_request_says_who_asks_and_for_what(reader: Reader, said: Recommendation) -> None:
    form = reader.get(f"{PAGE}/stergere").form("Send the request")

    assert len(form.submit(status=422).errors) == 4
    page = form.fill(**ASKED | {"email": "nicăieri"}).submit(status=422)
    assert len(page.errors) == 1
    assert page.form("Send the request").values["words"] == ["Scrie unde locuiesc."]


def test_an_author_asks_from_their_own_page_and_is_known(
    reader: Reader, said: Recommendation, author: Actor, contact: Actor
) -> None:
    form = reader.sign_in(author).get("/en/cont").follow("Ask for erasure : 1/2026").form("Send the request")
    assert form.values["email"] == ["ana@posta.example"]

    form.fill(ground="gdpr-17-1-b", words="Nu o mai vreau aici.").submit()

    assert "Ana Ilie – its author, signed in" in reader.sign_in(contact).get(REQUEST).text


def test_a_request_sent_twice_is_one(reader: Reader, said: Recommendation, contact: Actor) -> None:
    form = reader.get(f"{PAGE}/stergere").form("Send the request").fill(**ASKED)
    form.submit()
    form.submit()

    assert "Requests for erasure (1)" in reader.sign_in(contact).get("/en/birou/moderare").text
    reader.get("/en/birou/stergeri/2", status=404)


def test_a_letter_on_paper_is_entered_by_its_number(
    reader: Reader, said: Recommendation, moderator: Actor, approver: Actor
) -> None:
    asked = ASKED | {"email": "", "number": "99/2026"}
    form = reader.sign_in(moderator).get("/en/birou/moderare").follow("Enter a request that came on paper").form()

    assert form.fill(**asked).submit(status=422).errors == ["There is no proposal with this number."]
    page = form.fill(number="1/2026").submit()

    assert "a letter, entered by an official" in page.text
    assert "the answer goes on paper" in page.text
    reader.sign_in(approver).get("/en/birou/stergeri/noua", status=403)


def test_requests_are_nobody_s_who_does_not_decide(reader: Reader, said: Recommendation, author: Actor) -> None:
    ask(reader)

    assert reader.sign_in(author).ask("GET", REQUEST).status_code == 404
    assert reader.sign_out().ask("GET", "/birou/stergeri/1").status_code in {303, 404}
