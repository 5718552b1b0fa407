"""The reveal, as a team's phones show it: its own outcome, and the baseline's once that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise.adjudication import BASELINE
from tabletop.exercise.readers import Reader
from tabletop.exercise.reveal import Shown, is_revealed, measures_shown, shown_to
from tabletop.exercise.roles import Role
from tabletop.exercise.state import Phase, State
from tabletop.exercise.values import formatted, ranged, titled
from tabletop.measures import COST, MEASURES
from tabletop.pools import POOLS


@dataclass(frozen=True)
class Row:
    """A measure that players can observe."""

    title: str
    own: str
    baseline: str | None
    """Of deciding nothing, in the same world; None until it is shown."""


@dataclass(frozen=True)
class Held:
    """What a team had predicted, beside what happened."""

    title: str
    low: float
    high: float
    happened: float
    range_said: str
    happened_said: str

    @property
    def is_hit(self) -> bool:
        """Whether it happened within the range."""
        return self.low <= self.happened <= self.high

    def place(self, value: float) -> float:
        """A place from 0 to 1 on an axis that has the range and what happened."""
        bottom, top = min(0.0, self.low, self.happened), max(self.high, self.happened)
        return (value - bottom) / (top - bottom) if top > bottom else 0.5


@dataclass(frozen=True)
class Busy:
    """A service that held work up."""

    title: str
    percent: int
    wait: float | None
    """Days, on average."""


@dataclass(frozen=True)
class Revealed:
    """What came of a move, for one team."""

    move: int
    """1 for the first."""
    start: float
    end: float
    ranges: tuple[Held, ...]
    rows: tuple[Row, ...]
    busy: tuple[Busy, ...]
    fired: tuple[tuple[str, str, float], ...]
    """What happened in this team's world alone: title, message and day."""
    cost: float | None
    """None where it stands among the measures."""
    is_silent: bool
    is_overspent: bool
    has_baseline: bool


@dataclass(frozen=True)
class Calibration:
    """How many of a team's ranges held what happened, of all whose outcome it has seen."""

    held: int
    given: int


def calibration(state: State, reveals: Mapping[int, Shown], team: str) -> Calibration | None:
    """A team's own calibration by now; None where it has given no range, or a reveal is not there yet."""
    moves = {move for who, move, _ in state.predictions if who == team and is_revealed(state, move)}
    if not moves or not moves <= reveals.keys():
        return None
    ranges = [one for move in moves for one in _ranges(state, move, reveals[move].teams[team].values, team)]
    return Calibration(sum(one.is_hit for one in ranges), len(ranges)) if ranges else None


def revealed(state: State, shown: Shown | None, team: str) -> Revealed | None:
    """What a team may see of the present move by now; None while it is not revealed, or not simulated."""
    return None if state.phase is not Phase.REVEALED or shown is None else of_move(state, shown, team)


def of_move(state: State, shown: Shown, team: str) -> Revealed:
    """What a team may see of a move that has been revealed."""
    known = shown_to(shown, state, Reader(Role.PLAYER, team))
    own, baseline = known.outcomes[team], known.outcomes.get(BASELINE)
    titles = {one.inject.id: one.inject for one in state.injects}
    return Revealed(
        move=shown.move + 1,
        start=shown.start,
        end=shown.end,
        ranges=_ranges(state, shown.move, own.values, team),
        rows=tuple(
            Row(
                titled(name),
                formatted(name, own.values[name]),
                None if baseline is None else formatted(name, baseline.values[name]),
            )
            for name in measures_shown(state)
        ),
        busy=tuple(
            Busy(POOLS[one.pool].title, round(100 * (one.utilisation or 0.0)), one.wait)
            for one in own.pools
            if one.is_busy
        ),
        fired=tuple((titles[name].title, titles[name].message, day) for name, day in own.fired.items()),
        cost=None if COST in measures_shown(state) else own.cost,
        is_silent=own.is_silent,
        is_overspent=own.is_overspent,
        has_baseline=baseline is not None,
    )


def _ranges(state: State, move: int, values: Mapping[str, float | None], team: str) -> tuple[Held, ...]:
    held = []
    for measure in state.plan.predictions:
        said, happened = state.predictions.get((team, move, measure)), values[measure]
        if said is not None and happened is not None:
            held.append(
                Held(
                    title=MEASURES[measure].title,
                    low=said.low,
                    high=said.high,
                    happened=happened,
                    range_said=ranged(measure, said.low, said.high),
                    happened_said=formatted(measure, happened),
                )
            )
    return tuple(held)
