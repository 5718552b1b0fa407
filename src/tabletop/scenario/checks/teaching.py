"""Whether an exercise can teach, as far as dates, lead times and prices alone say it."""

from collections.abc import Iterator

from tabletop.scenario.choices import Choice, budgets, choices_of, end_of
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number
from tabletop.scenario.yaml_document import Fault

ROUNDING = 1e-9


def of_scenario(scenario: Scenario) -> Iterator[Fault]:
    """Reveals at which all teams must equal the baseline, whatever they decide."""
    choices = choices_of(scenario)
    yield from _dead_reveals(scenario, [one for one in choices if _too_dear(scenario, one, choices) is None])


def notes(scenario: Scenario) -> Iterator[str]:
    """What is no mistake, and yet to be considered: cards too late, too dear, or that another one beats."""
    choices, plan = choices_of(scenario), scenario.exercise
    if plan is None or not choices:
        return
    for move, one in enumerate(plan.moves):
        end = end_of(scenario, move)
        soonest = min(
            (choice for choice in choices if choice.first_move <= move),
            key=lambda choice: choice.lead_days,
            default=None,
        )
        if soonest is None:
            yield f"move {move + 1}, {one.name}: nothing can be decided in it; let a card begin by from_move"
        elif move and soonest.works_in(plan, move) >= end:
            yield (
                f"move {move + 1}, {one.name}: nothing that is decided in it works before day {number(end)}, "
                f"up to which its reveal shows; the soonest is {soonest.code}, after "
                f"{number(soonest.lead_days)} days"
            )
    for choice in choices:
        code, room = choice.code, _too_dear(scenario, choice, choices)
        if room is not None:
            yield (
                f"{code}: costs {number(choice.price)} cost units a year, and no team can ever have more "
                f"than {number(round(room, 9))} for it, whatever else it gives up; raise the budget by "
                f"{number(round(choice.price - room, 9))}, or make it cheaper"
            )
        if choice.works_from >= scenario.horizon_days:
            yield (
                f"{code}: works from day {number(choice.works_from)} at the earliest, and no reveal goes "
                f"beyond day {number(scenario.horizon_days)}: only the epilogue can show it"
            )
        if better := next((other for other in choices if _beats(other, choice)), None):
            yield (
                f"{code}: {better.code} does the same at the same price, and no later; change what {code} "
                "does, or remove it"
            )


def _dead_reveals(scenario: Scenario, choices: list[Choice]) -> Iterator[Fault]:
    """Reveals up to which nothing that any team can decide has begun to work."""
    plan = scenario.exercise
    if plan is None or not choices:
        return
    soonest = min(choices, key=lambda one: one.works_from)
    for move in range(len(plan.moves)):
        end = end_of(scenario, move)
        if soonest.works_from < end:
            return
        start, last = plan.moves[move].day, move + 1 == len(plan.moves)
        sooner = (
            f"shorten the lead time of {soonest.code} to less than "
            f"{number(end - plan.moves[soonest.first_move].day)} days"
            if soonest.first_move <= move
            else f"let a card be played in move {move + 1} that works in less than {number(end - start)} days"
        )
        later = "end the exercise" if last else f"begin move {move + 2}"
        yield Fault(
            ("horizon_days",) if last else ("exercise", "moves", move + 1, "day"),
            f"the reveal of move {move + 1} shows days {number(start)} to {number(end)}, and nothing that a "
            f"team can decide works before day {number(soonest.works_from)} ({soonest.code}): every team "
            f"will equal the baseline; {sooner}, or {later} after day {number(soonest.works_from)}",
        )


def _too_dear(scenario: Scenario, one: Choice, choices: tuple[Choice, ...]) -> float | None:
    """The most that a team could ever spend on a choice, if it costs more than that; else None.

    A team could save with everything else that is not excluded; so nothing is refused that could be paid.
    """
    limits = budgets(scenario)
    if limits is None or one.price <= 0:
        return None
    stretches = scenario.policies(scenario.baseline)
    cheapest = min(policy.yearly_cost(scenario.costs) for _, policy in stretches)
    savings: dict[str, float] = {}
    for other in choices:
        if other.group != one.group and other.code not in one.excludes and one.code not in other.excludes:
            if {*other.settings} & {*one.settings}:
                return None  # what sets the same lever may undo the price
            savings[other.group] = max(savings.get(other.group, 0.0), -other.price * other.times)
    room = max(limits[one.first_move :]) - cheapest
    for saved in savings.values():
        room += saved
    # where the baseline changes, so may the price; the least is what counts
    price = min(policy.added_cost(one.settings, scenario.costs) for _, policy in stretches)
    return room if min(price, one.price) > room + ROUNDING else None


def _beats(other: Choice, one: Choice) -> bool:
    """Whether another choice does the very same, no later, and is not the same in everything."""
    if other.code == one.code or other.settings != one.settings:
        return False
    mine, its = (one.first_move, one.lead_days, -one.times), (other.first_move, other.lead_days, -other.times)
    return all(b <= a for a, b in zip(mine, its, strict=True)) and (
        its != mine or other.place < one.place  # of two that are alike, the later one is idle
    )
