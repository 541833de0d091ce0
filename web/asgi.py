"""Words that the layers around the application share (ASGI: scope, receive, send), for requests over HTTP alone."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar.types import HTTPScope, Message, Receive, Send

__all__ = ["App", "HTTPScope", "Layer", "Message", "Receive", "Send", "header", "headers_of", "within"]

App = Callable[[HTTPScope, Receive, Send], Awaitable[None]]
#: Something put around the application, or around another layer.
Layer = Callable[[App], App]


def within(layers: Sequence[Layer], app: App) -> App:
    """Return the application inside its layers, the outermost named first."""
    for layer in reversed(layers):
        app = layer(app)
    return app


def header(scope: HTTPScope, name: bytes) -> str | None:
    """Return a request header by its lower-case name; None where there is none. The first of two counts."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def headers_of(
    start: Any,
) -> list[tuple[bytes, bytes]]:  # Any: a response's start, whose headers servers type variously
    """Return the headers of an answer as a list that may be changed, their names in lower case."""
    headers = [(bytes(name).lower(), bytes(value)) for name, value in start["headers"]]
    start["headers"] = headers
    return headers
