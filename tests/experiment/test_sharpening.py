"""Sharpening gives what an experiment over the same worlds gives, over 20, 60 and 200 of them."""

import numpy as np
import pytest

from tabletop import load, run_experiment
from tabletop.compiled import choice
from tabletop.experiment.sharpening import KEPT, WORLDS, Sharpening
from tabletop.scenario.policy import PolicyMix

STEPS = load("first-steps")  # a shorter one would not tell neighbouring settings apart
MEASURES = ("incidents", "trust_mean", "traces_lapsed")
SETTINGS = {"analysts": 3, "outreach": 0.9}
SEED = 7


def sharpening(scenario=STEPS, measures=MEASURES, told=lambda *_: None, mix=None):
    return Sharpening(scenario, mix=mix or scenario.baseline, measures=measures, seed=SEED, told=told)


def written(scenario=STEPS, **settings):
    """The same as somebody writes it into the file."""
    mix = PolicyMix.model_validate(
        {"detection": {"analysts": 3}, "reporting": {"outreach": settings.get("outreach", 0.9)}}
    )
    return scenario.model_copy(update={"policy_mixes": {**scenario.policy_mixes, "written": mix}})


def outcomes(scenario, worlds, seed):
    """The second route: an experiment, and NumPy's quantiles."""
    results = run_experiment(scenario, mixes=["written"], replications=worlds, seed=seed, workers=1)
    return results, {
        (mix, name): np.array(
            [value for value in results.outcomes().columns[mix][name].each() if value is not None]
        )
        for mix in (scenario.baseline, "written")
        for name in MEASURES
    }


def bands_of(values, mix, name):
    return tuple(np.quantile(values[mix, name], (0.1, 0.5, 0.9), method="inverted_cdf"))


def agrees(answer, scenario, seed=SEED):
    """Whether an answer has exactly the bands and contrasts of an experiment."""
    results, values = outcomes(scenario, answer.worlds, seed)
    compared = results.compare(mixes=["written"])
    for found in answer.findings:
        for band, mix in ((found.ours, "written"), (found.baseline, scenario.baseline)):
            if (band.low, band.median, band.high) != bands_of(values, mix, found.measure):
                return False
            assert band.worlds == len(values[mix, found.measure])
        expected = compared.contrast(found.measure, "written")
        ours = (found.contrast.difference, found.contrast.interval, found.contrast.verdict)
        if ours != (expected.difference, expected.interval, expected.verdict):
            return False
        each = values["written", found.measure] - values[scenario.baseline, found.measure]
        assert found.contrast.difference == pytest.approx(each.mean(), rel=1e-12)
    return True


@pytest.mark.parametrize("engine", ["simpy", "auto"])
def test_bands_and_differences_are_those_of_an_experiment_over_the_same_worlds(engine, monkeypatch):
    monkeypatch.setenv(choice.VARIABLE, engine)
    answer = next(iter(sharpening().answers(SETTINGS)))
    assert answer.worlds == WORLDS[0] == 20
    assert agrees(answer, written())
    # a setting nearby, and as many other worlds, are told from it
    assert not agrees(answer, written(outreach=0.89))
    assert not agrees(answer, written(), seed=SEED + 1)


def test_answers_over_more_worlds_are_those_of_longer_experiments():
    answers = list(sharpening().answers(SETTINGS))
    assert tuple(answer.worlds for answer in answers) == WORLDS
    assert WORLDS[-1] > KEPT  # the luck of the last worlds is drawn again
    for answer in answers[1:]:
        assert agrees(answer, written())


def test_the_same_question_has_the_same_answers_whatever_was_asked_between():
    asked = sharpening()
    first = list(asked.answers(SETTINGS))
    next(iter(asked.answers({"teams": 1})))
    assert list(asked.answers(SETTINGS)) == first


def test_it_starts_from_the_mix_that_is_named():
    craft = sharpening(mix="craft")
    answer = next(iter(craft.answers({})))
    compared = run_experiment(STEPS, mixes=["craft"], replications=20, seed=SEED, workers=1).compare()
    for found in answer.findings:
        expected = compared.contrast(found.measure, "craft")
        assert found.contrast.difference == expected.difference
    assert any(found.contrast.differing for found in answer.findings)


def test_a_question_that_is_not_wanted_any_more_ends_after_its_first_worlds():
    calls = []

    def is_wanted():
        calls.append(None)
        return len(calls) < 10

    assert [answer.worlds for answer in sharpening().answers(SETTINGS, is_wanted=is_wanted)] == [20]
    assert [answer.worlds for answer in sharpening().answers(SETTINGS, is_wanted=lambda: False)] == [20]


def test_what_was_simulated_of_the_baseline_is_kept_and_its_progress_is_said():
    told = []
    asked = sharpening(told=lambda *so_far: told.append(so_far))
    answers = asked.answers(SETTINGS)
    next(answers)
    assert [done for done, total, is_baseline in told if is_baseline] == list(range(1, 21))
    assert [done for done, total, is_baseline in told if not is_baseline] == list(range(1, 21))
    told.clear()
    next(iter(asked.answers({"teams": 1})))
    assert not any(is_baseline for _, _, is_baseline in told)
    assert {total for _, total, _ in told} == {20}


def test_a_band_counts_the_worlds_in_which_a_ratio_exists():
    harbour = load("harbour-city").model_copy(update={"horizon_days": 40.0, "warm_up_days": 0.0})
    (found,) = next(iter(sharpening(harbour, ("days_to_verdict",)).answers({}))).findings
    assert found.ours is None or found.ours.worlds < 20
