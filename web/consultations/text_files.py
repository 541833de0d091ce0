"""A version's text to take along: for paper, for word processors, for programs; and its changes, tracked in Word.

A version never changes, so each file is made once for all who ask, and kept while there is room.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from anyio.to_thread import run_sync
from litestar import MediaType, Response, get
from litestar.params import FromPath

from consult import links
from consult.consultations.comparison import Changes
from consult.consultations.consultations import Consultation
from consult.consultations.exporting.editions import SCHEMA, Edition
from consult.consultations.pages import changes_page
from consult.consultations.passages import Passage, provisions_of
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
from web.static_files import FOR_A_YEAR

#: Proxies may keep a file for a day: what it says never changes, how it says it may with the next release.
KEPT = "public, max-age=3600, s-maxage=86400"
#: What may be another file in a moment.
KEPT_BRIEFLY = "public, max-age=0, s-maxage=2"
#: What programs call each format.
MEDIA_TYPES = {
    ".txt": MediaType.TEXT,
    ".html": MediaType.HTML,
    ".pdf": PDF.media_type,
    ".docx": DOCX.media_type,
    ".xml": "application/akn+xml",
    ".json": MediaType.JSON,
}
#: So many files are kept here, and none that is larger.
MOST_FILES = 32
LARGEST_KEPT = 2 * 1024 * 1024
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
        content = await run_sync(tracked, edition, found.changes)
        made_files.keep(key, content)
    return as_file(content, DOCX.media_type, f"{stem(found.consultation)}-v{before}-v{after}.docx")


async def version_as_file(
    request: Request, db: Db, authority: Authority, reference: str, number: int, ending: str
) -> Response[bytes]:
    """Give a version's text in one of the formats. Raises NotFound."""
    if ending not in MEDIA_TYPES:
        raise NotFound
    found = await db.read(text_file, authority.id, reference, number)
    key = (found.version.event_id, ending, origin(request), current_locale.get())
    content = made_files.get(key)
    if content is None:
        provisions = await db.read(provisions_of, found.version.id)
        edition = edition_of(request, authority, found.consultation, found.version, provisions)
        content = await run_sync(made, ending, found, edition)
        made_files.keep(key, content)
    return as_file(content, MEDIA_TYPES[ending], f"{stem(found.consultation)}-v{number}{ending}")


def made(ending: str, found: TextFile, edition: Edition) -> bytes:
    """Make a file. Setting type takes a library of its own, which the service starts without."""
    from web.consultations.text_formats import MAKERS  # noqa: PLC0415 - see above

    return MAKERS[ending](found, edition)


def tracked(edition: Edition, changes: Changes) -> bytes:
    """Make a document in which the changes up to an edition are tracked."""
    from consult.consultations.exporting.word import as_tracked_docx  # noqa: PLC0415 - as above

    return as_tracked_docx(edition, changes)


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


def as_file(content: bytes, media_type: str, name: str, *, kept: str = KEPT) -> Response[bytes]:
    """Return a file to be kept, never to be shown within this site. `kept`: for how long proxies may keep it."""
    headers = {
        "Cache-Control": kept,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=media_type, headers=headers)


def stem(consultation: Consultation) -> str:
    """Return the name under which a text is kept by whoever takes it along, but for its version."""
    return f"{consultation.reference}-{links.slug(consultation.title)}"
