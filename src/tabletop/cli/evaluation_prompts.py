"""Evaluation at a prompt: what evaluators rate, observe and would improve."""

from typing import get_args

from tabletop.cli.prompts import COUNTED, Prompts
from tabletop.exercise.acts import CapabilityElement, Count, Rate
from tabletop.report.pack.evaluation_guide import RATINGS
from tabletop.scenario.exercise_plan import Objective

ELEMENTS: tuple[str, ...] = get_args(CapabilityElement)
OBSERVED = "+ WHAT WAS SEEN | ANALYSIS | LINES OF THE LOG, as 12 15"
IMPROVED = (
    "ISSUE | CORRECTIVE ACTION | CORE CAPABILITY | CAPABILITY ELEMENT | WHO IS RESPONSIBLE | CONTACT | "
    "START | COMPLETION"
)
IMPROVED_NOTE = (
    f"The capability element is one of {', '.join(ELEMENTS)}. The core capability may be left out or "
    "empty, and what follows the element as well; the contact is an office and no person's name."
)
_LETTERS = [letter for letter, _ in RATINGS]


def ask_evaluators(prompts: Prompts) -> None:
    """Ask for each objective's rating and observations, then for the lines of the improvement plan."""
    tell_ratings(prompts)
    for objective in prompts.exercise.state.plan.objectives:
        _ask_rating(prompts, objective)
        prompts.screen.say(
            f"Observed of “{objective.text}”: + a strength, - an area for improvement. "
            f"If there is more to say: {OBSERVED}"
        )
        while line := prompts.ask("+ or - (nothing: go on):"):
            if observe(prompts, objective.id, line):
                prompts.tell_last()
    prompts.screen.say(f"Improvement plan: {IMPROVED}. {IMPROVED_NOTE}")
    if known := prompts.exercise.state.plan.core_capabilities:
        prompts.screen.say(f"Core capabilities of this exercise: {', '.join(known)}.")
    while line := prompts.ask("To improve (nothing ends):"):
        if improve(prompts, line):
            prompts.tell_last()
    if not any(isinstance(entry.act, Count) for entry in prompts.exercise.state.kept):
        while line := prompts.ask(f"How many came, as {COUNTED} (nothing: not counted):"):
            if prompts.count(line):
                break


def tell_ratings(prompts: Prompts) -> None:
    """What each rating says, in full."""
    prompts.screen.listed("Ratings", [f"{letter}  {says}" for letter, says in RATINGS])


def _ask_rating(prompts: Prompts, objective: Objective) -> None:
    before = rating_of(prompts, objective.id)
    unsaid = f"stays {before}" if before else "not rated"
    while line := prompts.ask(f"Rating of “{objective.text}” (P S M U, then why; nothing: {unsaid}):"):
        if rate(prompts, objective.id, line):
            prompts.tell_last()
            return


def rating_of(prompts: Prompts, objective: str) -> str:
    """The last rating of an objective; empty if it has none."""
    given = [entry.act for entry in prompts.exercise.state.kept if isinstance(entry.act, Rate)]
    return next((act.rating for act in reversed(given) if act.objective == objective), "")


def rate(prompts: Prompts, objective: str, line: str) -> bool:
    """Rate an objective by a line, as `S they asked late`; whether it was taken."""
    rating, _, why = line.partition(" ")
    if rating.upper() not in _LETTERS:
        meant = "; ".join(f"{letter} {says.rstrip('.').lower()}" for letter, says in RATINGS)
        prompts.screen.say(f"{rating}: write {', '.join(_LETTERS[:-1])} or {_LETTERS[-1]}: {meant}")
        return False
    return prompts.enter("rate", objective=objective, rating=rating.upper(), text=why.strip())


def observe(prompts: Prompts, objective: str, line: str) -> bool:
    """Write down a strength or an area for improvement by a line; whether it was taken."""
    sign, (seen, analysis, lines) = line[:1], _parts(line[1:], 3)
    numbers = lines.replace(",", " ").split()
    if sign not in ("+", "-") or not seen:
        prompts.screen.say(f"{line}: write + or -, then what was seen")
        return False
    if not all(number.isdecimal() for number in numbers):
        prompts.screen.say(f"{lines}: write numbers of lines of the log, as 12 15")
        return False
    return prompts.enter(
        "observe",
        objective=objective,
        kind="strength" if sign == "+" else "area for improvement",
        observation=seen,
        analysis=analysis,
        reference=tuple(int(number) for number in numbers),
    )


def improve(prompts: Prompts, line: str) -> bool:
    """Add a line to the improvement plan; whether it was taken."""
    parts = _parts(line, 8)
    if parts[3].title() not in ELEMENTS and parts[2].title() in ELEMENTS:
        parts = [*parts[:2], "", *_parts(line, 7)[2:]]  # the core capability is left out
    issue, action, capability, element, responsible, contact, start, completion = parts
    if not (issue and action) or element.title() not in ELEMENTS:
        prompts.screen.say(
            f"{line}: write the issue | what corrects it | the core capability, or nothing | one of "
            f"{', '.join(ELEMENTS)}, | between them"
        )
        return False
    return prompts.enter(
        "improve",
        issue=issue,
        corrective_action=action,
        capability=capability,
        capability_element=element.title(),
        primary_responsible=responsible,
        contact=contact,
        start=start,
        completion=completion,
    )


def _parts(line: str, count: int) -> list[str]:
    """The parts of a line, as many as asked for: those that are left out are empty."""
    parts = [part.strip() for part in line.split("|", count - 1)]
    return parts + [""] * (count - len(parts))
