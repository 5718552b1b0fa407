"""Which screen the room sees: what the controller shows, as far as it may be shown by now."""

from dataclasses import dataclass
from enum import StrEnum

from tabletop.exercise.acts import Add, LogEntry, Override, Release
from tabletop.exercise.disclosure import receives
from tabletop.exercise.readers import EVERYBODY, Step
from tabletop.exercise.reveal import measures_shown
from tabletop.exercise.screens import HotWashScreen, RevealScreen, hot_wash_screen, reveal_screen
from tabletop.exercise.state import Phase, State, Status
from tabletop.report.room.columns import columns
from tabletop.scenario.staged import StagedInject

TABLES_A_PAGE = 3
"""Tables of which three lines fit on a screen."""


class PlainScreen(StrEnum):
    """A screen that belongs to no reveal and no hot wash, by its name in `Show`."""

    LOBBY = "lobby"
    """Who plays, and how to come in; for latecomers until EndEx."""
    BRIEF = "brief"
    SITUATION = "situation"
    """About `answer`, with how busy the services were."""
    INJECT = "inject"
    """About one, by its id."""
    RULING = "ruling"
    """About one, or an override with effects, by its line of the log."""
    STATUS = "status"
    """How many tables have decided or predicted; about `names`, which ones."""
    END = "end"


@dataclass(frozen=True)
class Showing:
    """A screen, what it is about, and its page: 1 for the first of `pages`."""

    screen: PlainScreen | RevealScreen | HotWashScreen
    about: str = ""
    page: int = 1
    pages: int = 1


_TALK = (Phase.OPEN, Phase.LOCKED)
_FIRST = {
    Phase.PLANNED: PlainScreen.LOBBY,
    Phase.LOBBY: PlainScreen.LOBBY,
    Phase.BRIEF: PlainScreen.BRIEF,
    Phase.OPEN: PlainScreen.SITUATION,
    Phase.LOCKED: PlainScreen.STATUS,
    Phase.ENDED: PlainScreen.END,
}
_ABOUT = {PlainScreen.SITUATION: ("", "answer"), PlainScreen.STATUS: ("", "names")}


def showing(state: State) -> Showing:
    """The screen that the room sees; that with which its phase begins, where another may not be shown."""
    name, _, about = state.showing.partition(" ")
    if name in (PlainScreen.INJECT, PlainScreen.RULING) and _is_public(state, name, about):
        return Showing(PlainScreen(name), about)
    if state.showing == PlainScreen.LOBBY and state.phase is not Phase.ENDED:
        return Showing(PlainScreen.LOBBY)
    if name in _ABOUT and about in _ABOUT[PlainScreen(name)] and state.phase in _TALK:
        return Showing(PlainScreen(name), about)
    if state.phase is Phase.REVEALED:
        screen = reveal_screen(state.showing)
        # nothing of what came of it before its step, whatever else is asked for
        return _paged(state, screen if state.step is Step.ALL else RevealScreen.RANGES)
    if state.phase is Phase.HOT_WASH:
        return _paged(state, hot_wash_screen(state.showing))
    return Showing(_FIRST[state.phase])


def next_page(state: State) -> str | None:
    """How `Show` names the next page of the screen that is shown; None on its last one."""
    now = showing(state)
    if isinstance(now.screen, PlainScreen) or now.page == now.pages:
        return None
    return f"{now.screen.act}/{now.page + 1}"


def measures_of(state: State, screen: RevealScreen | HotWashScreen) -> tuple[str, ...]:
    """The measures of a screen that has one a page."""
    match screen:
        case RevealScreen.RANGES | RevealScreen.HELD:
            keys = {measure for _, move, measure in state.predictions if move == state.move}
            return tuple(one for one in state.plan.predictions if one in keys)
        case HotWashScreen.EPILOGUE | RevealScreen.POLICY | RevealScreen.LUCK:
            return state.plan.predictions
        case HotWashScreen.SPLIT:
            return state.scenario.primary_measures or state.plan.predictions
        case HotWashScreen.HIDDEN:
            return measures_shown(state, hidden=True)
        case _:
            return ()


def hidden_a_page(state: State) -> int:
    """How many measures fit beside each other where numbers stand in columns of tables."""
    return {1: 4, 2: 2, 3: 1}[columns(len(state.teams))]


def questions(state: State) -> tuple[str, ...]:
    """What the hot wash talks over."""
    return state.plan.debrief_questions or state.scenario.discussion


def known_injects(state: State) -> tuple[StagedInject, ...]:
    """The injects that everybody may read by now: released, for all, and of a day that is not to come.

    Those that wait for a count are not among them.
    """
    return tuple(
        one
        for one in state.injects
        if state.inject_status[one.inject.id].status is Status.RELEASED
        and one.inject.when is None
        and receives(one, EVERYBODY)
        and state.inject_status[one.inject.id].day <= state.today
    )


def counted_injects(state: State) -> tuple[StagedInject, ...]:
    """The injects that wait for a count, once it may be told at which tables they happened."""
    if state.phase is not Phase.REVEALED or state.step is not Step.ALL:
        return ()
    return tuple(one for one in state.injects if one.inject.when is not None and receives(one, EVERYBODY))


def known_overrides(state: State) -> tuple[tuple[int, Override], ...]:
    """Rulings, and overrides with effects whose day is not to come, each with its line of the log."""
    return tuple((line, act) for _, line, act in state.overrides if (act.day or 0.0) <= state.today)


def announced(state: State, entry: LogEntry) -> str | None:
    """How `Show` names the screen of what an act has just brought to everybody; None where it brings none.

    An inject for some teams alone, or for roles, is not for the room.
    """
    match entry.act:
        case Release(inject=name) | Add(inject=name):
            one = next(one for one in state.injects if one.inject.id == name)
            return f"{PlainScreen.INJECT} {name}" if receives(one, EVERYBODY) else None
        case Override():
            return f"{PlainScreen.RULING} {entry.number}"
        case _:
            return None


def has_come(state: State, what: str) -> bool:
    """Whether the room may know by now of an inject or a ruling, as `Show` names it."""
    name, _, about = what.partition(" ")
    return _is_public(state, name, about)


def _is_public(state: State, name: str, about: str) -> bool:
    if name == PlainScreen.RULING:
        return any(str(line) == about for line, _ in known_overrides(state))
    return any(one.inject.id == about for one in (*known_injects(state), *counted_injects(state)))


def _paged(state: State, screen: RevealScreen | HotWashScreen) -> Showing:
    pages = pages_of(state, screen)
    asked = state.showing.partition("/")[2]
    page = int(asked) if asked.isdecimal() and state.showing.startswith(f"{screen.act}/") else 1
    return Showing(screen, "", min(max(page, 1), pages), pages)


def pages_of(state: State, screen: RevealScreen | HotWashScreen) -> int:
    """How many pages a screen has."""
    match screen:
        case HotWashScreen.TEAMS:
            number = -(-len(state.teams) // TABLES_A_PAGE)
        case HotWashScreen.QUESTIONS:
            number = len(questions(state))
        case HotWashScreen.HIDDEN:
            number = -(-len(measures_of(state, screen)) // hidden_a_page(state))
        case HotWashScreen.EPILOGUE if columns(len(state.teams)) == 1:
            number = 1
        case _:
            number = len(measures_of(state, screen))
    return max(1, number)
