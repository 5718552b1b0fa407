"""Wording that several documents share: audiences, minutes, days, money, cards."""

from collections.abc import Iterator

from tabletop.exercise.offer import yearly_cost
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import CardFace, Column, Table
from tabletop.scenario.decision_form import Adjustment, Card
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.explain import setting
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

PLAYERS = "For players"
CONTROLLERS = "For controllers: not for players"
EVALUATORS = "For evaluators and controllers: not for players"
EVERYBODY = "For everybody"
SHOWN = "Shown by the controller, slide by slide"
LIMITS = "This is a teaching model of abstract policies. It predicts nothing, and ranks nobody."


def plan_of(scenario: Scenario) -> ExercisePlan:
    """The exercise plan of a scenario that has one."""
    assert scenario.exercise is not None, "the scenario has no exercise"
    return scenario.exercise


def title_of(scenario: Scenario) -> str:
    """What the exercise is called."""
    return plan_of(scenario).title or scenario.title


def content_note(scenario: Scenario) -> str:
    """The content note: the exercise's own, or else the scenario's."""
    return plan_of(scenario).content_note.strip() or scenario.content_note.strip()


def budget_of(scenario: Scenario) -> float | None:
    """What a mix may cost a year; None if there is no limit."""
    own = plan_of(scenario).budget
    return scenario.budget if own is None else own


def span(start: float, minutes: float) -> str:
    """Minutes since StartEx, from and to."""
    return f"{number(start)}–{number(start + minutes)}"


def clocked(plan: ExercisePlan, start: float, minutes: float) -> str:
    """Minutes since StartEx, from and to, with the clock where the plan states when it starts."""
    clock = plan.planning.clock(start)
    said = span(start, minutes)
    return f"{said} ({clock}–{plan.planning.clock(start + minutes)})" if clock else said


def agenda(plan: ExercisePlan) -> Table:
    """The parts of the exercise by minutes; moves stay unnamed, as names could give something away."""
    rows = [(clocked(plan, 0, plan.brief_minutes), "Brief: welcome, rules, situation, questions")]
    for place, move in enumerate(plan.moves):
        when = clocked(plan, plan.begins(place), move.minutes.total)
        rows.append((when, f"Module {place + 1} (move {place + 1}), day {number(move.day)}"))
    after = plan.begins(len(plan.moves))
    rows.append((clocked(plan, after, plan.hot_wash_minutes), "Hot wash: all talk over what was seen"))
    end = after + plan.hot_wash_minutes
    rows.append((clocked(plan, end, plan.feedback_minutes), "Feedback form"))
    return Table("Minutes since StartEx", (Column("Minutes", 3), Column("What happens", 8)), tuple(rows))


def predicted(plan: ExercisePlan) -> tuple[tuple[str, str, str], ...]:
    """The measures of which teams predict a range: title, unit, and what they are."""
    return tuple(
        (MEASURES[name].title, MEASURES[name].unit, MEASURES[name].sentence) for name in plan.predictions
    )


def money(amount: float) -> str:
    """Cost units, without the last places of arithmetic."""
    return number(round(amount, 6))


def signed(amount: float) -> str:
    """An amount with its sign, a real minus."""
    rounded = round(amount, 6)
    return f"{'−' if rounded < 0 else '+'}{number(abs(rounded))}"


def changed(lever: str, change: Adjustment) -> str:
    """What a card does to a lever: 'outreach +0.2', 'teams to 6'."""
    name = lever.replace("_", " ")
    if "set" in change.model_fields_set:
        return f"{name} to {'unlimited' if change.set is None else number(change.set)}"
    assert change.add is not None
    return f"{name} {signed(change.add)}"


def face(scenario: Scenario, card: Card) -> CardFace:
    """A card as it is printed."""
    return CardFace(
        code=card.code,
        title=card.title,
        says=card.says,
        pillar=card.pillar,
        changes=", ".join(changed(lever, change) for lever, change in card.changes.items()),
        facts=tuple(_facts(scenario, card)),
    )


def _facts(scenario: Scenario, card: Card) -> Iterator[tuple[str, str]]:
    yield "Cost a year", signed(yearly_cost(scenario, card))
    yield "Works after", f"{number(card.lead_days)} days" if card.lead_days else "at once"
    if card.excludes:
        yield "Not beside", ", ".join(card.excludes)
    if card.from_move > 1:
        yield "From move", str(card.from_move)
    if card.times > 1:
        yield "In play", f"up to {card.times} times"


def printed_steps(scenario: Scenario) -> Table | None:
    """The expert form: every lever with its named steps; None if the form has cards."""
    form = plan_of(scenario).decision_form
    if form is None or not form.levers:
        return None
    policy = scenario.policies(scenario.baseline)[0][1]
    rows = []
    for name, steps in form.levers.items():
        lever = LEVERS[name]
        named = "; ".join(f"{step} = {setting(value)}" for step, value in steps.items())
        rows.append((f"{name}: {lever.says}", setting(lever.of(policy)), named))
    columns = (Column("Lever", 5), Column("Now", 1, number=True), Column("Steps", 5))
    return Table("What can be set, as LEVER=STEP", columns, tuple(rows))
