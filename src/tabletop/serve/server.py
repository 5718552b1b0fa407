"""The server: one process and one loop, on a port of this machine."""

import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import closing, suppress

import uvicorn
from starlette.types import ASGIApp

from tabletop.errors import TabletopError, in_words
from tabletop.exercise.acts import Open
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.roles import Role
from tabletop.serve.address import LOOPBACK
from tabletop.serve.app import app, what_if_app
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Doors
from tabletop.serve.draining import DRAIN_SECONDS, draining_within
from tabletop.serve.live import Bell
from tabletop.serve.pages.preflight import Checks
from tabletop.serve.pages.whatif import WhatIfPage
from tabletop.serve.rendering import Renderer
from tabletop.serve.way_in import WayIn, origin_of
from tabletop.serve.whatif import Setup, WhatIf
from tabletop.serve.words import ENGLISH

BACKLOG = 512
"""Connections that wait for their turn: a whole class that scans the code at once."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; raises TabletopError if the port is taken or the address is not ours."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(BACKLOG)  # who comes before the server is ready waits, and is not turned away
    except OSError as error:
        sock.close()
        raise TabletopError(
            f"{host}:{port}: cannot be served from: {in_words(error)}; choose another with --port or --host"
        ) from None
    return sock


def serve_class(
    exercise: Exercise,
    sock: socket.socket,
    *,
    way: WayIn,
    workers: int,
    opening: Open | None,
    checks: Checks,
    begun: Callable[[Mapping[Role, str], str], object],
) -> None:
    """Serve an exercise until it is interrupted; `begun` is given the secret links and the join address.

    `opening` opens the door, once a controller presses the button; None if that has been done.
    Raises TabletopError where seats cannot be kept.
    """
    host, port = sock.getsockname()
    with closing(Doors.at(exercise.folder)) as doors:
        classroom = Classroom(
            exercise, doors, workers=workers, address=way.address, ways=way.others, opening=opening
        )
        scheme = "http" if way.certificate is None else "https"
        here = {origin_of(scheme, name, port) for name in ("127.0.0.1", "localhost", host)}
        origins = (
            {way.address}
            if way.is_behind_proxy
            else {way.address, *here, *(other.address for other in way.others)}
        )
        near = LOOPBACK if host == "0.0.0.0" else host  # noqa: S104 (every address of this machine)
        # a certificate, and a cookie for TLS alone, are for the address that has them
        desk = way.address if classroom.is_secure or way.is_behind_proxy else origin_of(scheme, near, port)
        links = {
            role: f"{place}/in#{doors.new_link(role)}"
            for role, place in ((Role.CONTROLLER, desk), (Role.PROJECTOR, way.address))
        }
        begun(links, classroom.join_address)
        _until_interrupted(app(classroom, origins=origins, checks=checks), sock, way, classroom.bell)


def serve_what_if(setup: Setup, sock: socket.socket, *, begun: Callable[[str], object]) -> None:
    """Serve a what-if to this machine alone until it is interrupted; `begun` is given its address."""
    host, port = sock.getsockname()
    bell = Bell()
    asked = WhatIf(setup, changed=bell.ring)
    page = WhatIfPage(asked, Renderer(ENGLISH, language=setup.scenario.language), ENGLISH, bell)
    origins = {f"http://{name}:{port}" for name in (host, "localhost")}
    begun(f"http://{host}:{port}/")
    way = WayIn(origin_of("http", host, port))
    _until_interrupted(what_if_app(page, origins=origins), sock, way, bell)


class _Server(uvicorn.Server):
    """A server that ends its live channels when it stops; one that is cut off fails with a traceback."""

    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self._bell = bell

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._bell.ring_last()
        await super().shutdown(sockets)


def _until_interrupted(served: ASGIApp, sock: socket.socket, way: WayIn, bell: Bell) -> None:
    # what ends it is raised once more when it has ended, and is how it is meant to end
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        _Server(configured(served, way), bell).run([sock])


def configured(served: ASGIApp, way: WayIn, *, drain_seconds: float = DRAIN_SECONDS) -> uvicorn.Config:
    """How an application is served; a browser that takes nothing for `drain_seconds` is hung up on."""
    chain, key = way.certificate or (None, None)
    return uvicorn.Config(
        served,
        log_config=None,
        access_log=False,  # a log of addresses is kept nowhere
        server_header=False,
        proxy_headers=way.is_behind_proxy,
        forwarded_allow_ips=LOOPBACK,
        ssl_certfile=chain,
        ssl_keyfile=key,
        http=draining_within(drain_seconds),
        loop="asyncio",
        ws="none",
        lifespan="on",
        backlog=BACKLOG,
        limit_concurrency=600,
        timeout_keep_alive=75,  # a phone that taps once a minute need not connect anew
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=16 * 1024,
    )
