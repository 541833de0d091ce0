"""The officials' own register, with contact data: read at the desk, exported for an inspector, each export noted."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from consult import links
from consult.consultations.contact_register import (
    LONGEST_PURPOSE,
    Entry,
    RegisterExportId,
    contact_page,
    contact_part,
    export_register,
    find_export,
)
from consult.consultations.procedure import local_day
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import Within, require
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.consultations.year_register import year_in
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import After, Given, Request
from web.keys import key_in
from web.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, csv_lines

#: For so long after it was noted an export can be fetched; who comes later notes another.
FETCHED_WITHIN = timedelta(hours=1)
ENDING = ".csv"


class ExportForm(msgspec.Struct):
    """For whom and why the register leaves the house."""

    purpose: Annotated[str, line(LONGEST_PURPOSE, missing=N_("Write for whom and why the register is exported."))]


@get(links.DESK_REGISTER, opt=at_desk("contacts.read"))
async def this_year(request: Request, at: Given[datetime]) -> Response[bytes]:
    """Lead to the register of the year."""
    return see_other(request, links.desk_register(local_day(at).year))


@get(f"{links.DESK_REGISTER}/{{year:str}}", opt=at_desk("contacts.read"))
async def register(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    dupa: FromQuery[After] = 0,
) -> Response[str]:
    """Show a page of the register of a year with contact data."""
    return await register_page(request, db, authority, actor, year_in(year), blank(ExportForm), after=dupa)


@post(f"{links.DESK_REGISTER}/{{year:str}}", opt=at_desk("contacts.read"))
async def export(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Note an export and lead to its file."""
    require("contacts.read", actor, Within(authority.id))
    number = year_in(year)
    form: Form[ExportForm] = await read_form(request, ExportForm)
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                export_register,
                lambda export_id: links.exported_register(number, export_id),
                authority.id,
                number,
                purpose=form.data.purpose,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where)
    return await register_page(request, db, authority, actor, number, form)


async def register_page(
    request: Request,
    db: Db,
    authority: Authority,
    actor: Actor,
    year: int,
    form: Form[ExportForm],
    *,
    after: int = 0,
) -> Response[str]:
    """Return a page of the register with the form that exports it."""
    found = await db.read(contact_page, authority.id, year, after=after, by=actor)
    here = links.desk_register(year)
    return page(
        request,
        "desk/register.html",
        status=422 if form.errors else 200,
        found=found,
        year=year,
        form=form,
        here=here,
        first_href=here if after else None,
        following=links.asking(here, dupa=found.part.after) if found.part.after else None,
    )


@get(f"{links.DESK_REGISTER}/{{year:str}}/{{export_file:str}}", opt=at_desk("contacts.read"))
async def exported(
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
    export_file: FromPath[str],
) -> Stream:
    """Give the file of an export to the official who noted it, for an hour."""
    if not export_file.endswith(ENDING):
        raise NotFound
    number, export_id = year_in(year), RegisterExportId(key_in(export_file.removesuffix(ENDING)))
    noted = await db.read(find_export, authority.id, number, export_id, by=actor)
    if at - noted.exported_at > FETCHED_WITHIN:
        raise NotFound
    first = await db.read(contact_part, authority.id, number, by=actor)

    async def lines() -> AsyncIterator[str]:
        yield BYTE_ORDER_MARK + csv_lines([columns()])
        part = first
        while True:
            yield csv_lines(row(each) for each in part.entries)
            if part.after is None:
                return
            # Each part in a moment of its own, so that a slow reader holds nothing up.
            part = await db.read(contact_part, authority.id, number, after=part.after, by=actor)

    name = f"registru-{number}-date-de-contact{ENDING}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Stream(lines(), media_type=MEDIA_TYPE, headers=headers)


def columns() -> list[str]:
    """Return the names of the columns: what art. 7(5) wants in the register, and what tells the entries apart."""
    return [
        gettext("Number"),
        gettext("Received on"),
        gettext("Consultation"),
        gettext("About"),
        gettext("Author"),
        gettext("Organisation"),
        gettext("Contact data"),
        gettext("How it came"),
    ]


def row(entry: Entry) -> Sequence[object]:
    """Return one row of the spreadsheet."""
    each, consultation = entry.row
    return [
        each.register_number,
        each.received_at.isoformat(),
        consultation.reference,
        each.provision_label,
        entry.contact.name,
        entry.contact.organisation,
        entry.contact.reached_at,
        each.source,
    ]


handlers = [this_year, register, export, exported]
