"""The tornado, drawn from made-up outcomes whose effects are known."""

from types import SimpleNamespace

import numpy as np
import pytest

from support.lively import lively
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.experiment.lever_steps import steps_from
from tabletop.experiment.levers import Study
from tabletop.plots import tornado
from tabletop.plots.rendering import rendered

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


def bars(figure):
    """By row: the ends of its bars, a unit more before a unit less."""
    axes = next(axes for axes in figure.axes if axes.patches)
    labels = [label.get_text() for label in axes.get_yticklabels()]
    found = {}
    for bar in axes.patches:
        end = bar.get_x() if bar.get_x() < 0 else bar.get_width()
        found.setdefault(labels[round(bar.get_y() + bar.get_height() / 2)], []).append(end)
    return found


def test_a_unit_more_and_a_unit_less_lie_on_the_two_sides_largest_on_top():
    found = bars(tornado.picture(made(), "incidents"))
    assert list(found) == ["engagement", "analysts", "protection"]
    for lever, ends in found.items():
        assert ends == pytest.approx([EFFECTS[lever], -EFFECTS[lever]])


def test_levers_that_change_nothing_are_named_below_and_not_drawn():
    figure = tornado.picture(made(), "incidents")
    told = " ".join(text.get_text() for text in figure.texts)
    assert "No difference seen: collection" in told
    assert "engagement" not in told.split("No difference seen")[1]


def test_the_title_says_on_what_the_next_unit_is_best_spent_if_it_can_be_told():
    assert tornado.title(made(), "incidents") == "Incidents: the next unit is best spent on engagement"
    alike = made(dict.fromkeys(EFFECTS, -1.0), spread=2.0)
    assert "nothing can be told apart yet between engagement" in tornado.title(alike, "incidents").replace(
        "analysts, ", ""
    )
    assert tornado.title(made({}), "incidents").endswith("between 21 of 21 levers")


def test_a_measure_that_no_step_changes_is_a_sheet_that_says_so():
    figure = tornado.picture(made(), "trust_mean")
    assert any("No step changes it" in text.get_text() for text in figure.texts)


def test_the_data_hold_every_step_of_every_measure_with_its_effect():
    study = made()
    table = tornado.data(study)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert len(rows) == 2 * len(study.steps)
    (one,) = (r for r in rows if (r["measure"], r["lever"], r["way"]) == ("incidents", "engagement", "down"))
    assert one["effect_per_unit"] == pytest.approx(-3)
    assert one["low"] < -3 < one["high"]
    assert (one["before"], one["after"], one["spent"]) == ("0.3", "0.1", -1.0)


def test_the_same_study_gives_the_same_bytes():
    drawn = [rendered(tornado.picture(made(), "incidents"), "svg") for _ in range(2)]
    assert drawn[0] == drawn[1]
