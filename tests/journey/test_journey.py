"""The main job as people do it: a draft is published, amended, answered with reasons, and verified by anyone.

In a real browser without a script, at the width of a telephone on one database and of a desk on the other. The test
says what happens; the scenes below it, in the same order, say how.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from consult import clock as the_clock
from consult.commands.installing import initialise
from consult.identity.authorities import AuthorityFacts
from consult.identity.founding import FirstOfficial
from consult.record.keys import load_key
from consult.record.reports import export_log, verify_log, verify_receipt
from consult.store import Database
from tests.browsers import chromium
from tests.databases import MigratedDatabases
from tests.files.samples import PDF
from tests.journey.town_hall import Clock, TownHall, opened, settings_in
from tests.journey.visitors import PASSWORD, Official, Visitor

ACT = (Path(__file__).parents[1] / "consultations/acts/66812.txt").read_text(encoding="utf-8")
TITLE = "Finanțarea proiectelor nonprofit"
IZVORU = AuthorityFacts(
    slug="izvoru",
    name="Municipiul Izvoru",
    county="Bacău",
    siruta="20297",
    postal_address="Str. Primăriei 1, Izvoru",
    proposals_email="propuneri@izvoru.example",
    contact_name="Ioana Marin",
    contact_email="ioana.marin@izvoru.example",
    contact_phone="0234 000 001",
)
PARTLY = "Programul se afișează și în cartiere; pe e-mail îl primește cine se abonează."
TAKEN_UP = "Cofinanțarea scade la 5% pentru toți."
CLERK = FirstOfficial("Maria Ene", "maria.ene@izvoru.example")
APPROVER = FirstOfficial("Radu Dima", "radu.dima@izvoru.example")


class Story:
    """The town hall, and everybody in the story by name."""

    def __init__(self, town: TownHall, browser: Browser, width: int, folder: Path) -> None:
        def visitor(name: str, email: str) -> Visitor:
            return Visitor(browser, town, width=width, name=name, email=email)

        def official(name: str, email: str) -> Official:
            return Official(browser, town, width=width, name=name, email=email)

        self.town = town
        self.clock = town.clock
        self.folder = folder
        self.key = load_key(town.settings.keys).verifying
        self.maria = official(CLERK.name, CLERK.email)
        self.radu = official(APPROVER.name, APPROVER.email)
        self.ioana = official(IZVORU.contact_name, IZVORU.contact_email)
        self.elena = visitor("Elena Stan", "elena@pietonii.example")
        self.andrei = visitor("Andrei Pop", "andrei@pietonii.example")
        self.ana = visitor("Ana Ilie", "ana@posta.example")
        self.anyone = visitor("", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def story(
    request: pytest.FixtureRequest,
    databases: MigratedDatabases,
    browser: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Story]:
    kind, width = request.param
    # A Tuesday from which the days to avizare are counted past six days off.
    clock = Clock(2026, 11, 24, 9)
    monkeypatch.setattr(the_clock, "now", clock)
    settings = settings_in(tmp_path, databases.fresh_url(kind))
    initialise(settings, IZVORU, [CLERK, APPROVER])
    with opened(settings, clock) as town:
        yield Story(town, browser, width, tmp_path)


@pytest.mark.parametrize(
    "story",
    [("sqlite", 390), pytest.param(("postgresql", 1280), marks=pytest.mark.slow)],
    indirect=True,
    ids=str,
)
def test_from_a_pasted_text_to_a_record_that_anyone_verifies(story: Story) -> None:
    two_officials_take_office(story)
    they_appoint_a_contact_person(story)

    a_clerk_pastes_the_text_of_a_draft(story)
    she_is_told_which_dates_are_lawful(story)
    she_fills_in_what_the_law_wants_and_asks_for_approval(story)
    a_second_official_approves_and_the_draft_is_public(story)

    an_organisation_registers_and_is_verified(story)
    a_second_member_joins_it(story)
    a_citizen_confirms_her_address(story)

    the_organisation_amends_article_4(story)
    the_citizen_is_signed_out_while_she_writes_and_loses_nothing(story)
    the_second_member_sends_impatiently_and_is_heard_once(story)
    anyone_reads_the_register(story)
    a_second_after_midnight_it_is_too_late(story)

    the_contact_person_drafts_answers_that_nobody_sees(story)
    she_publishes_them_together_and_each_author_is_told(story)
    version_2_says_which_proposals_changed_which_article(story)

    anyone_reads_every_act_in_the_record(story)
    anyone_checks_a_receipt_without_us(story)
    anyone_verifies_the_whole_record_until_one_byte_is_changed(story)


# 1. Officials


def two_officials_take_office(story: Story) -> None:
    for official in (story.maria, story.radu):
        official.opens(story.town.link(official.email, "Invitație să reprezentați Municipiul Izvoru"))
        assert official.heading == "Alegeți o parolă"
        official.fills_in({"Parola": PASSWORD}).presses("Salvează parola")
        assert official.told == "Parola nouă e valabilă de acum. Intrați în cont cu ea."
        official.signs_in()
        shows_the_recovery_codes_once(official)


def they_appoint_a_contact_person(story: Story) -> None:
    maria, ioana = story.maria, story.ioana
    maria.follows("Funcționari").fills_in({"Adresa de e-mail": ioana.email})
    maria.ticks("Persoana responsabilă pentru relația cu societatea civilă").presses("Trimite invitația")

    ioana.opens(story.town.link(ioana.email, "Invitație să reprezentați Municipiul Izvoru"))
    ioana.sees("Propusă de Maria Ene pentru ioana.marin@izvoru.example.")
    ioana.fills_in({"Prenumele și numele": ioana.name, "Parola": PASSWORD}).presses("Acceptă funcția")
    ioana.signs_in()
    shows_the_recovery_codes_once(ioana)


def shows_the_recovery_codes_once(official: Official) -> None:
    """The desk opens only after the second step is set up; its codes for a lost telephone are never shown again."""
    official.opens("/birou").sees("Biroul se deschide după ce activați al doilea pas.")
    codes = official.connects_the_app()
    assert len(set(codes)) == 10
    official.follows("Le-am păstrat")
    assert official.heading == "Azi, 24 noiembrie 2026"
    official.opens("/cont/doi-pasi").does_not_see(*codes)
    official.opens("/birou")


# 2. The draft


def a_clerk_pastes_the_text_of_a_draft(story: Story) -> None:
    maria = story.maria
    maria.opens("/birou").follows("Începe o consultare").fills_in({"Titlu": TITLE}).presses("Începe")
    assert maria.told == "Proiectul e început. Deocamdată nu îl vede nimeni din afară."

    maria.follows("Textul complet al proiectului").fills_in({"Text": ACT}).presses("Salvează și vezi cum se împarte")

    assert maria.heading == "Textul împărțit pe articole"
    maria.sees("42 de articole, 164 de elemente în total", "5 lucruri par neobișnuite")
    maria.sees("Rândul 1: Litere cu sedilă, schimbate în ș și ț cu virgulă: 13.", "art-2-lit-b")
    maria.follows("Continuă")


def she_is_told_which_dates_are_lawful(story: Story) -> None:
    maria = story.maria
    maria.follows("Termenele").sees(
        "4 decembrie 2026", "14 ianuarie 2027", "1 decembrie 2026 (Ziua Națională a României)"
    )

    maria.fills_in({"Ziua avizării": "2026-12-28"}).presses("Salvează termenele", status=422)

    [error] = maria.errors
    assert error == (
        "Ziua avizării: Data de 28 decembrie 2026 nu respectă legea (Legea 52/2003, art. 7 alin. (2): cel puțin 30 de"
        " zile lucrătoare); cea mai apropiată dată legală este 14 ianuarie 2027."
    )
    maria.fills_in({"Ziua avizării": "2027-01-14"}).presses("Salvează termenele")
    assert maria.told == "Termenele sunt salvate."


def she_fills_in_what_the_law_wants_and_asks_for_approval(story: Story) -> None:
    maria = story.maria
    maria.follows("Rezumatul pe înțelesul tuturor").fills_in(
        {
            "Pe scurt": "Cine primește bani de la primărie pentru proiecte nonprofit și cum se aleg proiectele.",
            "Referat de aprobare (opțional)": "Regulile de azi nu au termene și nici criterii publice.",
            "Unde și cum se pot trimite propuneri": "Aici, la propuneri@izvoru.example sau la registratură.",
            "Avizier și presă": "La avizierul de la intrare; la Radio Izvoru.",
        }
    )
    maria.presses("Salvează anunțul").sees("Gata: 7 din 7.")

    maria.follows("Documente, de exemplu anexe și studii").ticks("Anexă")
    maria.chooses("Fișier", {"name": "Grila.docx", "mimeType": "application/octet-stream", "buffer": PDF})
    maria.presses("Adaugă documentul", status=422).sees("„Grila.docx” este de fapt un fișier PDF.")
    maria.ticks("Anexă").chooses("Fișier", {"name": "Grila.pdf", "mimeType": "application/pdf", "buffer": PDF})
    maria.presses("Adaugă documentul").sees("Grila.pdf")

    maria.follows(TITLE).follows("Verifică și cere aprobarea").sees("Tot ce cere legea e aici", "Grila.pdf", "Art. 42")
    maria.presses("Cere aprobarea")
    assert maria.told == "Ați cerut aprobarea. Le-am scris aprobatorilor."


def a_second_official_approves_and_the_draft_is_public(story: Story) -> None:
    story.maria.follows("Vezi ce așteaptă aprobarea").sees("Nu puteți aproba acest proiect", "Radu Dima")
    story.maria.sees_no_button("Aprobă și publică")
    story.anyone.opens("/").sees("Nu e nicio consultare deschisă azi.")

    radu = story.radu
    radu.opens(story.town.link(radu.email, "Așteaptă aprobarea dumneavoastră")).follows("Verifică și aprobă")
    radu.sees("Maria Ene l-a scris și vă cere aprobarea.").presses("Aprobă și publică")
    assert radu.told == "Consultarea e publică."

    story.clock.pass_by(minutes=5)
    story.anyone.finds("/", TITLE).sees("Mai sunt 10 zile", "Primim propuneri până pe 4 decembrie 2026, ora 24:00")
    story.anyone.follows(TITLE)
    assert story.anyone.path == "/consultari/1-2026/finantarea-proiectelor-nonprofit"
    story.anyone.sees("Primim propuneri", "Pe scurt", "Legea 52/2003, art. 7 alin. (4)", "Grila.pdf", "Ioana Marin")


# 3. Those who take part


def an_organisation_registers_and_is_verified(story: Story) -> None:
    elena, ioana = story.elena, story.ioana
    elena.signs_up()
    elena.follows("Înregistrați o organizație").fills_in(
        {
            "Nume": "Asociația Pietonii Orașului",
            "Numărul din Registrul național al persoanelor juridice fără scop patrimonial": "1039/A/2019",
            "Cod fiscal": "RO 14399841",
            "Sediu": "Str. Gării 5, Izvoru",
            "Adresa de e-mail a organizației": "contact@pietonii.example",
        }
    )
    elena.presses("Înregistrează", status=422)
    assert elena.errors == ["Codul fiscal nu e corect: cifra de control nu se potrivește cu celelalte cifre."]
    elena.fills_in({"Cod fiscal": "RO 14399840"}).presses("Înregistrează").sees("Așteaptă verificarea")

    ioana.opens("/birou").follows("Asociația Pietonii Orașului")
    ioana.presses("Confirmă verificarea", status=422)
    assert ioana.errors == ["Scrieți ce ați constatat sau de ce refuzați."]
    ioana.fills_in({"Ce ați constatat sau de ce refuzați": "Am comparat cu Registrul național și cu lista ANAF."})
    ioana.presses("Confirmă verificarea")
    assert ioana.told == "Organizația „Asociația Pietonii Orașului” e verificată."
    story.town.letter(elena.email, "Organizația este verificată")


def a_second_member_joins_it(story: Story) -> None:
    elena, andrei = story.elena, story.andrei
    elena.opens("/cont").follows("Asociația Pietonii Orașului").sees("Verificată")
    elena.fills_in({"Adresa de e-mail": andrei.email}).presses("Trimite invitația")

    invitation = story.town.link(andrei.email, "Invitație să reprezentați Asociația Pietonii Orașului")
    andrei.opens(invitation).sees("Intrați cu contul acestei adrese. Dacă nu există, creați unul")
    andrei.signs_up()
    andrei.opens(invitation).presses("Acceptă")
    assert andrei.told == "De acum reprezentați această organizație."


def a_citizen_confirms_her_address(story: Story) -> None:
    story.ana.signs_up()
    assert story.ana.heading == "Ana Ilie"


# 4. What they say


def the_organisation_amends_article_4(story: Story) -> None:
    elena = story.elena
    elena.opens("/consultari/1-2026/text/art-4").follows("Propune o modificare la art. 4")
    wording = elena.written("Textul propus")
    assert wording.count("minimum 10%") == 1
    elena.fills_in(
        {
            "Textul propus": wording.replace("minimum 10%", "minimum 5%"),
            "De ce?": "Asociațiile mici nu au 10% înainte de primul proiect.",
        }
    )
    elena.ticks("Asociația Pietonii Orașului").presses("Verifică propunerea")

    assert elena.heading == "Verificați propunerea"
    elena.sees("Încă nu e trimisă.", "minimum [început eliminare] 10 [sfârșit eliminare] [început adăugare] 5")
    elena.presses("Trimite propunerea")

    elena.sees("Am înregistrat propunerea nr. 1/2026 24 noiembrie 2026", "Apare ca Asociația Pietonii Orașului")
    story.town.letter(elena.email, "Propunerea nr. 1/2026 este înregistrată")
    elena.goes_back_and_sends_again(status=422)
    assert elena.errors == ["Ați trimis deja această propunere; este înregistrată cu nr. 1/2026."]


def the_citizen_is_signed_out_while_she_writes_and_loses_nothing(story: Story) -> None:
    ana = story.ana
    words = "Programul anual trebuie afișat și în cartiere. " * 20
    ana.opens("/consultari/1-2026/text/art-7").follows("Propune o modificare la art. 7").ticks("Fac o observație")
    ana.fills_in({"Observația dumneavoastră": words})
    story.clock.pass_by(minutes=61)

    ana.presses("Verifică propunerea", status=401).sees("Ce ați scris s-a păstrat")
    ana.fills_in({"Adresa de e-mail": ana.email, "Parola": PASSWORD}).presses("Intră în cont")
    assert ana.heading == "Textul dumneavoastră s-a păstrat"
    ana.sees(words.strip()).presses("Continuă și trimite").sees(words.strip(), "Va apărea ca Participant")
    ana.presses("Trimite propunerea").sees("nr. 2/2026")
    story.town.letter(ana.email, "Propunerea nr. 2/2026 este înregistrată")


def the_second_member_sends_impatiently_and_is_heard_once(story: Story) -> None:
    andrei = story.andrei
    words = "Trimiteți programul anual și pe e-mail organizațiilor înscrise."
    andrei.signs_in().opens("/consultari/1-2026/text/art-7").follows("Propune o modificare la art. 7")
    andrei.ticks("Fac o observație", "Asociația Pietonii Orașului").fills_in({"Observația dumneavoastră": words})
    andrei.presses("Verifică propunerea").goes_back()
    assert andrei.written("Observația dumneavoastră") == words
    andrei.presses("Verifică propunerea").sees(words)

    andrei.presses_twice("Trimite propunerea").sees("nr. 3/2026")


def anyone_reads_the_register(story: Story) -> None:
    anyone = story.anyone
    anyone.finds("/consultari/1-2026/propuneri", "3/2026")

    rows = [re.sub(r", ora \d\d:\d\d", "", row) for row in anyone.rows()]

    assert rows == [
        "1/2026 24 noiembrie 2026 Art. 4 Asociația Pietonii Orașului Amendament: altă formulare Înregistrată",
        "2/2026 24 noiembrie 2026 Art. 7 Participant Observație Înregistrată",
        "3/2026 24 noiembrie 2026 Art. 7 Asociația Pietonii Orașului Observație Înregistrată",
    ]


def a_second_after_midnight_it_is_too_late(story: Story) -> None:
    ana = story.ana
    words = "Cererile să se poată depune și la sfârșit de săptămână."
    story.clock.put(2026, 12, 4, 23, 50)
    ana.signs_in().opens("/consultari/1-2026/propune?la=art-9&fel=observatie")
    ana.fills_in({"Observația dumneavoastră": words}).presses("Verifică propunerea")
    story.clock.put(2026, 12, 5, 0, 0, 1)

    ana.presses("Trimite propunerea", status=422)

    assert ana.errors == ["Propunerile s-au primit până pe 4 decembrie 2026, ora 24:00; acum nu se mai primesc."]
    assert ana.written("Observația dumneavoastră") == words
    story.anyone.finds("/", "Nu e nicio consultare deschisă azi.")


# 5. Answers, and the text that changes


def the_contact_person_drafts_answers_that_nobody_sees(story: Story) -> None:
    ioana, anyone = story.ioana, story.anyone
    story.clock.put(2026, 12, 7, 10)
    ioana.comes_to_the_desk().follows(f"Răspundeți la propuneri: {TITLE}").sees("3 primite, 3 fără răspuns")
    ioana.presses("Salvează răspunsul ca ciornă", status=422)
    assert len(ioana.errors) == 3

    ioana.ticks("Nr. 2/2026 – Participant", "Nr. 3/2026 – Asociația Pietonii Orașului", "Preluată parțial")
    ioana.fills_in({"Motivare": PARTLY}).presses("Salvează răspunsul ca ciornă")
    assert ioana.told == "Răspunsul e pregătit pentru 2 propuneri. Încă nu îl vede nimeni din afară."
    ioana.ticks("Nr. 1/2026 – Asociația Pietonii Orașului", "Preluată")
    ioana.fills_in({"Motivare": TAKEN_UP}).presses("Salvează răspunsul ca ciornă")

    anyone.opens("/consultari/1-2026/raspuns").sees("Răspunsurile nu sunt încă publicate.")
    anyone.opens("/consultari/1-2026/propuneri/2-2026").sees("Înregistrată").does_not_see("Preluată", PARTLY)


def she_publishes_them_together_and_each_author_is_told(story: Story) -> None:
    story.ioana.follows("Verifică și publică răspunsurile").sees("una preluată", "2 preluate parțial")
    story.ioana.presses("Publică 3 răspunsuri")
    assert story.ioana.told == "Răspunsurile sunt publice. Am scris fiecărui autor."

    assert PARTLY in story.town.letter(story.ana.email, "Răspuns la propunerea nr. 2/2026: preluată parțial").text
    assert TAKEN_UP in story.town.letter(story.elena.email, "Răspuns la propunerea nr. 1/2026: preluată").text
    story.anyone.finds("/consultari/1-2026/raspuns", PARTLY).sees("3 propuneri primite", "2/2026, 3/2026", TAKEN_UP)


def version_2_says_which_proposals_changed_which_article(story: Story) -> None:
    maria, ioana, anyone = story.maria, story.ioana, story.anyone
    maria.comes_to_the_desk().opens("/birou/consultari/1").follows("Următoarea versiune a textului")
    text = (
        maria.written("Text")
        .replace("minimum 10%", "minimum 5%")
        .replace(
            "a căror alegere este justificată.",
            "a căror alegere este justificată; programul se afișează și în cartiere.",
        )
    )
    maria.fills_in({"Text": text}).presses("Salvează și compară")

    ioana.follows("Următoarea versiune a textului").sees("Se schimbă 2 articole sau titluri.")
    ioana.presses("Publică versiunea 2")
    assert ioana.told == "Versiunea nouă e publică."
    story.town.letter(story.ana.email, "S-a publicat versiunea 2")

    anyone.finds("/consultari/1-2026/schimbari", "S-au schimbat 2 articole; 40 au rămas cum erau.")
    anyone.sees("[început adăugare] ; programul se afișează și în cartiere [sfârșit adăugare]")
    anyone.sees("În urma acestor propuneri Nr. 1/2026 – Asociația Pietonii Orașului Preluată")
    anyone.opens("/consultari/1-2026/text/art-7")
    anyone.sees("Versiunea 2 l-a schimbat în urma acestor propuneri:", "Nr. 2/2026 – Participant", PARTLY)
    anyone.sees("Art. 7 (versiunea 1) · 24 noiembrie 2026")


# 6. The record


#: The table of entries, among others on the page of the record.
NEWEST = "Cele mai noi primele"


def anyone_reads_every_act_in_the_record(story: Story) -> None:
    story.anyone.finds("/registru", "s-a publicat versiunea 2")
    said = [re.sub(r"^\d+ \d+ \w+ 2026, ora \d\d:\d\d | 1/2026$", "", row) for row in story.anyone.rows(NEWEST)]
    # Between them stands the digest of each night on which a worker was awake.
    acts = [each for each in said if not each.startswith("Rezumatul zilei")]
    assert len(acts) < len(said)
    assert acts[:12] == [
        "Consultarea 1/2026: s-a publicat versiunea 2 a textului",
        "Răspuns la propunerea nr. 3/2026: preluată parțial",
        "Răspuns la propunerea nr. 2/2026: preluată parțial",
        "Răspuns la propunerea nr. 1/2026: preluată",
        "S-a primit propunerea nr. 3/2026 la art. 7",
        "S-a primit propunerea nr. 2/2026 la art. 7",
        "S-a primit propunerea nr. 1/2026 la art. 4",
        "Organizație verificată: Asociația Pietonii Orașului",
        "Consultarea 1/2026: s-a publicat documentul Grila.pdf",
        f"A fost anunțată consultarea 1/2026: {TITLE}",
        "Consultarea 1/2026: s-au fixat regulile (ro/law-52-2003, ediția 2)",
        "A fost numit un funcționar: persoana responsabilă pentru relația cu societatea civilă",
    ]


def anyone_checks_a_receipt_without_us(story: Story) -> None:
    elena, anyone = story.elena, story.anyone
    # Which place it has depends on how many nights' digests stand before it.
    elena.signs_in().follows("1/2026").follows(re.compile(r"^Înregistrarea \d+ : Primită și înregistrată$"))
    receipt = elena.downloads("Descarcă dovada", story.folder)

    assert re.fullmatch(r"registru-\d+\.tlog-proof", receipt.name)
    assert verify_receipt(receipt, story.key.vkey).passed
    anyone.opens("/registru/verifica")
    anyone.chooses("Un fișier", receipt).presses("Verifică").sees("S-a primit propunerea nr. 1/2026 la art. 4")
    receipt.write_bytes(receipt.read_bytes().replace(b"a", b"b", 1))
    assert not verify_receipt(receipt, story.key.vkey).passed


def anyone_verifies_the_whole_record_until_one_byte_is_changed(story: Story) -> None:
    """What `consult record export` and `consult record verify` do, offline and at the town hall's address."""
    copy = story.folder / "copy"
    database = Database(story.town.settings.database_url)
    assert export_log(database, copy).passed
    database.close()
    # 21 acts of people, and the digest of each night on which a worker was awake.
    size = int((copy / "checkpoint").read_text().splitlines()[1])
    assert size > 21

    for location in (str(copy), f"{story.town.address}/log/1"):
        report = verify_log(location, story.key.vkey)
        assert report.sentences[0] == f"Registrul {story.key.name} este întreg: {size} de înregistrări."
    for file in [path for path in copy.rglob("*") if path.is_file()]:
        content = file.read_bytes()
        middle = len(content) // 2
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        report = verify_log(str(copy), story.key.vkey)
        file.write_bytes(content)
        # In the policy the line is named as well.
        name, where = file.relative_to(copy).as_posix(), str(report.facts["where"]).partition(":")[0]
        assert not report.passed, name
        if name.startswith("digests/"):
            # It is named by the entry that has its hash.
            assert where.startswith("entry")
            continue
        # A changed entry lacks its hash in the tree's tile; a changed list of all files names one that is not there.
        assert name in {where, "files"} or {where, name} == {f"tile/0/000.p/{size}", f"tile/entries/000.p/{size}"}
