"""HEAD is GET without the body: every page has it, and no handler needs to know."""

from typing import cast

from web.asgi import App, HTTPScope, Message, Receive, Send


def head_as_get(app: App) -> App:
    """Answer HEAD with the status and the headers of GET."""

    async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
        if scope["method"] != "HEAD":
            await app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message["body"] = b""
            await send(message)

        # A copy, since the server looks at its own to know whether a body must follow.
        as_get = cast("HTTPScope", dict(scope) | {"method": "GET"})
        await app(as_get, receive, send_without_body)
        scope["path_template"] = as_get.get("path_template", "")

    return answer
