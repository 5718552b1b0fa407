"""`tabletop show`: a scenario explained before anything runs."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.cells import cell_len
from rich.console import Console

from tabletop.cli.completion import scenario_names
from tabletop.cli.layout import GAP, LONGEST_WORD, heading, print_fitting, table
from tabletop.cli.notes import HOW_HEAVY
from tabletop.cli.options import JsonAlone
from tabletop.cli.output import console, print_json
from tabletop.cli.ranges import print_ranges
from tabletop.cli.show_exercise import show_exercise
from tabletop.experiment.resolved import resolved
from tabletop.experiment.robustness.sentences import limit_in_words
from tabletop.experiment.robustness.variants import Ranges, bare
from tabletop.measures import MEASURES
from tabletop.scenario.explain import (
    assumed,
    elsewhere_in_words,
    odds_in_words,
    setting,
    settings,
    stated_conditions,
)
from tabletop.scenario.load import load
from tabletop.scenario.priors import CHANNELS, left_traces
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.scheduled import scheduled
from tabletop.scenario.words import number
from tabletop.scenario.workload import heaviness

LEVER_COLUMN = 19
"""Columns that the levers' names take in the table of mixes."""
SETTING_COLUMN = 7
"""Columns that a setting or a cost may take."""


def show(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A scenario file, or the name of a shipped scenario.",
            autocompletion=scenario_names,
        ),
    ],
    json: JsonAlone = False,
) -> None:
    """Explain a scenario before anything runs."""
    scenario = load(file)
    if json:
        print_json(explained(scenario))
        return
    out = console()
    _introduction(out, scenario)
    if (told := heaviness(scenario, scenario.replications * len(scenario.policy_mixes))) is not None:
        out.print(f"{told} {HOW_HEAVY}")
    _conditions(out, scenario)
    _traces(out, scenario)
    _timeline(out, scenario)
    _mixes(out, scenario)
    _measures(out, scenario)
    _claims(out, scenario)
    _ranges(out, scenario)
    _limits(out, scenario)
    _lesson(out, scenario)
    show_exercise(out, scenario)
    _sources(out, scenario)


def explained(scenario: Scenario) -> dict[str, Any]:
    """What is shown, as data: the scenario with every default, and what follows from it before any run."""
    published, assumptions = assumed(scenario)
    return {
        "scenario": resolved(scenario),
        "conditions": [asdict(condition) for condition in stated_conditions(scenario)],
        "traces_a_day": {
            channel: {"genuine": rates.genuine, "benign": rates.benign}
            for channel, rates in left_traces(scenario.conditions).items()
        },
        "priors_log_odds": scenario.priors(),
        "timeline": [asdict(event) for event in scheduled(scenario)],
        "uncertain": [one.model_dump(mode="json", exclude_none=True) for one in scenario.uncertain],
        "cost_units_a_year": {mix: scenario.yearly_cost(mix) for mix in scenario.policy_mixes},
        "measures": {
            name: {
                "title": MEASURES[name].title,
                "unit": MEASURES[name].unit,
                "direction": MEASURES[name].direction,
                "delta": interest.delta,
                "primary": interest.primary,
                "sentence": MEASURES[name].sentence,
            }
            for name, interest in scenario.measures.items()
        },
        "published": dict(published),
        "assumptions": dict(assumptions),
    }


def _introduction(out: Console, scenario: Scenario) -> None:
    if scenario.content_note:
        out.print(f"Content note: {scenario.content_note.strip()}\n")
    out.print(scenario.title, style="bold")
    if scenario.question:
        out.print(f"Question: {' '.join(scenario.question.split())}")
    if scenario.language != "en":
        out.print(f"Language of its texts: {scenario.language}")
    if scenario.summary:
        out.print(scenario.summary.strip())
    if scenario.learning_objectives:
        heading(out, "Objectives")
        for objective in scenario.learning_objectives:
            out.print(f"- {objective}")
    heading(out, "Run")
    out.print(
        f"Days 0 to {number(scenario.horizon_days)} count, after {number(scenario.warm_up_days)} days of "
        f"warm-up under '{scenario.baseline}'; {scenario.replications} replications by default, "
        f"seed {scenario.seed}."
    )


def _conditions(out: Console, scenario: Scenario) -> None:
    told = stated_conditions(scenario)
    heading(out, "Conditions")
    different = [condition for condition in told if condition.differs]
    if different:
        out.print("Different from the model's defaults:")
        rows = table("condition", "here", "default", "what it is")
        for condition in different:
            rows.add_row(condition.path, condition.value, condition.default, condition.says)
        out.print(rows)
    else:
        out.print("All are the model's defaults.")
    usual = [condition for condition in told if not condition.differs]
    if usual:
        out.print("Among the defaults:")
        rows = table("condition", "here", "what it is")
        for condition in usual:
            rows.add_row(condition.path, condition.value, condition.says)
        out.print(rows)


def _traces(out: Console, scenario: Scenario) -> None:
    left = left_traces(scenario.conditions)
    priors = scenario.priors()
    heading(out, "Traces and priors")
    out.print(
        "Traces left a day if nothing were disrupted or prevented, and what analysts presume of one before "
        "they look at it."
    )
    rows = table("channel", "genuine a day", "benign a day", "presumed genuine", "odds", right=(1, 2, 3, 4))
    for channel in CHANNELS:
        rates = left[channel]
        rows.add_row(channel, f"{rates.genuine:.3g}", f"{rates.benign:.3g}", *odds_in_words(priors[channel]))
    out.print(rows)


def _timeline(out: Console, scenario: Scenario) -> None:
    heading(out, "Timeline")
    events = scheduled(scenario)
    if not events:
        out.print("Nothing is scheduled: no injects, no policy changes.")
        return
    rows = table("when", "what")
    for event in events:
        rows.add_row(event.when, "\n".join([event.what, *(f"  {detail}" for detail in event.details)]))
    out.print(rows)


def _mixes(out: Console, scenario: Scenario) -> None:
    heading(out, "Policy mixes")
    for name, mix in scenario.policy_mixes.items():
        described = ": ".join(part for part in (mix.title, mix.summary.strip()) if part)
        base = f" (over '{mix.base}')" if mix.base else ""
        mark = " (baseline)" if name == scenario.baseline else base
        out.print(f"- {name}{mark}{f': {described}' if described else ''}")
    if scenario.budget is not None:
        out.print(f"Budget: {number(scenario.budget)} cost units a year.")
    others = [name for name in scenario.policy_mixes if name != scenario.baseline]
    for beside in _fitting(others, out.width + 1 - LEVER_COLUMN - GAP - _columns(scenario.baseline)):
        _settings(out, scenario, [scenario.baseline, *beside])
    out.print("Settings on day 0; · is the baseline's, ∞ unlimited. Later changes stand in the timeline.")


def _fitting(mixes: list[str], width: int) -> list[list[str]]:
    """The mixes in as many tables as it takes for their names to fit beside the baseline."""
    tables: list[list[str]] = [[]]
    for mix in mixes:
        if tables[-1] and sum(map(_columns, [*tables[-1], mix])) > width:
            tables.append([])
        tables[-1].append(mix)
    return tables


def _columns(mix: str) -> int:
    """The columns of a page that a mix takes, with the gap beside it; a long name is broken."""
    return max(min(cell_len(mix), LONGEST_WORD), SETTING_COLUMN) + GAP


def _settings(out: Console, scenario: Scenario, mixes: list[str]) -> None:
    rows: list[tuple[str, ...]] = []
    for pillar, levers in settings(scenario, mixes):
        rows.append((pillar.upper(), *("" for _ in mixes)))
        for lever, values in levers:
            beside = ["·" if value == values[0] else setting(value) for value in values[1:]]
            rows.append((f" {lever}", setting(values[0]), *beside))
    rows.append(("cost a year", *(f"{scenario.yearly_cost(mix):.1f}" for mix in mixes)))
    print_fitting(out, ("lever", *mixes), rows, right=range(1, len(mixes) + 1))


def _measures(out: Console, scenario: Scenario) -> None:
    heading(out, "Measures")
    rows = table("measure", "better", "matters from", "what it is")
    better = {1: "higher", -1: "lower", 0: "–"}
    for name, interest in scenario.measures.items():
        measure = MEASURES[name]
        mark = "" if interest.primary else " (not primary)"
        rows.add_row(
            f"{name}{mark}",
            better[measure.direction],
            f"{number(interest.delta)} {measure.unit}",
            measure.sentence,
        )
    out.print(rows)


def _claims(out: Console, scenario: Scenario) -> None:
    if not scenario.claims:
        return
    heading(out, "Claims")
    for claim in scenario.claims:
        out.print(f"- {claim.that}")
        out.print(f"  {claim.expected}")
        for told in elsewhere_in_words(claim):
            out.print(f"  {told}")
    if scenario.check is not None:
        out.print(
            f"Tested by `tabletop check` over {scenario.check.replications} replications, "
            f"seed {scenario.check.seed}."
        )


def _ranges(out: Console, scenario: Scenario) -> None:
    if not scenario.uncertain:
        return
    heading(out, "What is uncertain")
    print_ranges(out, Ranges(bare(scenario), scenario.uncertain))
    out.print("`tabletop robust` tries these ranges, all at once and each alone; no run depends on them.")


def _limits(out: Console, scenario: Scenario) -> None:
    if not scenario.limits:
        return
    heading(out, "What a mix has to keep")
    for measure, limit in scenario.limits.items():
        out.print(f"- {limit_in_words(measure, limit)}")
    out.print("`tabletop robust` counts the variants in which a mix keeps all of it; no run depends on it.")


def _lesson(out: Console, scenario: Scenario) -> None:
    if scenario.discussion:
        heading(out, "Discussion")
        for question in scenario.discussion:
            out.print(f"- {question}")
    if scenario.debrief:
        heading(out, "Debrief")
        out.print(scenario.debrief.strip())


def _sources(out: Console, scenario: Scenario) -> None:
    published, assumptions = assumed(scenario)
    heading(out, "Sources and assumptions")
    for path, says in published:
        out.print(f"- {path}: {says}")
    for path, says in assumptions:
        out.print(f"- {path}: {says}")
    out.print("Every number that is not named here, defaults included, is an assumption of the model.")
