"""One line a request: method, route, status, time, id. No query, body, cookie or address: nothing personal to lose.

Who votes leaves no line: between others it would tell the minute. Such requests are counted, and told once an hour.

The id stands on the answer too, and on the page of a failure, so that what a reader reports can be found.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from time import perf_counter

from web.access import TRACELESS
from web.asgi import App, HTTPScope, Layer, Message, Receive, Send, headers_of

log = logging.getLogger("consult.access")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def access_log(clock: Callable[[], datetime]) -> Layer:
    """Return the layer that names each request, notes when it arrived and writes its line."""
    hourly = Hourly()

    def around(app: App) -> App:
        async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
            began = perf_counter()
            request_id = secrets.token_hex(8)
            scope["state"].update(request_id=request_id, at=clock())
            method = scope["method"] if scope["method"] in METHODS else "OTHER"
            status = 0

            async def send_with_id(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    headers_of(message).append((b"x-request-id", request_id.encode()))
                await send(message)

            try:
                await app(scope, receive, send_with_id)
            finally:
                milliseconds = (perf_counter() - began) * 1000
                route = scope.get("path_template") or "-"
                handler = scope.get("route_handler")
                hourly.tell_before(scope["state"]["at"])
                if handler is not None and handler.opt.get(TRACELESS, False):
                    hourly.count[method, route, status] += 1
                else:
                    log.info("%s %s %d %.1f ms %s", method, route, status, milliseconds, request_id)

        return answer

    return around


class Hourly:
    """What was asked within an hour and is told only after it."""

    def __init__(self) -> None:
        self.count: Counter[tuple[str, str, int]] = Counter()
        self._hour: datetime | None = None

    def tell_before(self, at: datetime) -> None:
        """Write down what was counted in an hour that has ended by now."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        if self._hour is not None and hour > self._hour:
            for (method, route, status), times in sorted(self.count.items()):
                log.info("%s %s %d %d times in the hour from %s", method, route, status, times, self._hour.isoformat())
            self.count.clear()
        self._hour = hour
