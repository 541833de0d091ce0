"""The gallery: every component with its states, on one page, for those who build pages and those who check them.

What it shows is an invented but complete case, in Romanian like every text of an act, so that lengths, diacritics and
plural forms are the real ones.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import msgspec
from litestar import MediaType, get
from litestar.response import Response

from consult import clock
from consult.consultations.grammar.tables import read_table
from consult.consultations.table_changes import table_changes
from consult.i18n import current_locale
from web.access import public
from web.assets import static
from web.bodies import UploadedFile
from web.fields import secret, several
from web.forms import Form, blank
from web.pages import render

PATH = "/componente"


@dataclass(frozen=True)
class SampleAuthority:
    """An authority as the layout needs it."""

    name: str
    slogan: str
    colour: str
    crest_url: str


class Specimen(msgspec.Struct):
    """The fields of the forms in the gallery."""

    full_name: str = ""
    address: str = ""
    password: Annotated[str, secret()] = ""
    code: str = ""
    displayed_on: str = ""
    topic: str = ""
    document: UploadedFile | None = None
    channels: Annotated[list[str], several(3)] = []
    kind: str = ""
    article: str = ""
    wording: str = ""
    reason: str = ""
    email: str = ""
    public: bool = False


ACT_TABLE = """\
| Zona | Durata | Tarif (lei) |
| --- | --- | --- |
| A – centru | o oră | 5 |
| A – centru | o lună | 120 |
| B – gara și piața | o oră | 2,50 |
"""

CHANGE = [
    ("same", "(1) Abonamentul de parcare de reședință se acordă, la cerere, persoanelor cu domiciliul"),
    ("removed", " sau reședința"),
    ("added", ", reședința ori locul de muncă"),
    ("same", " pe raza sectorului, în limita locurilor disponibile.\n(2) Taxa anuală este de "),
    ("removed", "240"),
    ("added", "180"),
    ("same", " de lei pentru primul autoturism și de 480 de lei pentru fiecare autoturism în plus."),
]

STAGES = [
    {"title": "Anunț", "state": "done"},
    {"title": "Propuneri", "state": "now"},
    {"title": "Dezbatere publică", "state": "later"},
    {"title": "Răspuns și vot", "state": "later"},
]

REGISTER = [
    ("47/2026", datetime(2026, 12, 2, 12, 5, tzinfo=UTC), "art. 4", "Asociația Pietonii Orașului", "done", "Preluată"),
    (
        "46/2026",
        datetime(2026, 12, 2, 7, 40, tzinfo=UTC),
        "art. 5",
        "Participant verificat",
        "partly",
        "Preluată parțial",
    ),
    ("45/2026", datetime(2026, 12, 1, 18, 12, tzinfo=UTC), "art. 4", "Ștefania Țurcanu", "refused", "Nepreluată"),
]


def gallery_context(now: datetime) -> dict[str, Any]:  # Any: as a template's values are
    """Return what the gallery shows, its deadlines set around the given instant."""
    return {
        "authority": SampleAuthority("Municipiul Izvoru", "Orașul de la izvoare", "#0a5a66", static("crest.svg")),
        "person": None,
        "locale": current_locale.get(),
        "path": PATH,
        "now": now,
        "blank": blank(Specimen, channels=["site"], displayed_on="5.12.2026"),
        "failed": failed_form(),
        "change": CHANGE,
        "act_rows": read_table(ACT_TABLE),
        "act_rows_changed": table_changes(ACT_TABLE, ACT_TABLE.replace("120", "100") + "| C | o oră | gratuit |\n"),
        "register": REGISTER,
        "stages": STAGES,
        "in_twelve_days": now + timedelta(days=12),
        "in_three_days": now + timedelta(days=3),
        "tomorrow": now + timedelta(days=1),
        "in_half_an_hour": now + timedelta(minutes=30),
        "yesterday": now - timedelta(days=1),
    }


def failed_form() -> Form[Specimen]:
    """Return a form as it comes back when something in it is wrong."""
    form = blank(Specimen, kind="change", wording="Abonamentul se acordă", email="ana@", public=True)
    form.add("", "Textul articolului s-a schimbat între timp; mai jos e cel nou")
    form.add("article", "Alegeți articolul la care vă referiți")
    form.add("reason", "Scrieți de ce propuneți schimbarea")
    form.add("email", "Adresa de e-mail nu e completă, de exemplu ana@exemplu.ro")
    return form


@get(PATH, opt=public(), media_type=MediaType.HTML, sync_to_thread=False)
def gallery() -> Response[str]:
    """Show every component."""
    return Response(render("ui/gallery.html", **gallery_context(clock.now())), media_type=MediaType.HTML)
