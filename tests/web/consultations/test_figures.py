"""The public pages of a draft budget: chapters, lines, a search, what changed, the file."""

import hashlib

import pytest

from consult.consultations.drafts import request_approval
from consult.consultations.figures import newest_figures, save_figures
from consult.consultations.further_packs import BUDGET as LOCAL_FINANCES
from consult.consultations.further_packs import run_under
from consult.consultations.publication import approve, publish_version
from consult.i18n import current_locale
from consult.identity.offices import Role
from consult.money import Unit
from consult.policy.reading import find_pack
from tests.factories import NOW, a_draft_ready_for_approval, an_official
from tests.factories.consultations import the_day_after
from tests.library.samples import BUDGET


@pytest.fixture
def budget(database, authority):
    """An open consultation about a draft budget with its figures."""

    def published(db):
        clerk = an_official(db, authority, Role.CLERK)
        draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
        save_figures(db, draft.id, text=BUDGET, unit=Unit.THOUSAND, main=None, edition=0, by=clerk, at=NOW)
        request_approval(db, draft.id, by=clerk, at=NOW)
        return approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)

    return database.act(published)


@pytest.fixture
def page(reader, budget):
    return reader.get(f"/en/consultari/{budget.reference}/cifre")


def test_chapters_show_their_parts_with_amounts_and_shares(page) -> None:
    assert page.heading == "The budget in figures"
    assert page.texts(".table caption") == ["TOTAL CHELTUIELI : 185,500 lei"]
    assert page.texts(".table th[scope=row]") == ["51.02 Autorități publice", "65.02 Învățământ"]
    assert page.texts(".table strong") == ["110,000 lei", "75,500 lei"]
    assert page.texts(".bar .quiet") == ["59.3 %", "40.7 %"]


def test_a_line_leads_down_to_its_parts_and_up_to_what_it_is_part_of(page) -> None:
    page = page.follow("51.02 Autorități publice")

    assert page.heading == "51.02 Autorități publice"
    assert page.texts(".table th[scope=row]") == ["51.02.01 Cheltuieli de personal", "51.02.02 Bunuri și servicii"]
    assert "59.3 % of TOTAL CHELTUIELI" in page.text
    assert page.follow("TOTAL CHELTUIELI").heading == "TOTAL CHELTUIELI"


def test_lines_are_found_by_their_words_without_diacritics_or_by_their_code(page) -> None:
    assert page.form("Search").fill(q="invatamant").submit().texts(".table th[scope=row]") == ["65.02 Învățământ"]
    assert len(page.form("Search").fill(q="51.02").submit().texts(".table th[scope=row]")) == 3
    assert "No line has these words." in page.form("Search").fill(q="aeroport").submit().text


def test_the_file_has_the_hash_that_stands_in_the_record(page, reader, database, budget) -> None:
    content = reader.client.get(page.link("Download all lines (CSV)")).content

    shown = database.read(newest_figures, budget.id)
    assert hashlib.sha256(content).hexdigest() == shown.table.sha256
    assert content.decode("utf-8-sig").splitlines()[:2] == [
        "Cod;Denumire;2026;Propuneri 2027",
        ";TOTAL CHELTUIELI;160500;185500",
    ]


def test_new_figures_alone_are_a_new_version_and_what_changed_is_shown_by_line(
    reader, database, authority, budget
) -> None:
    later = the_day_after(budget.proposals_until)

    def improved(db):
        text = BUDGET.replace("80,250", "70,250").replace(
            "65.02.03;Preșcolar și primar;60,5;75,5", "65.02.04;Licee;60,5;85,5"
        )
        clerk = an_official(db, authority, Role.CLERK)
        save_figures(db, budget.id, text=text, unit=Unit.THOUSAND, main=None, edition=1, by=clerk, at=later)
        publish_version(db, budget.id, causes={}, by=an_official(db, authority, Role.APPROVER), at=later)

    database.act(improved)
    page = reader.get(f"/en/consultari/{budget.reference}/cifre?vedere=schimbari")

    assert page.texts(".table th[scope=row]") == [
        "51.02.01 Cheltuieli de personal",
        "65.02.04 Licee (added)",
        "65.02.03 Preșcolar și primar (removed)",
    ]
    assert page.texts(".table td:last-child") == ["−10,000 lei", "+85,500 lei", "−75,500 lei"]
    assert reader.get(f"/en/consultari/{budget.reference}/cifre?versiune=1").follow("Read the newest figures").path


def test_the_news_names_each_law_whose_rules_were_fixed(reader, database, authority) -> None:
    def published(db):
        clerk = an_official(db, authority, Role.CLERK)
        draft = a_draft_ready_for_approval(db, authority, clerk=clerk)
        run_under(db, draft.id, pack=LOCAL_FINANCES, applies=True, by=clerk, at=NOW)
        request_approval(db, draft.id, by=clerk, at=NOW)
        return approve(db, draft.id, by=an_official(db, authority, Role.APPROVER), at=NOW)

    page = reader.get(f"/en/consultari/{database.act(published).reference}")

    current_locale.set("en")
    laws = {str(pack.title) for pack in map(find_pack, ("ro/law-52-2003", LOCAL_FINANCES))}
    assert len(laws) == 2
    for law in laws:
        assert f"The rules of the procedure were fixed ({law})," in page.text.replace("\u00a0", " ")


def test_a_consultation_without_figures_has_no_such_page(reader, budget) -> None:
    reader.get(f"/en/consultari/{budget.reference}/cifre?rand=nimic", status=404)
    reader.get(f"/en/consultari/{budget.reference}/cifre/v2.csv", status=404)
    reader.get(f"/en/consultari/{budget.reference}/cifre/plan.csv", status=404)
