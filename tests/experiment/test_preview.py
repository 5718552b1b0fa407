"""A preview is the experiment in its first worlds, however little time there is and whoever else asks."""

from threading import Event, Thread

import pytest

from tabletop import Preview, TabletopError, UnknownName, load, run_experiment
from tabletop.compiled import choice
from tabletop.experiment import preview as module
from tabletop.experiment.preview import BASELINE, LEAST_WORLDS, with_levers

SMALL = load("first-steps").model_copy(update={"horizon_days": 60.0, "warm_up_days": 30.0})
MIX = "craft"
CHANGES = {f"{MIX}/detection.analysts": 3, f"{MIX}/reporting.outreach": 0.9}


@pytest.fixture(scope="module")
def preview():
    return Preview(SMALL, worlds=30)


def experiment(scenario, worlds):
    """The same worlds as an experiment has them: the second route."""
    return run_experiment(scenario, replications=worlds, workers=1)


@pytest.mark.parametrize("engine", ["simpy", "auto"])
def test_it_is_the_experiment_in_the_same_worlds(engine, monkeypatch):
    monkeypatch.setenv(choice.VARIABLE, engine)
    found = Preview(SMALL, worlds=25).outcome(CHANGES, within=1e9)
    compared = experiment(with_levers(SMALL, CHANGES), 25).compare(mixes=[MIX])
    assert found.worlds == 25
    for measure in SMALL.measures:
        assert found.comparison.estimates[measure][MIX] == compared.estimates[measure][MIX]
        ours, theirs = found.difference(measure), compared.contrast(measure, MIX)
        assert (ours.difference, ours.interval, ours.verdict) == (
            theirs.difference, theirs.interval, theirs.verdict,
        )  # fmt: skip


def test_a_changed_baseline_is_compared_with_the_baseline_as_written(preview):
    """Its warm-up changes with it."""
    changes = {f"{SMALL.baseline}/detection.collection": 0.9}
    found = preview.outcome(changes, within=1e9)
    changed = experiment(with_levers(SMALL, changes), 30).compare().estimates
    written = experiment(SMALL, 30).compare().estimates
    for measure in SMALL.measures:
        assert found.comparison.estimates[measure][SMALL.baseline] == changed[measure][SMALL.baseline]
        assert found.comparison.estimates[measure][BASELINE] == written[measure][SMALL.baseline]


def test_without_time_the_first_twenty_worlds_answer(preview):
    hasty = preview.outcome(CHANGES, within=0)
    assert hasty.worlds >= LEAST_WORLDS
    alone = Preview(SMALL, worlds=LEAST_WORLDS).outcome(CHANGES, within=1e9)
    assert alone.worlds == LEAST_WORLDS
    if hasty.worlds == LEAST_WORLDS:
        assert repr(hasty.comparison) == repr(alone.comparison)


def test_the_same_question_has_the_same_answer_whatever_was_asked_between(preview):
    first = preview.outcome(CHANGES, within=1e9)
    preview.outcome({f"{MIX}/interdiction.teams": 40}, within=1e9)
    assert repr(preview.outcome(CHANGES, within=1e9)) == repr(first)


def test_no_change_of_the_baseline_makes_no_difference(preview):
    found = preview.outcome({}, mix=SMALL.baseline, within=1e9)
    assert {found.difference(measure).differing for measure in SMALL.measures} == {0}


def test_of_questions_that_wait_the_newest_is_answered(monkeypatch):
    preview = Preview(SMALL, worlds=20)
    begun, may_end = Event(), Event()
    simulated = preview._simulated

    def slowly(*arguments, **named):
        begun.set()
        may_end.wait(30)
        return simulated(*arguments, **named)

    monkeypatch.setattr(preview, "_simulated", slowly)
    answers = {}

    def ask(name, analysts):
        answers[name] = preview.outcome({f"{MIX}/detection.analysts": analysts})

    def started(name, analysts):
        asked = preview._asked
        thread = Thread(target=ask, args=(name, analysts))
        thread.start()
        while preview._asked == asked:
            pass
        return thread

    threads = [started("at work", 1)]
    begun.wait(30)
    threads += [started("older", 2), started("newer", 3)]
    may_end.set()
    for thread in threads:
        thread.join(60)
    assert answers["at work"] is not None
    assert answers["older"] is None
    alone = Preview(SMALL, worlds=20).outcome({f"{MIX}/detection.analysts": 3})
    assert repr(answers["newer"]) == repr(alone)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"carft/detection.analysts": 1}, "'carft': no such policy mix; did you mean 'craft'?"),
        ({"craft/detection.analists": 1}, "no such lever; did you mean 'detection.analysts'?"),
        ({"craft/reporting.analysts": 1}, "'reporting.analysts': no such lever"),
        ({"analysts": 1}, "'analysts': a path is a mix and its lever, as 'MIX/detection.analysts'"),
        ({"craft/detection.analysts": 1.5}, "analysts: 1.5: must be a whole number of 0 or more, or None"),
        ({"craft/detection.collection": 2}, "collection: 2: must be a number from 0 to 1"),
        ({}, "mix: name the mix to look at"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_a_sentence(preview, changes, said):
    with pytest.raises(TabletopError) as refused:
        preview.outcome(changes)
    assert said in str(refused.value)


def test_arguments_out_of_range_are_refused(preview):
    with pytest.raises(TabletopError, match="within: -1: must be a number of seconds, 0 or more"):
        preview.outcome(CHANGES, within=-1)
    with pytest.raises(TabletopError, match="worlds: 19: must be a whole number from 20"):
        Preview(SMALL, worlds=19)
    with pytest.raises(UnknownName, match="'nothing': no such policy mix"):
        preview.outcome(CHANGES, mix="nothing")
    with pytest.raises(UnknownName, match="'harmm': no such measure of the scenario"):
        preview.outcome(CHANGES).difference("harmm")


def test_a_lever_is_set_from_day_0_until_the_mix_changes_it_and_for_its_heirs():
    harbour = load("harbour-city")
    heir = next(name for name, mix in harbour.policy_mixes.items() if name != harbour.baseline)
    changed = with_levers(harbour, {f"{harbour.baseline}/detection.linkage": 0.77})
    assert changed.policies(harbour.baseline)[0][1].detection.linkage == 0.77
    if "linkage" not in harbour.policy_mixes[heir].detection.model_fields_set:
        assert changed.policies(heir)[0][1].detection.linkage == 0.77
    assert harbour.policies(harbour.baseline)[0][1].detection.linkage != 0.77
    assert module.with_levers(harbour, {}) == harbour
