"""Every address of the house, and who looks at it: the table that the tests of every page go through.

A route's address is written with the names that a lived-in town gives (`tests.journey.lived_in`). A route may have
several, where it shows different things; a route that has none fails a test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from tests.journey.lived_in import Town
from web.assets import static, theme_address

COLOUR = "#0a5a66"


class Shown(Enum):
    """What an address answers with."""

    PAGE = "page"
    FILE = "file"
    #: Leads on to another address, for good.
    LEADS_ON = "leads on"
    #: Leads to what is newest today.
    LEADS_FOR_NOW = "leads on for now"
    #: The gallery of components, whose links and forms lead nowhere; it has tests of its own.
    COMPONENTS = "components"


@dataclass(frozen=True)
class Look:
    """One address, as somebody opens it. `who`: a key of the town's sessions, or empty for a reader."""

    address: str
    who: str = ""
    shown: Shown = Shown.PAGE

    def at(self, town: Town) -> str:
        """Return the address in this town."""
        return self.address.format_map(town.names)


def file(address: str, who: str = "") -> Look:
    """Return an address that gives a file."""
    return Look(address, who, Shown.FILE)


def leads_on(address: str) -> Look:
    """Return an address that leads on to another, for good."""
    return Look(address, shown=Shown.LEADS_ON)


def leads_for_now(address: str, who: str = "") -> Look:
    """Return an address that leads to another one today."""
    return Look(address, who, Shown.LEADS_FOR_NOW)


PUBLIC = {
    "/": [Look("/")],
    "/static/{name:str}": [file(static("consult.css")), file(static("consult.js"))],
    "/tema.css": [file(theme_address(COLOUR))],
    "/robots.txt": [file("/robots.txt")],
    "/sitemap.xml": [file("/sitemap.xml")],
    "/favicon.ico": [file("/favicon.ico")],
    "/accesibilitate": [Look("/accesibilitate")],
    "/date-personale": [Look("/date-personale")],
    "/contact": [Look("/contact")],
    "/despre": [Look("/despre")],
    "/cod-sursa": [Look("/cod-sursa")],
    "/stare": [Look("/stare")],
    "/componente": [Look("/componente", shown=Shown.COMPONENTS)],
    "/consultari": [Look("/consultari"), Look("/consultari?stare=analiza"), Look("/consultari?q=nimic")],
    "/consultari.csv": [file("/consultari.csv")],
    "/consultari.json": [file("/consultari.json")],
    "/consultari.atom": [file("/consultari.atom")],
    "/consultari/schema/text-v1.json": [file("/consultari/schema/text-v1.json")],
    "/consultari/{reference:str}": [leads_on("/consultari/{open}")],
    "/consultari/{reference:str}/{slug:str}": [
        Look("/consultari/{open}/{slug}"),
        Look("/consultari/{analysed}/taxele-locale-pe-anul-viitor"),
        Look("/consultari/{answered}/parcarile-de-resedinta"),
    ],
    "/consultari/{reference:str}/calendar.ics": [file("/consultari/{open}/calendar.ics")],
    "/consultari/{reference:str}/respectarea-legii": [
        Look("/consultari/{open}/respectarea-legii"),
        Look("/consultari/{answered}/respectarea-legii"),
    ],
    "/consultari/{reference:str}/dosar": [
        Look("/consultari/{open}/dosar"),
        Look("/consultari/{analysed}/dosar"),
        Look("/consultari/{answered}/dosar"),
    ],
    "/consultari/{reference:str}/dosar.pdf": [file("/consultari/{answered}/dosar.pdf")],
    "/consultari/{reference:str}/text": [
        Look("/consultari/{open}/text"),
        Look("/consultari/{open}/text?vedere=propuneri"),
        Look("/consultari/{answered}/text?vedere=schimbari"),
        Look("/consultari/{answered}/text?vedere=alaturi"),
    ],
    "/consultari/{reference:str}/text/{name:str}": [
        Look("/consultari/{open}/text/art-7"),
        Look("/consultari/{open}/text/art-8"),
        Look("/consultari/{answered}/text/art-2"),
        Look("/consultari/{answered}/text/v1"),
        file("/consultari/{answered}/text/v1.txt"),
    ],
    "/consultari/{reference:str}/cifre": [
        Look("/consultari/{budget}/cifre"),
        Look("/consultari/{budget}/cifre?vedere=tot"),
        Look("/consultari/{budget}/cifre?rand={line}"),
        Look("/consultari/{budget}/cifre?q=invatamant"),
    ],
    "/consultari/{reference:str}/cifre/{name:str}": [file("/consultari/{budget}/cifre/v1.csv")],
    "/consultari/{reference:str}/propuneri": [
        Look("/consultari/{open}/propuneri"),
        Look("/consultari/{answered}/propuneri?raspuns=preluate"),
    ],
    "/consultari/{reference:str}/dezbatere": [
        Look("/consultari/{open}/dezbatere"),
        Look("/consultari/{answered}/dezbatere"),
        Look("/consultari/{analysed}/dezbatere"),
    ],
    "/consultari/{reference:str}/dezbatere/cereri/{number:str}": [Look("/consultari/{open}/dezbatere/cereri/{asked}")],
    "/sedinte": [Look("/sedinte")],
    "/sedinte.ics": [file("/sedinte.ics")],
    "/sedinte/{reference:str}": [leads_on("/sedinte/{held}")],
    "/sedinte/{reference:str}/{slug:str}": [
        Look("/sedinte/{held}/parcarile-de-resedinta"),
        Look("/sedinte/{debate}/{slug}"),
        Look("/sedinte/3-2026/sedinta-ordinara"),
    ],
    "/sedinte/{reference:str}/calendar.ics": [file("/sedinte/{held}/calendar.ics")],
    "/sedinte/{reference:str}/minuta/{version:str}": [
        Look("/sedinte/{held}/minuta/v1"),
        Look("/sedinte/{held}/minuta/v2"),
    ],
    "/buget": [Look("/buget")],
    "/buget/{year:str}": [Look("/buget/{cycle}"), Look("/buget/2025")],
    "/buget/{year:str}/metoda": [Look("/buget/{cycle}/metoda")],
    "/buget/{year:str}/proiecte": [Look("/buget/{cycle}/proiecte"), Look("/buget/{cycle}/proiecte?q=nimic")],
    "/buget/{year:str}/proiecte/{number:str}": [
        Look("/buget/{cycle}/proiecte/{project}"),
        Look("/buget/2025/proiecte/2"),
    ],
    # The project has no photograph, nobody votes yet and no result is public: these have tests of their own.
    "/buget/{year:str}/realizare": [Look("/buget/2025/realizare")],
    "/buget/{year:str}/rezultate": [Look("/buget/2025/rezultate")],
    "/buget/{year:str}/proiecte/{number:str}/fotografii/{photo:str}": [],
    "/buget/{year:str}/vot": [Look("/buget/2029/vot", "citizen"), Look("/buget/2029/vot", "member")],
    "/buget/{year:str}/vot/verificare": [Look("/buget/2025/vot/verificare")],
    "/buget/{year:str}/vot/drept": [Look("/buget/2029/vot/drept", who) for who in ("citizen", "member")],
    "/buget/{year:str}/proiecte/{number:str}/contestatie": [],
    "/buget/{year:str}/proiecte/{number:str}/stergere": [Look("/buget/{cycle}/proiecte/{project}/stergere")],
    "/buget/{year:str}/proiecte/{number:str}/stergere/primita": [
        Look("/buget/{cycle}/proiecte/{project}/stergere/primita"),
    ],
    "/moderare": [Look("/moderare")],
    "/moderare/cifre": [Look("/moderare/cifre")],
    "/consultari/{reference:str}/propuneri/{number:str}": [
        Look("/consultari/{open}/propuneri/{number}"),
        Look("/consultari/{open}/propuneri/{hidden}"),
        Look("/consultari/{open}/propuneri/{erased}"),
        Look("/consultari/{open}/propuneri/{letter}"),
        Look("/consultari/{budget}/propuneri/{moved}"),
        Look("/consultari/{open}/propuneri/{attached}"),
        Look("/consultari/{answered}/propuneri/1-2026"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/fisiere/{file:str}": [
        file("/consultari/{open}/propuneri/{attached}/fisiere/{file}"),
    ],
    "/consultari/{reference:str}/pachete/{number:str}": [Look("/consultari/{open}/pachete/{package}")],
    "/consultari/{reference:str}/propuneri/{number:str}/de-atunci": [
        Look("/consultari/{answered}/propuneri/1-2026/de-atunci"),
        Look("/consultari/{open}/propuneri/{number}/de-atunci"),
    ],
    "/registrul-propunerilor": [leads_for_now("/registrul-propunerilor")],
    "/registrul-propunerilor/{year:str}": [
        Look("/registrul-propunerilor/{this-year}"),
        Look("/registrul-propunerilor/{this-year}?sursa=hartie&stare=fara-raspuns"),
        Look("/registrul-propunerilor/2031"),
    ],
    "/registrul-propunerilor/{year:str}/tipar": [Look("/registrul-propunerilor/{this-year}/tipar")],
    "/registrul-propunerilor/{year:str}/propuneri.xlsx": [file("/registrul-propunerilor/{this-year}/propuneri.xlsx")],
    "/registrul-propunerilor/{year:str}/propuneri.csv": [file("/registrul-propunerilor/{this-year}/propuneri.csv")],
    "/consultari/{reference:str}/propuneri.csv": [file("/consultari/{open}/propuneri.csv")],
    "/consultari/{reference:str}/propuneri.json": [file("/consultari/{open}/propuneri.json")],
    "/consultari/{reference:str}/cauta": [
        Look("/consultari/{open}/cauta?q=sedinta"),
        Look("/consultari/{answered}/cauta?q=termen&unde=propuneri"),
    ],
    "/consultari/{reference:str}/raspuns": [
        Look("/consultari/{answered}/raspuns"),
        Look("/consultari/{open}/raspuns"),
    ],
    "/consultari/{reference:str}/urmareste": [
        Look("/consultari/{open}/urmareste"),
        Look("/consultari/{open}/urmareste", "citizen"),
    ],
    "/consultari/{reference:str}/urmareste/trimis": [Look("/consultari/{open}/urmareste/trimis")],
    "/consultari/{reference:str}/urmareste/confirma/{token:str}": [
        Look("/consultari/{open}/urmareste/confirma/{following}")
    ],
    "/urmarire/renunta/{token:str}": [Look("/urmarire/renunta/{unfollowing}")],
    "/urmarire/incheiata": [Look("/urmarire/incheiata")],
    "/promisiuni": [Look("/promisiuni"), Look("/promisiuni?stare=tinute")],
    "/consultari/{reference:str}/schimbari": [Look("/consultari/{answered}/schimbari")],
    "/consultari/{reference:str}/schimbari/{name:str}": [file("/consultari/{answered}/schimbari/v1-v2.docx")],
    "/consultari/{reference:str}/documente/{sha256:str}": [file("/consultari/{open}/documente/{sha256}")],
    "/registru": [Look("/registru"), Look("/registru?fel=propuneri&consultare={open}")],
    "/registru/{index:str}": [Look("/registru/0"), Look("/registru/5")],
    # The town lost no key, so it has no second log; its pages have tests of their own.
    "/registru/{log:str}/{index:str}": [],
    "/registru/act/{name:str}": [Look("/registru/act/{act}"), file("/registru/act/{act}.tlog-proof")],
    "/registru/verifica": [Look("/registru/verifica")],
    "/registru/oglinda": [Look("/registru/oglinda")],
    "/registru/schema": [Look("/registru/schema")],
    "/registru/schema/v1.json": [file("/registru/schema/v1.json")],
    "/registru/zilnic": [Look("/registru/zilnic")],
    "/registru/zilnic/{day:str}": [Look("/registru/zilnic/{day}")],
    "/registru/zilnic/{log:str}/{day:str}": [],
    "/registru/zilnic/{log:str}/{day:str}/qr.svg": [],
    "/registru/zilnic/{day:str}/qr.svg": [file("/registru/zilnic/{day}/qr.svg")],
    "/registru/zilnic.atom": [file("/registru/zilnic.atom")],
    "/registru.tar": [file("/registru.tar")],
    "/registru/martori": [Look("/registru/martori")],
    "/log/{log:str}": [leads_on("/log/1")],
    "/log/{log:str}/checkpoint": [file("/log/1/checkpoint")],
    "/log/{log:str}/files": [file("/log/1/files")],
    "/log/{log:str}/{path:path}": [file("/log/1/key")],
    "/reguli": [Look("/reguli")],
    "/reguli/{country:str}/{name:str}": [Look("/reguli/ro/law-52-2003"), Look("/reguli/eu/consultation-12-weeks")],
    "/reguli/inghetate/{digest:str}": [Look("/reguli/inghetate/{pack}")],
    "/rapoarte": [Look("/rapoarte")],
    "/rapoarte/{year:str}": [Look("/rapoarte/{reported-year}"), Look("/rapoarte/{this-year}")],
    "/rapoarte/{year:str}/{number:str}": [Look("/rapoarte/{reported-year}/v1")],
    "/rapoarte/{year:str}/raport.pdf": [file("/rapoarte/{reported-year}/raport.pdf")],
    "/rapoarte/{year:str}/raport.csv": [file("/rapoarte/{reported-year}/raport.csv")],
    "/demo": [Look("/demo")],
    "/demo/mail": [Look("/demo/mail")],
}
AT_THE_DOOR = {
    "/inregistrare": [Look("/inregistrare")],
    "/inregistrare/trimis": [Look("/inregistrare/trimis")],
    "/confirma/{token:str}": [Look("/confirma/{confirmation}")],
    "/intra": [Look("/intra"), Look("/intra?next=/birou")],
    "/intra/cod": [Look("/intra/cod", "half-way")],
    "/recuperare": [Look("/recuperare")],
    "/recuperare/trimis": [Look("/recuperare/trimis")],
    "/recuperare/{token:str}": [Look("/recuperare/{new-password}")],
    "/abonare": [Look("/abonare")],
    "/abonare/trimis": [Look("/abonare/trimis")],
    "/abonare/confirma/{token:str}": [Look("/abonare/confirma/{subscription}")],
    "/abonare/inceput": [Look("/abonare/inceput")],
    "/abonare/renunta/{token:str}": [Look("/abonare/renunta/{leaving}")],
    "/abonare/incheiat": [Look("/abonare/incheiat")],
    "/invitatie/{token:str}": [
        Look("/invitatie/{membership}"),
        Look("/invitatie/{membership}", "citizen"),
        Look("/invitatie/{office}"),
    ],
}
AT_HOME = {
    "/buget/{year:str}/depune": [
        Look("/buget/{cycle}/depune", "citizen"),
        Look("/buget/{cycle}/depune?ciorna={project-draft}", "citizen"),
    ],
    "/buget/{year:str}/proiecte/{number:str}/confirmare": [
        Look("/buget/{cycle}/proiecte/{project}/confirmare", "citizen"),
    ],
    "/buget/{year:str}/proiecte/{number:str}/intrebari": [
        Look("/buget/{cycle}/proiecte/{project}/intrebari", "citizen"),
    ],
    "/buget/{year:str}/proiecte/{number:str}/retragere": [
        Look("/buget/{cycle}/proiecte/{project}/retragere", "citizen"),
    ],
    "/cont/proiecte": [Look("/cont/proiecte", who) for who in ("citizen", "member")],
    "/consultari/{reference:str}/propune": [
        Look("/consultari/{open}/propune", "citizen"),
        Look("/consultari/{open}/propune?la=art-4", "member"),
        Look("/consultari/{open}/propune?la=art-7&fel=observatie", "citizen"),
        Look("/consultari/{open}/propune?la=art-4-lit-a&fel=eliminare", "citizen"),
        Look("/consultari/{open}/propune?la=proiect", "citizen"),
        Look("/consultari/{open}/propune?ciorna={unsent}", "citizen"),
        Look("/consultari/{answered}/propune?la=art-1", "citizen"),
    ],
    "/consultari/{reference:str}/pachet/{organisation:str}": [
        Look("/consultari/{open}/pachet/{association}", "member")
    ],
    "/consultari/{reference:str}/pachete/{number:str}/confirmare": [
        Look("/consultari/{open}/pachete/{package}/confirmare", "member"),
    ],
    "/consultari/{reference:str}/propune/cifre": [
        Look("/consultari/{budget}/propune/cifre?rand={line}", "citizen"),
        Look("/consultari/{budget}/propune/cifre", "citizen"),
    ],
    "/consultari/{reference:str}/propune/fara-cont": [
        Look("/consultari/{open}/propune/fara-cont"),
        Look("/consultari/{open}/propune/fara-cont?la=art-4"),
        Look("/consultari/{open}/propune/fara-cont?la=art-7&fel=observatie"),
        Look("/consultari/{open}/propune/fara-cont?la=proiect"),
        Look("/consultari/{answered}/propune/fara-cont?la=art-1"),
        leads_for_now("/consultari/{open}/propune/fara-cont?la=art-4", "citizen"),
    ],
    "/consultari/{reference:str}/propune/fara-cont/trimis": [Look("/consultari/{open}/propune/fara-cont/trimis")],
    "/propune/confirma/{token:str}": [Look("/propune/confirma/{unconfirmed}")],
    "/consultari/{reference:str}/dezbatere/cere": [
        Look("/consultari/{open}/dezbatere/cere", "citizen"),
        Look("/consultari/{open}/dezbatere/cere", "member"),
        Look("/consultari/{answered}/dezbatere/cere", "citizen"),
    ],
    "/sedinte/{reference:str}/inscriere/fara-cont": [
        Look("/sedinte/{debate}/inscriere/fara-cont"),
        leads_for_now("/sedinte/{debate}/inscriere/fara-cont", "citizen"),
    ],
    "/sedinte/{reference:str}/inscriere/fara-cont/trimis": [Look("/sedinte/{debate}/inscriere/fara-cont/trimis")],
    "/inscriere/confirma/{token:str}": [Look("/inscriere/confirma/{speaking}")],
    "/sedinte/{reference:str}/inscriere": [
        Look("/sedinte/{debate}/inscriere", "citizen"),
        Look("/sedinte/{debate}/inscriere", "member"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/confirmare": [
        Look("/consultari/{open}/propuneri/{number}/confirmare", "citizen"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/semnalare": [
        Look("/consultari/{open}/propuneri/{number}/semnalare"),
        Look("/consultari/{open}/propuneri/{hidden}/semnalare"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/semnalare/primita": [
        Look("/consultari/{open}/propuneri/{number}/semnalare/primita"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/stergere": [
        Look("/consultari/{open}/propuneri/{number}/stergere"),
        Look("/consultari/{open}/propuneri/{number}/stergere", "citizen"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/stergere/primita": [
        Look("/consultari/{open}/propuneri/{number}/stergere/primita"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/sprijina": [
        Look("/consultari/{open}/propuneri/{number}/sprijina", "member"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/retragere": [
        Look("/consultari/{open}/propuneri/{number}/retragere", "citizen"),
    ],
    "/consultari/{reference:str}/propuneri/{number:str}/contestatie": [
        Look("/consultari/{open}/propuneri/{disputed}/contestatie", "member"),
    ],
    "/cont": [Look("/cont", "citizen"), Look("/cont", "member"), Look("/cont", "clerk")],
    "/cont/inchide": [Look("/cont/inchide", who) for who in ("citizen", "member", "clerk")],
    "/cont/ciorne": [Look("/cont/ciorne", who) for who in ("citizen", "member", "clerk")],
    "/cont/inchis": [Look("/cont/inchis", "citizen")],
    "/cont/revendica": [Look("/cont/revendica", "citizen")],
    "/cont/parola": [Look("/cont/parola", "citizen")],
    "/cont/doi-pasi": [Look("/cont/doi-pasi", "citizen"), Look("/cont/doi-pasi", "member")],
    "/cont/doi-pasi/qr.svg": [file("/cont/doi-pasi/qr.svg", "member")],
    "/cont/organizatii/noua": [Look("/cont/organizatii/noua", "citizen")],
    "/cont/organizatii/{organisation:str}": [Look("/cont/organizatii/{verified}", "member")],
}
A_MEETING = "/birou/sedinte/{meeting:str}"
A_CONSULTATION = "/birou/consultari/{consultation:str}"
AT_THE_DESK = {
    "/birou/buget": [Look("/birou/buget", who) for who in ("clerk", "approver")],
    "/birou/buget/nou": [Look("/birou/buget/nou", "clerk")],
    "/birou/buget/{year:str}": [
        *(Look(f"/birou/buget/{year}", "contact") for year in ("{cycle}", 2025, 2026, 2029)),
        # Its form is saved however little of it is written, as the tests of that page say.
        Look("/birou/buget/{begun-cycle}", "approver"),
    ],
    "/birou/buget/{year:str}/termene": [Look("/birou/buget/{cycle}/termene", "contact")],
    "/birou/buget/{year:str}/rezultate": [Look("/birou/buget/2025/rezultate", "clerk")],
    "/birou/buget/{year:str}/hartie": [Look("/birou/buget/2029/hartie", "clerk")],
    "/birou/buget/{year:str}/urna": [Look("/birou/buget/2026/urna", who) for who in ("clerk", "approver")],
    "/birou/buget/{year:str}/alegatori": [Look("/birou/buget/{cycle}/alegatori", "clerk")],
    "/birou/buget/{year:str}/alegatori/lista": [Look("/birou/buget/{cycle}/alegatori/lista", "clerk")],
    "/birou/buget/{year:str}/proiecte": [Look("/birou/buget/{cycle}/proiecte", "clerk")],
    "/birou/buget/{year:str}/proiecte/{number:str}": [Look("/birou/buget/{cycle}/proiecte/{project}", "clerk")],
    "/birou/buget/{year:str}/proiecte/{number:str}/realizare": [
        Look("/birou/buget/2025/proiecte/2/realizare", "clerk"),
    ],
    "/birou": [Look("/birou", who) for who in ("clerk", "approver", "contact", "administrator", "expert")],
    "/birou/organizatii": [Look("/birou/organizatii", "contact")],
    "/birou/organizatii/{organisation:str}": [
        Look("/birou/organizatii/{pending}", "contact"),
        Look("/birou/organizatii/{verified}", "clerk"),
    ],
    "/birou/moderare": [Look("/birou/moderare", who) for who in ("contact", "approver", "clerk")],
    "/birou/moderare/{recommendation:str}": [
        Look("/birou/moderare/{hidden-key}", "contact"),
        Look("/birou/moderare/{disputed-key}", "contact"),
        Look("/birou/moderare/{reported-key}", "contact"),
    ],
    "/birou/moderare/contestatii/{appeal_id:str}": [
        Look("/birou/moderare/contestatii/{appeal}", "contact"),
        Look("/birou/moderare/contestatii/{appeal}", "approver"),
    ],
    "/birou/stergeri/noua": [Look("/birou/stergeri/noua", "clerk")],
    "/birou/stergeri/proiecte/noua": [Look("/birou/stergeri/proiecte/noua", "clerk")],
    "/birou/stergeri/proiecte/{request_id:str}": [Look("/birou/stergeri/proiecte/{project-request}", "contact")],
    "/birou/stergeri/{request_id:str}": [
        Look("/birou/stergeri/{request}", "contact"),
        Look("/birou/stergeri/{chosen-request}", "approver"),
        Look("/birou/stergeri/{chosen-request}", "contact"),
        Look("/birou/stergeri/{concluded-request}", "contact"),
    ],
    "/birou/reguli": [Look("/birou/reguli", "administrator")],
    "/birou/rapoarte": [Look("/birou/rapoarte", "clerk")],
    "/birou/rapoarte/{year:str}": [
        Look("/birou/rapoarte/{reported-year}", "clerk"),
        Look("/birou/rapoarte/{drafted-year}", "approver"),
    ],
    "/birou/martori": [Look("/birou/martori", "administrator")],
    "/birou/oameni": [Look("/birou/oameni", "administrator"), Look("/birou/oameni", "clerk")],
    "/birou/oameni/{person:str}": [Look("/birou/oameni/{clerk}", "administrator")],
    "/birou/departamente": [Look("/birou/departamente", who) for who in ("administrator", "expert")],
    "/birou/departamente/{department:str}": [Look("/birou/departamente/{department}", "administrator")],
    "/birou/sabloane": [Look("/birou/sabloane", "contact")],
    "/birou/sabloane/{template:str}": [Look("/birou/sabloane/{template}", "clerk")],
    "/birou/registru": [leads_for_now("/birou/registru", "contact")],
    "/birou/registru/{year:str}": [Look("/birou/registru/{this-year}", "contact")],
    "/birou/registru/{year:str}/{export_file:str}": [file("/birou/registru/{this-year}/{export}", "contact")],
    "/birou/participanti": [Look("/birou/participanti", "contact")],
    "/birou/consultari": [Look("/birou/consultari", "clerk")],
    "/birou/consultari/noua": [Look("/birou/consultari/noua", "clerk")],
    A_CONSULTATION: [
        *(
            Look(f"/birou/consultari/{{desk-{stage}}}", who)
            for stage in ("begun", "waiting", "open", "analysed", "answered")
            for who in ("clerk", "approver", "contact")
        ),
    ],
    f"{A_CONSULTATION}/text": [
        Look("/birou/consultari/{desk-begun}/text", "clerk"),
        Look("/birou/consultari/{desk-waiting}/text", "clerk"),
    ],
    f"{A_CONSULTATION}/text/previzualizare": [
        Look("/birou/consultari/{desk-waiting}/text/previzualizare", "clerk"),
        Look("/birou/consultari/{desk-waiting}/text/previzualizare", "approver"),
    ],
    f"{A_CONSULTATION}/text/fisier": [
        Look("/birou/consultari/{desk-begun}/text/fisier", "clerk"),
        Look("/birou/consultari/{desk-analysed}/text/fisier", "clerk"),
    ],
    f"{A_CONSULTATION}/text/fisier/{{sha256:str}}": [
        file("/birou/consultari/{desk-analysed}/text/fisier/{source}", "approver"),
    ],
    f"{A_CONSULTATION}/cifre": [
        Look("/birou/consultari/{desk-begun}/cifre", "clerk"),
        Look("/birou/consultari/{desk-budget}/cifre", "clerk"),
    ],
    f"{A_CONSULTATION}/contestatii": [
        Look("/birou/consultari/{desk-budget}/contestatii", "contact"),
        Look("/birou/consultari/{desk-open}/contestatii", "contact"),
    ],
    f"{A_CONSULTATION}/anunt": [Look("/birou/consultari/{desk-waiting}/anunt", "clerk")],
    f"{A_CONSULTATION}/date": [Look("/birou/consultari/{desk-begun}/date", "clerk")],
    f"{A_CONSULTATION}/documente": [
        Look("/birou/consultari/{desk-begun}/documente", "clerk"),
        Look("/birou/consultari/{desk-waiting}/documente", "clerk"),
    ],
    f"{A_CONSULTATION}/documente/{{sha256:str}}": [
        file("/birou/consultari/{desk-waiting}/documente/{sha256}", "approver"),
    ],
    f"{A_CONSULTATION}/verifica": [
        Look("/birou/consultari/{desk-begun}/verifica", "clerk"),
        Look("/birou/consultari/{desk-waiting}/verifica", "clerk"),
        Look("/birou/consultari/{desk-waiting}/verifica", "approver"),
    ],
    f"{A_CONSULTATION}/propuneri/noua": [Look("/birou/consultari/{desk-open}/propuneri/noua", "clerk")],
    f"{A_CONSULTATION}/propuneri/{{number:str}}/dovada": [
        Look("/birou/consultari/{desk-open}/propuneri/{letter}/dovada", "clerk"),
        Look("/birou/consultari/{desk-answered}/propuneri/{answered-letter}/dovada", "contact"),
    ],
    f"{A_CONSULTATION}/propuneri/{{number:str}}/justificare": [
        Look("/birou/consultari/{desk-answered}/propuneri/{answered-letter}/justificare", "clerk"),
    ],
    f"{A_CONSULTATION}/propuneri/{{number:str}}/fisiere": [
        Look("/birou/consultari/{desk-open}/propuneri/{attached}/fisiere", "clerk"),
        Look("/birou/consultari/{desk-open}/propuneri/{letter}/fisiere", "clerk"),
    ],
    f"{A_CONSULTATION}/propuneri/{{number:str}}/fisiere/{{file:str}}": [
        file("/birou/consultari/{desk-open}/propuneri/{attached}/fisiere/{file}", "clerk"),
    ],
    f"{A_CONSULTATION}/propuneri/{{number:str}}/scan": [
        file("/birou/consultari/{desk-open}/propuneri/{letter}/scan", "clerk"),
    ],
    f"{A_CONSULTATION}/propuneri": [
        Look("/birou/consultari/{desk-open}/propuneri", "contact"),
        Look("/birou/consultari/{desk-analysed}/propuneri", "contact"),
        Look("/birou/consultari/{desk-analysed}/propuneri?ale=mele", "expert"),
        Look("/birou/consultari/{desk-answered}/propuneri", "approver"),
    ],
    f"{A_CONSULTATION}/propuneri/repartizare": [
        Look("/birou/consultari/{desk-open}/propuneri/repartizare", "contact"),
        Look("/birou/consultari/{desk-analysed}/propuneri/repartizare", "contact"),
    ],
    f"{A_CONSULTATION}/propuneri/asemanatoare": [
        Look("/birou/consultari/{desk-analysed}/propuneri/asemanatoare", "clerk"),
        Look("/birou/consultari/{desk-answered}/propuneri/asemanatoare", "clerk"),
    ],
    f"{A_CONSULTATION}/propuneri/{{reference:str}}/circuit": [
        Look("/birou/consultari/{desk-analysed}/propuneri/{routed}/circuit", "expert"),
    ],
    f"{A_CONSULTATION}/raspunsuri/publica": [
        Look("/birou/consultari/{desk-analysed}/raspunsuri/publica", "contact"),
        Look("/birou/consultari/{desk-answered}/raspunsuri/publica", "clerk"),
    ],
    f"{A_CONSULTATION}/raspunsuri/{{reason:str}}/promisiune": [
        Look("/birou/consultari/{desk-analysed}/raspunsuri/{drafted}/promisiune", "contact"),
    ],
    f"{A_CONSULTATION}/promisiuni": [
        Look("/birou/consultari/{desk-answered}/promisiuni", "contact"),
        Look("/birou/consultari/{desk-analysed}/promisiuni", "clerk"),
    ],
    f"{A_CONSULTATION}/exceptii": [Look("/birou/consultari/{desk-begun}/exceptii", "clerk")],
    f"{A_CONSULTATION}/versiune": [Look("/birou/consultari/{desk-analysed}/versiune", "clerk")],
    f"{A_CONSULTATION}/versiune/verifica": [
        Look("/birou/consultari/{desk-analysed}/versiune/verifica", "contact"),
        Look("/birou/consultari/{desk-answered}/versiune/verifica", "clerk"),
    ],
    f"{A_CONSULTATION}/pasi": [
        Look("/birou/consultari/{desk-open}/pasi", "contact"),
        Look("/birou/consultari/{desk-answered}/pasi", "approver"),
    ],
    f"{A_CONSULTATION}/pasi/{{step:str}}": [
        Look(f"/birou/consultari/{{desk-answered}}/pasi/{step}", "contact")
        for step in ("dezbatere", "avizare", "rezultat")
    ],
    f"{A_CONSULTATION}/termene": [Look("/birou/consultari/{desk-open}/termene", "contact")],
    f"{A_CONSULTATION}/indatoriri": [Look("/birou/consultari/{desk-open}/indatoriri", "clerk")],
    f"{A_CONSULTATION}/cereri/noua": [Look("/birou/consultari/{desk-open}/cereri/noua", "clerk")],
    f"{A_CONSULTATION}/cereri/{{number:str}}": [
        Look("/birou/consultari/{desk-open}/cereri/{asked}", "contact"),
        Look("/birou/consultari/{desk-open}/cereri/{asked}", "clerk"),
    ],
    f"{A_CONSULTATION}/documente-ulterioare": [Look("/birou/consultari/{desk-open}/documente-ulterioare", "contact")],
    "/birou/sedinte": [Look("/birou/sedinte", "clerk"), Look("/birou/sedinte", "contact")],
    "/birou/sedinte/noua": [Look("/birou/sedinte/noua", "contact")],
    "/birou/sedinte/dialog": [Look("/birou/sedinte/dialog", "approver")],
    A_MEETING: [Look(f"/birou/sedinte/{{{key}}}", "contact") for key in ("debate-key", "held-key", "session-key")],
    **{
        f"{A_MEETING}/{part}": [Look(f"/birou/sedinte/{{{key}}}/{part}", "contact")]
        for part, key in (
            ("muta", "debate-key"),
            ("anuleaza", "debate-key"),
            ("vorbitori", "debate-key"),
            ("prezenta", "debate-key"),
            ("incheie", "session-key"),
            ("inregistrare", "held-key"),
        )
    },
    f"{A_MEETING}/minuta": [
        Look("/birou/sedinte/{held-key}/minuta", "clerk"),
        Look("/birou/sedinte/{held-key}/minuta", "contact"),
    ],
    f"{A_MEETING}/rezultat/{{item:str}}": [Look("/birou/sedinte/{session-key}/rezultat/2", "contact")],
}
LOOKS = PUBLIC | AT_THE_DOOR | AT_HOME | AT_THE_DESK


def looks(shown: Shown) -> Iterator[Look]:
    """Yield every address that answers so."""
    return (look for those in LOOKS.values() for look in those if look.shown is shown)
