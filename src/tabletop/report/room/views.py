"""The view that everybody may see now: what each screen shows, from what is disclosed to the room."""

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.interim_cache import NotSimulated
from tabletop.exercise.last_year import last_year_played
from tabletop.exercise.readers import EVERYBODY
from tabletop.exercise.reveal import ShownTo, shown, shown_to
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.exercise.state import State
from tabletop.report.room.brief import brief, situation
from tabletop.report.room.decided import decided
from tabletop.report.room.entrance import Entrance
from tabletop.report.room.epilogue import epilogue
from tabletop.report.room.hot_wash import hidden, question, split, tables
from tabletop.report.room.inject import counted, inject, ruling
from tabletop.report.room.lobby import end, lobby
from tabletop.report.room.luck import luck
from tabletop.report.room.past import Past, last_stretch, past_year
from tabletop.report.room.policy import policy
from tabletop.report.room.ranges import held, ranges
from tabletop.report.room.showing import (
    PlainScreen,
    Showing,
    counted_injects,
    known_injects,
    measures_of,
    showing,
)
from tabletop.report.room.status import status
from tabletop.report.room.view import View, Waiting
from tabletop.report.room.why import asked, why

NEEDS_OTHER_WORLDS = (RevealScreen.POLICY, RevealScreen.LUCK, HotWashScreen.SPLIT, HotWashScreen.EPILOGUE)
"""The screens that need the other worlds; the others show what was decided, or happened in the one played."""


def view_of(state: State, adjudicator: Adjudicator, entrance: Entrance | None = None) -> View:
    """What the room sees in a state; simulates what it shows, as far as that is not known.

    It shows what may be shown to everybody by now, and nothing else. Of an adjudicator that simulates
    nothing, it says that the worlds are being simulated. Where phones come in by an entrance, the lobby
    shows it.
    """
    try:
        now = showing(state)
        return lobby(state, entrance) if now.screen is PlainScreen.LOBBY else _view(state, adjudicator, now)
    except NotSimulated:
        return Waiting("The worlds are being simulated", "Nothing need be done: they appear here.")


def _view(state: State, adjudicator: Adjudicator, now: Showing) -> View:
    match now.screen:
        case PlainScreen():
            return _plain(state, adjudicator, now)
        case RevealScreen() as screen:
            return _reveal(state, adjudicator, screen, now.page)
        case HotWashScreen() as screen:
            return _hot_wash(state, adjudicator, screen, now)


def _plain(state: State, adjudicator: Adjudicator, now: Showing) -> View:
    match now.screen:
        case PlainScreen.BRIEF:
            return brief(state)
        case PlainScreen.INJECT:
            return _inject(state, adjudicator, now)
        case PlainScreen.RULING:
            return ruling(state, int(now.about))
        case PlainScreen.STATUS:
            return status(state, named=now.about == "names")
        case PlainScreen.END:
            return end(state)
        case _:
            return situation(state, _past(state, adjudicator), is_answered=now.about == "answer")


def _inject(state: State, adjudicator: Adjudicator, now: Showing) -> View:
    """An inject that everybody knows; one that waited for a count, if it happened anywhere."""
    for one in known_injects(state):
        if one.inject.id == now.about:
            return inject(state, one)
    one = next(one for one in counted_injects(state) if one.inject.id == now.about)
    seen = shown_to(shown(state, adjudicator, state.move, spread=False), state, EVERYBODY)
    return counted(state, one, seen) or _reveal(state, adjudicator, RevealScreen.HELD, 1)


def _past(state: State, adjudicator: Adjudicator) -> Past | None:
    """The last stretch under the baseline; in the first move, the last year."""
    if not state.move:
        return _before_startex(state, adjudicator)
    return last_stretch(state, shown(state, adjudicator, state.move - 1, spread=False).baseline)


def _before_startex(state: State, adjudicator: Adjudicator) -> Past | None:
    """The last year of the world that is played, once it is known which one that is."""
    try:
        found = last_year_played(state, adjudicator.worlds(state)[0])
    except NotSimulated:
        return None
    if found is None:
        return None
    return past_year(state, found.title, {name: low for name, (low, _) in found.ranges.items()})


def _reveal(  # noqa: PLR0911 - one a screen
    state: State, adjudicator: Adjudicator, screen: RevealScreen, page: int
) -> View:
    named = measures_of(state, screen)
    measure = named[page - 1] if named else state.plan.predictions[0]

    def seen() -> ShownTo:
        spread = screen in NEEDS_OTHER_WORLDS
        return shown_to(shown(state, adjudicator, state.move, spread=spread), state, EVERYBODY)

    match screen:
        case RevealScreen.RANGES:
            return ranges(state, measure)
        case RevealScreen.HELD:
            return held(state, measure, seen())
        case RevealScreen.DECISIONS:
            return decided(state)
        case RevealScreen.POLICY:
            return policy(state, measure, seen())
        case RevealScreen.LUCK:
            return luck(state, measure, seen())
        case RevealScreen.BUSIEST:
            return asked(seen())
        case _:
            return why(state, seen())


def _hot_wash(state: State, adjudicator: Adjudicator, screen: HotWashScreen, now: Showing) -> View:
    last, named = len(state.plan.moves) - 1, measures_of(state, screen)
    if screen is HotWashScreen.QUESTIONS:
        return question(state, now)
    if screen is HotWashScreen.EPILOGUE:
        found = adjudicator.epilogue(state)
        if found is None:
            return question(state, Showing(HotWashScreen.QUESTIONS))
        measures = named if now.pages == 1 else named[now.page - 1 : now.page]
        return epilogue(state, measures, found)
    whole = adjudicator.so_far(state, last, spread=screen in NEEDS_OTHER_WORLDS)
    match screen:
        case HotWashScreen.HIDDEN:
            return hidden(state, whole, now)
        case HotWashScreen.SPLIT:
            return split(state, named[now.page - 1], whole)
        case _:
            moves = [adjudicator.adjudicate(state, move, spread=False) for move in range(last + 1)]
            return tables(state, moves, whole, now)
