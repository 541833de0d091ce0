"""A session that ends in the middle of a long comment costs a sign-in, and not a word."""

from consult.identity.actors import Actor
from consult.identity.sessions import CITIZEN
from consult.store import Database
from tests.web.core.sample import notes
from tests.web.reader import Clock, Page, Reader

LONG = 'Propun ca taxa să fie mai mică pentru familii.\r\n\r\n  Iată de ce: "copiii" <b>cresc</b>.\r\n' * 40


def sent_too_late(reader: Reader, citizen: Actor, clock: Clock, **values: object) -> Page:
    """Write for so long that the session is over, and send."""
    form = reader.sign_in(citizen).get("/en/note/scrie").form("Send").fill(wording=LONG, **values)
    clock.at += CITIZEN.idle
    return form.submit(status=401)


def test_the_text_is_kept_through_the_sign_in_and_sent_as_it_was(
    reader: Reader, citizen: Actor, clock: Clock, database: Database
) -> None:
    entry = sent_too_late(reader, citizen, clock, topics=["dogs"], agreed=True)
    assert entry.heading == "Sign in"
    assert database.read(notes) == []

    reader.sign_in(citizen)
    kept = entry.form("Sign in").fill(password="…").submit()
    assert kept.heading == "Your text is kept"
    assert kept.path == "/en/intra"
    assert "Propun ca taxa să fie mai mică pentru familii." in kept.text
    assert kept.form("Continue and send").values["key"][0] not in kept.text
    assert database.read(notes) == []

    done = kept.form("Continue and send").submit()
    assert done.path == "/en/note/1"
    assert database.read(notes) == [LONG.replace("\r\n", "\n").strip()]


def test_sending_the_kept_text_twice_is_still_one_deed(
    reader: Reader, citizen: Actor, clock: Clock, database: Database
) -> None:
    entry = sent_too_late(reader, citizen, clock)
    reader.sign_in(citizen)
    kept = entry.form("Sign in").fill(password="…").submit().form("Continue and send")

    assert [kept.submit().path, kept.submit().path] == ["/en/note/1", "/en/note/1"]
    assert len(database.read(notes)) == 1


def test_a_kept_form_with_a_mistake_shows_its_own_page_again(reader: Reader, citizen: Actor, clock: Clock) -> None:
    entry = sent_too_late(reader, citizen, clock, count="zece")
    reader.sign_in(citizen)

    page = entry.form("Sign in").fill(password="…").submit().form("Continue and send").submit(status=422)

    assert page.errors == ["Write a whole number, in digits."]
    assert page.form("Send").values["wording"] == [LONG.strip()]


def test_a_password_is_not_kept_and_a_file_must_be_chosen_again(reader: Reader, citizen: Actor, clock: Clock) -> None:
    entry = sent_too_late(reader, citizen, clock, password="correct horse", annex=("studiu.pdf", b"%PDF-1.7"))
    reader.sign_in(citizen)

    kept = entry.form("Sign in").fill(password="…").submit()

    assert "password" not in kept.form("Continue and send").values
    assert "correct horse" not in kept.response.text
    assert "Choose the file “studiu.pdf” again." in kept.text


def test_what_is_kept_stands_in_no_address_and_cannot_be_read_or_made_by_others(
    reader: Reader, citizen: Actor, clock: Clock
) -> None:
    entry = sent_too_late(reader, citizen, clock)

    sealed = entry.form("Sign in").values["kept"][0]
    assert "Propun" not in entry.response.text
    assert entry.response.url.query == b""

    for planted in (sealed[:-8] + "AAAAAAA=", "AAAA", "not base 64", "ș"):
        response = reader.ask("POST", "/intra", data={"password": "…", "kept": planted, "next": "/note"})
        assert (response.status_code, response.headers.get("location")) == (303, "/note")


def test_after_signing_in_people_go_only_to_pages_of_this_site(reader: Reader) -> None:
    for asked in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\tb", ""):
        response = reader.ask("POST", "/intra", data={"password": "…", "next": asked})
        assert response.headers["location"] == "/cont", asked
    response = reader.ask("POST", "/en/intra", data={"password": "…", "next": "/note?pagina=2"})
    assert response.headers["location"] == "/en/note?pagina=2"
