"""What-if: questions of somebody at sliders, answered by a process of its own; the newest is what counts."""

import asyncio
import multiprocessing
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Thread

from tabletop.errors import TabletopError, known_name
from tabletop.experiment.sharpening import Answer
from tabletop.experiment.sliders import Slider, sliders
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Scenario
from tabletop.serve.whatif_process import Answered, Failed, Message, Progressed, Question, Ready, work

MEASURES_SHOWN = 3


@dataclass(frozen=True)
class Setup:
    """What is asked about: a mix of a scenario, its levers on sliders, and the measures that are shown."""

    scenario: Scenario
    mix: str
    sliders: tuple[Slider, ...]
    measures: tuple[str, ...]
    seed: int

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        *,
        mix: str | None = None,
        levers: tuple[str, ...] = (),
        measures: tuple[str, ...] = (),
        seed: int | None = None,
        hidden: bool = True,
    ) -> "Setup":
        """Of a scenario; `hidden` says whether measures that players cannot see may be shown.

        Without `measures` the first three are taken, primary ones first. Raises UnknownName for what the
        scenario does not have, TabletopError where nothing is left to move or to show.
        """
        if (number := len(dict.fromkeys(measures))) > MEASURES_SHOWN:
            raise TabletopError(
                f"--measure: {number} are named; at most {MEASURES_SHOWN} have room beside the sliders"
            )
        for name in measures:
            known_name("measure of the scenario", name, scenario.measures)
        listed = (*measures,) or (*scenario.primary_measures, *scenario.measures)
        shown = [name for name in dict.fromkeys(listed) if hidden or MEASURES[name].observable]
        if not shown:
            raise TabletopError("measures: players can see none of the scenario's measures during play")
        return cls(
            scenario,
            scenario.baseline if mix is None else mix,
            sliders(scenario, mix=mix, named=levers),
            tuple(shown[:MEASURES_SHOWN]),
            scenario.seed if seed is None else seed,
        )

    @property
    def budget(self) -> float | None:
        """What a mix may cost a year: that of the exercise, else the scenario's."""
        of_teams = None if self.scenario.exercise is None else self.scenario.exercise.budget
        return self.scenario.budget if of_teams is None else of_teams

    def checked(self, asked: Mapping[str, float]) -> dict[str, float]:
        """Settings by lever, without those that are as in the mix.

        Raises TabletopError for a lever or setting that is not offered.
        """
        offered = {one.lever.name: one for one in self.sliders}
        found = {}
        for name, value in asked.items():
            if name not in offered:
                raise TabletopError(f"{name}: there is no slider for it")
            setting = offered[name].checked(value)
            if setting != offered[name].start:
                found[name] = setting
        return found


class WhatIf:
    """The questions about a setup, and what is known of the newest; for the loop of one server.

    At most one question is being answered. A newer one takes the place of whichever waits, and what is under
    way goes no further than its first worlds.
    """

    def __init__(self, setup: Setup, *, changed: Callable[[], object], beside_a_class: bool = False) -> None:
        self.setup = setup
        self._changed = changed
        self._beside_a_class = beside_a_class
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._asked = 0
        self.settings: dict[int, dict[str, float]] = {}
        """By question, the settings it is about: of the newest, and of the one that was answered last."""
        self.answer: Answer | None = None
        self.answered = 0
        """The question whose answer it is."""
        self.progress: Progressed | None = None
        self.failed = ""
        self.is_compiled = True
        """Whether the compiled engine is at work, as far as is known."""

    @property
    def asked(self) -> int:
        """The number of the newest question, from 1; 0 before there was one."""
        return self._asked

    def ask(self, settings: Mapping[str, float]) -> int:
        """Ask what if some levers had these settings; the number of the question.

        Raises TabletopError for a lever or a setting that is not offered.
        """
        checked = self.setup.checked(settings)
        self._asked += 1
        kept = self.settings.get(self.answered)
        self.settings = {self._asked: checked}
        if kept is not None:
            self.settings[self.answered] = kept
        self.progress, self.failed = None, ""
        if self._connection is None:
            self._start()
        assert self._connection is not None
        with suppress(OSError):  # one that has died says so where its messages are read
            self._connection.send(Question(self._asked, checked))
        return self._asked

    def close(self) -> None:
        """End the process, wherever it is: it keeps nothing."""
        connection, process = self._connection, self._process
        self._connection = self._process = None
        if process is not None and connection is not None:
            process.kill()
            process.join()
            connection.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=work,
            args=(theirs, self.setup.scenario, self.setup.mix, self.setup.measures, self.setup.seed),
            kwargs={"lowest_priority": self._beside_a_class},
            name="what-if",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        loop = asyncio.get_running_loop()
        Thread(target=self._listen, args=(self._connection, loop), daemon=True).start()

    def _listen(self, connection: Connection, loop: asyncio.AbstractEventLoop) -> None:
        """Hand what the process sends over to the loop of the server, until it ends."""
        with suppress(RuntimeError):  # the loop is closed: nobody looks any more
            with suppress(EOFError, OSError):
                while True:
                    message: Message = connection.recv()
                    loop.call_soon_threadsafe(self._take, connection, message)
            loop.call_soon_threadsafe(self._died, connection)

    def _take(self, connection: Connection, message: Message) -> None:
        if connection is not self._connection:
            return
        match message:
            case Ready():
                self.is_compiled = message.is_compiled
            case Progressed():
                self.progress = message if message.number == self._asked else None
            case Answered():
                if message.number < self.answered:
                    return
                self.answer, self.answered = message.answer, message.number
                self.settings = {
                    number: one for number, one in self.settings.items() if number >= message.number
                }
                if message.number == self._asked:
                    self.progress = None
            case Failed():
                if message.number == self._asked:
                    self.failed = message.why
        self._changed()

    def _died(self, connection: Connection) -> None:
        if connection is self._connection:
            self.close()
            self.failed = "the process that simulates ended"
            self._changed()
