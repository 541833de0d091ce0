"""What the authority promised in its answers: all of it, or what is still running, late, kept or given up."""

from datetime import datetime

from litestar import Response, get
from litestar.params import FromQuery

from consult import links
from consult.consultations.procedure import local_day
from consult.consultations.promises import PromiseState, promise_list
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.database import Db
from web.given import After, Given, Request

#: The states by the words of the address.
STATES = {
    "in-curs": PromiseState.RUNNING,
    "intarziate": PromiseState.LATE,
    "tinute": PromiseState.KEPT,
    "tinute-tarziu": PromiseState.KEPT_LATE,
    "abandonate": PromiseState.DROPPED,
}


@get(links.PROMISES, opt=public("stare", "dinainte"))
async def promises(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    stare: FromQuery[str] = "",
    dinainte: FromQuery[After] = 0,
) -> Response[str]:
    """Show what was promised, the newest first."""
    state = STATES.get(stare)
    found = await db.read(promise_list, authority.id, state=state, before=dinainte, at=at)
    return page(
        request,
        "consultations/promises.html",
        found=found,
        states=STATES,
        state=stare if state else "",
        before=dinainte,
        today=local_day(at),
    )
