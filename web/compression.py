"""Pages are sent small: a reader on a slow phone should not need a proxy in front of us for that."""

import gzip

from web.asgi import App, HTTPScope, Message, Receive, Send, header, headers_of

#: Below this, the compressed form and its headers are hardly smaller.
WORTH_IT = 1024
#: A long page is a fifteenth larger than at 6, and takes less than half the time.
LEVEL = 4
TEXTS = (b"text/", b"application/json", b"application/xml", b"application/atom+xml", b"image/svg+xml")


def accepts_gzip(scope: HTTPScope) -> bool:
    """Whether the client takes gzip. Those who refuse it by `q=0` are tools; browsers never do."""
    offered = (header(scope, b"accept-encoding") or "").split(",")
    return any(coding.strip().lower().startswith("gzip") and "q=0" not in coding for coding in offered)


def is_worth_compressing(headers: list[tuple[bytes, bytes]], body: bytes) -> bool:
    """Whether an answer is text, large enough, and not compressed already."""
    said = dict(headers)
    return len(body) > WORTH_IT and b"content-encoding" not in said and said.get(b"content-type", b"").startswith(TEXTS)


def compressed(body: bytes) -> bytes:
    """Return a body in gzip, the same bytes each time."""
    return gzip.compress(body, LEVEL, mtime=0)


def compression(app: App) -> App:
    """Compress the answers that are one whole text; a stream passes as it is."""

    async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
        if not accepts_gzip(scope):
            await app(scope, receive, send)
            return
        start: Message | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] == "http.response.body" and start is not None:
                headers = headers_of(start)
                body = message.get("body", b"")
                if not message.get("more_body") and is_worth_compressing(headers, body):
                    message["body"] = compressed(body)
                    describe_compressed(headers, len(message["body"]))
                await send(start)
                start = None
            await send(message)

        await app(scope, receive, send_compressed)

    return answer


def describe_compressed(headers: list[tuple[bytes, bytes]], length: int) -> None:
    """Say in the headers that the body is gzip now, and that this depended on the client."""
    headers[:] = [pair for pair in headers if pair[0] not in {b"content-length", b"vary"}]
    headers += [
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
        (b"content-length", str(length).encode()),
    ]
