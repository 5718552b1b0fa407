"""What each lever does in harbour-city, and how far common random numbers sharpen it.

Every lever is moved a quarter of its range down and up (staff: one person, never
below one, since nobody has no wait to measure; what is there or not, from nothing to all), everything
else equal.
Its effect is the paired difference, high − low, of the one measure that it declares, at 99 % with
Bonferroni over the levers. The variance-reduction factor is (Var baseline + Var high) / Var(high −
baseline), for incidents and harm. Seed and number of replications were fixed before the first look.

    python verification/lever_effects.py [--replications N] [--workers N] [--write]

`--write` puts the table into docs/model.md. Exits 1 if a lever has no effect in its direction, or
the variance reduction that is promised is not reached.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from tabletop import LEVERS, MEASURES, Lever, Policy, Results, Scenario, load, run_experiment
from tabletop.analysis.interval import Interval
from tabletop.analysis.mean_interval import t_interval
from tabletop.analysis.moments import mean, standard_deviation

SEED = 31_415
REPLICATIONS = 100
CONFIDENCE = 0.99
PAGE = Path(__file__).parents[1] / "docs" / "model.md"
BEGIN, END = "<!-- generated: lever effects -->", "<!-- end -->"

PROMISED = 5.0
"""Variance-reduction factor of incidents and harm that the contrasts of PROMISES reach at least."""
PROMISES = (
    "teams_low",
    "teams_high",
    "open_case_at_less",
    "open_case_at_more",
    "tradecraft_high",
    "analysts_low",
)


@dataclass(frozen=True)
class Variant:
    """Harbour-city changed so that a rare measure shows."""

    conditions: dict[str, dict[str, float]]
    levers: dict[str, float | None]


WHOLE = {"real_time_link"}
"""Levers that are moved over their whole range: a link is there or not."""

VARIANTS = {
    "safeguards": Variant(
        conditions={"prosecution": {"innocent_rate": 0.3}},
        levers={"open_case_at": 0.15, "care": 0.0, "analysts": None, "teams": None}
        | {"prosecutors": None, "courts": None},
    )
}
"""Levers whose measure is too rare in harbour-city itself, and what makes it show."""


@dataclass(frozen=True)
class Effect:
    """A lever's effect on the measure that it declares."""

    lever: Lever
    low: float
    high: float
    difference: float
    interval: Interval
    reduction: dict[str, float]
    """Variance-reduction factor by measure."""
    differ: float
    """Share of replications in which incidents or harm differ from the baseline's."""

    @property
    def shown(self) -> bool:
        """Whether the interval excludes 0 on the side that the lever declares."""
        return self.interval.low > 0 if self.lever.direction > 0 else self.interval.high < 0


def settings(lever: Lever, policy: Policy) -> tuple[float, float]:
    """A quarter of the range, or one person, down and up."""
    now = lever.of(policy)
    assert now is not None
    if lever.is_staff:
        return max(1, now - 1), now + 1
    assert lever.high is not None
    if lever.name in WHOLE:
        return lever.low, lever.high
    quarter = (lever.high - lever.low) / 4
    return max(lever.low, now - quarter), min(lever.high, now + quarter)


def design(scenario: Scenario, levers: list[Lever]) -> Scenario:
    """The scenario with a low and a high mix for each lever, beside its baseline."""
    base = scenario.policies(scenario.baseline)[0][1]
    data = scenario.model_dump(exclude_unset=True)
    mixes = {scenario.baseline: data["policy_mixes"][scenario.baseline]}
    for lever in levers:
        low, high = settings(lever, base)
        for name, value in ((f"{lever.name}_low", low), (f"{lever.name}_high", high)):
            mixes[name] = {lever.pillar: {lever.name: int(value) if lever.is_staff else value}}
        if lever.name == "open_case_at":
            mixes["open_case_at_less"] = {"detection": {"open_case_at": 0.2}}
            mixes["open_case_at_more"] = {"detection": {"open_case_at": 0.4}}
    return Scenario.model_validate(data | {"policy_mixes": mixes, "budget": None, "seed": SEED})


def variant(scenario: Scenario, name: str) -> Scenario:
    """The scenario in which a rare measure shows."""
    data = scenario.model_dump(exclude_unset=True)
    conditions = data.setdefault("conditions", {})
    for group, changes in VARIANTS[name].conditions.items():
        conditions[group] = conditions.get(group, {}) | changes
    mix = data["policy_mixes"][scenario.baseline]
    for lever, value in VARIANTS[name].levers.items():
        mix[LEVERS[lever].pillar] = mix.get(LEVERS[lever].pillar, {}) | {lever: value}
    return Scenario.model_validate(data | {"budget": None})


def reduction(results: Results, mix: str, measure: str) -> float:
    """Variance of the difference under independent luck, over that under common luck."""
    columns = results.outcomes().columns
    ours, theirs = columns[mix][measure].values(), columns[results.design.baseline][measure].values()
    assert ours is not None
    assert theirs is not None
    paired = standard_deviation([a - b for a, b in zip(ours, theirs, strict=True)]) ** 2
    apart = standard_deviation(ours) ** 2 + standard_deviation(theirs) ** 2
    return apart / paired if paired else float("inf")


def effect(results: Results, lever: Lever, confidence: float) -> Effect:
    """What the runs say of a lever."""
    columns, baseline = results.outcomes().columns, results.design.baseline
    low, high = columns[f"{lever.name}_low"], columns[f"{lever.name}_high"]
    of_low, of_high = low[lever.measure].values(), high[lever.measure].values()
    assert of_low is not None
    assert of_high is not None
    differences = [b - a for a, b in zip(of_low, of_high, strict=True)]
    interval = t_interval(differences, confidence)
    assert interval is not None
    differ = high["harm"].differing(columns[baseline]["harm"]) / len(differences)
    settled = settings(lever, results.design.scenario.policies(baseline)[0][1])
    factors = {m: reduction(results, f"{lever.name}_high", m) for m in ("incidents", "harm")}
    return Effect(lever, *settled, mean(differences), interval, factors, differ)


def number(value: float) -> str:
    """A number for the table; nothing where no world differs, so that there is nothing to estimate."""
    return "–" if value == float("inf") else f"{value:.3g}"


def table(effects: list[Effect]) -> list[str]:
    """The table in Markdown."""
    lines = [
        "| lever | from → to | measure | effect (99 %, all levers) | VRF incidents | VRF harm | differ |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for e in effects:
        sign = "" if e.shown else " **not shown**"
        star = "*" if e.lever.name in VARIANTS else ""
        lines.append(
            f"| {e.lever.pillar}.{e.lever.name}{star} | {number(e.low)} → {number(e.high)} "
            f"| {e.lever.measure} ({MEASURES[e.lever.measure].unit}) "
            f"| {e.difference:+.3g} ({e.interval.low:+.3g} to {e.interval.high:+.3g}){sign} "
            f"| {number(e.reduction['incidents'])} | {number(e.reduction['harm'])} | {100 * e.differ:.0f} % |"
        )
    return lines


def main() -> int:
    """Run, print, and write the table if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    scenario = load("harbour-city")
    confidence = 1 - (1 - CONFIDENCE) / len(LEVERS)
    effects: dict[str, Effect] = {}
    plain = [lever for lever in LEVERS.values() if lever.name not in VARIANTS]
    worlds = [(scenario, plain), *((variant(scenario, name), [LEVERS[name]]) for name in VARIANTS)]
    promises: dict[str, dict[str, float]] = {}
    for world, levers in worlds:
        results = run_experiment(
            design(world, levers), replications=arguments.replications, workers=arguments.workers
        )
        effects |= {lever.name: effect(results, lever, confidence) for lever in levers}
        for mix in set(PROMISES) & set(results.mixes):
            promises[mix] = {m: reduction(results, mix, m) for m in ("incidents", "harm")}
    lines = [
        f"Seed {SEED}, {arguments.replications} replications, 99 %, Bonferroni over {len(LEVERS)} levers.",
        "",
        *table([effects[name] for name in LEVERS]),
        "",
        "\\* in a variant of harbour-city: innocent_rate 0.3, open_case_at 0.15, care 0, staff unlimited.",
        "",
        "| contrast with the baseline | VRF incidents | VRF harm |",
        "| --- | --- | --- |",
        *(
            f"| {mix} | {number(promises[mix]['incidents'])} | {number(promises[mix]['harm'])} |"
            for mix in PROMISES
        ),
    ]
    print("\n".join(lines))
    if arguments.write:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")
    kept = all(min(factors.values()) >= PROMISED for factors in promises.values())
    return 0 if kept and all(e.shown for e in effects.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
