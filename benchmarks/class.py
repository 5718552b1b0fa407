"""A class on phones under load: how long taps take, and until the other phones of a table show them.

`tabletop serve` runs as it does in a class, and its phones are sockets on this machine (`phones.py`). Taps
are measured while nothing else runs, while the bench simulates beside them, and, with `--busy`, while other
processes at normal priority want every core all the time. Each number stands beside what was aimed at; a
miss is printed as one.

    python benchmarks/class.py [SCENARIO] [--phones 40] [--joins 200] [--busy N]
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from secrets import token_hex
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Self

import psutil
from phones import Answer, Line, Phone

from tabletop.exercise.state import Phase
from tabletop.experiment.machine import cores
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario

SEED = 19
OTHERS = 8_000
"""So many other worlds that the bench is at work all the time; a class has 100."""
SECONDS = 30.0
"""Of each part that is measured."""
TAPS = 13.0
"""Taps a second of all phones together."""
HASTE = 78.0
"""The same, where everybody taps at once."""
ALL_JOIN_IN = 5.0
STATIC = ("class.css", "live.js", "morph.js", "outbox.js", "team.js", "icon.svg")
HELD_UP = 60.0
"""Seconds after which a phone that shows nothing has failed; it is counted with so many, and as a miss."""


@dataclass
class Load:
    """What was measured of taps that came at a steady pace."""

    answered: list[float] = field(default_factory=list)
    """Seconds until a tap was on disk and acknowledged."""
    delivered: list[float] = field(default_factory=list)
    """Seconds from a tap until another phone of the table showed it; one for each of them."""
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    bytes_a_second: float = 0.0
    """Received by a phone on its live channel."""
    cpu: float = 0.0
    """Seconds of the server, by second."""


@dataclass
class Server:
    """A running `tabletop serve`."""

    process: subprocess.Popen[str]
    folder: Path
    secret: str
    join: str
    port: int
    seconds: float
    """From the command to the line that says where phones join."""

    def memory(self) -> tuple[float, float]:
        """Resident MB of the server, and of it with all of its children."""
        server = psutil.Process(self.process.pid)
        own = server.memory_info().rss
        return own / 1e6, (own + sum(one.memory_info().rss for one in server.children(recursive=True))) / 1e6

    def cpu(self) -> float:
        """CPU seconds of the server alone."""
        used = psutil.Process(self.process.pid).cpu_times()
        return float(used.user + used.system)


def begun(what: str, where: Path, *options: str) -> Server:
    """Serve a scenario, or go on with the exercise in a folder."""
    words = [sys.executable, "-m", "tabletop", "serve", what, "--open", *options]
    began, said = perf_counter(), ""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # noqa: S603 (own words)
        words, cwd=where, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if line.startswith("Ctrl-C"):
            break
    else:
        sys.exit(said)
    seconds = perf_counter() - began

    def after(words: str) -> str:
        return str(re.findall(rf"{words}\s+(\S+)", said)[0])

    join = after("join at:")
    port = int(re.findall(r":(\d+)/", join)[0])
    path = join.partition(str(port))[2]
    folder = where / after("exercise is in")
    return Server(process, folder, after("alone:").partition("#")[2], path, port, seconds)


@contextmanager
def serving(what: str, where: Path, *options: str) -> Iterator[Server]:
    """The same, and an end to it."""
    server = begun(what, where, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.terminate()
            server.process.communicate()


class Controller:
    """The controller's browser: it goes on from phase to phase."""

    def __init__(self, port: int) -> None:
        self.line = Line("127.0.0.1", port)
        self.cookie = ""

    @classmethod
    async def led_in(cls, server: Server) -> Self:
        """A controller whose link's secret was exchanged for a seat."""
        controller = cls(server.port)
        answer = await controller._post("/in", {"secret": server.secret})
        controller.cookie = answer.head["set-cookie"].partition(";")[0]
        return controller

    async def act(self, do: str, **parts: object) -> None:
        """An act, as of the page that is shown now; ends the benchmark if it is refused."""
        page = json.loads((await self.line.ask("GET", "/room/live?once=1", Cookie=self.cookie)).body)
        move = re.search(r'data-move="(-?\d+)"', page["regions"]["next"])
        phase = re.search(r'data-phase="([^"]*)"', page["regions"]["next"])
        assert move is not None
        assert phase is not None
        drawn = {"line": page["line"], "move": int(move[1]), "phase": phase[1]}
        answer = await self._post("/room/act", {"do": do, "key": token_hex(12), **drawn, **parts})
        if answer.status != 200:
            sys.exit(f"{do}: {answer.body.decode()}")

    async def go_on(self, *parts: tuple[Phase, int]) -> None:
        """Press *next* in each of these phases and moves."""
        for phase, move in parts:
            await self.act("next", phase=phase, move=move, step="all")

    async def _post(self, path: str, body: dict[str, object]) -> Answer:
        return await self.line.ask(
            "POST", path, json.dumps(body).encode(), Content_Type="application/json", Cookie=self.cookie
        )


@asynccontextmanager
async def put_away(phones: Sequence[Phone]) -> AsyncIterator[None]:
    """Close the phones in the end."""
    try:
        yield
    finally:
        for phone in phones:
            phone.close()


async def at_tables(server: Server, teams: Sequence[str], number: int) -> list[Phone]:
    """Phones that join one after the other, at the tables in turn."""
    seats = [team for team, _ in zip(cycle(teams), range(number), strict=False)]
    return [await Phone.joined(server.port, server.join, team, SEED + n) for n, team in enumerate(seats)]


async def tapped(
    server: Server, phones: Sequence[Phone], cards: Sequence[str], pace: float, seconds: float
) -> Load:
    """Cards put into drafts and taken out again, at a steady pace, each by a phone that chance names."""
    load, chance, tasks = Load(), random.Random(SEED), []  # noqa: S311 (taps)
    drafted: set[tuple[str, str]] = set()
    began, cpu, received = perf_counter(), server.cpu(), sum(phone.received for phone in phones)
    for number in range(round(pace * seconds)):
        await asyncio.sleep(max(0.0, began + number / pace - perf_counter()))
        phone, card = chance.choice(phones), chance.choice(cards)
        drafted ^= {(phone.team, card)}  # what changes nothing is shown to nobody
        change = {"card": card, "times": int((phone.team, card) in drafted)}
        tasks.append(asyncio.create_task(_tap(load, phone, phones, change)))
    await asyncio.gather(*tasks)
    lasted = perf_counter() - began
    load.cpu = (server.cpu() - cpu) / lasted
    load.bytes_a_second = (sum(phone.received for phone in phones) - received) / len(phones) / lasted
    return load


async def _tap(load: Load, phone: Phone, phones: Sequence[Phone], change: dict[str, object]) -> None:
    async with phone.tapping:  # a phone has one request under way
        began = perf_counter()
        status, said, seconds = await phone.act("draft", change=change)
    load.answered.append(seconds)
    if status != 200:
        load.refused[f"{status} {said.get('code')}"] += 1
        return
    beside = [one for one in phones if one.team == phone.team and one is not phone]
    load.delivered += await asyncio.gather(*(shown_in(one, began, said["line"]) for one in beside))


async def shown_in(phone: Phone, began: float, line: int = 0, text: str = "") -> float:
    """Seconds until a phone shows a text, up to a line of the log; `HELD_UP` if it never does."""
    try:
        return await phone.until(line, text, HELD_UP) - began
    except TimeoutError:
        return HELD_UP


async def all_show(text: str, phones: Sequence[Phone]) -> float:
    """Seconds until all phones show a text; `HELD_UP` if one never does."""
    began = perf_counter()
    return max(await asyncio.gather(*(shown_in(phone, began, text=text) for phone in phones)))


async def all_at_once(server: Server, teams: Sequence[str], number: int) -> tuple[list[Phone], list[float]]:
    """Phones that scan within a few seconds, and the seconds until each had its page and channel."""

    async def one(place: int) -> tuple[Phone, float]:
        await asyncio.sleep(ALL_JOIN_IN * place / number)
        began = perf_counter()
        phone = await Phone.joined(server.port, server.join, teams[place % len(teams)], SEED + place)
        return phone, await shown_in(phone, began)

    came = await asyncio.gather(*(one(place) for place in range(number)))
    return [phone for phone, _ in came], [seconds for _, seconds in came]


async def weighed(port: int, phone: Phone) -> tuple[int, int]:
    """Bytes of a team's page with all that it loads: for the first time, and once its parts are known."""
    zipped = "gzip"
    page = (await phone.line.ask("GET", "/team", Cookie=phone.cookie, Accept_Encoding=zipped)).size
    line, cold, warm = Line("127.0.0.1", port), page, page
    for name in STATIC:
        first = await line.ask("GET", f"/static/{name}", Accept_Encoding=zipped)
        again = await line.ask("GET", f"/static/{name}", If_None_Match=first.head["etag"])
        cold, warm = cold + first.size, warm + again.size
    line.close()
    return cold, warm


def _spin() -> None:
    while True:
        pass


@contextmanager
def busy(number: int) -> Iterator[None]:
    """Other processes that want a core each, all the time."""
    spinning = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(number)]
    for one in spinning:
        one.start()
    try:
        yield
    finally:
        for one in spinning:
            one.kill()


def said(name: str, figure: float, unit: str, aim: float | None = None, also: str = "") -> None:
    """One line: what, how much, what was aimed at, and whether it was missed."""
    aimed = "" if aim is None else f"aim {aim:g} {unit}{'' if figure <= aim else '  MISSED'}"
    shown = f"{figure:.1f}" if (unit, figure) != ("s", HELD_UP) else f"over {HELD_UP:g}"
    print(f"  {name:58} {shown:>9} {unit:4} {aimed:24} {also}")


def percentiles(name: str, seconds: Sequence[float], aim: float | None) -> None:
    """The 95th percentile, with the median and how many."""
    also = f"median {1e3 * median(seconds):.0f} ms, longest {1e3 * max(seconds):.0f} ms of {len(seconds)}"
    if never := sum(one >= HELD_UP for one in seconds):
        also += f"; {never} not within {HELD_UP:g} s"
    said(f"{name}, 95 in 100 within", 1e3 * quantiles(seconds, n=20)[-1], "ms", aim, also)


def taps_said(name: str, load: Load, *, aims: bool) -> None:
    """What came of taps at a steady pace."""
    print(f"{name}:")
    percentiles("tap acknowledged", load.answered, 300.0 if aims else None)
    percentiles("tap shown on the table's other phones", load.delivered, 500.0 if aims else None)
    said("received by a phone a second", load.bytes_a_second / 1e3, "kB", 3.0 if aims else None)
    said("CPU of the server", 100 * load.cpu, "%")
    if load.refused:
        print(f"  refused: {dict(load.refused)}")


async def in_class(scenario: Scenario, name: str, where: Path, phones_number: int) -> None:
    """As in a class, a hundred other worlds: taps, haste, the reveal, and a server that is killed."""
    plan, cards = scenario.exercise, cards_of(scenario)
    assert plan is not None
    with serving(name, where, "--port", "0") as server:
        print("a class:")
        said("from the command to the code for phones", server.seconds, "s", 5.0)
        controller = await Controller.led_in(server)
        phones = await at_tables(server, plan.teams, phones_number)
        async with put_away(phones):
            await controller.go_on((Phase.LOBBY, -1), (Phase.BRIEF, -1))
            await all_show("card-", phones)
            cold, warm = await weighed(server.port, phones[0])
            said("a team's page, for the first time", cold / 1e3, "kB", 60.0)
            said("a team's page, once its parts are known", warm / 1e3, "kB", 8.0)
            await idle(server)
            taps_said(
                f"{TAPS:g} taps a second", await tapped(server, phones, cards, TAPS, SECONDS), aims=True
            )
            taps_said(
                f"{HASTE:g} taps a second",
                await tapped(server, phones, cards, HASTE, SECONDS / 3),
                aims=False,
            )
            own, all_of_it = server.memory()
            print("memory:")
            said("the server", own, "MB", 120.0)
            said("with all that simulates", all_of_it, "MB", 700.0)
            await revealed(controller, phones, plan.teams, cards)
            await killed(server, phones, where)


async def revealed(
    controller: Controller, phones: Sequence[Phone], teams: Sequence[str], cards: Sequence[str]
) -> None:
    """How long phones wait for their first numbers, where lock and reveal follow at once."""
    for place, team in enumerate(teams):
        await controller.act("enter", team=team, entry=cards[place % len(cards)], replaces=0)
    await controller.go_on((Phase.OPEN, 0), (Phase.LOCKED, 0))
    print("the reveal:")
    said("until the last phone has its first numbers", await all_show("<tbody>", phones), "s", 5.0)


async def killed(server: Server, phones: Sequence[Phone], where: Path) -> None:
    """How long it takes until all phones are back, once a server that was killed is started again."""
    server.process.kill()
    server.process.communicate()
    for phone in phones:
        phone.page.clear()
    began = perf_counter()
    with serving(str(server.folder), where, "--port", str(server.port)):
        seconds = max(await asyncio.gather(*(shown_in(phone, began) for phone in phones)))
        print("the server killed, and started again:")
        said("until all phones are back", seconds, "s", 10.0)


async def beside_adjudication(
    scenario: Scenario, name: str, where: Path, options: argparse.Namespace
) -> None:
    """So many other worlds that the bench is never done: all join at once, and taps."""
    plan = scenario.exercise
    assert plan is not None
    with serving(name, where, "--port", "0", "--others", str(OTHERS)) as server:
        controller = await Controller.led_in(server)
        began = perf_counter()
        every, seconds = await all_at_once(server, plan.teams, options.joins)
        async with put_away(every):
            print(f"{len(every)} phones join within {ALL_JOIN_IN:g} s, while the bench simulates:")
            said("until the last has its page and channel", perf_counter() - began, "s", 6.0)
            percentiles("seated, with page and channel", seconds, 1_000.0)
            phones, others = every[: options.phones], every[options.phones :]
            for phone in others:  # the class is those who stay
                phone.close()
            await controller.go_on((Phase.LOBBY, -1), (Phase.BRIEF, -1))
            await all_show("card-", phones)
            before = bench_cpu(server)
            load = await tapped(server, phones, cards_of(scenario), TAPS, SECONDS)
            taps_said(f"{TAPS:g} taps a second, while the bench simulates", load, aims=True)
            said("CPU of the bench meanwhile", 100 * (bench_cpu(server) - before) / SECONDS, "%")


def bench_cpu(server: Server) -> float:
    """CPU seconds of the processes that simulate."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return sum(sum(one.cpu_times()[:2]) for one in children)


async def idle(server: Server) -> None:
    """Wait until nothing is simulated any more."""
    used = -1.0
    while bench_cpu(server) - used > 0.02:
        used = bench_cpu(server)
        await asyncio.sleep(1.0)


def cards_of(scenario: Scenario) -> list[str]:
    """The codes of its cards."""
    plan = scenario.exercise
    if plan is None or plan.decision_form is None or not plan.decision_form.cards:
        sys.exit(f"{scenario.title}: no exercise with cards")
    return [card.code for card in plan.decision_form.cards]


def main() -> None:
    """Print what was measured beside what was aimed at."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="harbour-city")
    parser.add_argument("--phones", type=int, default=40)
    parser.add_argument("--joins", type=int, default=200, help="phones that join at once")
    parser.add_argument(
        "--busy", type=int, default=0, metavar="N", help="other processes that want a core each"
    )
    options = parser.parse_args()
    scenario = load(options.scenario)
    cards_of(scenario)
    print(f"{scenario.title}: {options.phones} phones, {cores()} cores, {options.busy} other processes busy")
    with busy(options.busy), TemporaryDirectory() as place:
        asyncio.run(in_class(scenario, options.scenario, Path(place), options.phones))
        asyncio.run(beside_adjudication(scenario, options.scenario, Path(place), options))


if __name__ == "__main__":
    main()
