"""While the record cannot take anything new, nothing is taken in: what was typed is shown again, to be sent later.

So it is after a backup was restored, until what it lacks has come back (`consult record recover`). What was accepted
meanwhile would bear numbers that others hold receipts for. A backup may be older than an erasure too, so until then
nobody's words are shown. Where only the keys are missing, reading goes on.
"""

import re
from time import monotonic

from anyio.to_thread import run_sync
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from consult import links
from consult.i18n import gettext
from consult.record.continuity import PerhapsOlder, RecordHalted, why_halted
from consult.settings import Settings
from consult.store import Database
from web.access import SAFE
from web.answers import page
from web.bodies import read_posted
from web.given import Request
from web.kept import kept_form

#: How long one look is believed.
SECONDS = 1.0
RETRY_SECONDS = 60
#: What is answered all the same: nothing of it enters the record, and a password is in no form that is kept.
STILL_ANSWERED = frozenset({links.RECORD_CHECK, links.SIGN_IN, links.SIGN_IN_CODE, links.SIGN_OUT})
#: What is shown even then, for it holds nobody's words; of the record's files, all but the texts.
STILL_SHOWN = STILL_ANSWERED | {links.STATUS}
WORDLESS = re.compile(rf"/static/.+|{links.LOGS}/[^/]+/(?!body/|openings/).+")


class Watch:
    """Whether the record goes on where it was signed, looked at when somebody comes, at most once a second."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._looked_at = float("-inf")
        self._has_looked = False
        self._found: RecordHalted | None = None

    async def halt(self) -> RecordHalted | None:
        """Return why nothing can be recorded; None while all is well."""
        if monotonic() - self._looked_at > SECONDS:
            if self._has_looked:
                # Whoever comes meanwhile goes by the look before; before the first, everybody looks.
                self._looked_at = monotonic()
            self._found = await run_sync(
                why_halted, self._database, self._settings.keys, self._settings.high_water_file
            )
            self._has_looked, self._looked_at = True, monotonic()
        return self._found


def nothing_while_halted(app: ASGIApp) -> ASGIApp:
    """Return the middleware that takes nothing in while the record is halted."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or is_answered(scope):
            await app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        watch: Watch = request.app.state.watch
        halted = await watch.halt()
        reads = scope["method"] in SAFE
        if halted is None or (reads and not isinstance(halted, PerhapsOlder)):
            await app(scope, receive, send)
            return
        if reads:
            title, explanation = gettext("Closed for a while"), halted.explain()
            response = page(request, "errors.html", status=503, title=title, explanation=explanation, request_id=None)
        else:
            kept = kept_form(request, await read_posted(request))
            response = page(request, "halted.html", status=503, kept=kept, explanation=halted.explain())
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        await response.to_asgi_response(None, request)(scope, receive, send)

    return answer


def is_answered(scope: HTTPScope) -> bool:
    """Tell whether a request is answered whatever has become of the record."""
    if scope["method"] in SAFE:
        return scope["path"] in STILL_SHOWN or WORDLESS.fullmatch(scope["path"]) is not None
    return scope["path"] in STILL_ANSWERED
