"""The page of one article: all that is said of it, the answer beside it, and what became of it in the next version."""

from datetime import timedelta

from consult.consultations.recommendations import Kind, Verdict
from consult.consultations.withdrawals import withdraw_recommendation
from tests.factories import NOW, a_citizen, a_member_of, an_organisation
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader

WORDING = """(1) Abonamentul se acordă la cerere.
(2) Taxa anuală este de 180 de lei pentru:
a) primul autoturism;
b) fiecare autoturism în plus."""


def test_an_amendment_stands_beside_the_words_it_changes(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    organisation = town.database.act(an_organisation, town.authority)
    member = town.database.act(a_member_of, organisation)
    town.say(consultation, "art-2", Kind.CHANGE, wording=WORDING, reason="Costul real e mai mic.", by=member)

    page = reader.get("/en/consultari/1-2026/text/art-2")

    assert page.heading == "Art. 2"
    assert page.texts(".proposal-title") == ["No. 1/2026 – Asociația Pietonii Orașului"]
    assert page.texts(".proposal .tag") == ["Amendment", "Registered"]
    assert page.texts(".comparison del") == ["[start of deletion] 240 [end of deletion]"]
    assert page.texts(".comparison ins") == ["[start of addition] 180 [end of addition]"]
    assert "Costul real e mai mic." in page.text
    assert page.link("Propose a change to art. 2") == "/en/consultari/1-2026/propune?la=art-2"


def test_each_kind_of_recommendation_is_shown_as_what_it_is(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    named = town.database.act(a_citizen, name="Ștefania Țurcanu")
    verified = town.database.act(a_citizen, residence_verified_at=NOW)
    town.say(consultation, wording="Prea scump.\n\nȘi prea puțin.", named=True, by=named)
    town.say(consultation, kind=Kind.DELETION, wording="", by=verified)
    town.say(consultation, kind=Kind.INSERTION, wording="Cererile se primesc tot anul.")

    page = reader.get("/en/consultari/1-2026/text/art-3")

    first, second, third = page.html.select(".proposal")
    assert page.texts(".proposal-title") == [
        "No. 1/2026 – Ștefania Țurcanu",
        "No. 2/2026 – Verified participant",
        "No. 3/2026 – Participant",
    ]
    assert [line.get_text() for line in first.select("p")][:2] == ["Prea scump.", "Și prea puțin."]
    assert "Cererile se depun online" in second.select("del")[0].get_text()
    assert "Cererile se primesc tot anul." in third.select("ins")[0].get_text()


def test_the_answer_stands_under_the_proposal_with_its_reason(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say(consultation)
    town.draft_answer(consultation, said, verdict=Verdict.NOT_TAKEN_UP, reason="Bugetul nu ajunge.")
    town.publish_answers(consultation)

    page = reader.get("/en/consultari/1-2026/text/art-3")

    assert page.texts(".answer") == [
        "The authority's answer Not taken up Bugetul nu ajunge. Direcția Tehnică, 16 October 2026"
    ]
    assert page.texts(".tally li") == ["One not taken up"]


def test_a_withdrawn_proposal_is_shown_so_and_keeps_its_number(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    author = town.database.act(a_citizen)
    said = town.say(consultation, by=author)
    town.database.act(withdraw_recommendation, said.id, by=author, at=NOW + timedelta(hours=2))

    page = reader.get("/en/consultari/1-2026/text/art-3")

    assert page.texts(".proposal-title") == ["No. 1/2026 – Participant"]
    assert page.texts(".proposal .tag") == ["Withdrawn by its author"]


def test_an_article_names_the_proposals_that_changed_it(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say(consultation, "art-2", Kind.CHANGE, wording=WORDING)
    town.draft_answer(consultation, said, verdict=Verdict.PARTLY)
    town.publish_answers(consultation)
    town.improve(consultation, art_2_alin_2=[said])

    page = reader.get("/en/consultari/1-2026/text/art-2")

    assert page.texts(".causes li") == ["No. 1/2026 – Participant Partly taken up"]
    assert "180 de lei" in page.texts(".provision-text")[0]
    assert page.follow("changed art. 2 alin. (2) in version 2").heading == "What changed from version 1 to version 2"
    # What its author read is what is struck out, not what the text says today.
    assert "240" in page.texts(".comparison del")[0]


def test_what_was_said_is_found_where_the_article_stands_today(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    moved, orphan = town.say(consultation, "art-3"), town.say(consultation, "art-4")
    town.draft_answer(consultation, moved, orphan, verdict=Verdict.NOT_TAKEN_UP)
    town.publish_answers(consultation)
    town.improve(consultation)

    today = reader.get("/en/consultari/1-2026/text/art-4")
    new = reader.get("/en/consultari/1-2026/text/art-3")
    gone = reader.get("/en/consultari/1-2026/text/art-4-v1")

    assert today.texts(".proposal-title") == [f"No. {moved.register_number} – Participant"]
    assert "Art. 3 (version 1)" in today.texts(".proposal-meta")[0]
    assert new.texts(".proposal") == []
    assert gone.texts(".proposal-title") == [f"No. {orphan.register_number} – Participant"]
    assert "Version 2 does not have this article any more" in gone.text


def test_a_link_from_an_older_version_leads_to_where_the_article_stands_today(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.improve(consultation)

    old = reader.get("/en/consultari/1-2026/text/v1")

    links = [str(old.select(f"#{key} .provision-number a")["href"]) for key in ("art-3", "art-4")]
    assert links == ["/en/consultari/1-2026/text/art-3-v1", "/en/consultari/1-2026/text/art-4-v1"]
    assert reader.get(links[0]).path == "/en/consultari/1-2026/text/art-4"
    assert reader.get(links[1]).path == "/en/consultari/1-2026/text/art-4-v1"
    for never in ("art-9", "art-9-v1", "art-2-v9", "art-2-alin-9", "v0", "v2.exe", "v9.pdf"):
        assert reader.ask("GET", f"/consultari/1-2026/text/{never}").status_code == 404


def test_neighbours_are_one_step_away_and_many_proposals_come_in_pages(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    for _ in range(21):
        town.say(consultation)

    page = reader.get("/en/consultari/1-2026/text/art-3")
    more = page.follow("The following proposals")

    assert page.link("Art. 2") == "/en/consultari/1-2026/text/art-2"
    assert page.link("Art. 4") == "/en/consultari/1-2026/text/art-4"
    assert len(page.texts(".proposal")) == 20
    assert more.texts(".proposal-title") == ["No. 21/2026 – Participant"]
    assert page.texts("#proposals") == ["21 proposals"]


def test_every_provision_has_a_lasting_address_in_its_article_and_in_the_text(reader: Reader, town: Town) -> None:
    town.publish()

    in_article = reader.ask("GET", "/en/consultari/1-2026/text/art-2-alin-2-lit-a")
    in_text = reader.ask("GET", "/en/consultari/1-2026/text/v1?la=art-2-alin-2-lit-a")
    page = reader.get("/en/consultari/1-2026/text/art-2").follow("See it in its place in the text")

    assert in_article.headers["location"] == "/en/consultari/1-2026/text/art-2#art-2-alin-2-lit-a"
    assert in_text.headers["location"] == "/en/consultari/1-2026/text/v1#art-2-alin-2-lit-a"
    assert page.path == "/en/consultari/1-2026/text"
    assert reader.ask("GET", "/en/consultari/1-2026/text?la=art-9").status_code == 404


def test_a_removed_article_says_since_when_and_because_of_whom(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say(consultation, "art-4", Kind.DELETION, wording="", reason="E de prisos.")
    town.draft_answer(consultation, said, verdict=Verdict.TAKEN_UP)
    town.publish_answers(consultation)
    town.improve(consultation, art_4_v1=[said])

    page = reader.get("/en/consultari/1-2026/text/art-4-v1")

    assert "Version 2 does not have this article any more" in page.text
    assert page.texts(".inset .causes li") == ["No. 1/2026 – Participant Taken up"]
    assert page.texts(".proposal-title") == ["No. 1/2026 – Participant"]
