"""Security headers on every answer, errors and refusals included, because this is the outermost layer.

Nothing is inline and nothing comes from elsewhere, so the content policy needs no exception. An answer that sets a
header itself keeps it (an uploaded file its stricter policy, a page its own cache rule).
"""

from consult.settings import Settings
from web.asgi import App, HTTPScope, Layer, Message, Receive, Send, headers_of

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
UNUSED_POWERS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "midi=(), payment=(), publickey-credentials-get=(self), usb=(), xr-spatial-tracking=()"
)
ALWAYS = {
    b"content-security-policy": CONTENT_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": UNUSED_POWERS.encode(),
    # What is not said to be public is nobody else's: no proxy and no shared computer keeps it.
    b"cache-control": b"no-store",
}
OVER_TLS = {b"strict-transport-security": b"max-age=63072000; includeSubDomains"}


def security_headers(settings: Settings) -> Layer:
    """Return the layer that adds what an answer does not say itself."""
    wanted = ALWAYS | (OVER_TLS if settings.is_secure else {})

    def around(app: App) -> App:
        async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    headers = headers_of(message)
                    said = {name for name, _ in headers}
                    headers.extend(pair for pair in wanted.items() if pair[0] not in said)
                await send(message)

            await app(scope, receive, send_with_headers)

        return answer

    return around
