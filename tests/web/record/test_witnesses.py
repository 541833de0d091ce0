"""Who countersigns the record is shown in plain words, set at the desk, and may be brought by a witness itself."""

from datetime import timedelta

import pytest

from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.witnesses import add_witness, set_quorum
from consult.record.checkpoints import Checkpoint
from consult.record.cosigning import keep, note_trouble
from consult.record.entries import history
from consult.record.events.log import SUBJECT
from consult.record.keys import load_key
from consult.record.notes import CosigningKey, Note
from consult.record.tree import newest_checkpoint
from consult.record.witnesses import Trouble, Witness, current_witnesses
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW, an_official
from tests.web.reader import Reader
from tests.web.record.conftest import Town

PAGE = "/registru/martori"
DESK = "/birou/martori"
KEY = CosigningKey("pietonii.example/martor", b"w" * 32)
VKEY = KEY.verifying.vkey


@pytest.fixture
def witness(database: Database, town: Town) -> Witness:
    """A witness whose one signature is the quorum."""
    by = database.act(an_official, town.authority, Role.ADMINISTRATOR)
    named = database.act(add_witness, name="Asociația Pietonii", vkey=VKEY, url="", by=by, at=NOW)
    database.act(set_quorum, 1, by=by, at=NOW)
    town.sequence()
    return named


def newest_note(database: Database) -> bytes:
    newest = database.read(newest_checkpoint)
    assert newest is not None
    return newest.note


def signed_line(database: Database) -> bytes:
    return KEY.cosign(Note.parse(newest_note(database)).text, NOW)


def test_without_witnesses_the_page_says_what_that_means(reader: Reader, town: Town) -> None:
    page = reader.get(PAGE)

    assert "Nimeni din afara primăriei nu semnează" in page.text
    assert "ar putea ține două registre" in page.text
    assert "Nimeni din afara primăriei nu semnează" in reader.get("/registru").text


def test_the_page_says_who_has_signed_and_that_the_quorum_holds(
    reader: Reader, database: Database, witness: Witness
) -> None:
    before = reader.get("/registru").text
    database.act(keep, witness.id, 8, signed_line(database))

    reader.clock.at = NOW + timedelta(hours=1)
    after = reader.get(PAGE).text

    assert "Încă nu au semnat destui martori" in before
    assert "nimic încă" in before
    assert "Toate înregistrările au martori" in after
    assert "8 înregistrări, acum o oră" in after


def test_an_alarm_is_shown_to_everybody(reader: Reader, database: Database, witness: Witness) -> None:
    database.act(note_trouble, witness.id, Trouble.FORK, lambda *_: None, at=NOW)

    page = reader.get(PAGE)

    assert "Un martor dă alarma" in page.text
    assert "a semnat alt registru" in page.text
    assert "a semnat alt registru" in reader.get("/registru").text


def test_a_witness_brings_its_signature_and_it_is_published(
    reader: Reader, database: Database, witness: Witness
) -> None:
    line = signed_line(database)

    answer = reader.client.post("/log/1/cosignatures", content=newest_note(database) + line)

    assert (answer.status_code, answer.text) == (200, "Asociația Pietonii\n")
    assert reader.ask("GET", "/log/1/checkpoint").content == newest_note(database) + line
    assert reader.ask("GET", "/log/1/witnessed").content == newest_note(database) + line
    assert "witnessed" in reader.ask("GET", "/log/1/files").text.splitlines()
    assert "quorum martori" in reader.ask("GET", "/log/1/policy").text


@pytest.mark.parametrize("content", [b"", b"\xff", b"x" * 200_000, KEY.cosign("x\n", NOW)])
def test_what_is_no_signature_of_a_witness_is_refused_in_a_line(
    reader: Reader, witness: Witness, content: bytes
) -> None:
    answer = reader.client.post("/log/1/cosignatures", content=content)

    assert answer.status_code == 400
    assert answer.text.count("\n") == 1


def test_a_stranger_cannot_raise_an_alarm(
    reader: Reader, database: Database, settings: Settings, witness: Witness
) -> None:
    text = Checkpoint(load_key(settings.keys).name, 99, bytes(32)).text
    forged = text.encode() + b"\n" + KEY.cosign(text, NOW)

    assert reader.client.post("/log/1/cosignatures", content=forged).status_code == 400
    assert [each.trouble for each in database.read(current_witnesses)] == [None]


def test_before_there_is_a_quorum_nothing_counts_as_witnessed(reader: Reader, town: Town) -> None:
    assert reader.ask("GET", "/log/1/witnessed").status_code == 404
    assert reader.ask("GET", "/log/1/policy").text.endswith("quorum none\n")


def test_an_administrator_names_a_witness_changes_the_number_and_takes_leave(
    reader: Reader, database: Database, authority: Authority
) -> None:
    reader.sign_in(database.act(an_official, authority, Role.ADMINISTRATOR))

    page = reader.get(DESK).form("Adaugă martorul").fill(name="Asociația START", vkey=VKEY, url="").submit()
    page = page.form("Schimbă numărul").fill(quorum="1").submit()
    refused = page.form("Nu-l mai întreba").fill(witness="1", reason="A plecat.").submit(status=422)
    page = refused.form("Schimbă numărul").fill(quorum="0").submit()
    page = page.form("Nu-l mai întreba").fill(witness="1", reason="A plecat.").submit()

    assert "Nu e întrebat nimeni încă" in page.text
    types = [entry.event.type for entry in database.read(history, SUBJECT)]
    assert types == ["witness.added", "quorum.changed", "quorum.changed", "witness.removed"]


def test_a_slip_is_said_beside_its_field(reader: Reader, database: Database, authority: Authority) -> None:
    reader.sign_in(database.act(an_official, authority, Role.ADMINISTRATOR))

    page = reader.get(DESK).form("Adaugă martorul").fill(name="X", vkey="martor", url="").submit(status=422)

    assert "Aceasta nu e cheia unui martor" in page.text


def test_other_officials_see_the_witnesses_but_change_nothing(
    reader: Reader, database: Database, authority: Authority
) -> None:
    reader.sign_in(database.act(an_official, authority, Role.CLERK))

    assert "Adaugă martorul" not in reader.get(DESK).text
    reader.post(DESK, data={"key": "k" * 22, "name": "X", "vkey": VKEY, "url": ""}, status=403)
