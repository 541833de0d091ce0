"""The witness's two addresses (C2SP tlog-witness): where logs ask, and where anybody sees what was cosigned last."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from typing import Any

from anyio.to_thread import run_sync

from consult.record.faults import Fault
from consult.witness.memory import Memory, name_of
from consult.witness.protocol import MAX_REQUEST_SIZE, TEXT, Answer, Fork, add_checkpoint

Message = MutableMapping[str, Any]  # Any: ASGI's own messages
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

ADD, MONITOR = "/add-checkpoint", re.compile(r"/(?P<name>[0-9a-f]{64})/checkpoint", re.ASCII)


def witness_app(memory: Memory, *, clock: Callable[[], datetime], alarm: Callable[[Fork], None]) -> App:
    """Return the witness as an ASGI application, to be run by any server at any path."""

    async def app(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http":
            return
        asked = (scope["method"], scope["path"].removeprefix(scope.get("root_path", "")))
        if asked == ("POST", ADD):
            body = await _body(receive)
            answer = (
                Answer(400, b"The request is longer than any can be.\n")
                if body is None
                else await run_sync(lambda: add_checkpoint(memory, body, at=clock(), alarm=alarm))
            )
        elif asked[0] in {"GET", "HEAD"}:
            answer = await run_sync(shown, memory, asked[1])
        else:
            answer = Answer(405, b"Logs ask by POST at /add-checkpoint.\n")
        await _send(send, answer, has_body=asked[0] != "HEAD")

    return app


def shown(memory: Memory, path: str) -> Answer:
    """Answer whoever only looks: who this witness is, and the latest checkpoint of each log that it knows."""
    try:
        logs = memory.logs()
        if path == "/":
            lines = [f"witness {memory.key.verifying.vkey}", *(f"log {log.key.vkey}" for log in logs)]
            return Answer(200, "".join(f"{line}\n" for line in lines).encode())
        found = MONITOR.fullmatch(path)
        origins = [log.origin for log in logs if found and name_of(log.origin) == found["name"]]
        note = memory.note_of(origins[0]) if origins else None
    except (Fault, OSError):
        return Answer(500, b"The witness cannot read its own folder.\n")
    return Answer(200, note) if note else Answer(404, b"There is no such checkpoint here.\n")


async def _body(receive: Callable[[], Awaitable[Message]]) -> bytes | None:
    """Return the body of a request; nothing if it is longer than any can be."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_REQUEST_SIZE:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _send(send: Callable[[Message], Awaitable[None]], answer: Answer, *, has_body: bool) -> None:
    headers = {
        "content-type": answer.media_type or TEXT,
        "content-length": str(len(answer.body)),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    await send({"type": "http.response.body", "body": answer.body if has_body else b""})
