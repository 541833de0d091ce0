"""The ballot: mark, look over, send, and be told a code. What was marked travels in the form and is kept nowhere.

No request here leaves a trace that says who voted when: no session is marked as seen, and the log of requests counts
these by the hour (`web.access_log`).
"""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.budgeting.ballot_pages import BallotPage, ballot_page
from consult.budgeting.ballots import Cast, NoRightToVote, VoteClosed, VotedElsewhere, cast_ballot
from consult.budgeting.choices import check_choices, gather, spent
from consult.budgeting.cycles import lock_of
from consult.budgeting.openings import Choices
from consult.budgeting.promises import promise
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.refusals import NotFound, Refusal
from consult.settings import Settings
from web.access import traceless
from web.answers import page, see_other
from web.bodies import Malformed
from web.database import Db
from web.fields import line, several, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request

#: No ballot names more projects than this.
MOST_MARKED = 1000


class BallotForm(msgspec.Struct):
    """A ballot on its way. `choices`: a project's number and what it is given, `12:1`; `area`: the one in sight."""

    choices: Annotated[list[str], several(MOST_MARKED)] = []
    area: Annotated[str, verbatim(100)] = ""
    word: Annotated[str, line(20)] = ""
    seen: int = 0


@get(links.vote("{year:str}"), opt=traceless())
async def show(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Show an empty ballot; or lead to where the right to cast one is proven."""
    found = await read_ballot(request, db, settings, authority, actor, year)
    if not found.has_right:
        return see_other(request, links.vote(year, "drept"))
    return marking(request, found, blank(BallotForm))


@post(links.vote("{year:str}"), opt=traceless())
async def add_up(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[str]:
    """Show the ballot again with what is marked, its sum, and the area that was asked for."""
    form: Form[BallotForm] = await read_form(request, BallotForm)
    found = await read_ballot(request, db, settings, authority, actor, year)
    return marking(request, found, form)


@post(links.vote("{year:str}", "verifica"), opt=traceless())
async def look_over(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[str]:
    """Show what would be cast, before it is; or what is wrong with it."""
    form: Form[BallotForm] = await read_form(request, BallotForm)
    found = await read_ballot(request, db, settings, authority, actor, year)
    try:
        check_choices(found.paper, marked(form))
    except Refusal as refusal:
        form.refuse(refusal)
        return marking(request, found, form, status=422)
    form.carry_over(seen=str(found.times))
    return page(request, "budgeting/vote_check.html", found=found, form=form, chosen=chosen(found, form))


@post(links.vote("{year:str}", "chitanta"), opt=traceless())
async def send(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Cast the ballot and show its receipt, which stands on this page alone; the same one if it is sent again."""
    form: Form[BallotForm] = await read_form(request, BallotForm)
    found = await read_ballot(request, db, settings, authority, actor, year, is_sent=True)
    assert form.sending, "a form without its key is refused"
    seen = form.data.seen if form.data else 0
    try:
        cast = Cast(marked(form), form.text("word"), form.key, seen)
        opening = await db.act_alone(
            lock_of(found.cycle.id),
            cast_ballot,
            found.cycle.id,
            cast,
            election_key=found.key,
            person_id=actor.person_id,
            at=form.received_at,
        )
    except (NoRightToVote, VoteClosed, VotedElsewhere):
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        if form.error("choices"):
            return marking(request, found, form, status=422)
        return page(
            request, "budgeting/vote_check.html", status=422, found=found, form=form, chosen=chosen(found, form)
        )
    note = promise(opening, found.key.promising).decode()
    return page(
        request, "budgeting/vote_receipt.html", found=found, opening=opening, note=note, chosen=chosen(found, form)
    )


async def read_ballot(
    request: Request,
    db: Db,
    settings: Settings,
    authority: Authority,
    actor: Actor,
    year: str,
    *,
    is_sent: bool = False,
) -> BallotPage:
    """Read the ballot of whoever asks. Raises NotFound, VoteNotOpen, VoteClosed."""
    if not (year.isascii() and year.isdigit()):
        raise NotFound
    asked = {"keys": settings.keys, "person_id": actor.person_id, "at": request.scope["state"]["at"]}
    return await db.read(ballot_page, authority.id, int(year), is_sent=is_sent, **asked)


def marking(request: Request, found: BallotPage, form: Form[BallotForm], *, status: int = 200) -> Response[str]:
    """Return the ballot with what is marked on it, all or one area of it in sight."""
    choices = dict(each.split(":", 1) for each in form.texts("choices") if ":" in each)
    costs = spent(found.paper, dict.fromkeys(choices, 1))
    return page(request, "budgeting/vote.html", status=status, found=found, form=form, chosen=choices, costs=costs)


def marked(form: Form[BallotForm]) -> Choices:
    """Return what a form marks. Raises ChosenTwice; Malformed for what no page of ours sends."""
    pairs = [each.partition(":") for each in form.texts("choices") if each]
    if not all(given.isascii() and given.isdigit() and len(given) < len("1000") for _, _, given in pairs):
        raise Malformed
    return gather((number, int(given)) for number, _, given in pairs)


def chosen(found: BallotPage, form: Form[BallotForm]) -> list[tuple[str, str, int, str]]:
    """Return the marked projects in the voter's order: number, name, cost, and the mark as the form sends it."""
    by_number = {each.partition(":")[0]: each for each in form.texts("choices")}
    return [
        (each.number, found.titles.get(each.number, ""), each.cost, by_number[each.number])
        for each in found.order
        if each.number in by_number
    ]


handlers = [show, add_up, look_over, send]
