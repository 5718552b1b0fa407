"""The guard: headers of every answer, and which requests are turned away before anybody reads them."""

import asyncio
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 8 * 1024
"""Bytes of a request: no form here needs more."""
SLOWEST_BODY = 10.0
"""Seconds in which a request has to arrive: whoever sends it byte by byte holds a connection."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # not `no-referrer`: with it a browser gives a form's own origin as `null`, and the form could not be told
    # from one on another page
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class Guard:
    """Lets through what comes to an address of ours, from a page of ours, and is not too large.

    A request to another host may be one whose name was made to lead here; a form or a script of another
    page could act with the cookies of this one.
    """

    def __init__(self, app: ASGIApp, *, origins: Collection[str]) -> None:
        self._app = app
        self._origins = {origin.partition("://")[2]: origin for origin in origins}
        """By host and port: the one origin under which pages of ours stand there."""

    def admit(self, origin: str) -> None:
        """Answer under another origin, too."""
        self._origins[origin.partition("://")[2]] = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or have it answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        if (refusal := self._refusal(scope)) is not None:
            await refusal(scope, receive, send_with_headers)
            return
        try:
            arrived = await _arrived(receive) if scope["method"] == "POST" else receive
        except TimeoutError:
            refusal = PlainTextResponse("This took too long to arrive.", 408, {"Connection": "close"})
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, arrived, send_with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._origins:
            return PlainTextResponse("This address is not served here.", 421)
        if scope["method"] != "POST":
            return None
        origin = headers.get("origin")
        if origin != self._origins[host] or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return PlainTextResponse("This came from another page.", 403)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return PlainTextResponse("This is too large, or of no known size.", 413)
        return None


async def _arrived(receive: Receive) -> Receive:
    """A request whose whole body is there; raises TimeoutError for one that comes too slowly."""
    messages: list[Message] = []
    async with asyncio.timeout(SLOWEST_BODY):
        while True:
            messages.append(await receive())
            if messages[-1]["type"] != "http.request" or not messages[-1].get("more_body", False):
                break

    async def replay() -> Message:
        return messages.pop(0) if messages else await receive()

    return replay
