"""Words about a project go when two officials agree, each kind by itself; each page says why, and loses no more."""

from pathlib import Path

import pytest

from consult.audit.audit import audit
from consult.budgeting.project_erasures import texts_about
from consult.budgeting.projects import find_project
from consult.commands.keys import settle
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.record.export import export
from consult.record.sources import Folder
from consult.settings import Settings
from consult.store import Database
from tests.budgeting.test_project_erasures import LATER, Scene
from tests.web.reader import Clock, Page, Reader

PAGE = "/en/buget/2027/proiecte/1"
REQUEST = "/en/birou/stergeri/proiecte/1"
ASKED = {"ground": "gdpr-17-1-d", "words": "Scrie despre mine.", "name": "Ion Vecinu", "email": "ion@posta.example"}
SAID = {
    "project.submitted": "Plantăm treizeci de tei",
    "project.question_asked": "Al cui e terenul?",
    "project.question_answered": "Al bunicii.",
    "project.reviewed": "Terenul e al doamnei Ilie.",
    "project.appealed": "Nu mai e al ei.",
    "project.appeal_decided": "Așa e, doamnă Ilie.",
}


@pytest.fixture
def scene(database: Database, authority: Authority, clock: Clock) -> Scene:
    """A project about which everything was said that can be."""
    clock.at = LATER
    return database.act(Scene, authority)


@pytest.fixture
def commitments(database: Database, scene: Scene) -> dict[str, str]:
    return database.read(
        lambda db: {text.event.type: text.commitment for text in texts_about(db, find_project(db, scene.cycle.id, 1))}
    )


def ask(reader: Reader) -> Page:
    return reader.get(PAGE).follow("Ask that a text be erased").form("Send the request").fill(**ASKED).submit()


def choose(reader: Reader, contact: Actor, *commitments: str) -> Page:
    form = reader.sign_in(contact).get(REQUEST).form("Propose to erase it")
    return form.fill(texts=list(commitments), ground="gdpr-17-1-d", note="E despre altcineva.").submit()


def erase(reader: Reader, contact: Actor, approver: Actor, *commitments: str) -> None:
    ask(reader)
    choose(reader, contact, *commitments)
    reader.sign_in(approver).get(REQUEST).form("Erase for good").submit()
    reader.sign_out()


@pytest.mark.parametrize("kind", SAID)
def test_each_kind_of_words_goes_by_itself_and_its_place_says_why(
    kind: str,
    reader: Reader,
    scene: Scene,
    commitments: dict[str, str],
    contact: Actor,
    approver: Actor,
    database: Database,
    settings: Settings,
) -> None:
    settle(settings, database, at=LATER)
    file = f"/log/1/body/{commitments[kind]}"
    assert reader.ask("GET", file).status_code == 200
    assert ask(reader).heading == "Your request was received"
    assert "Nothing is erased yet" in choose(reader, contact, commitments[kind]).banner
    assert all(said in reader.sign_out().get(PAGE).text for said in SAID.values())

    reader.sign_in(approver).get(REQUEST).form("Erase for good").submit()

    public = reader.sign_out().get(PAGE)
    assert [each for each, said in SAID.items() if said not in public.text] == [kind]
    (note,) = public.texts('[data-tone="gone"]')
    assert note.startswith("This text was erased on ")
    assert "The data should not have been published" in note
    desk = reader.sign_in(contact).get("/en/birou/buget/2027/proiecte/1")
    assert SAID[kind] not in desk.text
    assert "The words were erased." in desk.text
    reader.sign_out()
    settle(settings, database, at=LATER)
    assert reader.ask("GET", file).status_code == 410
    assert "Participatory budget 2027: a text about a project was erased" in reader.get("/en/registru").text


def test_an_erased_project_is_a_number_on_every_page_and_its_photographs_are_gone(
    reader: Reader, scene: Scene, commitments: dict[str, str], contact: Actor, approver: Actor
) -> None:
    photo = f"/buget/2027/proiecte/1/fotografii/{scene.photo}"
    assert reader.get(PAGE).heading == "Bănci la Ana"

    erase(reader, contact, approver, commitments["project.submitted"])

    page = reader.get(PAGE)
    assert page.heading == "Project no. 1 (words erased)"
    assert page.html.select("img.photo") == []
    assert reader.ask("GET", photo).status_code == 410
    listed = reader.get("/en/buget/2027/proiecte")
    assert listed.texts(".card-title") == ["Project no. 1 (words erased)"]
    assert reader.get("/en/buget/2027/proiecte?q=banci").texts(".card-title") == []
    assert "Ana Ilie" not in page.text
    assert "20,000 lei" in page.text.replace("\xa0", " ")


def test_the_export_holds_and_its_audit_misses_nothing_but_what_was_erased(
    reader: Reader,
    scene: Scene,
    commitments: dict[str, str],
    contact: Actor,
    approver: Actor,
    database: Database,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settle(settings, database, at=LATER)
    database.read(export, tmp_path / "before")
    before = audit(Folder(tmp_path / "before"))

    erase(reader, contact, approver, *commitments.values())
    settle(settings, database, at=LATER)
    database.read(export, tmp_path / "after")

    after = audit(Folder(tmp_path / "after"))
    assert (after.verified.bodies, after.verified.erased) == (before.verified.bodies - len(SAID), len(SAID))
    # The tests' officials were never appointed in the record; nothing else is wrong, before and after.
    assert {each.breach.rule.id for each in after.failures} == {each.breach.rule.id for each in before.failures}
    # What the authority itself had found and decided, the audit tells its reader.
    assert [each.ground for each in after.erased_reasons] == ["gdpr-17-1-d"] * 2


def test_an_author_is_known_and_a_letter_on_paper_is_entered_by_number_and_year(
    reader: Reader, scene: Scene, contact: Actor
) -> None:
    form = reader.sign_in(scene.author).get(f"{PAGE}/stergere").form("Send the request")
    assert form.values["email"] == ["ana@posta.example"]
    assert len(form.fill(words="").submit(status=422).errors) == 2
    form.fill(ground="gdpr-17-1-b", words="Nu o mai vreau aici.").submit()
    assert "Ana Ilie – its author, signed in" in reader.sign_in(contact).get(REQUEST).text

    paper = reader.get("/en/birou/stergeri/noua").follow("The letter is about a project").form()
    told = ASKED | {"email": "", "number": "9/2027"}
    assert paper.fill(**told).submit(status=422).errors == [
        "There is no project with this number in a cycle of this year."
    ]
    page = paper.fill(number="1/2027").submit()

    assert "a letter, entered by an official" in page.text
    assert "Requests for erasure (2)" in reader.get("/en/birou/moderare").text


def test_a_choice_is_sent_back_or_the_request_refused_and_the_words_stay(
    reader: Reader, scene: Scene, commitments: dict[str, str], contact: Actor, approver: Actor
) -> None:
    ask(reader)
    choose(reader, contact, commitments["project.reviewed"])
    assert reader.ask("POST", f"{REQUEST}/confirma", data={"key": "k" * 16}).status_code == 403
    today = reader.sign_in(approver).get("/en/birou")
    assert "Request for erasure: project no. 1/2027" in today.text
    assert "Waits for the second official." in today.text
    form = reader.get(REQUEST).form("Send it back")
    assert form.submit(status=422).errors == ["Write what is wrong with it."]
    form.fill(note="Alt temei, vă rog.").submit()
    page = reader.sign_in(contact).get(REQUEST)
    assert "Alt temei, vă rog." in page.text

    page = page.form("Refuse the request").fill(reason="Motivele sunt cerute de regulament.").submit()

    assert "Refused on" in page.text
    assert all(said in reader.sign_out().get(PAGE).text for said in SAID.values())
    assert reader.sign_in(scene.author).ask("GET", REQUEST).status_code == 404
