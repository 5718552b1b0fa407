"""What a slider waits for: from a question to the picture over 20, 60 and 200 worlds, in a browser.

    python benchmarks/whatif.py [--rounds N] [--simpy]

`tabletop whatif` is started, and a lever is moved once each round, after the answer before it is complete.
The same worlds are simulated in this process too, without server and page: the ratio is what these cost. CPU
time of all threads tells what a busy machine hides.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from statistics import median
from time import perf_counter, process_time

from tabletop.compiled.choice import VARIABLE, absence
from tabletop.experiment.sharpening import WORLDS, Sharpening
from tabletop.scenario.load import load

SCENARIOS = {"first-steps": "teams", "harbour-city": "teams"}
"""Each with the lever that is moved."""
AIM = 0.2
"""Seconds until 20 worlds are shown."""


@contextmanager
def served(scenario: str, engine: str) -> Iterator[int]:
    """The command, and the port that it serves."""
    command = [sys.executable, "-m", "tabletop", "whatif", scenario, "--port", "0"]
    environment = os.environ | {VARIABLE: engine, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:  # noqa: S603 (own words)
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found is not None
        try:
            yield int(found[1])
        finally:
            process.terminate()


def seen(stream: HTTPResponse, number: int, last: int) -> dict[int, float]:
    """When a question was seen answered over so many worlds, or over more: a channel may skip an answer."""
    times: dict[int, float] = {}
    while last not in times:
        line = stream.readline().decode()
        if not line.startswith("data: "):
            continue
        html = json.loads(line[6:]).get("regions", {}).get("answer", "")
        found = re.search(r'data-number="(\d+)" data-worlds="(\d+)"', html)
        if found is not None and int(found[1]) == number:
            now = perf_counter()
            times |= {worlds: now for worlds in WORLDS if worlds <= int(found[2]) and worlds not in times}
    return times


def waits(port: int, lever: str, rounds: int, last: int) -> list[dict[int, float]]:
    """Seconds from a question to each of its answers, by worlds, round by round."""
    live = HTTPConnection("127.0.0.1", port)
    live.request("GET", "/whatif/live")
    stream = live.getresponse()
    seen(stream, 1, last)
    found = []
    for turn in range(rounds):
        asking = HTTPConnection("127.0.0.1", port)
        headers = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}
        began = perf_counter()
        body = json.dumps({"settings": {lever: 1 + turn % 2}})
        asking.request("POST", "/whatif/ask", body, headers)
        number = json.loads(asking.getresponse().read())["asked"]
        asking.close()
        times = seen(stream, number, last)
        found.append({worlds: when - began for worlds, when in times.items()})
    live.close()
    return found


def alone(scenario: str, lever: str, rounds: int) -> list[dict[int, tuple[float, float]]]:
    """The same in this process, without server and page: seconds by the clock, and of CPU time."""
    loaded = load(scenario)
    worlds = Sharpening(
        loaded,
        mix=loaded.baseline,
        measures=loaded.primary_measures[:3],
        seed=loaded.seed,
        told=lambda *_: None,
    )
    list(worlds.answers({}))
    found = []
    for turn in range(rounds):
        began, used = perf_counter(), process_time()
        found.append(
            {
                one.worlds: (perf_counter() - began, process_time() - used)
                for one in worlds.answers({lever: 1 + turn % 2})
            }
        )
    return found


def main() -> None:
    """Print milliseconds and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--simpy", action="store_true", help="20 worlds on SimPy's engine too")
    arguments = parser.parse_args()
    for scenario, lever in SCENARIOS.items():
        if absence() is None:
            with served(scenario, "compiled") as port:
                found = waits(port, lever, arguments.rounds, WORLDS[-1])
            bare = alone(scenario, lever, arguments.rounds)
            print(scenario)
            for worlds in WORLDS:
                times = sorted(1000 * one[worlds] for one in found)
                clock, cpu = (1000 * median(one[worlds][n] for one in bare) for n in range(2))
                waited = median(times)
                missed = ": missed" if worlds == WORLDS[0] and waited > 1000 * AIM else ""
                print(
                    f"  {worlds:3} worlds {waited:6.0f} ms ({times[0]:.0f} to {times[-1]:.0f}){missed}; alone"
                    f" {clock:.0f} ms, ratio {waited / clock:.2f}, CPU time {cpu:.0f} ms"
                )
        if arguments.simpy:
            with served(scenario, "simpy") as port:
                found = waits(port, lever, 2, WORLDS[0])
            print(
                f"  {WORLDS[0]:3} worlds on SimPy  {1000 * median(one[WORLDS[0]] for one in found):6.0f} ms"
            )


if __name__ == "__main__":
    main()
