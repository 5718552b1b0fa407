"""What is told of arguments that cannot be meant, from Python."""

from math import inf, nan

import numpy as np
import pytest

import tabletop
from tabletop import LEVERS, Policy, TabletopError, UnknownName, run_experiment, simulate

SCENARIO = tabletop.load("first-steps").model_copy(update={"horizon_days": 100.0, "warm_up_days": 0.0})


@pytest.mark.parametrize("replication", [-1, 1_000_000, 1.5, True, "3", None, np.float64(3)])
def test_a_replication_that_is_none_is_told_with_the_range(replication):
    with pytest.raises(TabletopError, match=r"replication: .*: must be a whole number from 0 to 999,999"):
        simulate(SCENARIO, "craft", replication)


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, True, "3"])
def test_a_seed_that_is_none_is_told_with_the_range(seed):
    with pytest.raises(TabletopError, match=r"seed: .*: must be a whole number from 0 to 9,223,372,"):
        simulate(SCENARIO, "craft", 0, seed=seed)


def test_whole_numbers_of_numpy_are_whole_numbers():
    run = simulate(SCENARIO, "craft", np.int64(3), seed=np.int32(7))
    assert run == simulate(SCENARIO, "craft", 3, seed=7)
    assert type(run.replication) is type(run.seed) is int


@pytest.mark.parametrize("which", ["series_days", "interim_days"])
@pytest.mark.parametrize(
    "days", [[0], [-1.0], [100.5], [nan], [inf], [True], ["30"], "30", 30, [None], [10**400]]
)
def test_a_day_that_is_none_of_the_exercise_is_told(which, days):
    with pytest.raises(TabletopError, match=rf"{which}: .*: must be days above 0 and up to EndEx, day 100"):
        simulate(SCENARIO, "craft", 0, **{which: days})


def test_days_come_in_their_order_and_each_once():
    run = simulate(SCENARIO, "craft", 0, interim_days=[60, 30.0, 60.0, np.int64(100)])
    assert [interim.end for interim in run.interims] == [30, 60, 100]


@pytest.mark.parametrize("given", ["first-steps", None, {"title": "A"}])
def test_what_is_no_scenario_is_told_with_how_to_read_one(given):
    for call in (lambda: simulate(given, "craft", 0), lambda: run_experiment(given)):
        with pytest.raises(
            TabletopError, match=r"scenario: .*: must be one that was read, with tabletop\.load"
        ):
            call()


def test_a_text_is_no_list_of_mixes():
    with pytest.raises(TabletopError, match=r"mixes: 'craft' is a text; write a list, as \['craft'\]"):
        run_experiment(SCENARIO, mixes="craft")


@pytest.mark.parametrize("mix", [None, 3, ["craft"]])
def test_what_is_no_name_of_a_mix_is_told_with_the_names_that_there_are(mix):
    for call in (
        lambda: simulate(SCENARIO, mix, 0),
        lambda: run_experiment(SCENARIO, mixes=[mix]),
        lambda: SCENARIO.yearly_cost(mix),
    ):
        with pytest.raises(
            UnknownName, match=r": no such policy mix; its name is a text \(there are: status_quo, "
        ):
            call()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: run_experiment(SCENARIO, mixes=3), "mixes: 3: must be a list of names"),
        (lambda: run_experiment(SCENARIO, out=3), "out: 3: must be a path, as a text or a pathlib.Path"),
        (lambda: run_experiment(SCENARIO, name=3), "name: 3: must be a text, or None"),
        (
            lambda: run_experiment(SCENARIO, progress=3),
            "progress: 3: must be True, False, or a function of two numbers",
        ),
        (lambda: tabletop.load(None), "source: None: must be a path, or the name of a shipped scenario"),
        (lambda: tabletop.loads(None), "text: None: must be the text of a scenario file"),
    ],
)
def test_an_argument_of_another_type_is_told_with_what_would_be_right(call, told):
    with pytest.raises(TabletopError) as caught:
        call()
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("lever", "value", "told"),
    [
        ("analysts", -1, r"analysts: -1: must be a whole number of 0 or more, or None"),
        ("analysts", 1.5, r"analysts: 1\.5: must be a whole number of 0 or more, or None"),
        ("collection", 1.1, r"collection: 1\.1: must be a number from 0 to 1"),
        ("collection", None, r"collection: None: must be a number from 0 to 1"),
    ],
)
def test_a_setting_that_a_lever_cannot_have_is_told_with_its_range(lever, value, told):
    with pytest.raises(TabletopError, match=f"^{told}$"):
        LEVERS[lever].set(Policy(), value)
