"""Computer-made teams for rehearsals: decisions as a class might take them."""

from collections.abc import Iterable, Sequence

from tabletop.exercise.acts import BeginMove, LogEntry, Observe, Rate, Remark, Start, Submit
from tabletop.exercise.adjudication import BASELINE, Adjudication
from tabletop.exercise.decision_rules import check
from tabletop.exercise.decisions_file import DecisionsFile, Evaluated, WrittenMove
from tabletop.exercise.predictions import middle_range
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import State
from tabletop.measures import MEASURES
from tabletop.scenario.decision_form import DecisionForm
from tabletop.scenario.policy import PILLARS
from tabletop.scenario.scenario import Scenario

WIDTHS = (1.0, 0.5, 1.5, 0.8, 0.3, 2.0)
"""Widths of their predicted ranges, relative to the baseline's: some are bold, some careful."""


def sample_decisions(
    scenario: Scenario, windows: Sequence[Adjudication], *, secret: str, others: int
) -> DecisionsFile:
    """Decisions of made-up teams: each prefers one pillar and spends its budget; one once submits nothing.

    `windows` hold the baseline's outcome of each move, around which they predict.
    """
    plan = scenario.exercise
    assert plan is not None
    teams = plan.teams
    state = _after(State.of(scenario), Start(secret=secret, teams=teams, others=others))
    moves = []
    for move, window in enumerate(windows):
        state = _after(state, BeginMove(move=move + 1))
        decisions = {}
        for number, team in enumerate(teams):
            is_late = move == 1 and len(teams) > 1 and number == len(teams) - 1
            line = None if is_late or plan.decision_form is None else _line(state, team, number)
            if line is not None:
                decisions[team] = line
                state = _after(state, Submit(team=team, entry=line))
        predictions = _predictions(plan.predictions, teams, window)
        moves.append(WrittenMove(decisions=decisions, predictions=predictions))
    return DecisionsFile(
        secret=secret,
        others=others,
        teams=teams,
        moves=tuple(moves),
        remarks=(
            Remark(team=teams[0], text="Made up: we asked for more before we looked at the queue."),
            Remark(text="Made up: nobody had spoken of the courts until the third move."),
        ),
        evaluators=tuple(_evaluated(scenario)),
    )


def _after(state: State, act: Start | BeginMove | Submit) -> State:
    return state.after(LogEntry(number=state.lines + 1, at=0.0, by=CONTROLLER, act=act))


def _line(state: State, team: str, number: int) -> str | None:
    """What a made-up team plays: its favourite pillar's cards first, as many as it may and can pay.

    If its budget was cut, it first takes back what it played last. None if nothing is allowed.
    """
    form = state.plan.decision_form
    assert form is not None
    taken: list[str] = []
    for code in reversed(state.hand(team).codes):
        if _is_allowed(state, team, taken):
            break
        taken.append(f"-{code}")
    if not _is_allowed(state, team, taken):
        return None
    words = taken
    for word in _wishes(form, number, state.move):
        if _is_allowed(state, team, [*words, word]):
            words = [*words, word]
    return " ".join(words) or "keep"


def _wishes(form: DecisionForm, number: int, move: int) -> Iterable[str]:
    """The cards in the order in which a team likes them; in the expert form, one step of one lever."""
    if form.levers:
        lever = list(form.levers)[(number + move) % len(form.levers)]
        steps = list(form.levers[lever])
        return [f"{lever}={steps[(number + move) % len(steps)]}"]
    turn = number % len(PILLARS)
    liked = [*PILLARS[turn:], *PILLARS[:turn]]
    return [card.code for card in sorted(form.cards, key=lambda card: liked.index(card.pillar))]


def _is_allowed(state: State, team: str, words: list[str]) -> bool:
    try:
        check(state, Submit(team=team, entry=" ".join(words) or "keep"))
    except Refused:
        return False
    return True


def _predictions(
    measures: tuple[str, ...], teams: tuple[str, ...], window: Adjudication
) -> dict[str, dict[str, tuple[float, float]]]:
    """Ranges around the baseline's own, each team's of another width."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for number, team in enumerate(teams):
        found[team] = {}
        for measure in measures:
            low, high = middle_range(window.outcomes[BASELINE].values(measure))
            middle, half = (low + high) / 2, (high - low) / 2 * WIDTHS[number % len(WIDTHS)]
            digits = 0 if MEASURES[measure].unit == "count" else 2
            found[team][measure] = (max(0.0, round(middle - half, digits)), round(middle + half, digits))
    return found


def _evaluated(scenario: Scenario) -> Iterable[Evaluated]:
    """Something in every part of the report, marked as made up."""
    plan = scenario.exercise
    assert plan is not None
    for objective in plan.objectives[:1]:
        yield Evaluated(entry=Rate(objective=objective.id, rating="S", text="Made up."))
        said = "Made up: teams gave reasons before they gave numbers."
        yield Evaluated(entry=Observe(objective=objective.id, kind="strength", observation=said))
