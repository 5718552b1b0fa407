"""Results to draw: a tiny scenario, and runs whose outcomes are made up so that the finding is known."""

from dataclasses import replace
from functools import cache
from random import Random

from tabletop.experiment.design import Design
from tabletop.experiment.provenance import Provenance
from tabletop.experiment.results import Failure, Results
from tabletop.measures import MEASURES, value
from tabletop.scenario.load import loads
from tabletop.simulation import simulate

HEAD = """\
title: Figures
seed: 5
horizon_days: 90
warm_up_days: 0
conditions:
  background: {intelligence: 1, community: 1, border: 1, partner: 0.5}
  threat: {formation_rate: 40, preparation: {family: exponential, mean: 60}}
injects:
  - {id: story, day: 3, title: Something happens}
baseline: usual
measures:
  incidents: {delta: 1}
  days_to_verdict: {delta: 5}
  trust_mean: {delta: 0.01}
  wrongful_interventions: {delta: 1}
policy_mixes:
  usual: {title: As usual}
"""
TWO = "  careful: {title: More care, interdiction: {care: 1.0}}\n  bold: {interdiction: {care: 0.1}}\n"
TWINS = "  twin: {title: As usual}\n  careful: {interdiction: {care: 1.0}}\n"
LIMITS = "  free: {detection: {analysts: null}, interdiction: {teams: 0}}\n"
LONG = "a very long title of a policy mix, $x$ and all, that fits no line of any figure whatever its size"
TWELVE = "".join(
    f"  mix_{i}: {{title: 'M{i} {LONG}', detection: {{analysts: {i + 1}}}}}\n" for i in range(11)
)
SCRIPTS = (
    "المزيد من التواصل مع الناس في الأحياء القديمة",
    "港湾の安全と信頼のための長い題名",
    "นโยบายชุมชนและความไว้วางใจในระยะยาว",
    "सामुदायिक विश्वास और जाँच की नीति",
    "Больше доверия и меньше проверок на границе",
    "Ministry of Internal Security and Partnership, region of the North",
    "Ministry of Internal Security and Partnership, region of the South",
)


def beside(number, titles):
    """So many mixes beside the baseline, each with an analyst more, their titles in turn."""
    return "".join(
        f"  mix_{i}: {{title: '{titles[i % len(titles)]} {i}', detection: {{analysts: {i + 1}}}}}\n"
        for i in range(number)
    )


def scenario(mixes):
    """The scenario with these mixes beside its baseline."""
    return loads(HEAD + mixes, "figures.yaml")


def really(mixes, replications):
    """What the model says."""
    return made(mixes, replications, lambda run: run)


def made(mixes, replications, change):
    """What the model says, changed run by run; None is a failure."""
    design = Design.of(scenario(mixes), replications=replications)
    outcomes = []
    for job in design.jobs():
        run = change(simulate(design.scenario, job.mix, job.replication))
        outcomes.append(run or Failure(job.mix, job.replication, "made up", ""))
    return Results.of(design, outcomes, Provenance("", "", 1, None))


def with_parts(run, **parts):
    """A run with other values of some measures."""
    every = {**run.parts, **parts}
    return replace(run, parts=every, measures={name: value(reading) for name, reading in every.items()})


def shifted(shift, *, replications=30):
    """`careful` has so many incidents more than `usual` on average, and 3 wrongful interventions fewer.

    `bold` has exactly as many of both.
    """
    first = {mix: simulate(scenario(TWO), mix, 0) for mix in scenario(TWO).policy_mixes}

    def change(mix, replication):
        luck = Random(replication)
        incidents, wrongful = 20.0 + luck.randint(0, 9), 10.0 + luck.randint(0, 5)
        if mix == "careful":
            incidents += shift + luck.choice([-1, 1])
            wrongful += -3 + luck.choice([-1, 1])
        run = with_parts(first[mix], incidents=(incidents, 1.0), wrongful_interventions=(wrongful, 1.0))
        return replace(run, replication=replication)

    design = Design.of(scenario(TWO), replications=replications)
    outcomes = [change(job.mix, job.replication) for job in design.jobs()]
    return Results.of(design, outcomes, Provenance("", "", 1, None))


def zero(run):
    """A run in which nothing is to be counted."""
    parts = {name: (0.0, 0.0 if MEASURES[name].kind == "ratio" else 1.0) for name in run.parts}
    return replace(with_parts(run, **parts), tally=dict.fromkeys(run.tally, 0))


CASES = {
    "three mixes": lambda: really(TWO, 5),
    "one replication": lambda: really(TWO, 1),
    "two replications": lambda: really(TWO, 2),
    "the baseline alone": lambda: really("", 2),
    "identical mixes of one title": lambda: really(TWINS, 3),
    "unlimited staff, and none": lambda: really(LIMITS, 3),
    "twelve mixes with long names": lambda: really(TWELVE, 2),
    "seven mixes in seven scripts": lambda: really(beside(7, SCRIPTS), 2),
    "sixteen mixes alike in their first letters": lambda: really(beside(16, SCRIPTS[-2:]), 2),
    "thirty mixes in seven scripts": lambda: really(beside(30, SCRIPTS), 2),
    "nothing happens": lambda: made(TWO, 3, zero),
    "a failure": lambda: made(TWO, 3, lambda r: None if (r.mix, r.replication) == ("bold", 1) else r),
    "only failures": lambda: made(TWO, 2, lambda run: None if run.mix == "bold" else run),
}


@cache
def case(name):
    """The results of one of the cases, made once, and their comparison."""
    results = CASES[name]()
    return results, results.compare()
