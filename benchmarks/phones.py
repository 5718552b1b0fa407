"""Phones without a screen: sockets that join a served class, tap, and note when their pages show what.

A browser on each of forty phones would cost these two cores more than the server does. What a phone asks for,
and in which order, is what `serve/static` asks for.
"""

import asyncio
import json
import random
import re
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from time import perf_counter
from typing import Any, Self
from urllib.parse import urlencode

RETRY = 1.0, 3.0
"""Seconds, at least and at most, after which a phone opens its channel anew, as `live.js` does."""
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back, and how many bytes it took with its head."""

    status: int
    head: dict[str, str]
    body: bytes
    size: int


class Line:
    """One connection that is kept open, and opened anew where the other end closed it."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", **head: str) -> Answer:
        """One request and its answer; raises OSError or EOFError where there is none."""
        for is_last in (False, True):
            fresh = self._ends is None
            try:
                reader, writer = await self._open()
                writer.write(self._request(method, path, body, head))
                return await self._answer(reader)
            except (OSError, EOFError):
                self.close()
                if fresh or is_last:
                    raise
        raise AssertionError

    async def stream(self, path: str, **head: str) -> asyncio.StreamReader:
        """The body of an answer that does not end, once its head has come."""
        reader, writer = await self._open()
        writer.write(self._request("GET", path, b"", head))
        await reader.readuntil(b"\r\n\r\n")
        return reader

    def close(self) -> None:
        """Hang up."""
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._ends is None:
            self._ends = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
        return self._ends

    def _request(self, method: str, path: str, body: bytes, head: dict[str, str]) -> bytes:
        at = f"{self.host}:{self.port}"
        lines = {"Host": at, **{name.replace("_", "-"): value for name, value in head.items()}}
        if method == "POST":
            lines |= {"Origin": f"http://{at}", "Content-Length": str(len(body))}
        said = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{said}\r\n".encode() + body

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        raw = await reader.readuntil(b"\r\n\r\n")
        first, *rest = raw.decode("latin-1").strip().split("\r\n")
        head = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        body = b""
        if (length := int(head.get("content-length", "0"))) > 0:
            body = await reader.readexactly(length)
        return Answer(int(first.split()[1]), head, body, len(raw) + len(body))


@dataclass
class Phone:
    """A phone at a table: what it has been shown, and when."""

    line: Line
    team: str
    rng: random.Random
    cookie: str = ""
    received: int = 0
    """Bytes on its live channel."""
    shown: int = 0
    """The line of the log up to which its page is."""
    page: dict[str, str] = field(default_factory=dict)
    """Regions by their names, as HTML."""
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    """Set at each message, and then another one."""
    tapping: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a request is under way."""
    _channel: asyncio.Task[None] | None = None

    @classmethod
    async def joined(cls, port: int, path: str, team: str, number: int) -> Self:
        """A phone that has scanned the code and chosen a table; it has its page, and opens its channel."""
        phone = cls(Line("127.0.0.1", port), team, random.Random(number))  # noqa: S311 (taps)
        await phone.line.ask("GET", path)
        answer = await phone.line.ask("POST", path, urlencode({"team": team}).encode(), Content_Type=FORM)
        if answer.status != 303:
            raise RuntimeError(f"{team}: {answer.status}: {answer.body.decode()[:300]}")
        phone.cookie = answer.head["set-cookie"].partition(";")[0]
        await phone.line.ask("GET", "/team", Cookie=phone.cookie)
        phone._channel = asyncio.create_task(phone._listen())
        return phone

    async def act(self, do: str, **parts: Any) -> tuple[int, dict[str, Any], float]:
        """An act: status, what was said, and the seconds that it took."""
        began = perf_counter()
        since = int(re.findall(r'data-since="(\d+)"', self.page["head"])[-1])
        body = json.dumps({"do": do, "key": token_hex(12), "since": since, **parts}).encode()
        answer = await self.line.ask(
            "POST", "/team/act", body, Cookie=self.cookie, Content_Type="application/json"
        )
        return answer.status, json.loads(answer.body), perf_counter() - began

    async def until(self, line: int, text: str, seconds: float) -> float:
        """The moment from which its page shows a text, up to a line; raises TimeoutError if it never does."""
        async with asyncio.timeout(seconds):
            while not (self.shown >= line and any(text in html for html in self.page.values())):
                await self.heard.wait()
        return perf_counter()

    def close(self) -> None:
        """Put it away."""
        if self._channel is not None:
            self._channel.cancel()
        self.line.close()

    async def _listen(self) -> None:
        while True:
            channel = Line(self.line.host, self.line.port)
            with suppress(OSError, EOFError, asyncio.IncompleteReadError):
                reader = await channel.stream("/team/live", Cookie=self.cookie)
                while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
                    self._take(await reader.readexactly(size + 2))
            channel.close()
            await asyncio.sleep(self.rng.uniform(*RETRY))

    def _take(self, chunk: bytes) -> None:
        self.received += len(chunk)
        for line in chunk.decode().split("\n"):
            if line.startswith("data: "):
                said = json.loads(line.removeprefix("data: "))
                self.page |= said.get("regions", {})
                self.shown = said.get("line", self.shown)
        heard, self.heard = self.heard, asyncio.Event()
        heard.set()
