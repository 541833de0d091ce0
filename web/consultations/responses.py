"""The authority's answers: in sum, article by article, and each reason with how many proposals it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from consult.consultations.counters import Tally
from consult.consultations.procedure import local_day
from consult.consultations.register_pages import ResponsesPage, responses_page
from consult.consultations.succession import as_last_seen
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.consultations.words import VERDICTS
from web.database import Db
from web.given import After, Given, Request
from web.ui.acts import of_act
from web.ui.sentences import gettext


@get("/consultari/{reference:str}/raspuns", opt=public("dupa"))
async def responses(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    dupa: FromQuery[After] = 0,
) -> Response[str]:
    """Show the answers."""
    found = await db.read(responses_page, authority.id, reference, after=dupa)
    return page(
        request,
        "consultations/responses.html",
        found=found,
        rows=list(rows_of(found)),
        names={verdict: name for name, verdict in VERDICTS.items()},
        after=dupa,
        today=local_day(at),
    )


@dataclass(frozen=True)
class Row:
    """What was received about an article and what became of it; no key is the draft as a whole."""

    key: str
    label: str
    tally: Tally


def rows_of(found: ResponsesPage) -> Iterator[Row]:
    """Return a row for each article in the order of the text, and one for the draft as a whole."""
    for key, (provision, tally) in found.by_article.items():
        _, version = as_last_seen(key)
        label = of_act(provision.label)
        if version is not None:
            label = gettext("%(article)s of version %(number)s", article=label, number=version)
        yield Row(key, label, tally)
    if found.about_the_whole.received:
        yield Row("", "", found.about_the_whole)
