"""The server: one process and one loop, on a port of this machine."""

import asyncio
import signal
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from tabletop.errors import TabletopError, in_words
from tabletop.exercise.acts import Open
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.roles import Role
from tabletop.serve.address import LOOPBACK
from tabletop.serve.app import app, what_if_app
from tabletop.serve.classroom import Classroom, names_in
from tabletop.serve.doors import Doors
from tabletop.serve.draining import DRAIN_SECONDS, draining_within
from tabletop.serve.guard import Guard
from tabletop.serve.live import Bell
from tabletop.serve.pages.preflight import Checks
from tabletop.serve.pages.whatif import WhatIfPage
from tabletop.serve.rendering import Renderer
from tabletop.serve.way_in import Way, WayIn, origin_of
from tabletop.serve.whatif import Setup, WhatIf
from tabletop.serve.words import ENGLISH

EVERYWHERE = "0.0.0.0"  # noqa: S104 (asked for by --lan)
"""Every address of this machine."""
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
        doors.number_after(names_in(exercise.entries))
        classroom = Classroom(
            exercise, doors, workers=workers, address=way.address, ways=way.others, opening=opening
        )
        scheme = "http" if way.certificate is None else "https"
        here = {origin_of(scheme, name, port) for name in ("127.0.0.1", "localhost", host)}
        origins = (
            {way.address}
            if way.is_behind_proxy
            else {way.address, *here, *(other.address for other in way.others() if host == EVERYWHERE)}
        )
        near = LOOPBACK if host == EVERYWHERE else host
        # a certificate, and a cookie for TLS alone, are for the address that has them
        desk = way.address if classroom.is_secure or way.is_behind_proxy else origin_of(scheme, near, port)
        links = {
            role: f"{place}/in#{doors.new_link(role)}"
            for role, place in ((Role.CONTROLLER, desk), (Role.PROJECTOR, way.address))
        }
        begun(links, classroom.join_address)
        guard = app(classroom, origins=origins, checks=checks)
        server = Server(guard, way, classroom.bell)
        classroom.reach = partial(server.reach, guard, sock)
        _until_interrupted(server, sock)


def serve_what_if(setup: Setup, sock: socket.socket, *, begun: Callable[[str], object]) -> None:
    """Serve a what-if to this machine alone until it is interrupted; `begun` is given its address."""
    host, port = sock.getsockname()
    bell = Bell()
    asked = WhatIf(setup, changed=bell.ring)
    page = WhatIfPage(asked, Renderer(ENGLISH, language=setup.scenario.language), ENGLISH, bell)
    origins = {f"http://{name}:{port}" for name in (host, "localhost")}
    begun(f"http://{host}:{port}/")
    server = Server(what_if_app(page, origins=origins), WayIn(origin_of("http", host, port)), bell)
    _until_interrupted(server, sock)


class Server(uvicorn.Server):
    """What listens, on one address first and perhaps on others later; its live channels end with it."""

    def __init__(
        self, served: ASGIApp, way: WayIn, bell: Bell, *, drain_seconds: float = DRAIN_SECONDS
    ) -> None:
        super().__init__(_configured(served, way, drain_seconds))
        self._bell = bell
        self._drain_seconds = drain_seconds
        self._others: set[str] = set()
        """The addresses on which it listens beside the first."""

    async def reach(self, guard: Guard, first: socket.socket, way: Way) -> None:
        """Listen on another address beside the first, at the same port, and answer under it.

        Raises TabletopError where that cannot be. What is connected stays so.
        """
        host, port = first.getsockname()
        address = way.network.address
        if host not in (EVERYWHERE, address) and address not in self._others:
            connected = partial(
                draining_within(self._drain_seconds),
                config=self.config,
                server_state=self.server_state,
                app_state=self.lifespan.state,
            )
            sock = listening(address, port)
            listener = await asyncio.get_running_loop().create_server(connected, sock=sock, backlog=BACKLOG)
            self.servers.append(listener)  # they are closed when it ends
            self._others.add(address)
        guard.admit(way.address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, the live channels first: one that is cut off fails with a traceback."""
        self._bell.ring_last()
        await super().shutdown(sockets)


def _until_interrupted(server: Server, sock: socket.socket) -> None:
    # what ends it is raised once more when it has ended, and is how it is meant to end
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        server.run([sock])


def _configured(served: ASGIApp, way: WayIn, drain_seconds: float) -> uvicorn.Config:
    """How an application is served; a browser that takes nothing for `drain_seconds` is hung up on."""
    chain, key = way.certificate or (None, None)
    config = uvicorn.Config(
        served,
        log_config=None,
        log_level="error",  # a fault; not a line for each stranger who speaks no HTTP
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
    config.load()
    if config.ssl is not None:  # whatever this machine's library would still speak
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
    return config
