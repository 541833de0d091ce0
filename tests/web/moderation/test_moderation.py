"""A reader reports, a moderator hides and shows again; the pages never show the words meanwhile."""

from consult.commands.keys import settle
from consult.consultations.recommendations import Recommendation
from consult.identity.actors import Actor
from consult.identity.limits import SPEAK_UP_PER_ADDRESS
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW
from tests.web.reader import Reader

PAGE = "/en/consultari/1-2026/propuneri/1-2026"
#: Every public address on which the words of a proposal stand.
PUBLIC = (
    PAGE,
    "/en/consultari/1-2026/text/art-3",
    "/en/consultari/1-2026/propuneri",
    "/consultari/1-2026/propuneri.csv",
    "/consultari/1-2026/propuneri.json",
)
WORDS = "Observația mea"


def hide(reader: Reader, moderator: Actor, said: Recommendation) -> None:
    reader.sign_in(moderator)
    form = reader.get(f"/en/birou/moderare/{said.id}").form("Hide the text")
    page = form.fill(rule="insult", facts="Jignește un vecin.").submit()
    assert page.banner == "The text is hidden. Its author was told why."
    reader.sign_out()


def test_anybody_reports_without_an_account(reader: Reader, said: Recommendation, moderator: Actor) -> None:
    form = reader.get(PAGE).follow("Report this proposal").form("Send the report")

    page = form.fill(rule="insult", words="Mă jignește.", email="cititor@posta.example").submit()

    assert page.heading == "Your report was received"
    desk = reader.sign_in(moderator).get("/en/birou/moderare")
    assert "1 report" in desk.text
    assert "Mă jignește." in desk.follow("Proposal no. 1/2026").text


def test_a_report_names_a_rule_and_a_real_address(reader: Reader, said: Recommendation) -> None:
    form = reader.get(f"{PAGE}/semnalare").form("Send the report")

    assert form.submit(status=422).errors == ["Choose the rule that it breaks."]
    page = form.fill(rule="hate", email="fără arond").submit(status=422)
    assert len(page.errors) == 1
    assert page.form("Send the report").values["email"] == ["fără arond"]


def test_a_report_sent_twice_is_one(reader: Reader, said: Recommendation, moderator: Actor) -> None:
    form = reader.get(f"{PAGE}/semnalare").form("Send the report").fill(rule="hate")
    form.submit()
    form.submit()

    assert "1 report" in reader.sign_in(moderator).get("/en/birou/moderare").text


def test_reports_from_one_address_get_slow(reader: Reader, said: Recommendation) -> None:
    for _ in range(SPEAK_UP_PER_ADDRESS.tries):
        reader.get(f"{PAGE}/semnalare").form("Send the report").fill(rule="hate").submit()

    page = reader.get(f"{PAGE}/semnalare").form("Send the report").fill(rule="hate").submit(status=429)

    assert page.errors[0].startswith("Too many tries.")


def test_a_hidden_text_is_on_no_public_page_at_once(
    reader: Reader, said: Recommendation, moderator: Actor, author: Actor
) -> None:
    assert all(WORDS in reader.ask("GET", path).text for path in (PUBLIC[0], PUBLIC[1], PUBLIC[3]))

    hide(reader, moderator, said)

    for path in PUBLIC:
        assert WORDS not in reader.ask("GET", path).text, path
    for path in PUBLIC[:2]:
        (note,) = reader.get(path).texts('[data-tone="gone"]')
        assert "The rule: Insults." in note
    listed = reader.ask("GET", PUBLIC[4]).json()["recommendations"][0]
    assert (listed["hidden_for"], listed["erased_for"]) == ("moderation-1#insult", None)


def test_its_author_reads_it_still_and_why_it_is_hidden(
    reader: Reader, said: Recommendation, moderator: Actor, author: Actor
) -> None:
    hide(reader, moderator, said)

    page = reader.sign_in(author).get(f"{PAGE}/confirmare")

    assert WORDS in page.text
    assert "Jignește un vecin." in page.text
    assert "nu s-au folosit mijloace automate" in page.text


def test_it_can_be_shown_again(reader: Reader, said: Recommendation, moderator: Actor) -> None:
    hide(reader, moderator, said)

    form = reader.sign_in(moderator).get(f"/en/birou/moderare/{said.id}").form("Show the text again")
    assert len(form.submit(status=422).errors) == 1
    form.fill(facts="Era o citire greșită.").submit()

    assert WORDS in reader.sign_out().get(PAGE).text


def test_a_reported_text_may_stay(reader: Reader, said: Recommendation, moderator: Actor) -> None:
    reader.get(f"{PAGE}/semnalare").form("Send the report").fill(rule="hate").submit()

    page = reader.sign_in(moderator).get(f"/en/birou/moderare/{said.id}").form("It breaks no rule: it stays").submit()

    assert "Nothing waits for a decision." in page.text
    assert WORDS in reader.sign_out().get(PAGE).text


def test_who_is_no_moderator_cannot_hide(reader: Reader, said: Recommendation, approver: Actor, author: Actor) -> None:
    reader.sign_in(approver).get(f"/en/birou/moderare/{said.id}", status=403)
    assert reader.sign_in(author).ask("GET", f"/en/birou/moderare/{said.id}").status_code == 404
    assert reader.sign_in(approver).ask("GET", "/en/birou/moderare/007").status_code == 404
    assert reader.sign_in(approver).ask("GET", "/en/birou/moderare/999").status_code == 404


def test_the_rules_are_public_with_how_often_they_were_applied(
    reader: Reader, said: Recommendation, moderator: Actor, database: Database, settings: Settings
) -> None:
    assert "No text was hidden so far." in reader.get("/en/moderare").text

    hide(reader, moderator, said)
    settle(settings, database, at=NOW)
    reader.clock.at = NOW

    page = reader.get("/en/moderare?x=1")
    entries = reader.get("/en/registru?fel=ascunderi")
    assert len(page.texts("ol li")) == 6
    assert "hidden by a moderator: Insults" in entries.text
