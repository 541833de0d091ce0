"""What makes a version's text into a file, each format in its way; loaded when somebody first asks for one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from markupsafe import Markup

from consult import links
from consult.consultations.exporting.akn import as_akn
from consult.consultations.exporting.editions import Edition
from consult.consultations.exporting.pdf import text_as_pdf
from consult.consultations.exporting.programs import as_json
from consult.consultations.exporting.word import as_docx
from consult.consultations.passages import Passage, pieces_of
from consult.consultations.text_pages import TextFile
from web.pages import render

#: Of the text in one file, which cannot ask the site for one; it is never shown within the site (`text_files.as_file`).
STYLE = Markup(f"<style>{Path(__file__).with_name('text_file.css').read_text(encoding='utf-8')}</style>")  # noqa: S704 - it is ours


def as_text(found: TextFile, _edition: Edition) -> bytes:
    """Return the text to the letter, as its hash in the public record was made of it."""
    return found.version.text.encode()


def as_page(found: TextFile, edition: Edition) -> bytes:
    """Return the text as one file that any browser opens, without the site."""
    pieces = pieces_of(cast("Sequence[Passage]", edition.provisions))
    shown = render("consultations/text_file.html", found=found, edition=edition, pieces=pieces, stylesheet=STYLE)
    return shown.encode()


def for_programs(_found: TextFile, edition: Edition) -> bytes:
    """Return the text as JSON."""
    return as_json(edition, f"{edition.authority_url}{links.TEXT_SCHEMA}")


MAKERS: dict[str, Callable[[TextFile, Edition], bytes]] = {
    ".txt": as_text,
    ".html": as_page,
    ".pdf": lambda _found, edition: text_as_pdf(edition),
    ".docx": lambda _found, edition: as_docx(edition),
    ".xml": lambda _found, edition: as_akn(edition),
    ".json": for_programs,
}
