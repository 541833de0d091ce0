"""A form that arrives twice is done once; one that was changed in between is not taken for it."""

from concurrent.futures import ThreadPoolExecutor

from consult.identity.actors import Actor
from consult.store import Database
from tests.factories import a_citizen
from tests.web.core.sample import notes
from tests.web.reader import Reader


def test_pressing_twice_leads_to_the_same_page(writer: Reader, database: Database) -> None:
    form = writer.get("/note/scrie").form("Send").fill(wording="Copaci.")

    pages = [form.submit(), form.submit()]

    assert [page.path for page in pages] == ["/note/1", "/note/1"]
    assert database.read(notes) == ["Copaci."]


def test_pressing_eight_times_at_once_leads_to_the_same_page(writer: Reader, database: Database) -> None:
    form = writer.get("/note/scrie").form("Send").fill(wording="Copaci.")

    with ThreadPoolExecutor(8) as hands:
        pages = list(hands.map(lambda _: form.submit(), range(8)))

    assert {page.path for page in pages} == {"/note/1"}
    assert database.read(notes) == ["Copaci."]


def test_going_back_changing_the_text_and_sending_asks_first_and_keeps_it(writer: Reader, database: Database) -> None:
    form = writer.get("/en/note/scrie").form("Send")
    form.fill(wording="Copaci.").submit()

    asked = form.fill(wording="Copaci și umbră.").submit(status=422)

    assert asked.errors[0].startswith("This form was sent already")
    assert asked.form("Send").values["wording"] == ["Copaci și umbră."]
    assert database.read(notes) == ["Copaci."]
    assert asked.form("Send").submit().path == "/en/note/2"
    assert database.read(notes) == ["Copaci.", "Copaci și umbră."]


def test_a_key_says_nothing_to_somebody_else(reader: Reader, citizen: Actor, database: Database) -> None:
    form = reader.sign_in(citizen).get("/note/scrie").form("Send").fill(wording="Copaci.")
    form.submit()

    reader.sign_out().sign_in(database.act(a_citizen))

    assert form.submit().path == "/note/2"


def test_a_form_without_its_key_is_taken_only_with_one(writer: Reader, database: Database) -> None:
    page = writer.post("/en/note/scrie", data={"wording": "Copaci."}, status=422)

    assert page.errors == ["Part of the form did not arrive. Send it once more."]
    assert database.read(notes) == []
    assert page.form("Send").submit().path == "/en/note/1"
