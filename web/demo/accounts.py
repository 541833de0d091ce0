"""`/demo`: the accounts of the demo town, with the codes that an authenticator app would show at this moment."""

from anyio.to_thread import run_sync
from litestar import Response, get

from consult.demo.residents import ACCOUNTS, read_accounts
from consult.refusals import NotFound
from consult.settings import Settings
from web.access import ANYONE
from web.answers import page
from web.given import Given, Request


@get("/demo", opt=ANYONE)
async def accounts(request: Request, settings: Given[Settings]) -> Response[str]:
    """Show under which accounts the demonstration can be tried; elsewhere there is no such page."""
    if not settings.demo:
        raise NotFound
    found = await run_sync(read_accounts, settings.data / ACCOUNTS)
    return page(request, "demo/accounts.html", accounts=found)
