"""The rules on the pages: as a sheet that a lawyer reads, as a procedure froze them, as the authority set them."""

from hashlib import sha256

import pytest

from consult import links
from consult.consultations.consultations import Consultation
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.policy.reading import pack_names
from consult.policy.voting_packs import find_voting_pack, voting_pack_names
from consult.store import Database
from tests.factories import an_announced_cycle, an_official, an_open_consultation
from tests.web.reader import Page, Reader

DECISION = {
    "rule": "ro/law-52-2003#minutes-per-speaker",
    "number": "3",
    "since": "2026-01-01",
    "act": "HCL 12/2026",
    "url": "https://izvoru.example/hcl-12",
}


@pytest.fixture
def administrator(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.ADMINISTRATOR)


@pytest.fixture
def consultation(database: Database, authority: Authority) -> Consultation:
    return database.act(an_open_consultation, authority)


def decide(reader: Reader, administrator: Actor, *, status: int = 200, **changed: str) -> Page:
    form = reader.sign_in(administrator).get("/en/birou/reguli").form("Set this rule")
    return form.fill(**(DECISION | changed)).submit(status=status)


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_has_a_page_that_is_reached_from_the_footer(reader: Reader, name: str) -> None:
    listed = reader.get("/en/").follow("The rules, as we read the law")

    assert f"/en/reguli/{name}" in [str(link["href"]) for link in listed.select("main").select("a")]
    assert reader.get(f"/en/reguli/{name}").heading


def test_a_rule_is_shown_with_its_article_its_sentence_and_its_examples_in_words(reader: Reader) -> None:
    page = reader.get("/en/reguli/ro/law-52-2003")

    rule = page.select("article:has(#proposals-period)")
    assert rule.select_one("h3").text == "At least 10 calendar days for proposals"
    assert "Legea 52/2003, art. 7 alin. (4)" in rule.text.replace("\xa0", " ")
    assert "a breach; the nearest lawful date is 19 December 2019" in rule.text


def test_what_was_not_read_in_the_act_is_marked(reader: Reader) -> None:
    page = reader.get("/en/reguli/ro/law-52-2003")

    assert "not verified" in page.select("article:has(#practice-a1)").text
    assert "not verified" not in page.select("article:has(#report-a)").text
    assert "not verified" in page.select("li:-soup-contains('OUG 57/2019')").text


def test_a_date_of_a_consultation_leads_to_the_very_rule_that_was_frozen_for_it(
    reader: Reader, consultation: Consultation
) -> None:
    page = reader.get(links.in_language(links.consultation(consultation.reference, consultation.title), "en"))

    leads = [str(link["href"]) for link in page.select("main").select("a") if "/reguli/" in str(link["href"])]

    frozen = f"/en/reguli/inghetate/{consultation.pack_digest}"
    assert leads == [f"{frozen}#proposals-period", f"{frozen}#announcement-before-avizare"]
    sheet = reader.get(frozen)
    assert sheet.select("#proposals-period").text == "At least 10 calendar days for proposals"
    assert consultation.pack_digest in sheet.text


@pytest.mark.parametrize(
    "path",
    [
        "ro/law-52-2004",
        "ro/LAW-52-2003",
        "inghetate/" + "0" * 64,
        "inghetate/" + "x" * 64,
        "inghetate/%2e%2e",
        "%2e%2e/law-52-2003",
    ],
)
def test_rules_that_there_are_not_are_not_found(reader: Reader, path: str) -> None:
    reader.get(f"/en/reguli/{path}", status=404)


def test_an_administrator_sets_a_local_rule_and_everybody_sees_it_with_its_source(
    reader: Reader, administrator: Actor, consultation: Consultation
) -> None:
    done = decide(reader, administrator)

    assert done.banner == "The rule is set. Everybody sees it with its source."
    reader.sign_out()
    listed = reader.get("/en/reguli")
    assert listed.link("HCL 12/2026") == "https://izvoru.example/hcl-12"
    rule = reader.get("/en/reguli/ro/law-52-2003").select("article:has(#minutes-per-speaker)")
    assert "Minutes: 3." in rule.text
    assert rule.select_one("a")["href"] == "https://izvoru.example/hcl-12"
    frozen = reader.get(f"/en/reguli/inghetate/{consultation.pack_digest}")
    assert "Minutes: 5." in frozen.select("article:has(#minutes-per-speaker)").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rule": ""}, "Choose the rule."),
        ({"number": "0"}, "Choose a number from 1 to 60."),
        ({"number": ""}, "Write the number."),
        ({"since": ""}, "Choose the day."),
        ({"act": ""}, "Write which act sets it."),
        ({"url": "izvoru.example"}, "Write the address at which everybody can read the act; it begins with https://."),
    ],
)
def test_a_decision_that_cannot_stand_is_said_at_its_field(
    reader: Reader, administrator: Actor, changed: dict[str, str], said: str
) -> None:
    refused = decide(reader, administrator, status=422, **changed)

    assert refused.errors == [said]
    assert refused.select("#act")["value"] == DECISION["act"] or "act" in changed


def test_other_officials_read_the_local_rules_and_set_none(
    reader: Reader, database: Database, authority: Authority
) -> None:
    page = reader.sign_in(database.act(an_official, authority, Role.CLERK)).get("/en/birou/reguli")

    assert "Minutes for each speaker: 5" in page.texts("h2")
    assert "Set this rule" not in page.text
    reader.post("/en/birou/reguli", status=403, data=DECISION | {"key": "k" * 22})


@pytest.mark.parametrize("name", voting_pack_names())
def test_how_people_vote_on_public_money_is_listed_and_told_with_its_source(reader: Reader, name: str) -> None:
    pack = find_voting_pack(name)

    page = reader.get("/en/reguli").follow(pack.title.en)

    assert [term for term in page.texts("dt") if term in {"Who may vote", "Between equals"}]
    assert pack.sources[0].act in page.text


def test_the_rules_that_a_cycle_froze_are_read_as_the_file_that_was_hashed(
    reader: Reader, database: Database, authority: Authority
) -> None:
    cycle = database.act(an_announced_cycle, authority)

    answer = reader.client.get(f"/en/reguli/inghetate/{cycle.rules_digest}")

    file = reader.client.get(answer.headers["location"])
    assert answer.status_code == 303
    assert sha256(file.content).hexdigest() == cycle.rules_digest
