"""The guard: headers of every answer, and which requests are turned away before anybody reads them."""

from collections import deque
from collections.abc import Collection
from time import monotonic

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 8 * 1024
"""Bytes of a request: no form here needs more."""
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

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

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
        await self._app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("This address is not served here.", 421)
        if scope["method"] != "POST":
            return None
        origin = headers.get("origin")
        if origin != f"{scope['scheme']}://{host}" or headers.get("sec-fetch-site", "same-origin") != (
            "same-origin"
        ):
            return PlainTextResponse("This came from another page.", 403)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return PlainTextResponse("This is too large, or of no known size.", 413)
        return None


class Limit:
    """At most so many things in so many seconds, for each of those who do them."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._done: dict[str, deque[float]] = {}

    def allows(self, who: str) -> bool:
        """Whether somebody may do it once more; it is counted then."""
        now = monotonic()
        times = self._done.setdefault(who, deque(maxlen=self._most))
        if len(times) == self._most and now - times[0] < self._seconds:
            return False
        times.append(now)
        return True
