"""Looking for one's own ballot among those published. The code is typed into a form: an address would be kept."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.budgeting.own_ballots import OpenedVote, OwnBallot, find_ballot, opened_vote
from consult.i18n import N_
from consult.identity.authorities import Authority
from consult.refusals import Refusal
from web.access import ANYONE, TRACELESS
from web.answers import page
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

PART = "verificare"
#: Open to all, and no visit of it is written down.
UNSEEN = {**ANYONE, TRACELESS: True}


class CodeForm(msgspec.Struct):
    """The code of a receipt, or the number on a ballot of paper."""

    code: Annotated[str, line(40, missing=N_("Write the code of your receipt."))]


@get(links.vote("{year:str}", PART), opt=UNSEEN)
async def ask(request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str]) -> Response[str]:
    """Ask for the code of a receipt."""
    vote = await db.read(opened_vote, authority.id, key_in(year))
    return answer(request, vote, blank(CodeForm))


@post(links.vote("{year:str}", PART), opt=UNSEEN, status_code=200)
async def find(request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str]) -> Response[str]:
    """Show the ballot of a code as it was counted."""
    form: Form[CodeForm] = await read_form(request, CodeForm)
    vote = await db.read(opened_vote, authority.id, key_in(year))
    if form.data is not None:
        try:
            found = await db.read(find_ballot, vote, form.data.code)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return answer(request, vote, form, found)
    return answer(request, vote, form, status=422)


def answer(
    request: Request, vote: OpenedVote, form: Form[CodeForm], found: OwnBallot | None = None, *, status: int = 200
) -> Response[str]:
    """Return the page of the form, with the ballot that was found."""
    return page(request, "budgeting/own_ballot.html", status=status, vote=vote, form=form, found=found)


handlers = [ask, find]
