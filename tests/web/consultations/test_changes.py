"""What changed from one version to another, and who caused it."""

from consult.consultations.recommendations import Kind, Verdict
from tests.factories import DRAFT
from tests.web.consultations.conftest import BETTER, Town
from tests.web.reader import Reader


def test_each_changed_article_shows_its_change_and_the_proposals_behind_it(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    fee = town.say(consultation, "art-2-alin-2", Kind.CHANGE, wording="Taxa anuală este de 180 de lei.")
    exempt = town.say(consultation, "art-3", Kind.INSERTION, wording="Persoanele cu handicap grav nu plătesc.")
    town.draft_answer(consultation, fee, verdict=Verdict.PARTLY)
    town.draft_answer(consultation, exempt, verdict=Verdict.TAKEN_UP)
    town.publish_answers(consultation)
    town.improve(consultation, art_2_alin_2=[fee], art_3=[exempt])

    page = reader.get("/en/consultari/1-2026/schimbari")

    assert page.heading == "What changed from version 1 to version 2"
    assert "4 articles changed; one stayed as it was." in page.text
    assert page.texts(".changed h2") == ["Art. 2", "Art. 3", "Art. 4", "Art. 4"]
    assert page.texts(".changed .tag") == [
        "Changed",
        "Partly taken up",
        "New",
        "Taken up",
        "It was art. 3",
        "Removed",
    ]
    assert page.texts("#art-2 .causes a") == ["No. 1/2026 – Participant"]
    assert page.texts("#art-3 .causes a") == ["No. 2/2026 – Participant"]
    assert "(2) Taxa anuală este de" in page.texts("#art-2 .comparison > div")[0]
    assert [line.replace(" ", "") for line in page.texts("#art-2 del")] == ["[startofdeletion]240[endofdeletion]"]
    assert page.texts(".unchanged li") == ["Art. 1"]
    assert page.follow("Art. 3").heading == "Art. 3"


def test_any_two_versions_can_be_compared(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.improve(consultation)
    town.improve(consultation, DRAFT, edition=2)

    last = reader.get("/en/consultari/1-2026/schimbari")
    whole = reader.get("/en/consultari/1-2026/schimbari?de-la=1&la=3")

    assert last.heading == "What changed from version 2 to version 3"
    assert last.texts(".filters a") == ["From 1 to 2", "From 2 to 3"]
    assert "The two versions say the same." in whole.text
    # An article of version 2 leads to where it stands today.
    middle = reader.get("/en/consultari/1-2026/schimbari?de-la=1&la=2")
    assert middle.follow("Art. 3").path == "/en/consultari/1-2026/text/art-3-v2"


def test_what_cannot_be_compared_is_not_found(reader: Reader, town: Town) -> None:
    town.publish()
    town.improve(town.publish(), BETTER)

    assert reader.get("/en/consultari/1-2026/schimbari", status=404)
    for query in ("de-la=1&la=1", "de-la=2&la=1", "de-la=1&la=9"):
        assert reader.get(f"/en/consultari/2-2026/schimbari?{query}", status=404)
