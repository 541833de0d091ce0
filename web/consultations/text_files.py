"""A version's text to take along: for paper, for word processors, for programs; and its changes, tracked in Word.

A version never changes, so each file is made once for all who ask, and kept while there is room.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import cast

from anyio.to_thread import run_sync
from litestar import MediaType, Response, get
from litestar.params import FromPath
from markupsafe import Markup

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.exporting.akn import as_akn
from consult.consultations.exporting.editions import Edition
from consult.consultations.exporting.pdf import as_pdf, typeset
from consult.consultations.exporting.programs import SCHEMA, as_json
from consult.consultations.exporting.word import as_docx, as_tracked_docx
from consult.consultations.pages import changes_page
from consult.consultations.passages import Passage, pieces_of, provisions_of
from consult.consultations.text_pages import TextFile, text_file
from consult.consultations.versions import Version
from consult.files.formats import DOCX, PDF
from consult.i18n import current_locale
from consult.identity.authorities import Authority
from consult.refusals import NotFound
from web.access import public
from web.addresses import absolute, origin
from web.database import Db
from web.given import Given, Request
from web.pages import render
from web.static_files import FOR_A_YEAR

#: Proxies may keep a file for a day: what it says never changes, how it says it may with the next release.
KEPT = "public, max-age=3600, s-maxage=86400"
#: So many files are kept here, and none that is larger.
MOST_FILES = 32
LARGEST_KEPT = 2 * 1024 * 1024
#: Of the text in one file, which cannot ask the site for one; it is never shown within the site (`as_file`).
STYLE = Markup(f"<style>{Path(__file__).with_name('text_file.css').read_text(encoding='utf-8')}</style>")  # noqa: S704 - it is ours
CHANGES = re.compile(r"v(?P<before>[1-9][0-9]{0,5})-v(?P<after>[1-9][0-9]{0,5})\.docx", re.ASCII)

#: By the version's act in the record, whose id is no other's; the site's name and the language are in some files.
Key = tuple[str, ...]


class MadeFiles:
    """The files that were made last."""

    def __init__(self) -> None:
        self._files: OrderedDict[Key, bytes] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Key) -> bytes | None:
        """Return a file if it was made and is still here."""
        with self._turn:
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key)

    def keep(self, key: Key, content: bytes) -> None:
        """Keep a file for whoever asks next."""
        if len(content) > LARGEST_KEPT:
            return
        with self._turn:
            self._files[key] = content
            while len(self._files) > MOST_FILES:
                self._files.popitem(last=False)


made_files = MadeFiles()


@get(links.TEXT_SCHEMA, opt=public(), media_type=MediaType.JSON)
async def text_schema() -> Response[bytes]:
    """Say what each name in a text for programs means, as JSON Schema."""
    headers = {"Cache-Control": FOR_A_YEAR}
    return Response(SCHEMA.read_bytes(), media_type="application/schema+json", headers=headers)


@get("/consultari/{reference:str}/schimbari/{name:str}", opt=public())
async def tracked_changes(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """Give the changes between two versions (`v1-v2.docx`) as a document in which each is tracked."""
    asked = CHANGES.fullmatch(name)
    if asked is None:
        raise NotFound
    before, after = int(asked["before"]), int(asked["after"])
    found = await db.read(changes_page, authority.id, reference, before=before, after=after)
    key = (found.before.event_id, found.after.event_id, origin(request), current_locale.get())
    content = made_files.get(key)
    if content is None:
        provisions = await db.read(provisions_of, found.after.id)
        edition = edition_of(request, authority, found.consultation, found.after, provisions)
        content = await run_sync(as_tracked_docx, edition, found.changes)
        made_files.keep(key, content)
    return as_file(content, DOCX.media_type, f"{stem(found.consultation)}-v{before}-v{after}.docx")


async def version_as_file(
    request: Request, db: Db, authority: Authority, reference: str, number: int, ending: str
) -> Response[bytes]:
    """Give a version's text in one of the formats. Raises NotFound."""
    if ending not in FORMATS:
        raise NotFound
    media_type, make = FORMATS[ending]
    found = await db.read(text_file, authority.id, reference, number)
    key = (found.version.event_id, ending, origin(request), current_locale.get())
    content = made_files.get(key)
    if content is None:
        provisions = await db.read(provisions_of, found.version.id)
        edition = edition_of(request, authority, found.consultation, found.version, provisions)
        content = await run_sync(make, request, found, edition)
        made_files.keep(key, content)
    return as_file(content, media_type, f"{stem(found.consultation)}-v{number}{ending}")


def as_text(_request: Request, found: TextFile, _edition: Edition) -> bytes:
    """Return the text to the letter, as its hash in the public record was made of it."""
    return found.version.text.encode()


def as_page(_request: Request, found: TextFile, edition: Edition) -> bytes:
    """Return the text as one file that any browser opens, without the site."""
    pieces = pieces_of(cast("Sequence[Passage]", edition.provisions))
    shown = render("consultations/text_file.html", found=found, edition=edition, pieces=pieces, stylesheet=STYLE)
    return shown.encode()


def for_programs(request: Request, _found: TextFile, edition: Edition) -> bytes:
    """Return the text as JSON."""
    return as_json(edition, f"{origin(request)}{links.TEXT_SCHEMA}")


#: What programs call each format, and what makes it.
FORMATS: dict[str, tuple[str, Callable[[Request, TextFile, Edition], bytes]]] = {
    ".txt": (MediaType.TEXT, as_text),
    ".html": (MediaType.HTML, as_page),
    ".pdf": (PDF.media_type, lambda _request, _found, edition: as_pdf(typeset(edition))),
    ".docx": (DOCX.media_type, lambda _request, _found, edition: as_docx(edition)),
    ".xml": ("application/akn+xml", lambda _request, _found, edition: as_akn(edition)),
    ".json": (MediaType.JSON, for_programs),
}


def edition_of(
    request: Request,
    authority: Authority,
    consultation: Consultation,
    version: Version,
    provisions: Sequence[Passage],
) -> Edition:
    """Return a version as files speak of it."""
    return Edition(
        authority=authority.name,
        authority_url=origin(request),
        reference=consultation.reference,
        title=consultation.title,
        number=version.number,
        published_at=version.published_at,
        sha256=version.sha256,
        url=absolute(request, links.draft_text(consultation.reference, version.number)),
        provisions=provisions,
    )


def as_file(content: bytes, media_type: str, name: str) -> Response[bytes]:
    """Return a file to be kept, never to be shown within this site."""
    headers = {
        "Cache-Control": KEPT,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=media_type, headers=headers)


def stem(consultation: Consultation) -> str:
    """Return the name under which a text is kept by whoever takes it along, but for its version."""
    return f"{consultation.reference}-{links.slug(consultation.title)}"
