"""A class that is served by a thread of the process that tests it, so that one can look inside."""

from contextlib import contextmanager
from functools import partial
from threading import Thread

from exercise.room import TEXT
from serve.served import Client, until
from tabletop.exercise.acts import BeginMove, Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.log import SERVE
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.serve.app import app
from tabletop.serve.classroom import Classroom, opening
from tabletop.serve.doors import Doors
from tabletop.serve.draining import DRAIN_SECONDS
from tabletop.serve.pages.common import cookie_name
from tabletop.serve.server import Server, listening
from tabletop.serve.way_in import WayIn


@contextmanager
def served_here(where, *, drain_seconds=DRAIN_SECONDS, ways=lambda _: (), prepare=lambda _: None):
    """The small exercise in its first move; `ways` are given the port, `prepare` the socket that listens."""
    exercise = Exercise.new(where / "room", text=TEXT, name="small.yaml")
    with exercise.in_charge(SERVE):
        exercise.do(CONTROLLER, opening(exercise.state, teams=(), others=2, pen=True))
        exercise.do(CONTROLLER, Start())
        exercise.do(CONTROLLER, BeginMove(move=1))
        doors, sock = Doors.at(exercise.folder), listening("127.0.0.1", 0)
        prepare(sock)
        port = sock.getsockname()[1]
        way = WayIn(f"http://127.0.0.1:{port}")
        room = Classroom(exercise, doors, workers=1, address=way.address, ways=lambda: ways(port))
        guard = app(room, origins={way.address})
        server = Server(guard, way, room.bell, drain_seconds=drain_seconds)
        room.reach = partial(server.reach, guard, sock)
        thread = Thread(target=server.run, args=([sock],))
        thread.start()
        try:
            until(lambda: server.started)
            yield room, server, port
        finally:
            server.should_exit = True
            thread.join()
            sock.close()
            doors.close()


def seated(room, port, team):
    """A phone at a table, and what the log calls it."""
    phone = Client(port)
    path = f"/j/{room.doors.code}"
    phone.ask("POST", path, f"team={team}", Content_Type="application/x-www-form-urlencoded")
    token = phone.cookies[cookie_name(room, Role.PLAYER)]
    return phone, room.doors.admit(token, Role.PLAYER).device
