"""Whatever a clerk or a citizen types is words: no markup, no script, no template, in any field of the desk."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.recommendations import Kind
from consult.consultations.submissions import submit_recommendation
from tests.factories import NOW, a_citizen
from tests.files.samples import PDF

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}%(x)s %s'
LETHAL = f"Art. 1. {EVIL}\n(1) {EVIL}\na) {EVIL}\nArt. 2. Altceva.\n"


def harmless(page) -> None:
    """The words are there, and nothing but words came of them (the page's own rules are checked by the reader)."""
    assert "alert(1)" in page.html.get_text() + "".join(str(field.get("value")) for field in page.html.select("input"))
    assert page.html.select("img[onerror]") == []
    assert all("alert" not in script.get_text() for script in page.html.select("script"))
    assert "{{ 7*7 }}" in page.response.text
    assert "<script>alert" not in page.response.text


def test_in_the_title_and_the_text(reader, clerk) -> None:
    page = reader.sign_in(clerk).get("/en/birou/consultari/noua").form("Begin").fill(title=EVIL).submit()

    harmless(page)
    harmless(page.follow("Full text of the draft").form().fill(text=LETHAL).submit())
    for path in ("/en/birou", "/en/birou/consultari", page.path + "/text", page.path + "/verifica"):
        harmless(reader.get(path))


def test_in_every_field_of_the_announcement(reader, clerk, waiting, own) -> None:
    short = {"domain": EVIL[:50], "contact_phone": EVIL[:50]}
    long = ("title", "summary", "justification", "department", "initiator", "ways_to_send", "channels", "contact_name")
    form = reader.sign_in(clerk).get(own(waiting, "anunt")).form("Save the announcement")

    form.fill(**short, **dict.fromkeys(long, EVIL)).submit()

    harmless(reader.get(own(waiting, "anunt")))
    harmless(reader.get(own(waiting, "verifica")))


def test_in_the_motive_and_in_the_note(reader, clerk, approver, waiting, own) -> None:
    reader.sign_in(clerk)
    page = reader.get(own(waiting, "date")).form("Save the dates").fill(urgent=True, urgent_motive=EVIL).submit()
    page = page.follow("Check and ask for approval")
    harmless(page)
    page.form("Ask for approval").submit()

    reader.sign_in(approver)
    reader.get(own(waiting, "verifica")).form("Send back with this note").fill(note=EVIL).submit()

    harmless(reader.get(own(waiting)))


def test_in_the_name_of_a_file(reader, clerk, waiting, own) -> None:
    form = reader.sign_in(clerk).get(own(waiting, "documente")).form("Add the document")

    page = form.fill(kind="annex", file=(EVIL.replace("/", "") + ".pdf", PDF)).submit()

    assert "<script>alert" not in page.response.text
    assert page.html.select("img[onerror]") == []


@pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.OBSERVATION])
def test_in_a_proposal_and_its_answer(reader, database, contact, public, own, kind) -> None:
    def propose(db: Session) -> int:
        said = {"provision_key": "art-3", "wording": EVIL, "reason": EVIL, "named": True}
        author = a_citizen(db, name=EVIL)
        return submit_recommendation(db, public.id, kind=kind, **said, by=author, at=NOW).id

    key = database.act(propose)
    page = reader.sign_in(contact).get(own(public, "propuneri"))
    harmless(page)

    page = page.form("Save the answer as a draft").fill(recommendations=[key], verdict="partly", reason=EVIL).submit()

    harmless(page)
    harmless(reader.get(own(public, "raspunsuri/publica")))


def test_in_the_place_of_a_debate(reader, contact, public, own) -> None:
    form = reader.sign_in(contact).get(own(public, "pasi/dezbatere")).form("Announce the debate")

    harmless(form.fill(on="2026-10-14", hour="17:30", place=EVIL).submit())
