"""Letters with codes as they come out of the printer: one a page, made at once for codes that are kept nowhere.

The square leads to the page that asks for the code and does not hold it: what a telephone scans it also remembers,
shows to whoever makes its camera, and sends on as an address. Thirteen characters are typed in less time than that is
worth. Nor does a letter hold a name or an address, so that no file says to whom a code went.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import msgspec
import segno
import typst

from consult.budgeting.codes import grouped
from consult.budgeting.days import first_day, last_day
from consult.budgeting.phases import CyclePhase
from consult.i18n import current_locale, gettext, spoken

TEMPLATE = Path(__file__).with_name("code_sheets.typ")
#: A font that Typst brings along, so that a letter looks the same wherever it is printed.
FONTS = typst.Fonts(include_system_fonts=False)


def letters_as_pdf(codes: Sequence[str], days: CyclePhase, *, title: str, authority: str, asked_at: str) -> bytes:
    """Return one letter for each code, ready to print. `asked_at`: the whole address of the page that asks for it."""
    first, last = spoken(first_day(days.starts_at)), spoken(last_day(days.ends_at))
    drawing = io.BytesIO()
    segno.make(asked_at, error="m").save(drawing, kind="svg", xmldecl=False, border=0)
    data = {
        "title": title,
        "authority": authority,
        "language": current_locale.get(),
        "heading": gettext("Your code for the vote"),
        "when": gettext("The vote: %(first)s – %(last)s.") % {"first": first, "last": last},
        "todo": [
            gettext("Open the page below, by its address or by the square, and sign in or make an account."),
            gettext("Type the code. Capital or small letters and dashes make no difference."),
            gettext("You may then vote until the last day at 24:00. The code is good once, for one person."),
        ],
        "address": asked_at,
        "drawing": drawing.getvalue().decode(),
        "alt": gettext("The page that asks for the code: %(url)s") % {"url": asked_at},
        "warnings": [
            gettext(
                "Whoever has this letter can use the code, so keep it to yourself. To whom a code was sent is noted"
                " nowhere. If somebody used yours, or you lost it, tell the town hall."
            ),
            gettext(
                "The code only proves that somebody may vote. What you choose is not joined to it, and nobody from the"
                " town hall asks you for it by telephone or e-mail."
            ),
        ],
        "codes": [grouped(code) for code in codes],
    }
    made = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=FONTS,
        sys_inputs={"data": msgspec.json.encode(data).decode()},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)  # one document, since it is not asked for as pages
    return made
