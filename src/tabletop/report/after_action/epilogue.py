"""The epilogue: the outcomes of the final mixes after EndEx, separate from everything that was played."""

from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.words import plural
from tabletop.exercise.adjudication import Outcome
from tabletop.exercise.predictions import middle_range
from tabletop.exercise.values import formatted, ranged
from tabletop.report.after_action.outcome_tables import outcomes, realised
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import days
from tabletop.report.document.blocks import say
from tabletop.report.document.document import Section


def epilogue(inputs: ReportInput) -> Section | None:
    """The outcomes after EndEx; None before the hot wash, or if there is no epilogue."""
    found = inputs.outcomes.epilogue
    if found is None:
        return None
    measures = (*inputs.outcomes.observable, *inputs.outcomes.hidden)
    when = days(found.start, found.end)
    intro = say(
        f"The final mixes ran on for {when}, with no decisions. These numbers stand apart: nothing of them "
        "is in any other table.",
        f"The mean and the middle 80 % are over {found.other_worlds}: what such a mix leaves behind on "
        "average, whatever the luck.",
    )
    lines = inputs.hot_wash
    return Section(
        "Epilogue: what was left to the successors",
        (
            intro,
            outcomes(found, measures, f"Mean over {found.other_worlds} (middle 80 %), {when}", lines, mean),
            outcomes(found, measures, f"In the world that was played, {when}", lines, realised),
        ),
        id="epilogue",
    )


def mean(outcome: Outcome, measure: str) -> str:
    """A measure's mean over the other worlds, with their middle 80 %, and in how many few have it."""
    values = outcome.values(measure)
    if not values:
        return "missing"
    ranges = [ranged(measure, *middle_range(values))] if len(values) > 1 else []
    if len(values) < min(len(outcome.others), FEW_WORLDS):
        ranges.append(
            f"only {len(values)} of {plural(len(outcome.others), 'world')} {_have(len(values))} any"
        )
    return f"{formatted(measure, outcome.mean(measure))} ({'; '.join(ranges)})"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
