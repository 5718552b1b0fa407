"""The reveal: what players may see of a move, and no more until the hot wash."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise.acts import Override
from tabletop.exercise.adjudication import BASELINE, Adjudication, Adjudicator
from tabletop.exercise.interim_cache import Progress
from tabletop.exercise.policy_effect import PolicyEffect, policy_effect
from tabletop.exercise.predictions import Scored
from tabletop.exercise.readers import Reader, Step
from tabletop.exercise.refused import Refused
from tabletop.exercise.state import Phase, State, Status
from tabletop.exercise.why import PoolState, busiest_of, pools
from tabletop.measures import COST, MEASURES
from tabletop.scenario.inject import Inject

OBSERVABLE = tuple(name for name, measure in MEASURES.items() if measure.observable)
"""The measures that players can observe, in their order."""
LEADING = 3
"""Measures that the reveal of a team leads with."""
SEEN_AFTER = (Phase.HOT_WASH, Phase.ENDED)


@dataclass(frozen=True)
class Seen:
    """What players see of one team in a period: observable measures only."""

    values: Mapping[str, float | None]
    """In the world that is played."""
    pools: tuple[PoolState, ...]
    fired: Mapping[str, float]
    """The injects that waited for a count and happened in the stretch, by id, with the day of each."""
    cost: float
    """Cost units spent in the stretch."""
    is_silent: bool
    """Whether it submitted nothing, and so kept its mix."""
    is_overspent: bool
    """Whether its mix costs more than the budget, which was cut."""

    @property
    def bottleneck(self) -> PoolState | None:
        """The busiest pool; None if none is busy enough to be one."""
        return busiest_of(self.pools)


@dataclass(frozen=True)
class Shown:
    """What everybody sees of a move."""

    move: int
    """0 for the first."""
    start: float
    end: float
    baseline: Seen
    teams: Mapping[str, Seen]
    news: tuple[Inject, ...]
    """The injects that happened within the stretch, after its first day, by day."""
    scores: Mapping[tuple[str, str], Scored]
    """By team and measure, of those who predicted."""
    harsher: Mapping[str, tuple[float, int]]
    """By observable primary measure with a preferred direction: how many other worlds were milder, of how
    many."""
    effects: Mapping[tuple[str, str], PolicyEffect]
    """By team and measure, of those that the exercise is about and that players can observe; without cost,
    which is decided."""

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the effects, in the order of all measures."""
        return tuple(dict.fromkeys(measure for _, measure in self.effects))

    def leading(self, team: str, count: int = LEADING) -> tuple[PolicyEffect, ...]:
        """A team's effects of most interest."""
        return leading(self.effects, team, count)


@dataclass(frozen=True)
class ShownTo:
    """What one reader sees of a move: the part of it that is disclosed to them by now."""

    outcomes: Mapping[str, Seen]
    """By team, the reader's own first; the baseline under `BASELINE`."""
    scores: Mapping[tuple[str, str], Scored]
    """By team and measure, of the teams whose outcomes are there."""
    effects: Mapping[tuple[str, str], PolicyEffect]
    """By team and measure, of the teams whose outcomes are there, once the baseline's are."""


def shown_to(shown: Shown, state: State, reader: Reader) -> ShownTo:
    """The part of a move that a reader may see: their own team's, then the baseline's, then all.

    It follows the steps of the reveal for the present move; earlier ones are seen whole, as they are by
    controllers and evaluators.
    """
    step = Step.ALL if reader.directs or shown.move < state.move else state.step
    outcomes = {reader.team: shown.teams[reader.team]} if reader.team in shown.teams else {}
    if step.place >= Step.BASELINE.place:
        outcomes[BASELINE] = shown.baseline
    if step is Step.ALL:
        outcomes |= {team: seen for team, seen in shown.teams.items() if team not in outcomes}
    scores = {key: scored for key, scored in shown.scores.items() if key[0] in outcomes}
    effects = {key: effect for key, effect in shown.effects.items() if key[0] in outcomes}
    return ShownTo(outcomes, scores, effects if BASELINE in outcomes else {})


def measures_shown(state: State, *, hidden: bool = False) -> tuple[str, ...]:
    """The measures that this exercise is about: its predictions', its objectives' and the scenario's.

    Those that players can observe, in the order of all measures; with `hidden`, those that they cannot.
    """
    named = {*state.scenario.measures, *state.plan.predictions}
    for objective in state.plan.objectives:
        named |= {*objective.measures}
    return tuple(name for name, one in MEASURES.items() if name in named and one.observable is not hidden)


def is_revealed(state: State, move: int) -> bool:
    """Whether a move (0 for the first) has been revealed."""
    if state.phase in SEEN_AFTER:
        return True
    return move < state.move or (move == state.move and state.phase is Phase.REVEALED)


def overrides_of(state: State, move: int) -> tuple[Override, ...]:
    """What stands beside a move's result: its rulings, and overrides that began to act in its days."""
    start, end = state.plan.moves[move].day, state.ends(move)
    return tuple(
        act
        for of, _, act in state.overrides
        if (max(of, 0) == move if act.day is None else start <= act.day < end)
    )


def may_see_hidden(state: State) -> bool:
    """Whether measures that players cannot observe may be shown: from the hot wash on."""
    return state.phase in SEEN_AFTER


def shown(
    state: State,
    adjudicator: Adjudicator,
    move: int,
    *,
    spread: bool = True,
    progress: Progress | None = None,
) -> Shown:
    """What players may see of a move; raises Refused before it is revealed.

    Without `spread` there are no scores yet, and of effects only what happened in the world that is played:
    the rest needs the other worlds.
    """
    if not is_revealed(state, move):
        raise Refused(f"move {move + 1} has not been revealed")
    found = adjudicator.adjudicate(state, move, spread=spread, progress=progress)
    return Shown(
        move=move,
        start=found.start,
        end=found.end,
        baseline=_seen(found, state, move, None),
        teams={team: _seen(found, state, move, team) for team in found.teams},
        news=_news(state, found),
        scores=_scores(state, found, move) if spread else {},
        harsher=_harsher(state, found) if spread else {},
        effects=effects(state, found, move),
    )


def _seen(found: Adjudication, state: State, move: int, team: str | None) -> Seen:
    outcome = found.baseline if team is None else found.outcomes[team]
    return Seen(
        values={name: outcome.value(name) for name in OBSERVABLE},
        pools=pools(outcome.realised),
        fired={
            one.inject.id: outcome.realised.fired[one.inject.id]
            for one in state.injects
            if one.inject.when is not None and one.inject.id in outcome.realised.fired
        },
        cost=outcome.cost,
        is_silent=team is not None
        and state.plan.decision_form is not None
        and (team, move) not in state.submissions,
        is_overspent=team is not None and state.is_overspent(team, move),
    )


def _news(state: State, found: Adjudication) -> tuple[Inject, ...]:
    happened = [
        one.inject.model_copy(update={"day": state.inject_status[one.inject.id].day})
        for one in state.injects
        if one.inject.when is None
        and state.inject_status[one.inject.id].status is Status.RELEASED
        and found.start < state.inject_status[one.inject.id].day < found.end
    ]
    return tuple(sorted(happened, key=lambda inject: inject.day))


def _scores(state: State, found: Adjudication, move: int) -> dict[tuple[str, str], Scored]:
    scores = {}
    for (team, of, measure), said in state.predictions.items():
        if of == move and (scored := found.scored(team, measure, said.low, said.high)) is not None:
            scores[team, measure] = scored
    return scores


def _harsher(state: State, found: Adjudication) -> dict[str, tuple[float, int]]:
    by = [MEASURES[name] for name in state.scenario.primary_measures or state.plan.predictions]
    ranked = {one.name: found.harsher_than(one.name) for one in by if one.observable and one.direction}
    return {name: of for name, of in ranked.items() if of is not None}


def effects(state: State, found: Adjudication, move: int) -> dict[tuple[str, str], PolicyEffect]:
    """What the hands of a move do in a period, by team and observable measure; without cost."""
    return {
        (team, measure): policy_effect(
            state.scenario, found, team, measure, is_baseline=not state.hand(team, move).played
        )
        for team in found.teams
        for measure in measures_shown(state)
        if measure != COST
    }


def leading(
    of: Mapping[tuple[str, str], PolicyEffect], team: str, count: int = LEADING
) -> tuple[PolicyEffect, ...]:
    """A team's effects of most interest, the largest in the world that is played first, in units of δ.

    Of those that are equal there, the larger on average over the other worlds comes first.
    """
    own = [effect for (who, _), effect in of.items() if who == team]
    return tuple(sorted(own, key=lambda one: (-one.in_deltas, -one.mean_in_deltas))[:count])
