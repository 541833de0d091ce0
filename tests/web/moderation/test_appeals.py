"""An author appeals on the page of the proposal; others decide at the desk; everybody reads both sides' reasons."""

from consult.commands.keys import settle
from consult.consultations.recommendations import Recommendation
from consult.identity.actors import Actor
from consult.identity.limits import SPEAK_UP_PER_ADDRESS
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW
from tests.web.moderation.test_moderation import PAGE, PUBLIC, WORDS, hide
from tests.web.reader import Page, Reader

WHY = "Am criticat o hotărâre, nu un om."


def lodge(reader: Reader, author: Actor) -> Page:
    page = reader.sign_in(author).get(f"{PAGE}/confirmare").follow("Appeal against the decision")
    return page.form("Send the appeal").fill(reasons=WHY).submit()


def decide(reader: Reader, who: Actor, outcome: str, **more: str) -> Page:
    page = reader.sign_in(who).get("/en/birou/moderare").follow("Proposal no. 1/2026")
    return page.form("Decide the appeal").fill(outcome=outcome, reasons="Nu jignește pe nimeni.", **more).submit()


def figures(reader: Reader, database: Database, settings: Settings) -> Page:
    settle(settings, database, at=NOW)
    return reader.sign_out().get("/en/moderare/cifre?x=1")


def test_an_upheld_appeal_is_read_on_the_page_and_in_the_figures(
    reader: Reader,
    said: Recommendation,
    moderator: Actor,
    approver: Actor,
    author: Actor,
    database: Database,
    settings: Settings,
) -> None:
    hide(reader, moderator, said)

    page = lodge(reader, author)
    assert page.banner == "Your appeal was received. Somebody else than who decided reads it."
    assert "You appealed on" in page.text
    page = decide(reader, approver, "upheld")

    assert page.banner == "The text can be read by everybody again. Its author was told."
    assert WORDS in reader.sign_out().get(PAGE).text
    told = figures(reader, database, settings).text
    for reason in ("Jignește un vecin.", WHY, "Nu jignește pe nimeni.", "Appeal upheld"):
        assert reason in told
    assert WORDS not in told


def test_a_refused_appeal_may_keep_the_authors_reasons_back(
    reader: Reader,
    said: Recommendation,
    moderator: Actor,
    contact: Actor,
    author: Actor,
    database: Database,
    settings: Settings,
) -> None:
    hide(reader, moderator, said)
    lodge(reader, author)

    decide(reader, contact, "refused", withheld="1")

    told = figures(reader, database, settings).text
    assert WHY not in told
    assert "Not shown here" in told
    assert WORDS not in reader.get(PUBLIC[0]).text
    assert "Your appeal was refused on" in reader.sign_in(author).get(f"{PAGE}/confirmare").text


def test_whoever_hid_it_sees_the_appeal_and_who_decides(
    reader: Reader, said: Recommendation, moderator: Actor, approver: Actor, author: Actor
) -> None:
    hide(reader, moderator, said)
    lodge(reader, author)

    page = reader.sign_in(moderator).get("/en/birou/moderare/contestatii/1")

    assert "Somebody else decides" in page.text
    assert approver.name in page.text
    assert page.texts("fieldset") == []
    assert "Show the text again" not in reader.get(f"/en/birou/moderare/{said.id}").text
    form = reader.sign_in(approver).get("/en/birou/moderare/contestatii/1").form("Decide the appeal")
    form.fill(outcome="upheld", reasons="Da.")
    reader.sign_in(moderator)
    assert form.submit(status=403)


def test_an_appeal_and_its_decision_say_why(
    reader: Reader, said: Recommendation, moderator: Actor, approver: Actor, author: Actor
) -> None:
    hide(reader, moderator, said)

    form = reader.sign_in(author).get(f"{PAGE}/contestatie").form("Send the appeal")
    assert form.submit(status=422).errors == ["Write why the decision is wrong."]
    lodge(reader, author)

    assert "There is one appeal against one decision." in reader.get(f"{PAGE}/contestatie").text
    again = form.fill(reasons="Încă o dată.").submit(status=422)
    assert again.errors[0].startswith("You appealed against this decision already")
    form = reader.sign_in(approver).get("/en/birou/moderare/contestatii/1").form("Decide the appeal")
    assert len(form.submit(status=422).errors) == 2


def test_nothing_hidden_nothing_to_appeal_and_nothing_counted(
    reader: Reader, said: Recommendation, author: Actor, approver: Actor
) -> None:
    assert "Nothing is hidden here" in reader.sign_in(author).get(f"{PAGE}/contestatie").text
    assert "No text was hidden so far." in reader.get("/en/moderare/cifre").text
    assert reader.sign_in(approver).ask("GET", "/en/birou/moderare/contestatii/7").status_code == 404
    assert reader.sign_in(approver).ask("GET", f"{PAGE}/contestatie").status_code in {403, 404}


def test_a_reading_citizen_is_never_slowed_down_by_reports_from_the_same_address(
    reader: Reader, said: Recommendation
) -> None:
    for _ in range(SPEAK_UP_PER_ADDRESS.tries):
        reader.get(f"{PAGE}/semnalare").form("Send the report").fill(rule="hate").submit()
    reader.get(f"{PAGE}/semnalare").form("Send the report").fill(rule="hate").submit(status=429)

    answers = {reader.ask("GET", path).status_code for _ in range(40) for path in (*PUBLIC, f"{PAGE}/semnalare")}

    assert answers == {200}
