"""The sequence of screens that the controller can have shown in a phase, one after another."""

from collections.abc import Iterator

from tabletop.exercise.readers import Step
from tabletop.exercise.screen_order import hot_wash_screens, reveal_screens
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.exercise.state import Phase, State
from tabletop.report.room.showing import (
    PlainScreen,
    Showing,
    counted_injects,
    known_injects,
    known_overrides,
    pages_of,
    showing,
)


def sequence(state: State) -> tuple[str, ...]:  # noqa: PLR0911 - one a phase
    """What a class sees in this phase, in its order, as `Show` names it.

    Nothing of it reveals more than has been: a reveal goes on by its steps.
    """
    match state.phase:
        case Phase.BRIEF:
            return (PlainScreen.BRIEF,)
        case Phase.OPEN:
            return (*_situation(state), PlainScreen.STATUS)
        case Phase.LOCKED:
            return (PlainScreen.STATUS, *_situation(state))
        case Phase.REVEALED if state.step is not Step.ALL:
            return tuple(_pages(state, RevealScreen.RANGES))
        case Phase.REVEALED:
            return tuple(page for one in reveal_screens(state) for page in _pages(state, one))
        case Phase.HOT_WASH:
            return tuple(page for one in hot_wash_screens(state) for page in _pages(state, one))
        case Phase.ENDED:
            return (PlainScreen.END,)
        case _:
            return (PlainScreen.LOBBY,)


def aside(state: State) -> tuple[str, ...]:
    """What can be shown beside that: the code for latecomers, which tables are in, injects, rulings."""
    found = []
    if state.phase not in (Phase.PLANNED, Phase.LOBBY, Phase.ENDED):
        found.append(str(PlainScreen.LOBBY))
    if state.phase in (Phase.OPEN, Phase.LOCKED):
        found.append(f"{PlainScreen.STATUS} names")
    public = (*known_injects(state), *counted_injects(state))
    found += [f"{PlainScreen.INJECT} {one.inject.id}" for one in public]
    found += [f"{PlainScreen.RULING} {line}" for line, _ in known_overrides(state)]
    return tuple(one for one in found if one not in sequence(state))


def named(now: Showing) -> str:
    """A screen that is shown, as `Show` names it."""
    if isinstance(now.screen, PlainScreen):
        return f"{now.screen} {now.about}".strip()
    return now.screen.act if now.page == 1 else f"{now.screen.act}/{now.page}"


def neighbours(state: State) -> tuple[str | None, str | None]:
    """What is shown before and after the present screen; from one beside the sequence, back into it."""
    steps, now = sequence(state), named(showing(state))
    if now not in steps:
        return (None, steps[0]) if steps else (None, None)
    place = steps.index(now)
    return (
        steps[place - 1] if place else None,
        steps[place + 1] if place + 1 < len(steps) else None,
    )


def _situation(state: State) -> Iterator[str]:
    """The situation, and the injects of this move."""
    yield str(PlainScreen.SITUATION)
    yield f"{PlainScreen.SITUATION} answer"
    for one in known_injects(state):
        if state.inject_status[one.inject.id].move == state.move:
            yield f"{PlainScreen.INJECT} {one.inject.id}"


def _pages(state: State, screen: RevealScreen | HotWashScreen) -> Iterator[str]:
    for page in range(1, pages_of(state, screen) + 1):
        yield named(Showing(screen, page=page))
