"""The text of a draft: each version, in parts where it is long; clean, with what is said of it, or with its changes."""

import re
from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery, Parameter

from consult import links
from consult.consultations.text_pages import part_with, text_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page, see_other
from web.consultations.articles import article_shown
from web.consultations.changed_articles import ChangedArticle
from web.consultations.text_contents import contents_of, labels_in_place, part_words
from web.consultations.text_files import version_as_file
from web.database import Db
from web.given import After, Given, PageNumber, Request

#: The name of a provision.
Key = Annotated[str, Parameter(max_length=200)]

CLEAN, SAID, BESIDE, CHANGES, READING = "curat", "propuneri", "alaturi", "schimbari", "lectura"
#: What stands behind `/text/` is a version or an article; no article is called so.
VERSION = re.compile(r"v(?P<number>[1-9][0-9]{0,5})(?P<ending>\.[a-z]{3,4})?", re.ASCII)


@get("/consultari/{reference:str}/text", opt=public("vedere", "parte", "la"))
async def newest_text(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    vedere: FromQuery[str] = "",
    parte: FromQuery[PageNumber] = 1,
    la: FromQuery[Key] = "",
) -> Response[Any]:  # Any: a page, or the way to the part in which a provision stands
    """Show the newest version, from its beginning or where a provision stands."""
    if la:
        return await led_to(request, db, authority, reference, None, la)
    return await text_shown(request, db, authority, at, reference, None, view=vedere, part=parte)


@get("/consultari/{reference:str}/text/{name:str}", opt=public("vedere", "parte", "la", "dupa"))
async def version_or_article(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    name: FromPath[str],
    vedere: FromQuery[str] = "",
    parte: FromQuery[PageNumber] = 1,
    la: FromQuery[Key] = "",
    dupa: FromQuery[After] = 0,
) -> Response[Any]:  # Any: a page, a file, or the way to where an article stands today
    """Show a pinned version (`v2`) or give it as a file (`v2.pdf`); show one article (`art-4`)."""
    version = VERSION.fullmatch(name)
    if version is None:
        return await article_shown(request, db, authority, at, reference, name, after=dupa)
    number = int(version["number"])
    if version["ending"]:
        return await version_as_file(request, db, authority, reference, number, version["ending"])
    if la:
        return await led_to(request, db, authority, reference, number, la)
    return await text_shown(request, db, authority, at, reference, number, view=vedere, part=parte)


async def led_to(
    request: Request, db: Db, authority: Authority, reference: str, number: int | None, key: str
) -> Response[Any]:  # Any: as `see_other`
    """Lead to the part of a version's text in which a provision stands."""
    part: int = await db.read(part_with, authority.id, reference, number, key)
    return see_other(request, links.draft_text(reference, number, part=part, place=key))


async def text_shown(
    request: Request,
    db: Db,
    authority: Authority,
    at: datetime,
    reference: str,
    number: int | None,
    *,
    view: str,
    part: int,
) -> Response[str]:
    """Show a version's text."""
    found = await db.read(
        text_page,
        authority.id,
        reference,
        number,
        part=part,
        with_changes=view in {BESIDE, CHANGES},
        with_said=view == SAID,
    )
    is_open = found.is_newest and found.consultation.is_open_at(at)
    labels = labels_in_place(found)
    view = view if view in {CLEAN, SAID, BESIDE, CHANGES, READING} else ""
    return page(
        request,
        "consultations/reading.html" if view == READING else "consultations/text.html",
        changes_at=found.consultation.closes_at if is_open else None,
        found=found,
        changes=[
            ChangedArticle(each, found.version.number - 1, found.version.number, found.versions[-1].number)
            for each in found.changes
        ],
        lines=contents_of(found, labels, pinned=number, view=view),
        labels=labels,
        pinned=number,
        view=view,
        part_words=lambda part: part_words(part, labels),
        is_open=is_open,
    )
