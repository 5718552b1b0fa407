"""A what-if that is served for tests: the command itself, in a process of its own, and its page."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass

from serve.served import SOURCE, Client

SECONDS = 120
"""After which a test gives up waiting; none is about how long anything takes."""


@dataclass
class Page:
    """The regions of the page as they are now."""

    html: str

    @property
    def number(self):
        return int(re.search(r'data-number="(\d+)"', self.html)[1])

    @property
    def worlds(self):
        return int(re.search(r'data-worlds="(\d+)"', self.html)[1])

    def measure(self, name):
        """What is shown of a measure."""
        return re.search(rf'id="measure-{name}">(.*?)</section>', self.html, re.DOTALL)[1]


@dataclass
class Asked(Client):
    """The page of a what-if."""

    process: subprocess.Popen | None = None

    def page(self):
        regions = self.get("/whatif/live?once=1").data["regions"]
        return Page("".join(regions.values()))

    def question(self, **settings):
        return self.post("/whatif/ask", {"settings": settings})

    def answered(self, number, worlds=20):
        """The page, once a question is answered over so many worlds at least."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            page = self.page()
            if page.number >= number and page.worlds >= worlds:
                return page
            time.sleep(0.02)
        raise AssertionError(page.html)


@contextmanager
def asking(where, *words, **environment):
    """The command, and an end to it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "whatif", *map(str, words), "--port", "0"],
        cwd=where,
        env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    told = ""
    for line in process.stdout:
        told += line
        if line.startswith("Ctrl-C"):
            break
    else:
        raise AssertionError(told)
    try:
        yield Asked(int(re.search(r":(\d+)/", told)[1]), process=process)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
