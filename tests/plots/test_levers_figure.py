"""The figure of the levers, drawn from made-up outcomes whose effects are known."""

from types import SimpleNamespace

import numpy as np
import pytest

from support.lively import lively
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.sensitivity import LeverEffect
from tabletop.experiment.lever_steps import steps_from
from tabletop.experiment.levers import Study
from tabletop.plots import levers
from tabletop.plots.rendering import rendered
from tabletop.scenario.policy import LEVERS

EFFECTS = {"engagement": -3.0, "analysts": -1.0, "protection": 0.5}
"""On incidents, per cost unit."""


def made(effects=EFFECTS, n=40, spread=0.2):
    """A study in which a unit more changes incidents by so much; all other levers do nothing."""
    steps, apart = steps_from(lively(), "usual")
    luck = np.random.default_rng(7)
    worlds = luck.normal(20, 4, n)

    def columns(values):
        incidents = Column(tuple(map(float, values)), (1.0,) * n)
        return {"incidents": incidents, "trust_mean": Column((0.5,) * n, (1.0,) * n)}

    found = {"usual": columns(worlds)}
    for step in steps:
        effect = effects.get(step.lever, 0.0)
        noise = luck.normal(0, spread, n) if effect else np.zeros(n)
        found[step.mix] = columns(worlds + step.spent * (effect + noise - noise.mean()))
    results = SimpleNamespace(
        outcomes=lambda: Outcomes(tuple(range(n)), found), design=SimpleNamespace(scenario=lively())
    )
    return Study("usual", 1.0, steps, apart, results)


def rows(figure):
    """By lever: what is written in its row, from left to right."""
    height = {text.get_text(): text.get_position()[1] for text in figure.texts}
    return {
        name: [t.get_text() for t in sorted(figure.texts, key=lambda t: t.get_position()[0]) if at(t) == y]
        for name, y in height.items()
        if name.replace(" ", "_") in LEVERS
    }


def at(text):
    return text.get_position()[1]


def test_a_row_stands_for_each_lever_in_the_order_of_the_pillars_with_its_step_and_its_effect():
    figure = levers.picture(made(), made().sensitivities)
    found = rows(figure)
    assert list(found) == [lever.replace("_", " ") for lever in LEVERS if lever.replace("_", " ") in found]
    assert len(found) == len({step.lever for step in made().steps if step.way == "up"})
    assert found["engagement"] == ["engagement", "0.3 → 0.5", "−3.0", "none"]
    assert found["protection"][2] == "+0.5"
    assert found["collection"][0] == "detection"
    assert found["collection"][3:] == ["none", "none"]


def test_better_is_right_whatever_the_sign_and_what_is_known_is_bold():
    figure = levers.picture(made(), made().sensitivities)
    upright = [line for line in figure.axes[0].lines if is_upright(line)]
    zero = min(line.get_xdata()[0] for line in upright)  # of the first measure
    marks = {line.get_marker(): line.get_xdata()[0] for line in figure.axes[0].lines if is_mark(line)}
    assert marks["o"] > zero > marks["s"]  # fewer incidents right of nothing, more of them left
    bold = {text.get_text() for text in figure.texts if text.get_weight() == "bold"}
    assert {"−3.0", "−1.0", "+0.5"} < bold


def is_upright(line):
    x, y = line.get_xdata(), line.get_ydata()
    return len(x) == 2 and x[0] == x[1] and y[0] != y[1]


def is_mark(line):
    return len(line.get_xdata()) == 1


def test_the_title_counts_the_effects_that_can_be_told_from_nothing():
    assert levers.title(made()) == "What a cost unit more buys: three effects can be told from nothing"
    assert levers.title(made({})) == "What a cost unit more buys: no effect can be told from nothing"
    noisy = made({"engagement": -0.1}, spread=4.0)
    assert levers.title(noisy) == "What a cost unit more buys: no effect can be told from nothing"
    one = made({"engagement": -3.0})
    assert levers.title(one) == "What a cost unit more buys: one effect can be told from nothing"


def test_an_effect_of_which_too_little_is_known_is_no_verdict():
    of = {"lever": "teams", "spent": 1.0, "n": 30, "differing": 3, "per_unit": -1.0, "interval": None}
    assert levers.verdict(LeverEffect(**of), -1) is ContrastVerdict.TOO_LITTLE
    assert levers.verdict(LeverEffect(**of, is_equal=True), -1) is ContrastVerdict.BETTER
    assert levers.verdict(LeverEffect(**of, is_equal=True), 1) is ContrastVerdict.WORSE
    assert levers.verdict(LeverEffect(**of, is_equal=True), 0) is ContrastVerdict.LOWER
    assert levers.verdict(LeverEffect(**{**of, "per_unit": None}), -1) is ContrastVerdict.MISSING
    assert levers.verdict(LeverEffect(**{**of, "differing": 0}), -1) is ContrastVerdict.NO_DIFFERENCE_SEEN


def test_levers_that_cannot_be_moved_up_are_named_below():
    study = made()
    moved = {step.lever for step in study.steps if step.way == "up"}
    fixed = [one.lever.replace("_", " ") for one in study.apart if one.lever not in moved]
    said = " ".join(text.get_text() for text in levers.picture(study, study.sensitivities).texts)
    assert fixed
    assert f"No step up: {', '.join(fixed)}." in said


def test_more_than_three_measures_take_more_sheets():
    study = made()
    assert list(levers.pictures(study)) == ["levers"]
    found = study.sensitivities
    vars(study)["sensitivities"] = found * 2
    assert list(levers.pictures(study)) == ["levers-1", "levers-2"]


def test_the_data_hold_every_step_of_every_measure_with_its_effect():
    study = made()
    table = levers.data(study)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert len(rows) == 2 * len(study.steps)
    (one,) = (r for r in rows if (r["measure"], r["lever"], r["way"]) == ("incidents", "engagement", "down"))
    assert one["effect_per_unit"] == pytest.approx(-3)
    assert one["low"] < -3 < one["high"]
    assert (one["before"], one["after"], one["spent"]) == ("0.3", "0.1", -1.0)


def test_the_same_study_gives_the_same_bytes():
    drawn = [rendered(levers.picture(made(), made().sensitivities), "svg") for _ in range(2)]
    assert drawn[0] == drawn[1]
