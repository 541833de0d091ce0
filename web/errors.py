"""Every answer that is a no, as a page with the site's frame, in the reader's language.

Refusals say themselves what and why. Everything else is a bug: it is logged with its traceback under an id, and the
reader is shown the id and nothing more.
"""

import logging
from collections.abc import Mapping

from litestar import MediaType, Response
from litestar.exceptions import HTTPException
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from consult.i18n import N_, current_locale, gettext
from consult.identity.limits import TooManyTries
from consult.refusals import NotFound, NotPermitted, Refusal, Withdrawn
from consult.store.database import Busy
from web.answers import page
from web.asgi import App, HTTPScope, Message, Receive, Send
from web.given import Request

log = logging.getLogger("consult.errors")

#: The status of a refusal that names none itself; the first that fits counts.
STATUS: Mapping[type[Refusal], int] = {
    NotFound: 404,
    NotPermitted: 403,
    Withdrawn: 410,
    TooManyTries: 429,
    Busy: 503,
    Refusal: 409,
}
#: The database cannot be reached, or has no connection free: nothing was written, and it will pass.
UNREACHABLE = (NoConnection, OperationalError, InterfaceError)
RETRY_SECONDS = 5

FAILURE = N_("Something went wrong with us")
TITLES = {
    400: N_("This cannot be read"),
    403: N_("This is not allowed"),
    404: N_("This page does not exist"),
    405: N_("This page does not exist"),
    408: N_("The connection was interrupted"),
    409: N_("This cannot be done now"),
    410: N_("This was withdrawn"),
    413: N_("This is too large"),
    414: N_("This page does not exist"),
    415: N_("This cannot be read"),
    422: N_("This cannot be read"),
    429: N_("Too many tries"),
    431: N_("This is too large"),
    503: N_("The service is busy"),
}
#: What to say where no refusal has said it.
ADVICE = {
    400: N_("The address is damaged: part of it cannot be read or stands in it twice."),
    404: N_("If you typed the address, check it. If you followed a link, tell us where it stands."),
    405: N_("This address belongs to a form. Go to its page and start from there."),
    500: N_("It was not your doing, and nothing was saved. We keep a note of what happened."),
}


def answer_to(request: Request, problem: Exception) -> Response[str]:
    """Return the page that explains why something was not done."""
    status = status_of(problem)
    headers = {}
    if status == 405 and isinstance(problem, HTTPException):  # noqa: PLR2004 - the status that must name the methods
        headers["Allow"] = (problem.headers or {}).get("allow", "")
    if status == 503:  # noqa: PLR2004 - the status that says when to come back
        headers["Retry-After"] = str(RETRY_SECONDS)
    request_id = None
    if status == 500 or isinstance(problem, UNREACHABLE):  # noqa: PLR2004 - what is not said to be expected
        request_id = request.scope["state"]["request_id"]
        log.error("request %s failed", request_id, exc_info=problem)
    answer = page(
        request,
        "errors.html",
        status=status,
        title=gettext(TITLES.get(status, FAILURE)),
        explanation=explanation_of(problem, status),
        request_id=request_id,
    )
    answer.headers.update(headers)
    return answer


def status_of(problem: Exception) -> int:
    """Return the status that a problem is answered with."""
    if isinstance(problem, HTTPException):
        return problem.status_code
    if isinstance(problem, UNREACHABLE):
        return STATUS[Busy]
    if isinstance(problem, Refusal):
        named = getattr(problem, "status", None)
        return named or next(status for kind, status in STATUS.items() if isinstance(problem, kind))
    return 500


def explanation_of(problem: Exception, status: int) -> str:
    """Return the sentence under the title."""
    if isinstance(problem, UNREACHABLE):
        return Busy().explain()
    if isinstance(problem, Refusal) and type(problem) is not NotFound:
        return problem.explain()
    return gettext(ADVICE.get(status, ADVICE[500]))


def explained(app: App) -> App:
    """Turn what the layers refuse into pages too. A page that cannot be made is answered by a bare sentence."""

    async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def send_noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await app(scope, receive, send_noted)
        except Exception as problem:
            if has_begun:
                # Half an answer cannot be taken back; the server cuts the connection, so that nobody takes it as whole.
                raise
            request = Request(scope, receive, send)
            response = page_or_sentence(request, problem)
            await response.to_asgi_response(None, request)(scope, receive, send)

    return answer


def page_or_sentence(request: Request, problem: Exception) -> Response[str]:
    """Return the page about a problem, or the least that can be said when making the page fails as well."""
    try:
        return answer_to(request, problem)
    except Exception:
        request_id = request.scope["state"]["request_id"]
        log.exception("request %s failed twice", request_id)
        title = gettext(FAILURE)
        html = (
            f'<!doctype html><html lang="{current_locale.get()}"><meta charset="utf-8"><title>{title}</title>'
            f"<h1>{title}</h1><p>{request_id}</p></html>"
        )
        return Response(html, media_type=MediaType.HTML, status_code=500)
