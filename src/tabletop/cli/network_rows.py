"""The rows of the checklist about a class on phones: network, disk writes, power."""

import sqlite3
import tempfile
from contextlib import closing
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from tabletop.cli.checklist import Row, Standing
from tabletop.errors import in_words
from tabletop.extras import how_to_install, is_installed
from tabletop.serve.networks import Kind, Network, networks

COMMITS = 10
SLOW_COMMIT = 0.1
"""Seconds: if it takes longer, taps of a full class, 13 a second, are noticed late. Assumption."""
WORDS = {
    Kind.HOTSPOT: "this machine's hotspot",
    Kind.TETHER: "a phone's hotspot",
    Kind.WIRELESS: "Wi-Fi",
    Kind.WIRED: "cable",
}


def network() -> Row:
    """Under which addresses phones may reach this machine."""
    found = networks()
    if found is None:
        return Row(
            "network",
            Standing.NOTE,
            "psutil is not installed, so that networks cannot be told apart",
            f"for a class on phones, install with: {how_to_install('class', ('psutil',))}",
        )
    if not found:
        return Row(
            "network",
            Standing.NOTE,
            "this machine is in no private network",
            "for a class on phones, switch Wi-Fi or a hotspot on",
        )
    named = "; ".join(map(in_a_word, found))
    return Row("network", Standing.WELL, f"phones may reach {named}")


def in_a_word(one: Network) -> str:
    """An address, its interface, and what it leads to."""
    return f"{one.address} ({WORDS[one.kind]}, {one.interface})"


def writes(out: Path) -> Row:
    """How long an act takes to be on disk, which every tap of a class waits for."""
    there = next(one for one in (out.absolute(), *out.absolute().parents) if one.is_dir())
    try:
        with tempfile.TemporaryDirectory(dir=there) as folder:
            slowest = longest_of_most(_commits(Path(folder) / "commits.sqlite"))
    except (OSError, sqlite3.Error) as error:
        wrong = f"nothing can be written to {there} ({in_words(error)})"
        return Row("writes", Standing.STOP, wrong, "name another folder by --out")
    found = f"of {COMMITS} acts written one by one, 95 % are on disk within {slowest * 1000:.0f} ms"
    if slowest > SLOW_COMMIT:
        right = "for a class on phones, name a folder on this machine's own disk by --out"
        return Row("writes", Standing.NOTE, found, right)
    return Row("writes", Standing.WELL, found)


def _commits(path: Path) -> list[float]:
    """Seconds of each of some commits, written as the log of an exercise is."""
    seconds = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE lines (line TEXT)")
        for _ in range(COMMITS):
            began = perf_counter()
            connection.execute("INSERT INTO lines VALUES (?)", ("x" * 300,))
            seconds.append(perf_counter() - began)
    return seconds


def longest_of_most(seconds: list[float]) -> float:
    """The time within which 95 % were done: the smallest that at least so many did not exceed."""
    return sorted(seconds)[-(-len(seconds) * 95 // 100) - 1]


def power() -> Row:
    """Whether this machine may go to sleep or run out of power during a class."""
    right = "switch sleep off for the class; a laptop that sleeps pauses it"
    if not is_installed("psutil"):
        return Row("power", Standing.NOTE, "psutil is not installed, so that a battery cannot be read", right)
    psutil: Any = import_module("psutil")
    read = getattr(psutil, "sensors_battery", None)  # not on every system
    battery = None if read is None else read()
    if battery is None:
        return Row("power", Standing.NOTE, "the system tells of no battery, nor whether it will sleep", right)
    if not battery.power_plugged:
        found = f"on battery, {battery.percent:.0f} % full"
        return Row("power", Standing.NOTE, found, f"plug it in, and {right}")
    return Row("power", Standing.NOTE, "plugged in; whether it will sleep the system does not tell", right)
