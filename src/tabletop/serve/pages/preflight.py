"""The page before a class, for this machine alone: checks, network, a phone's test, and the door."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from pydantic import Field, TypeAdapter
from segno import helpers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.engine.frozen import Frozen
from tabletop.errors import TabletopError
from tabletop.exercise.roles import Role
from tabletop.serve.address import qr
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look
from tabletop.serve.networks import own_addresses
from tabletop.serve.pages.common import admitted, body_of, live, not_seated


class Check(Protocol):
    """A row of the list of checks."""

    @property
    def name(self) -> str:
        """What was looked at."""

    @property
    def standing(self) -> str:
        """Whether all is well."""

    @property
    def found(self) -> str:
        """What was found."""

    @property
    def right(self) -> str:
        """What would be right; empty where all is well."""


Checks = Callable[[], Sequence[Check]]


class Chosen(Frozen):
    """The address to which phones are led."""

    address: str = Field(max_length=60)


class Wifi(Frozen):
    """A Wi-Fi, which is drawn and forgotten."""

    name: str = Field(min_length=1, max_length=32)
    password: str = Field(max_length=63)


CHOSEN, WIFI = TypeAdapter(Chosen), TypeAdapter(Wifi)


class PreflightPage:
    """What the machine that serves shows before a class; and what a phone loads to show that it gets here."""

    def __init__(self, classroom: Classroom, checks: Checks = tuple) -> None:
        self._classroom = classroom
        self._checks = checks
        self._reached: set[str] = set()
        """The addresses to which a phone has come through."""

    @property
    def routes(self) -> list[Route]:
        """The page, its channel and its acts; and what phones load."""
        return [
            Route("/ping", self._ping),
            Route("/preflight", self._get),
            Route("/preflight/live", self._live),
            Route("/preflight/address", self._choose, methods=["POST"]),
            Route("/preflight/wifi", self._wifi, methods=["POST"]),
        ]

    async def _ping(self, request: Request) -> Response:
        """Whoever loads it, and is not this machine, has come through."""
        classroom = self._classroom
        if request.client is not None and request.client.host not in own_addresses():
            self._reached.add(classroom.address)
            classroom.bell.ring()
        words = classroom.words
        page = classroom.renderer.page(
            "message.html", title=words.preflight.arrived_title, says=words.preflight.arrived, to=""
        )
        return HTMLResponse(page)

    async def _get(self, request: Request) -> Response:
        one = self._admitted(request)
        if isinstance(one, Response):
            return one
        classroom, now = self._classroom, self._look(one)
        if now is None:
            return not_seated(classroom)
        page = classroom.renderer.page(
            "preflight.html",
            regions=now.regions,
            line=now.line,
            room=classroom.doors.code,
            device=one.device,
            checks=await asyncio.to_thread(self._checks),
        )
        return HTMLResponse(page)

    async def _live(self, request: Request) -> Response:
        one = self._admitted(request)
        if isinstance(one, Response):
            return one
        return live(request, self._classroom, one, partial(self._look, one))

    async def _choose(self, request: Request) -> Response:
        one = self._admitted(request)
        if isinstance(one, Response):
            return one
        asked = await body_of(request, CHOSEN)
        if isinstance(asked, JSONResponse):
            return asked
        try:
            is_led = await self._classroom.lead_to(asked.address)
        except TabletopError as error:
            return JSONResponse({"refused": str(error)}, 409)
        if not is_led:
            return JSONResponse({"refused": self._classroom.words.preflight.address_says}, 409)
        return JSONResponse({})

    async def _wifi(self, request: Request) -> Response:
        """A code that joins a Wi-Fi; what was typed is in the answer alone."""
        one = self._admitted(request)
        if isinstance(one, Response):
            return one
        asked = await body_of(request, WIFI)
        if isinstance(asked, JSONResponse):
            return asked
        kind = "WPA" if asked.password else None
        data = helpers.make_wifi_data(ssid=asked.name, password=asked.password or None, security=kind)
        html = self._classroom.renderer.page("preflight_wifi.html", wifi=asked.name, regions={"qr": qr(data)})
        return JSONResponse({"html": html})

    def _admitted(self, request: Request) -> Pass | Response:
        """A controller at this machine; or the answer to anybody else."""
        classroom = self._classroom
        one = admitted(request, classroom, Role.CONTROLLER)
        if one is None:
            return not_seated(classroom)
        if request.client is None or request.client.host not in own_addresses():
            words = classroom.words
            page = classroom.renderer.page(
                "message.html", title=words.preflight.title, says=words.preflight.elsewhere, to=""
            )
            return HTMLResponse(page, 403)
        return one

    def _look(self, one: Pass) -> Look | None:
        classroom = self._classroom
        if not classroom.doors.is_good(one):
            return None
        regions = {
            "way": classroom.renderer.page(
                "preflight_way.html",
                ways=classroom.ways(),
                address=classroom.address,
                link=f"{classroom.address}/ping",
                is_reached=classroom.address in self._reached,
                regions={"qr": qr(f"{classroom.address}/ping")},
            ),
            "door": classroom.renderer.html("preflight_door.html", is_open=classroom.door_is_open),
        }
        return Look(classroom.state.lines, regions, classroom.beat())
