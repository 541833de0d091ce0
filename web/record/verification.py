"""Checking without a program: a receipt, a file that somebody was given, or a number, against what is published here.

Whoever does not trust this site will not trust its answer either, and finds beside it how to check without it. Nothing
that is sent here is kept.
"""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import gettext
from consult.identity.authorities import Authority
from consult.record.continuity import number_of_newest
from consult.settings import Settings
from web.access import ANYONE
from web.answers import page
from web.bodies import UploadedFile
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.record.findings import Finding
from web.record.publications import about_hash, about_text
from web.record.receipt_check import about_receipt, is_receipt


class Evidence(msgspec.Struct):
    """What a reader brings: a file, or what stands on a letter or a page."""

    file: UploadedFile | None = None
    kept: UploadedFile | None = None
    text: Annotated[str, line(500)] = ""


@get(links.RECORD_CHECK, opt=ANYONE)
async def verification(request: Request) -> Response[str]:
    """Ask what is to be checked."""
    return page(request, "record/verification.html", form=blank(Evidence), found=[])


@post(links.RECORD_CHECK, opt=ANYONE)
async def verify(
    request: Request, db: Given[Db], settings: Given[Settings], authority: Given[Authority]
) -> Response[str]:
    """Say what was found."""
    form = await read_form(request, Evidence)
    found: list[Finding] = []
    if form.data is not None:
        own = settings.origin_of(await db.read(number_of_newest))
        found = await db.read(findings, authority, own, form)
    if form.errors:
        return page(request, "record/verification.html", status=422, form=form, found=[])
    return page(request, "record/verification.html", form=form, found=found)


def findings(db: Session, authority: Authority, own: str, form: Form[Evidence]) -> list[Finding]:
    """Return what is found about what was sent; what cannot be looked for is said beside its field."""
    assert form.data is not None, "a form is looked at once it can be read"
    file, kept, text = form.data.file, form.data.kept, form.data.text
    found: list[Finding] = []
    if kept is not None and (file is None or not is_receipt(file)):
        form.add("kept", gettext("Choose the receipt as well, as the file above: this one is compared with it."))
    elif file is None and not text:
        form.add("file", gettext("Choose a file, or write a number or a code."))
    if file is not None and not file.content:
        form.add("file", gettext("The file is empty."))
    elif file is not None:
        found += about_file(db, authority, own, file, kept)
    if text:
        about = about_text(db, authority, text)
        if about is None:
            form.add("text", gettext("This is neither a number, such as 47/2026, nor a code, nor a hash."))
        found += about or []
    return found


def about_file(
    db: Session, authority: Authority, own: str, file: UploadedFile, kept: UploadedFile | None
) -> list[Finding]:
    """Return whether a receipt holds, and of which text it is, or where any other file was published."""
    if is_receipt(file):
        return about_receipt(db, authority, own, file.content, kept.content if kept else None)
    return about_hash(db, authority, file.sha256)


handlers = [verification, verify]
