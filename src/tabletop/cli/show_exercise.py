"""The exercise plan as `tabletop show` explains it to who prepares it, with what players do not know."""

from rich.console import Console

from tabletop.cli.layout import heading, table
from tabletop.exercise.offer import not_offered, offer
from tabletop.scenario.decision_form import Card
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.planned_minutes import in_words
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.scheduled import effects_in_words
from tabletop.scenario.staged import StagedInject, staged
from tabletop.scenario.words import number


def show_exercise(out: Console, scenario: Scenario) -> None:
    """Print the exercise plan, if the scenario has one."""
    if scenario.exercise is None:
        return
    _what(out, scenario, scenario.exercise)
    _moves(out, scenario, scenario.exercise)
    _decisions(out, scenario, scenario.exercise)
    _outcome(out, scenario.exercise)


def _what(out: Console, scenario: Scenario, plan: ExercisePlan) -> None:
    heading(out, "Exercise")
    out.print(plan.title or scenario.title, style="bold")
    for text in (plan.purpose, plan.scope):
        if text:
            out.print(text.strip())
    out.print(f"{in_words(plan)}.")
    planning = plan.planning
    held = ", ".join(part for part in (planning.place, planning.dates, planning.start_time) if part)
    if held:
        out.print(f"Held: {held}.")
    if planning.participants.stated:
        people = ", ".join(f"{count} {name.lower()}" for name, count in planning.participants.stated)
        out.print(f"Planned for: {people}.")
    if planning.stop_word:
        out.print(f"The word that stops it: {planning.stop_word}.")
    out.print(f"Teams: {', '.join(plan.teams)}.")
    if plan.roles:
        roles = [f"{role.name} ({', '.join(role.pillars)})" for role in plan.roles]
        out.print(f"Roles in each: {'; '.join(roles)}.")
    if plan.objectives:
        rows = table("objective", "what it is", "measures")
        for objective in plan.objectives:
            rows.add_row(objective.id, objective.text, ", ".join(objective.measures) or "–")
        out.print()
        out.print(rows)
        for objective in plan.objectives:
            if objective.core_capabilities:
                out.print(f"{objective.id} exercises: {', '.join(objective.core_capabilities)}.")


def _moves(out: Console, scenario: Scenario, plan: ExercisePlan) -> None:
    injects = staged(scenario)
    heading(out, "Moves")
    for place, move in enumerate(plan.moves):
        minutes, begins = move.minutes, plan.begins(place)
        if place:
            out.print()
        out.print(
            f"{place + 1}. {move.name}: day {number(move.day)}, minutes {number(begins)} to "
            f"{number(begins + minutes.total)}",
            style="bold",
        )
        out.print(
            f"{number(minutes.situation)} situation, {number(minutes.discussion)} discussion, "
            f"{number(minutes.decision)} decision, {number(minutes.reveal)} reveal"
        )
        out.print(move.situation.strip())
        for one in injects:
            if one.move == place and not one.waits:
                _inject(out, scenario, one, f"day {number(one.inject.day)}")
    waiting = [one for one in injects if one.waits]
    if waiting:
        out.print("\nHeld back:", style="bold")
    for one in waiting:
        _inject(out, scenario, one, _waits_for(one))


def _waits_for(one: StagedInject) -> str:
    when = one.inject.when
    if when is None:
        return f"if the controller releases it, from move {one.move + 1} on"
    since = f", not before day {number(one.inject.day)}" if one.inject.day else ""
    return f"team by team, once {when.measure} reaches {number(when.reaches)}{since}"


def _inject(out: Console, scenario: Scenario, one: StagedInject, when: str) -> None:
    out.print(f"- {one.inject.id}, {when}: {one.inject.title}")
    changes = [*effects_in_words(scenario, one.inject)]
    if one.staging.budget is not None:
        changes.append(f"budget {one.staging.budget:+.10g} cost units a year".replace("-", "−"))
    for change in changes or ["changes nothing in the model"]:
        out.print(f"  {change}")


def _decisions(out: Console, scenario: Scenario, plan: ExercisePlan) -> None:
    form = plan.decision_form
    heading(out, "Decisions")
    if form is None:
        out.print("There is nothing to decide: teams predict.")
        return
    if form.cards:
        rows = table("card", "decision", "changes", "a year", "works after", "limits", right=(3,))
        for card, one in zip(form.cards, offer(scenario), strict=True):
            cost = one.cost.replace("-", "−")
            rows.add_row(card.code, card.title, one.changes.replace("-", "−"), cost, one.lead, _limits(card))
        out.print(rows)
        out.print(f"At most {form.most_a_move} cards a move, on top of those in play; taking back is free.")
    else:
        rows = table("lever", "steps")
        for lever, steps in form.levers.items():
            told = [f"{step} ({'∞' if value is None else number(value)})" for step, value in steps.items()]
            rows.add_row(lever, ", ".join(told))
        out.print(rows)
    budget = scenario.budget if plan.budget is None else plan.budget
    if budget is not None:
        costs = scenario.policies(scenario.baseline)[0][1].yearly_cost(scenario.costs)
        out.print(
            f"Budget: {number(budget)} cost units a year; the baseline costs {number(costs)} and leaves "
            f"{number(round(budget - costs, 6))}."
        )
    if names := not_offered(scenario):
        out.print(f"Not theirs to decide, as in the baseline: {', '.join(names)}.")


def _limits(card: Card) -> str:
    told = [f"not with {', '.join(card.excludes)}"] if card.excludes else []
    if card.from_move > 1:
        told.append(f"from move {card.from_move}")
    if card.times > 1:
        told.append(f"up to {card.times}")
    return "; ".join(told)


def _outcome(out: Console, plan: ExercisePlan) -> None:
    heading(out, "Predictions and reveal")
    out.print(f"Teams predict an 80 % range of: {', '.join(plan.predictions)}.")
    if plan.realised is None:
        out.print("The world that is played is the first one that comes.")
    else:
        out.print(
            f"The world that is played is near the {plan.realised.near} of {plan.realised.of} under the "
            "baseline."
        )
    if plan.epilogue_days:
        out.print(f"Epilogue: the final mixes run on for {number(plan.epilogue_days)} days after EndEx.")
    else:
        out.print("There is no epilogue.")
    if plan.debrief_questions:
        out.print("At the hot wash:")
        for question in plan.debrief_questions:
            out.print(f"- {question}")
