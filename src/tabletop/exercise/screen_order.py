"""The order of screens: which a reveal and the hot wash of an exercise have."""

from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.exercise.state import State


def reveal_screens(state: State) -> tuple[RevealScreen, ...]:
    """Those of the reveal of the present move: without what nobody predicted, or could decide."""
    left_out = set()
    if not any(move == state.move for _, move, _ in state.predictions):
        left_out.add(RevealScreen.RANGES)
    if state.plan.decision_form is None:
        left_out |= {RevealScreen.DECISIONS, RevealScreen.POLICY}
    return tuple(one for one in RevealScreen if one not in left_out)


def hot_wash_screens(state: State) -> tuple[HotWashScreen, ...]:
    """Those of the hot wash: without an epilogue that the plan does not have."""
    return tuple(
        one for one in HotWashScreen if one is not HotWashScreen.EPILOGUE or state.plan.epilogue_days
    )
