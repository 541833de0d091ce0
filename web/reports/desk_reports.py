"""The yearly report at the desk: the service counts, one official adds what it cannot know, another publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.procedure import current_pack, local_day
from consult.consultations.report_figures import Report, figures_key, last_day
from consult.consultations.reports import (
    LONGEST_WORDS,
    ReportDraft,
    YearlyReport,
    draft_of,
    publish_report,
    refuse_unfit_year,
    report_of,
    reports_of,
    reports_of_year,
    save_report,
)
from consult.i18n import gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import Person
from consult.identity.permissions import may
from consult.policy.indicators import indicators_of
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.reports.rows import rows_now, year_in

ADDED, WORDS = "added_", "words_"


class PublishForm(msgspec.Struct):
    """A second official publishes what they read. `edition`: of the draft; `read`: the digest of the whole."""

    edition: int
    read: Annotated[str, line(64)]


@dataclass(frozen=True)
class AtDesk:
    """A year at the desk: what is counted and added, the draft if there is one, and what was published of it."""

    report: Report
    draft: ReportDraft | None
    editor: str
    published: list[YearlyReport]


@cache
def report_form(year: int) -> type[msgspec.Struct]:
    """Return the form of a year: a number for each measure of the rules, and a text where they ask for words."""
    pack = current_pack()
    numbers = [(field_of(ADDED, name), int, 0) for name in pack.measures]
    words = [
        (field_of(WORDS, rule.id), Annotated[str, text(LONGEST_WORDS)], "")
        for rule in indicators_of(pack, on=last_day(year))
        if rule.in_words
    ]
    return msgspec.defstruct(
        "ReportForm", [("edition", int), *numbers, *words, ("reason", Annotated[str, text(1000)], "")]
    )


def field_of(kind: str, name: str) -> str:
    """Return the field in which a measure or an indicator is written."""
    return kind + name.replace("-", "_")


def desk(db: Session, authority_id: AuthorityId, year: int) -> AtDesk:
    """Return a year as an official works on it."""
    draft = draft_of(db, authority_id, year)
    editor = db.get(Person, draft.edited_by) if draft else None
    report = report_of(db, authority_id, year, draft)
    return AtDesk(report, draft, editor.name if editor else "", reports_of_year(db, authority_id, year))


@get(links.DESK_REPORTS, opt=at_desk())
async def show_all(request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]) -> Response[str]:
    """List the reports, and lead to that of the last year."""
    published = await db.read(reports_of, authority.id)
    return page(request, "reports/desk_reports.html", reports=published, last_year=local_day(at).year - 1)


@get(f"{links.DESK_REPORTS}/{{year:str}}", opt=at_desk("report.keep"))
async def write(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
) -> Response[str]:
    """Show the report as far as it is made, and what can be added to it."""
    asked = year_in(year, local_day(at))
    refuse_unfit_year(asked, at)
    found = await db.read(desk, authority.id, asked)
    return report_page(request, found, actor, filled(found))


@post(f"{links.DESK_REPORTS}/{{year:str}}", opt=at_desk("report.keep"))
async def save(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Keep the draft."""
    asked = year_in(year, local_day(request.scope["state"]["at"]))
    form = await read_form(request, report_form(asked))
    said = gettext("The draft of the report is kept. A colleague publishes it.")
    deed = Deed(request, db, form, actor, lambda _draft: links.desk_report(asked), said)
    found = await db.read(desk, authority.id, asked)
    if form.data is not None:
        done = await deed.do(save_report, authority.id, asked, **facts_of(found.report, form.data))
        if done is not None:
            return done
    return report_page(request, found, actor, form)


@post(f"{links.DESK_REPORTS}/{{year:str}}/publica", opt=at_desk("report.publish"))
async def publish(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Publish the report, as the second pair of eyes."""
    asked = year_in(year, local_day(request.scope["state"]["at"]))
    form = await read_form(request, PublishForm)
    said = gettext("The report is public.")
    key = figures_key(authority.id)
    deed = Deed(request, db, form, actor, lambda _report: links.desk_report(asked), said, alone=key)
    if form.data is not None:
        facts = {"edition": form.data.edition, "read": form.data.read}
        done = await deed.do(publish_report, authority.id, asked, **facts)
        if done is not None:
            return done
    found = await db.read(desk, authority.id, asked)
    shown = filled(found)
    for error in form.errors:
        shown.add("", error.message)
    return report_page(request, found, actor, shown)


def filled(found: AtDesk) -> Form[Any]:
    """Return the form with the draft in it, or with what was published last, to be corrected."""
    before = found.draft or (found.published[0] if found.published else None)
    added: Mapping[str, int] = before.added if before else {}
    words: Mapping[str, str] = before.words if before else {}
    return blank(
        report_form(found.report.year),
        edition=found.draft.edition if found.draft else 0,
        reason=found.draft.reason if found.draft else "",
        **{field_of(ADDED, name): added.get(name, 0) for name in found.report.pack.measures},
        **{field_of(WORDS, rule): said for rule, said in words.items()},
    )


def facts_of(report: Report, data: msgspec.Struct) -> dict[str, Any]:
    """Return what was written, under the names of the rules."""
    asked = [each.rule.id for each in report.figures if each.rule.in_words]
    said = msgspec.structs.asdict(data)
    return {
        "added": {name: said[field_of(ADDED, name)] for name in report.pack.measures},
        "words": {rule: said[field_of(WORDS, rule)] for rule in asked},
        "reason": said["reason"],
        "edition": said["edition"],
    }


def report_page(request: Request, found: AtDesk, actor: Actor, form: Form[Any]) -> Response[str]:
    """Return the page of a year's report, with the button that publishes it for whoever did not write it."""
    edition = found.draft.edition if found.draft else 0
    return page(
        request,
        "reports/desk_report.html",
        status=422 if form.errors else 200,
        form=form,
        found=found,
        report=found.report,
        rows=rows_now(found.report.figures, found.report.words),
        numbers=[(field_of(ADDED, name), words, found.report.counted.get(name)) for name, words in measures(found)],
        most=LONGEST_WORDS,
        field_of=field_of,
        may_publish=found.draft is not None and may("report.publish", actor, found.draft),
        publishing=blank(PublishForm, edition=edition, read=found.report.digest),
    )


def measures(found: AtDesk) -> list[tuple[str, str]]:
    """Return the measures of the rules with their names for people."""
    return [(name, str(words)) for name, words in found.report.pack.measures.items()]


handlers = [show_all, write, save, publish]
