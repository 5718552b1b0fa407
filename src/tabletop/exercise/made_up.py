"""Made-up teams: what a class might decide, so that a controller can rehearse before it comes."""

from tabletop.exercise.acts import Observe, Rate, Remark
from tabletop.exercise.adjudication import BASELINE, Adjudication
from tabletop.exercise.decisions_file import Decisions, Evaluated, WrittenMove
from tabletop.exercise.entry_line import parse
from tabletop.exercise.hand import Hand
from tabletop.exercise.predictions import middle_range
from tabletop.exercise.refused import Refused
from tabletop.scenario.decision_form import DecisionForm
from tabletop.scenario.policy import PILLARS
from tabletop.scenario.scenario import Scenario

WIDTHS = (1.0, 0.5, 1.5, 0.8, 0.3, 2.0)
"""How wide made-up teams predict, beside the baseline's own range: some are bold, some careful."""


def made_up(
    scenario: Scenario, teams: tuple[str, ...], windows: list[Adjudication], *, secret: str, others: int
) -> Decisions:
    """Decisions of made-up teams: each leans on one pillar and spends what it may; one once says nothing.

    `windows` hold the baseline's outcome of each move, around which they predict.
    """
    plan = scenario.exercise
    assert plan is not None
    hands = {team: Hand(scenario) for team in teams}
    moves = []
    for move, window in enumerate(windows):
        decisions = {}
        for number, team in enumerate(teams):
            if number == len(teams) - 1 and move == 1:
                continue  # the last team is late with its second decision
            if (line := _line(hands[team], move, number)) is not None:
                assert plan.decision_form is not None
                hands[team] = hands[team].after(parse(line, plan.decision_form), move)
                decisions[team] = line
        moves.append(
            WrittenMove(decisions=decisions, predictions=_predictions(plan.predictions, teams, window))
        )
    first = plan.objectives[0].id if plan.objectives else None
    return Decisions(
        secret=secret,
        others=others,
        teams=teams,
        moves=tuple(moves),
        remarks=(
            Remark(team=teams[0], text="A made-up remark: we asked for more before we looked at the queue."),
        ),
        evaluators=()
        if first is None
        else (
            Evaluated(entry=Rate(objective=first, rating="S", text="A made-up rating.")),
            Evaluated(
                entry=Observe(
                    objective=first,
                    kind="strength",
                    observation="A made-up observation: reasons were given before numbers.",
                )
            ),
        ),
    )


def _line(hand: Hand, move: int, number: int) -> str | None:
    """The cards that a made-up team plays: its favourite pillar's first, as many as it may and can pay."""
    form = hand.plan.decision_form
    if form is None:
        return None
    if form.levers:
        lever = list(form.levers)[(number + move) % len(form.levers)]
        steps = list(form.levers[lever])
        return _allowed(hand, [f"{lever}={steps[(number + move) % len(steps)]}"], move, form) or "keep"
    turned = [*PILLARS[number % len(PILLARS) :], *PILLARS[: number % len(PILLARS)]]
    cards = sorted(form.cards, key=lambda card: turned.index(card.pillar))
    return _allowed(hand, [card.code for card in cards], move, form) or "keep"


def _allowed(hand: Hand, words: list[str], move: int, form: DecisionForm) -> str:
    """As many of some words, in their order, as rules and budget allow."""
    chosen: list[str] = []
    budget = hand.plan.budget or hand.scenario.budget
    for word in words:
        if len(chosen) == form.most_a_move:
            break
        tried = [*chosen, word]
        try:
            after = hand.after(parse(" ".join(tried), form), move)
        except Refused:
            continue
        if budget is None or after.yearly_cost() <= budget + 1e-9:
            chosen = tried
    return " ".join(chosen)


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
            digits = 2 if high <= 1 else 0
            found[team][measure] = (max(0.0, round(middle - half, digits)), round(middle + half, digits))
    return found
