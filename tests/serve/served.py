"""A class that is served for tests: the command itself, in a process of its own that can be killed."""

import json
import os
import re
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from urllib.parse import urlencode

import tabletop
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.state import Phase

SOURCE = str(Path(tabletop.__file__).parents[1])
PATIENCE = 120.0
"""Seconds after which what is waited for has failed, on however busy a machine."""


@dataclass
class Served:
    """A running `tabletop serve`."""

    process: subprocess.Popen
    folder: Path
    monitor: str
    projector: str
    join: str
    said: str
    """What the command has said."""

    @property
    def port(self) -> int:
        return int(re.search(r":(\d+)/", self.join)[1])

    @property
    def host(self) -> str:
        """Where it listens; a name, or a proxy's, leads to this machine here."""
        host = re.search(r"//([^:/]+)", self.join)[1]
        return host if host.startswith("127.") else "127.0.0.1"

    def kill(self):
        """As a power cut would end it."""
        self.process.kill()
        self.process.communicate()
        self.process.stdout.close()


def begin(what, where, *options, door="--open"):
    """Serve a scenario, or the exercise in a folder, and wait until it says where.

    The door is open, unless `door` is empty.
    """
    command = [sys.executable, "-m", "tabletop", "serve", str(what), *filter(None, [door]), *options]
    environment = {**os.environ, "PYTHONPATH": SOURCE, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=where, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    told = ""
    for line in process.stdout:
        told += line
        if line.startswith("Ctrl-C"):
            break
    else:
        process.communicate()
        raise AssertionError(told)
    folder = re.search(r"The exercise is in (.+)", told)[1]
    links = [re.search(rf"{words}:\s+(\S+)", told)[1] for words in ("alone", "projector's page", "join at")]
    return Served(process, Path(where) / folder, *links, told)


@contextmanager
def serving(what, where, *options, door="--open"):
    """The same, and an end to it."""
    served = begin(what, where, *options, door=door)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.kill()


@dataclass
class Answer:
    """What came back of a request."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self):
        return self.content.decode()

    @property
    def data(self):
        return json.loads(self.text)


@dataclass
class Client:
    """A browser without a window, or whoever pretends to be one."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"

    def ask(self, method, path, body=None, **headers):
        """One request, as a browser on one of our pages sends it; a header of None is left out."""
        host = f"{self.host}:{self.port}"
        sent = {"Host": host}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            sent["Origin"] = f"http://{host}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in sent.items() if value is not None}
        with closing(HTTPConnection(self.host, self.port, timeout=2 * PATIENCE)) as connection:
            connection.request(method, path, body, kept)
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read())
        if "set-cookie" in answer.headers:
            name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, data, **headers):
        return self.ask("POST", path, json.dumps(data), **{"Content_Type": "application/json", **headers})

    def act(self, page, do, key=None, **parts):
        """An act from a page, with the moment that it was drawn for.

        Who is told to wait, waits and asks again under the same key, as the page does.
        """
        if page == "room" and do != "door":
            parts = {**self.drawn(), **parts}
        if page == "team" and "since" not in parts:
            parts = {"since": self.since(), **parts}
        asked = {"do": do, "key": key or token_hex(12), **parts}
        for _ in range(5):
            if (answer := self.post(f"/{page}/act", asked)).status != 429:
                break
            sleep(0.5)
        return answer

    def drawn(self):
        """The phase, move and line that a controller's page is drawn for."""
        answer = self.now("room")
        if answer.status != 200:
            return {}
        found = re.search(r'data-phase="([^"]+)" data-move="([^"]+)"', answer.data["regions"]["head"])
        return {"phase": found[1], "move": int(found[2]), "line": answer.data["line"]}

    def since(self):
        """The line since which a phone's page is at this part and table."""
        answer = self.now("team")
        found = (
            re.search(r'data-since="(\d+)"', answer.data["regions"]["head"]) if answer.status == 200 else None
        )
        return 0 if found is None else int(found[1])

    def now(self, page):
        """What a page shows, and the line up to which it does."""
        return self.get(f"/{page}/live?once=1")


def joined(served, team):
    """A phone at a table."""
    client = Client(served.port, host=served.host)
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    answer = client.ask("POST", path_of(served.join), urlencode({"team": team}), **form)
    assert answer.status == 303, answer
    return client


def controller(served):
    """The controller's browser."""
    return _led_in(served, served.monitor)


def projector(served):
    """The projector's browser."""
    return _led_in(served, served.projector)


def evaluator(served, desk):
    """An evaluator's browser, by a new link."""
    return _led_in(served, new_link(desk, "evaluator"))


def new_link(desk, role):
    """A new link for a role, as the monitor shows it."""
    return re.search(r">(http[^<]*/in#[\w-]+)<", desk.post("/room/link", {"role": role}).data["html"])[1]


def _led_in(served, link):
    client = Client(served.port, host=served.host)
    assert client.post("/in", {"secret": link.partition("#")[2]}).status == 200
    return client


def go_on(client, phase, move, step="all"):
    """The controller's next, from a phase and move."""
    return client.act("room", "next", phase=str(phase), move=move, step=step)


def begin_first_move(client):
    """The controller's next from the lobby on, until decisions are open for the first time."""
    for phase in (Phase.LOBBY, Phase.BRIEF):
        assert go_on(client, phase, -1).status == 200


def entries_of(served):
    """The log of a class that is ended for it."""
    served.kill()
    exercise = Exercise.open(served.folder)
    found = exercise.entries
    exercise.close()
    return found


def until(is_so):
    """Wait until something is so."""
    end = monotonic() + PATIENCE
    while not (found := is_so()):
        assert monotonic() < end
        sleep(0.02)
    return found


def path_of(address):
    return re.sub(r"^https?://[^/]+", "", address)
