"""What the projector shows, as the controller sees it: now, before, after, and what else it can show."""

from dataclasses import dataclass

from tabletop.exercise.log_words import override_in_words
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.exercise.state import Phase, State
from tabletop.report.room.sequence import aside, named, neighbours, sequence
from tabletop.report.room.showing import PlainScreen, pages_of, showing


@dataclass(frozen=True)
class Offered:
    """A screen that can be shown."""

    what: str
    """As `Show` names it."""
    screen: str
    """Its name among the words: `inject`, `status names`, `held`."""
    about: str
    """Of an inject its title, of a ruling its words."""
    page: int
    pages: int


@dataclass(frozen=True)
class OnScreen:
    """What the projector shows, and what it can show."""

    is_closed: bool
    """Whether the door has not been opened: the room sees only that, and nothing can be chosen."""
    now: Offered
    before: Offered | None
    after: Offered | None
    others: tuple[Offered, ...]
    """All that can be shown now, but for `now`."""
    waits: bool
    """Whether something of it is still being simulated."""
    failed: str


def on_screen(state: State, *, waits: bool, failed: str) -> OnScreen:
    """What the projector shows of a state."""
    now = named(showing(state))
    before, after = neighbours(state)
    return OnScreen(
        is_closed=state.phase is Phase.PLANNED,
        now=_offered(state, now),
        before=None if before is None else _offered(state, before),
        after=None if after is None else _offered(state, after),
        others=tuple(_offered(state, what) for what in (*sequence(state), *aside(state)) if what != now),
        waits=waits,
        failed=failed,
    )


def _offered(state: State, what: str) -> Offered:
    name, _, about = what.partition(" ")
    if name == PlainScreen.INJECT:
        titles = {one.inject.id: one.inject.title for one in state.injects}
        return Offered(what, name, titles[about], 1, 1)
    if name == PlainScreen.RULING:
        rulings = {str(line): override_in_words(act) for _, line, act in state.overrides}
        return Offered(what, name, rulings[about], 1, 1)
    unpaged, _, page = what.partition("/")
    screens: dict[str, RevealScreen | HotWashScreen] = {
        one.act: one for kind in (RevealScreen, HotWashScreen) for one in kind
    }
    if unpaged not in screens:
        return Offered(what, what, "", 1, 1)
    screen = screens[unpaged]
    return Offered(what, str(screen), "", int(page or 1), pages_of(state, screen))
