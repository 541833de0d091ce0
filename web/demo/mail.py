"""`/demo/mail`: the letters of the demo town, which land in a folder instead of mailboxes."""

from functools import partial

from anyio.to_thread import run_sync
from litestar import Response, get

from consult.mail import read_folder
from consult.refusals import NotFound
from consult.settings import Settings
from web.access import ANYONE
from web.answers import page
from web.given import Given, Request

#: The newest letters; the demo writes hundreds.
SHOWN = 100


@get("/demo/mail", opt=ANYONE)
async def letters(request: Request, settings: Given[Settings]) -> Response[str]:
    """Show the newest letters; outside a demonstration there is no such page."""
    if not settings.demo:
        raise NotFound
    found = await run_sync(partial(read_folder, settings.mail_folder, most=SHOWN))
    return page(request, "demo/mail.html", letters=found)
