"""What is simulated beside the class: the jobs of each phase, how far they are, and what may be shown.

Two benches do them. What the whole class waits for, the world that is played of a move that is locked, takes
a moment of computing, and is done at a mild priority: at the lowest it would not come as long as other
programs keep the machine busy. So is the choice of that world, from the brief on, when nobody taps. All the
rest takes long, has time, and is done at the lowest.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from tabletop.errors import TabletopError
from tabletop.exercise import jobs
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.bench import Bench
from tabletop.exercise.bench_process import MILD
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import NAME, InterimCache, NotSimulated
from tabletop.exercise.jobs import Event, Failed, Finished, Job, Progressed, Worth
from tabletop.exercise.reveal import Shown, is_revealed, may_see_hidden, shown
from tabletop.exercise.state import Phase, State
from tabletop.exercise.whole import Whole, whole_of
from tabletop.serve.export import exported

LOOK_SECONDS = 0.1
"""Between two looks at what the bench has done, and at what the exercise needs."""
T = TypeVar("T")


class Simulation:
    """The benches of a served exercise; `changed` is called when something new may be shown.

    The benches and the cache are for one thread, which is this one's own. Nothing is simulated in it: it
    reads what the bench has simulated before.
    """

    def __init__(self, exercise: Exercise, *, workers: int, changed: Callable[[], object]) -> None:
        self._exercise = exercise
        self._changed = changed
        self._thread = ThreadPoolExecutor(1, "bench")
        path = exercise.folder / NAME
        self._awaited_bench = Bench(path, workers=1, niceness=MILD)
        self._other_bench = Bench(path, workers=workers)
        self._adjudicator: Adjudicator | None = None
        self._followed: tuple[object, ...] = ()
        self.progress: dict[Worth, tuple[int, int]] = {}
        """Runs done, of how many, of the jobs under way."""
        self.failed = ""
        """Why a job could not be done; empty if all could."""
        self.finished = 0
        """How many jobs have been done: what was not there before one may be there after it."""
        self.reveals: Mapping[int, Shown] = {}
        """By move, as far as it has been simulated: first without, then with the other worlds."""
        self._export: Job | None = None
        self._awaited: list[asyncio.Future[bytes]] = []
        self.whole: Whole | None = None
        """From the hot wash on, once it is simulated."""

    async def run(self) -> None:
        """Ask for what each state needs, and take up what has been done, until it is cancelled."""
        while True:
            state = self._exercise.state
            if (needs := _needs(state)) != self._followed:
                self._followed = needs
                export = [] if self._export is None else [self._export]
                await self._in_thread(partial(_ask_anew, self._awaited_bench, _awaited(state)))
                await self._in_thread(partial(_ask_anew, self._other_bench, [*_wanted(state), *export]))
                await self._take_up_earlier(state)
                self.progress.clear()
                self._changed()
            for bench in (self._awaited_bench, self._other_bench):
                for event in await self._in_thread(bench.events):
                    await self._take(event)
            await asyncio.sleep(LOOK_SECONDS)

    async def export(self) -> bytes:
        """All that is written of the exercise by now, as a zip file; raises TabletopError if it cannot be.

        Whoever asks for it while it is being made gets what is made last.
        """
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._awaited.append(answer)
        self._export = job = Job(Worth.FIGURES, partial(exported, self._exercise.folder))
        await self._in_thread(partial(self._other_bench.ask, job))
        return await answer

    def _hand_out(self, made: bytes | TabletopError) -> None:
        self._export, waiting, self._awaited = None, self._awaited, []
        for answer in waiting:
            if answer.done():  # who asked has gone
                continue
            if isinstance(made, bytes):
                answer.set_result(made)
            else:
                answer.set_exception(made)

    async def close(self) -> None:
        """End the child processes after the runs in hand."""
        for bench in (self._awaited_bench, self._other_bench):
            await self._in_thread(bench.close)
        self._thread.shutdown(wait=False)

    async def _take(self, event: Event) -> None:
        if isinstance(event, Progressed):
            self.progress[event.worth] = event.done, event.total
        else:
            self.progress.pop(event.worth, None)
        self.finished += isinstance(event, Finished)
        match event:
            case Finished(worth=Worth.REALISED | Worth.SPREAD as worth):
                await self._take_up(spread=worth is Worth.SPREAD)
            case Finished(worth=Worth.AHEAD):
                await self._take_up_whole()
            case Finished(worth=Worth.FIGURES, result=bytes() as made):
                self._hand_out(made)
            case Failed(worth=Worth.FIGURES):
                self._hand_out(TabletopError(event.why.strip().splitlines()[-1]))
            case Failed():
                self.failed = event.why.strip().splitlines()[-1]
            case _:
                pass
        self._changed()

    async def _take_up(self, *, spread: bool) -> None:
        """Read what may be shown of the present move, once it is revealed."""
        state = self._exercise.state
        if state.phase is Phase.REVEALED:
            await self._read_move(state, state.move, spread=spread)

    async def _take_up_earlier(self, state: State) -> None:
        """Read the moves that were revealed before this server began, for what teams know of themselves."""
        for move in range(len(state.plan.moves)):
            if is_revealed(state, move) and move not in self.reveals:
                await self._read_move(state, move, spread=False)

    async def _read_move(self, state: State, move: int, *, spread: bool) -> None:
        with suppress(NotSimulated):  # decided otherwise since: a later job brings it
            found = await self.read(lambda adjudicator: shown(state, adjudicator, move, spread=spread))
            self.reveals = {**self.reveals, move: found}

    async def _take_up_whole(self) -> None:
        """Read what may be shown from the hot wash on."""
        state = self._exercise.state
        if may_see_hidden(state):
            with suppress(NotSimulated):  # of a state before: a later job brings it
                self.whole = await self.read(lambda adjudicator: whole_of(state, adjudicator))

    async def read(self, reading: Callable[[Adjudicator], T]) -> T:
        """What is read of all that has been simulated; raises NotSimulated where that is not enough."""

        def read() -> T:
            # made where it is used: a connection to a database belongs to its thread
            if self._adjudicator is None:
                cache = InterimCache(self._exercise.folder / NAME, only_known=True)
                self._adjudicator = Adjudicator(cache)
            return reading(self._adjudicator)

        return await self._in_thread(read)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _ask_anew(bench: Bench, wanted: list[Job]) -> None:
    bench.forget()
    bench.ask(*wanted)


def _needs(state: State) -> tuple[object, ...]:
    """What decides which jobs are wanted."""
    decided = [*state.submissions.values()] if state.phase is Phase.OPEN else []
    return (state.phase, state.move, *(one.line for one in decided))


def _awaited(state: State) -> list[Job]:
    """The jobs that a class waits for in a phase, or will at the next reveal, however busy the machine is."""
    match state.phase:
        case Phase.BRIEF | Phase.OPEN:
            return [jobs.worlds(state)]
        case Phase.LOCKED | Phase.REVEALED:
            return [jobs.realised(state, state.move)]
        case _:
            return []


def _wanted(state: State) -> list[Job]:
    """The jobs that nobody waits for, or not yet."""
    is_last = state.move + 1 == len(state.plan.moves)
    match state.phase:
        case Phase.LOBBY:
            return [jobs.worlds(state), jobs.ahead(state)]
        case Phase.BRIEF:  # the choice of a world already simulates the baseline in all of them
            return [] if state.plan.realised else [jobs.ahead(state)]
        case Phase.OPEN:
            return [jobs.so_far(state)]
        case Phase.LOCKED | Phase.REVEALED:
            now = jobs.spread(state, state.move)
            return [now, jobs.ahead(state)] if is_last else [now]
        case Phase.HOT_WASH | Phase.ENDED:
            return [jobs.ahead(state)]
        case _:
            return []
