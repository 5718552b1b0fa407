"""Pillars taken apart: corners, what is kept, and the same by another route."""

import pytest

import tabletop
from experiment.small import TEXT
from tabletop import TabletopError, UnknownName, run_experiment, study_pillars
from tabletop.experiment.corners import checked_high, spending_most, with_corners
from tabletop.experiment.identity import same_policy, settings
from tabletop.scenario.load import loads

MIXES = """\
  more: {detection: {analysts: 9}, reporting: {outreach: 0.9}, interdiction: {teams: 6}}
  late: {changes: [{day: 30, prosecution: {courts: 6}}, {day: 60, detection: {analysts: 12}}]}
"""


@pytest.fixture(scope="module")
def scenario():
    return loads(TEXT.replace("baseline: usual\n", f"{MIXES}baseline: usual\n"), "small.yaml")


def quick(scenario, **how):
    return study_pillars(scenario, workers=1, **{"replications": 3, "progress": False, **how})


def test_the_first_corner_is_the_baseline_and_the_last_of_one_mix_is_that_mix(scenario):
    made, corners = with_corners(scenario, checked_high(scenario, "more"))
    assert [one.name for one in corners] == ["usual", "+D", "+R", "+I", "+DR", "+DI", "+RI", "+DRI"]
    both = made.model_copy(update={"policy_mixes": {**scenario.policy_mixes, **made.policy_mixes}})
    assert same_policy(both, "+DRI", "more")
    assert not same_policy(both, "+DR", "more")
    assert corners[-1].cost == pytest.approx(scenario.yearly_cost("more"))
    assert corners[0].cost == pytest.approx(scenario.yearly_cost("usual"))


def test_a_corner_follows_the_days_of_the_mix_that_each_pillar_is_from(scenario):
    made, _ = with_corners(scenario, checked_high(scenario, "late"))
    days = {
        day: (of["detection"]["analysts"], of["prosecution"]["courts"]) for day, of in settings(made, "+D")
    }
    usual = settings(scenario, "usual")[0][1]
    courts = usual["prosecution"]["courts"]
    assert days == {0.0: (usual["detection"]["analysts"], courts), 60.0: (12, courts)}
    assert [day for day, _ in settings(made, "+DP")] == [0.0, 30.0, 60.0]


def test_unless_told_each_pillar_is_from_the_mix_that_spends_most_on_it(scenario):
    most = spending_most(scenario)
    # more analysts from the first day cost more than still more of them from day 60 of 90 on
    assert (most["detection"], most["reporting"], most["prosecution"]) == ("more", "more", "late")
    assert set(checked_high(scenario, None)) == {"detection", "reporting", "interdiction", "prosecution"}


def test_outcomes_are_those_of_an_experiment_with_the_same_mixes(scenario):
    study = quick(scenario, high="more")
    made, corners = with_corners(scenario, study.high)
    results = run_experiment(made, replications=3, workers=1, progress=False).outcomes()
    for corner in corners:
        for measure in ("incidents", "trust_mean", "days_to_verdict"):
            assert study.outcomes.columns[corner.name][measure] == results.columns[corner.name][measure]


def test_what_is_kept_is_not_simulated_again_and_workers_change_no_byte(scenario, tmp_path, monkeypatch):
    one = quick(scenario, high="more", out=tmp_path / "one", name="small")
    study_pillars(
        scenario, high="more", replications=3, workers=2, out=tmp_path / "two", name="small", progress=False
    )
    (first,), (second,) = (tmp_path / "one").iterdir(), (tmp_path / "two").iterdir()
    for file in ("tables/pillars.csv", "tables/corners.csv", "tables.xlsx"):
        assert (first / file).read_bytes() == (second / file).read_bytes()
    monkeypatch.setattr("tabletop.experiment.many_mixes.make", None)
    again = quick(scenario, high="more", out=tmp_path / "one", name="small")
    assert [e.value for e in again.factorial("incidents").effects] == [
        e.value for e in one.factorial("incidents").effects
    ]


def test_a_study_that_is_broken_off_goes_on(scenario, tmp_path):
    def break_off(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        quick(scenario, high="more", replications=15, out=tmp_path / "a", name="small", progress=break_off)
    told = []
    quick(
        scenario, high="more", replications=15, out=tmp_path / "a", name="small",
        progress=lambda done, total: told.append(total),
    )  # fmt: skip
    assert 0 < told[0] < 8 * 15
    quick(scenario, high="more", replications=15, out=tmp_path / "b", name="small")
    (first,), (second,) = (tmp_path / "a").iterdir(), (tmp_path / "b").iterdir()
    assert (first / "tables/pillars.csv").read_bytes() == (second / "tables/pillars.csv").read_bytes()


def test_mistakes_are_told_with_what_would_be_right(scenario):
    for high, told in (
        ("mor", "did you mean 'more'"),
        ({"detection": "mor"}, "did you mean 'more'"),
        ({"detecton": "more"}, "did you mean 'detection'"),
        (3, "must be the name of a mix"),
        ("usual", "differs from the baseline 'usual' in no pillar alone"),
        ({"detection": "more", "prosecution": "more"}, "in detection alone"),
    ):
        with pytest.raises((UnknownName, TabletopError), match=told):
            quick(scenario, high=high)
    with pytest.raises(TabletopError, match="replications"):
        quick(scenario, replications=0)
    with pytest.raises(UnknownName, match="primary measure"):
        quick(scenario, high="more").factorial("harm")


def test_a_study_is_public():
    assert tabletop.study_pillars is study_pillars
