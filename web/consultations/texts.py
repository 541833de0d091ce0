"""The text of a draft: each version, in parts where it is long; clean, with what is said of it, or with its changes."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from consult.consultations.grammar.kinds import FRAMES, WHOLE
from consult.consultations.text_pages import TextPage, text_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.consultations.articles import article_shown
from web.consultations.changed_articles import ChangedArticle
from web.consultations.text_files import version_as_file
from web.database import Db
from web.given import After, Given, PageNumber, Request
from web.ui.contents import ContentsLine

CLEAN, SAID, CHANGES = "curat", "propuneri", "schimbari"
#: Below a chapter's section's article, nothing stands further to the right in the contents.
DEEPEST = 4
#: What stands behind `/text/` is a version or an article; no article is called so.
VERSION = re.compile(r"v(?P<number>[1-9][0-9]{0,5})(?P<ending>\.[a-z]{3,4})?", re.ASCII)


@get("/consultari/{reference:str}/text", opt=public("vedere", "parte"))
async def newest_text(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    vedere: FromQuery[str] = "",
    parte: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """Show the newest version."""
    return await text_shown(request, db, authority, at, reference, None, view=vedere, part=parte)


@get("/consultari/{reference:str}/text/{name:str}", opt=public("vedere", "parte", "dupa"))
async def version_or_article(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    name: FromPath[str],
    vedere: FromQuery[str] = "",
    parte: FromQuery[PageNumber] = 1,
    dupa: FromQuery[After] = 0,
) -> Response[Any]:  # Any: a page, a file, or the way to where an article stands today
    """Show a pinned version (`v2`) or give it as a file (`v2.pdf`); show one article (`art-4`)."""
    version = VERSION.fullmatch(name)
    if version is None:
        return await article_shown(request, db, authority, at, reference, name, after=dupa)
    number = int(version["number"])
    if version["ending"]:
        return await version_as_file(request, db, authority, reference, number, version["ending"])
    return await text_shown(request, db, authority, at, reference, number, view=vedere, part=parte)


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
        with_changes=view == CHANGES,
        with_said=view == SAID,
    )
    is_open = found.is_newest and found.consultation.is_open_at(at)
    labels = labels_in_place(found)
    return page(
        request,
        "consultations/text.html",
        changes_at=found.consultation.closes_at if is_open else None,
        found=found,
        changes=[
            ChangedArticle(each, found.version.number - 1, found.version.number, found.versions[-1].number)
            for each in found.changes
        ],
        lines=contents_of(found, labels),
        labels=labels,
        pinned=number,
        view=view if view in {CLEAN, SAID, CHANGES} else "",
        is_open=is_open,
    )


def labels_in_place(found: TextPage) -> dict[str, str]:
    """Return how each piece is called where it stands: in "Anexa nr. 1" and its chapters, "Art. 1" and no more."""
    heads = {head.key: head for part in found.parts for head in part.heads}
    labels = {}
    for key, head in heads.items():
        above = heads.get(head.parent_key or "")
        while above and not head.label.startswith(above.label):
            above = heads.get(above.parent_key or "")
        own = head.label.removeprefix(above.label).lstrip(" ,") if above else head.label
        labels[key] = f"{own[0].upper()}{own[1:]}" if own else head.label
    return labels


def contents_of(found: TextPage, labels: Mapping[str, str]) -> list[ContentsLine]:
    """Return the contents of the part that is shown, each with how much was said about it."""
    return [
        ContentsLine(
            f"#{head.key}",
            f"{labels[head.key]} – {head.heading}" if head.heading else labels[head.key],
            depth=min(head.depth, DEEPEST),
            proposals=found.counts.get(head.key, 0),
            is_division=head.kind in FRAMES,
        )
        for head in found.part.heads
        if head.kind not in WHOLE
    ]
