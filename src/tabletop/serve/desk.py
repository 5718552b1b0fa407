"""The desk: the one writer of a served exercise; what is asked for at once goes to disk at once."""

import asyncio
from collections.abc import Callable

from tabletop.exercise.acts import LogEntry
from tabletop.exercise.exercise import Exercise, Request
from tabletop.exercise.refused import Refused

MOST_AT_ONCE = 100
"""Acts of one transaction."""
Asked = tuple[Request, asyncio.Future[LogEntry]]


class Desk:
    """A queue of acts and the task that does them, in groups; `written` is called after each group."""

    def __init__(self, exercise: Exercise, written: Callable[[], object]) -> None:
        self._exercise = exercise
        self._written = written
        self._waiting: asyncio.Queue[Asked] = asyncio.Queue()

    async def do(self, request: Request) -> LogEntry:
        """The line of an act once it is on disk; raises Refused, or TabletopError if it cannot be written."""
        answer: asyncio.Future[LogEntry] = asyncio.get_running_loop().create_future()
        await self._waiting.put((request, answer))
        return await answer

    async def work(self) -> None:
        """Do whatever is asked for, until it is cancelled."""
        while True:
            group = [await self._waiting.get()]
            while len(group) < MOST_AT_ONCE and not self._waiting.empty():
                group.append(self._waiting.get_nowait())
            await self._do(group)

    async def _do(self, group: list[Asked]) -> None:
        try:
            done = await asyncio.to_thread(self._exercise.do_all, [request for request, _ in group])
        except Exception as failed:  # noqa: BLE001 (told to whoever asked; the desk goes on)
            for _, answer in group:
                if not answer.done():
                    answer.set_exception(failed)
            return
        # whoever is told that it is done finds it on the page
        self._written()
        for (_, answer), one in zip(group, done, strict=True):
            if answer.done():  # who asked has gone
                continue
            if isinstance(one, Refused):
                answer.set_exception(one)
            else:
                answer.set_result(one)
