"""The exercise: a log, the state computed from it, and the one way to change both."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from time import time
from typing import Self

from pydantic import ValidationError

from tabletop.errors import TabletopError
from tabletop.exercise import rules, stricter_rules
from tabletop.exercise.act_rules import DURING, RULES, By
from tabletop.exercise.acts import Act, LogEntry, Pause
from tabletop.exercise.heartbeat import Heartbeat
from tabletop.exercise.log import Log
from tabletop.exercise.moments import is_dated
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER, Role, role_in_format_1, role_of
from tabletop.exercise.state import State
from tabletop.scenario.load import loads, loads_begun
from tabletop.scenario.scenario import Scenario

STOPPED = "the program stopped"
"""The reason of a pause that nobody asked for."""
LEFT = "the controller left"
"""The reason of the pause from leaving on."""
ASLEEP = 30.0
"""Seconds without a sign of life after which the machine was not at work: several signs are missing then."""


@dataclass(frozen=True)
class Request:
    """Something that somebody asks to be done."""

    by: str
    """`controller`, a team, or an evaluator by function."""
    act: Act | Callable[[State], Act]
    """The act, or what makes it of the state in which its turn comes."""
    role: Role | None = None
    """By default that of the name."""
    key: str = ""
    """Whoever asks again under a key gets the line of the first time, and nothing is done again."""
    at: float | None = None
    """The moment, in seconds; by default now."""


class Exercise:
    """One exercise in progress, or over; made by `new` or `open`. Any thread may use it."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.folder = log.path.parent
        self.scenario = _scenario_of(log)
        self.state = self._folded(State.of(self.scenario), log.entries)
        self._turn = RLock()

    @classmethod
    def new(cls, folder: Path, *, text: str, name: str) -> Self:
        """An exercise of the scenario in a text, in a folder of its own; TabletopError if it has no plan."""
        playable(loads(text, name), name)
        return cls(Log.new(folder, scenario=text, name=name))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The exercise in a folder, in its last state; raises TabletopError if there is none."""
        return cls(Log.open(folder))

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """The lines of its log."""
        return self.log.entries

    def now(self) -> float:
        """The moment, in seconds; that of the last line, where the clock was set back behind it."""
        return max(time(), self.log.last_at)

    @property
    def seconds_behind(self) -> float:
        """How far the clock of this machine is behind the last line; 0, as a rule."""
        return max(0.0, self.log.last_at - time())

    @contextmanager
    def in_charge(self, program: str = "") -> Iterator[Self]:
        """Move the exercise from here, with a sign of life every few seconds, and close it in the end.

        The clock stands while nobody moves it: it is paused at the end, and if the program that moved it
        was stopped without one, as of its last sign of life. Others can read what `program` moves it.
        Raises TabletopError if another one does.
        """
        self.log.hold(program)
        try:
            self.catch_up()
            self._pause_since_last_sign(longest=0.0)
            with Heartbeat(self.beat):
                yield self
        finally:
            # on a full disk it is paused when it is opened again, as of its last sign of life
            with suppress(TabletopError):
                self.beat()
                if self._is_running:
                    self.do(CONTROLLER, Pause(reason=LEFT))
            self.close()

    def close(self) -> None:
        """Let go of the folder, whose log is one whole file then."""
        self.log.close()

    def beat(self) -> None:
        """Give a sign of life; if the last one is long ago, the machine slept: a pause since then."""
        with self._turn:
            self._pause_since_last_sign(longest=ASLEEP)
            self.log.give_sign_of_life(self.now())

    @property
    def _is_running(self) -> bool:
        """Whether its clock runs."""
        return self.state.phase in DURING and not self.state.is_paused and is_dated(self.state)

    def _pause_since_last_sign(self, *, longest: float) -> None:
        sign = self.log.last_sign_of_life
        if not self._is_running:
            return
        seen = max(sign or 0.0, self.log.last_at)
        if self.now() - seen > longest:
            self.do(CONTROLLER, Pause(reason=STOPPED), at=seen)

    def catch_up(self) -> None:
        """Take up the lines that another program has written, as an evaluator's does."""
        with self._turn:
            self.log.catch_up()
            self.state = self._folded(self.state, self.entries[self.state.lines :])

    def do(
        self, by: str, act: Act, *, role: Role | None = None, at: float | None = None, key: str = ""
    ) -> LogEntry:
        """Do an act: check it, write it to the log, and only then change the state.

        `at` is the moment, by default now. Raises Refused, with the reason, for what cannot be done
        in the present state; then nothing has changed.
        """
        (done,) = self.do_all([Request(by, act, role, key, at)])
        if isinstance(done, Refused):
            raise done
        return done

    def do_all(self, requests: Sequence[Request]) -> tuple[LogEntry | Refused, ...]:
        """Do acts one after another, in one transaction; of each its line, or why it was refused.

        What others have written is read before, and no moment lies before the one before. Whoever does
        more than an evaluator may holds the folder from then on. Raises TabletopError if the lines cannot
        be written; then nothing has changed.
        """
        done: list[LogEntry | Refused] = []
        with self._turn:
            if any(callable(one.act) or RULES[type(one.act)].by is not By.EVALUATOR for one in requests):
                self.log.hold()
            with self.log.writing() as lines:
                state = self._folded(self.state, self.entries[self.state.lines :])
                last = self.log.last_at
                for request in requests:
                    if request.key and (known := lines.line_of(request.key) or self.log.line_of(request.key)):
                        done.append(known)
                        continue
                    at = max(last, time() if request.at is None else request.at)
                    try:
                        entry = _entry(state, request, at)
                    except Refused as refused:
                        done.append(refused)
                        continue
                    state, last = state.after(entry), entry.at
                    lines.add(entry, request.key)
                    done.append(entry)
            self.state = state
        return tuple(done)

    def repeat(self, entries: Iterable[LogEntry]) -> None:
        """Do what the lines of a bundle's log say, as they stand there; their moments stay as they are.

        Raises TabletopError, with its number, for a line that cannot have happened.
        """
        with self._turn:
            self.log.hold()
            with self.log.writing() as lines:
                state = self.state
                for entry in entries:
                    try:
                        state = _after(state, entry)
                    except Refused as refused:
                        raise TabletopError(
                            f"line {entry.number} of the bundle's log cannot have happened: {refused}"
                        ) from None
                    lines.add(entry)
            self.state = state

    def _folded(self, state: State, entries: Iterable[LogEntry]) -> State:
        """The state after more lines of this log."""
        for entry in entries:
            try:
                state = _after(state, entry)
            except Refused as refused:
                raise TabletopError(
                    f"{self.log.path}: damaged: line {entry.number} cannot have happened: {refused}"
                ) from None
        return state


def _after(state: State, entry: LogEntry) -> State:
    """The state after one more line, which the rules allowed when it was written; else raises Refused."""
    role = role_in_format_1(entry.by, state.teams) if entry.role is None else entry.role
    rules.check(state, entry.by, entry.act, role)
    return state.after(entry)


def _entry(state: State, request: Request, at: float) -> LogEntry:
    """The line of what is asked for; raises Refused if it cannot be done."""
    try:
        act = request.act(state) if callable(request.act) else request.act
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise Refused(f"{place}: {first['msg']}") from None
    rules.check(state, request.by, act, request.role)
    stricter_rules.check(state, act)
    role = role_of(request.by, state.teams) if request.role is None else request.role
    return LogEntry(number=state.lines + 1, at=at, by=request.by, role=role, act=act)


def _scenario_of(log: Log) -> Scenario:
    """The scenario that a log plays; it was right when the exercise was begun."""
    try:
        return playable(loads_begun(log.scenario, log.name), log.name)
    except TabletopError as error:
        first = str(error).partition("\n")[0]
        raise TabletopError(f"{log.path}: damaged: the scenario in it cannot be played: {first}") from None


def playable(scenario: Scenario, name: str) -> Scenario:
    """The scenario; raises TabletopError if it has no exercise plan."""
    if scenario.exercise is None:
        raise TabletopError(f"{name}: no `exercise:` block; the scenario says nothing about playing it")
    return scenario
