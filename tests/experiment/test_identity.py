"""What belongs to the hash of an experiment, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import TEXT, small

from tabletop.experiment.identity import digest, experiment_hash, same_policy, settings
from tabletop.scenario.load import loads


def edited(old, new):
    assert TEXT.count(old) == 1
    return loads(TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Small", "title: Tiny"),
        ("replications: 6", "replications: 60"),
        ("incidents: {delta: 1}", "incidents: {delta: 7, primary: false}"),
        ("Something happens", "Something else happens"),
        ("id: rush", "id: hurry"),
        ("title: Rumours,", "title: Rumours again, message: They say,"),
        ("  same: {title: Another name for it}\n", ""),
        ("{care: 1.0}", "{care: 0.9}"),
        ("  - {id: story, day: 3, title: Something happens}\n", ""),
        ("costs: {analysts: 2}", "costs: {analysts: 2, courts: 1}"),  # its default
        ("horizon_days: 90", "horizon_days: 90.0"),
    ],
)
def test_what_the_simulator_does_not_read_for_all_runs_keeps_the_hash(old, new):
    assert experiment_hash(edited(old, new)) == experiment_hash(small())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seed: 5", "seed: 6"),
        ("horizon_days: 90", "horizon_days: 91"),
        ("warm_up_days: 0", "warm_up_days: 1"),
        ("formation_rate: 40", "formation_rate: 41"),
        ("multiply: 3", "multiply: 4"),
        ("day: 10", "day: 11"),
        ("usual: {}", "usual: {prosecution: {courts: 7}}"),
        ("baseline: usual", "baseline: careful"),
        ("costs: {analysts: 2}", "costs: {analysts: 3}"),
    ],
)
def test_what_the_simulator_reads_for_all_runs_changes_the_hash(old, new):
    assert experiment_hash(edited(old, new)) != experiment_hash(small())


@given(st.dictionaries(st.text(max_size=5), st.floats(allow_nan=False), max_size=5))
def test_a_hash_depends_on_no_order_of_keys(data):
    assert digest(dict(reversed(data.items()))) == digest(data)


def test_mixes_of_equal_settings_are_the_same_policy_whatever_their_names():
    assert same_policy(small(), "usual", "same")
    assert not same_policy(small(), "usual", "careful")


def test_settings_tell_every_change_that_changes_something_before_the_end():
    assert [day for day, _ in settings(small(), "later")] == [0.0, 30.0]
    ends_sooner = small().model_copy(update={"horizon_days": 30.0})
    assert same_policy(ends_sooner, "careful", "later")
    assert same_policy(edited("{courts: 3}", "{courts: 2}"), "careful", "later")  # as before
