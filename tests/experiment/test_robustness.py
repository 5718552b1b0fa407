"""Studies of robustness: variants, what is kept, and that no worker changes a bit."""

import pickle

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.analysis.mean_interval import t_quantile
from tabletop.errors import TabletopError
from tabletop.experiment.identity import experiment_hash
from tabletop.experiment.robustness.folder import folder_of_question
from tabletop.experiment.robustness.narrowing import left_wider
from tabletop.experiment.robustness.plan import StudyPlan
from tabletop.experiment.robustness.points import drawn
from tabletop.experiment.robustness.reading import open_study
from tabletop.experiment.run import run_experiment
from tabletop.scenario.load import loads

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log}
  - {on: background, multiply: [0.5, 2], name: look_alikes}
  - {on: interdiction.success, odds: [0.5, 2]}
"""


def ranged():
    """A small scenario with three ranges."""
    return loads(TEXT + RANGES, "small.yaml")


def study(scenario=None, **how):
    """A small study."""
    how = {"variants": 8, "worlds": 3, "workers": 1, "progress": False, **how}
    return tabletop.study_robustness(scenario or ranged(), **how)


def texts(folder):
    """Everything that is said in the folder of a study, but for its database."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".sqlite" and path.name != ".lock"
    }


def only(parent):
    """The one folder of a study there."""
    (folder,) = parent.glob("*-robust-*")
    return folder


def test_the_first_variant_is_the_file_itself_and_its_runs_are_those_of_an_experiment():
    found = study()
    written = found.variants[0]
    assert written.hash == experiment_hash(ranged())
    results = run_experiment(ranged(), replications=3, workers=1, progress=False)
    for mix in found.asked.mixes:
        for measure in found.measures:
            assert found.columns(written).columns[mix][measure] == results.outcomes().columns[mix][measure]


def test_every_variant_is_what_vary_makes_of_the_scenario():
    for one in study().variants:
        assert one.hash == experiment_hash(ranged().vary(one.changes))
    kinds = [one.kind for one in study().variants]
    assert kinds == ["written", *["point"] * 8, *["end"] * 6]


def test_points_lie_in_the_ranges_and_a_longer_sequence_begins_with_a_shorter():
    few, many = drawn(3, 8, seed=5), drawn(3, 32, seed=5)
    assert many[:8] == few
    assert drawn(3, 8, seed=6) != few
    assert all(0 <= number <= 1 for row in many for number in row)
    for one in study().points:
        assert 20 <= one.scenario.conditions.threat.formation_rate <= 80


def test_points_that_another_scipy_would_draw_are_refused():
    kept = [[0.5, 0.5, 0.5], *drawn(3, 8, seed=5)[1:]]
    assert drawn(3, 8, seed=5, kept=kept) == kept
    with pytest.raises(TabletopError, match="draws other points than those that are kept"):
        drawn(3, 16, seed=5, kept=kept)


def test_two_workers_write_the_same_bytes_as_one(tmp_path):
    study(out=tmp_path / "one")
    study(out=tmp_path / "two", workers=2)
    assert texts(only(tmp_path / "one")) == texts(only(tmp_path / "two"))


def test_a_study_is_extended_by_variants_and_by_worlds_and_equals_one_that_never_stopped(tmp_path):
    study(out=tmp_path / "grown", worlds=2)
    study(out=tmp_path / "grown", variants=16, worlds=3)
    study(out=tmp_path / "whole", variants=16, worlds=3)
    assert texts(only(tmp_path / "grown")) == texts(only(tmp_path / "whole"))


def test_what_is_there_is_not_simulated_again_and_what_a_narrower_range_leaves_stays(tmp_path, monkeypatch):
    study(out=tmp_path, mixes=["careful"])
    before = study(out=tmp_path).kept.counted()
    monkeypatch.setattr("tabletop.experiment.world.World.readings", None)
    study(out=tmp_path)
    monkeypatch.undo()
    narrow = loads(TEXT + RANGES.replace("[20, 80]", "[30, 60]"), "small.yaml")
    study(narrow, out=tmp_path)
    assert only(tmp_path)
    assert open_study(only(tmp_path)).kept.counted() > before


def test_runs_of_the_experiment_beside_it_are_taken_over(tmp_path, monkeypatch):
    run_experiment(ranged(), replications=3, workers=1, progress=False, out=tmp_path)
    simulated = []
    monkeypatch.setattr(
        "tabletop.experiment.robustness.run.missing",
        lambda kept, variants, mixes, worlds, **how: (
            simulated.append([kept.keys(variants[0].hash, mix).keys() for mix in mixes])
            or _missing(kept, variants, mixes, worlds, **how)
        ),
    )
    from tabletop.experiment.robustness.making import missing as _missing

    study(out=tmp_path)
    assert [set(of) for of in simulated[0]] == [{0, 1, 2}] * 4


def test_a_study_survives_pickling_with_every_run():
    found = study()
    again = pickle.loads(pickle.dumps(found))
    measure, mix = found.measures[0], found.others[0]
    for one in found.variants:
        written = next(other for other in again.variants if other.label == one.label)
        assert again.columns(written) == found.columns(one)
    assert again.survival(measure, mix)[1:] == found.survival(measure, mix)[1:]


def test_a_study_opened_again_says_the_same(tmp_path):
    made = study(out=tmp_path)
    again = open_study(only(tmp_path))
    assert [one.hash for one in again.variants] == [one.hash for one in made.variants]
    for measure in made.measures:
        for mix in made.others:
            assert again.counts(measure, mix) == made.counts(measure, mix)
    (only(tmp_path) / "study.json").write_text("{}")
    with pytest.raises(TabletopError, match="cannot be read; give the command again"):
        open_study(only(tmp_path))


def test_an_edited_mix_is_simulated_as_edited_whatever_the_process_has_built_before():
    how = {"vary": {"injects.rush.happens": None}, "variants": None}

    def readings(text):
        found = study(loads(text, "small.yaml"), **how)
        return [[*found.kept.readings(one.hash, "careful")] for one in found.variants]

    edited = TEXT.replace("{care: 1.0}, detection: {analysts: 2}", "{care: 0.0}, detection: {analysts: 9}")
    first, second = readings(TEXT), readings(edited)
    assert first != second
    results = run_experiment(loads(edited, "x"), replications=3, workers=1, progress=False)
    assert [of for _, of in second[0]] == [results.runs["careful", r].parts for r in range(3)]
    assert readings(TEXT) == first


def test_each_question_has_a_folder_of_its_own_and_uses_the_runs_of_the_others(tmp_path, monkeypatch):
    ranges = {"threat.formation_rate": (20.0, 80.0)}
    study(out=tmp_path, vary=ranges, variants=None)
    monkeypatch.setattr("tabletop.experiment.world.World.readings", None)
    study(out=tmp_path, vary=ranges, variants=None)
    monkeypatch.undo()
    study(out=tmp_path)
    study(out=tmp_path, vary={**ranges, "trust.loss": (0.01, 0.04)}, variants=None, worlds=1)
    folder = next(path for path in tmp_path.iterdir() if (path / "study.json").is_file())
    line = open_study(folder / "vary-threat-formation_rate")
    assert line.asked.is_line
    assert open_study(folder).points
    assert not any([*place.iterdir()] == [] for place in tmp_path.rglob("*") if place.is_dir())
    with pytest.raises(TabletopError, match="it has some in vary-"):
        open_study(next(path for path in tmp_path.iterdir() if path != folder))


def test_a_range_that_is_called_by_its_name_or_by_its_path_is_one_question():
    by_name, by_path = (
        StudyPlan.of(ranged(), vary={path: None}).question for path in ("look_alikes", "background")
    )
    assert by_name == by_path == "vary-background"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda of: of.difference(of.variants[0], "incidents", "carefull"), "did you mean 'careful'"),
        (lambda of: of.difference(of.variants[0], "incident", "careful"), "did you mean 'incidents'"),
        (lambda of: of.statements("incident"), "did you mean 'incidents'"),
        (lambda of: of.baseline_means(of.variants[0], ["incident"]), "did you mean 'incidents'"),
        (lambda of: of.line(3), "place: 3: must be a whole number from 0 to 2"),
        (lambda of: of.switches(-1, "incidents", "careful"), "place: -1: must be"),
    ],
)
def test_what_a_study_does_not_have_is_named_with_what_it_has(asked, told):
    with pytest.raises(TabletopError, match=told):
        asked(study(worlds=1))


def test_a_folder_of_a_question_is_named_for_all_that_is_varied_however_much_that_is():
    assert folder_of_question((), None) == ""
    assert folder_of_question((), 1.5) == "each-1-5"
    many = [f"sharing.partners.p{number}.visibility" for number in range(9)]
    one, other = folder_of_question(many, None), folder_of_question([*many, "trust.loss"], None)
    assert one != other
    assert max(len(one), len(other)) < 80
    assert folder_of_question(many[:2], None) != folder_of_question(reversed(many[:2]), None)
    assert folder_of_question(["x.a b"], None) != folder_of_question(["x.a-b"], None)
    assert folder_of_question(["plots a year"], None) == "vary-plots-a-year"


def test_a_damaged_run_is_made_anew(tmp_path):
    import sqlite3

    study(out=tmp_path)
    before = texts(only(tmp_path))
    with sqlite3.connect(only(tmp_path) / "runs.sqlite") as database:
        database.execute("UPDATE runs SET measures = zeroblob(length(measures)) WHERE replication = 1")
    study(out=tmp_path)
    assert texts(only(tmp_path)) == before


def test_a_line_has_nine_values_and_the_file_itself_and_holds_all_else_fixed():
    found = study(vary={"threat.formation_rate": (30, 80)}, variants=None)
    line = found.line(0)
    rates = [one.scenario.conditions.threat.formation_rate for one in line]
    assert len(line) == 10
    assert rates == sorted(rates)
    assert 40 in rates
    for one in line:
        conditions = one.scenario.conditions
        assert conditions.model_copy(update={"threat": None}) == ranged().conditions.model_copy(
            update={"threat": None}
        )


def test_a_failed_world_is_left_out_of_every_mix_of_its_variant_alone(monkeypatch):
    from tabletop.experiment.world import World

    real = World.readings

    def failing(self, scenario, mix, *, shares_warm_up):
        if (mix, self._replication) == ("careful", 1) and scenario.conditions.threat.formation_rate == 80:
            raise ZeroDivisionError("pretended")
        return real(self, scenario, mix, shares_warm_up=shares_warm_up)

    monkeypatch.setattr(World, "readings", failing)
    found = study()
    (failure,) = found.failures
    assert (failure.replication, failure.error) == (1, "ZeroDivisionError: pretended")
    lacking = [one.label for one in found.variants if found.columns(one).replications != (0, 1, 2)]
    assert lacking == [failure.mix]
    assert found.failed


def test_asked_for_what_cannot_be_it_says_what_would_be_right():
    plain = loads(TEXT, "small.yaml")
    for how, told in (
        ({}, "name one with --vary threat.formation_rate"),
        ({"vary": {"threat.formation_rate": (6, 1e6)}}, "is not in"),
        ({"vary": {"threat.formation_rat": None}}, "did you mean 'threat.formation_rate'"),
        ({"vary": {"threat.formation_rate": None}, "each": 2}, "leave one out"),
        ({"vary": {"interdiction.containment": None}}, "stays what it is when it is halved or doubled"),
        ({"vary": {"background": (0.5, 2)}}, "leave the ends out, and all of it moves together, or name one"),
        ({"each": 0.5}, "each: 0.5: must be above 1"),
        ({"each": "2"}, "each: '2': must be above 1"),
        ({"each": True}, "each: True: must be above 1"),
    ):
        with pytest.raises(TabletopError) as caught:
            StudyPlan.of(plain, **how)
        assert told in str(caught.value)
    with pytest.raises(TabletopError, match="only in powers of two; ask for 64"):
        StudyPlan.of(ranged(), variants=63)
    alone = ranged().model_copy(update={"measures": {}})
    with pytest.raises(TabletopError, match="no primary measure"):
        StudyPlan.of(alone)


def test_the_points_in_which_a_mix_is_furthest_behind_are_run_again_on_other_worlds(tmp_path):
    found = study(out=tmp_path, worlds=20, regret=True)
    (one, *_) = found.worst("incidents", "careful")
    variant = next(point for point in found.points if point.label == one.variant)
    mine, its = (
        [run[1]["incidents"][0] for run in found.kept.readings(variant.hash, mix) if 20 <= run[0] < 40]
        for mix in ("careful", one.behind)
    )
    assert len(mine) == 20
    assert one.fresh == pytest.approx(sum(mine) / 20 - sum(its) / 20)
    again = open_study(only(tmp_path))
    assert again.worst("incidents", "careful") == found.worst("incidents", "careful")
    assert study(worlds=20).worst("incidents", "careful") == ()


def test_regret_and_limits_of_a_study_are_those_of_its_runs(tmp_path):
    said = loads(f"{TEXT}{RANGES}limits: {{incidents: {{at_most: 0, against: baseline}}}}\n", "small.yaml")
    found = study(said, worlds=20, out=tmp_path)
    for measure in ("incidents", "trust_mean"):
        for one in found.regret(measure):
            assert 0 <= one.best_in <= one.variants == 8
    kept = found.satisfied("careful")
    means = [found.difference(one, "incidents", "careful").mean for one in found.points]
    assert kept.seen == sum(mean < 0 for mean in means)
    assert open_study(only(tmp_path)).satisfied("careful") == kept


def test_worlds_are_added_until_contrasts_are_known_to_half_of_delta_or_ten_times_as_many(tmp_path):
    finer = loads((TEXT + RANGES).replace("{delta: 0.01}", "{delta: 0.0005}"), "small.yaml")
    how = {"out": tmp_path, "worlds": 5, "precision": True, "mixes": ["careful"]}
    found = study(finer, **how)
    assert found.further
    for one in found.variants:
        worlds = found.worlds_of(one)
        assert found.columns(one).replications == tuple(range(worlds))
        widths = [
            t_quantile(0.95, of.n) * of.deviation / of.n**0.5 / found.scenario.measures[measure].delta
            for measure in found.measures
            if (of := found.difference(one, measure, "careful")) is not None and of.n > 1
        ]
        assert worlds == 50 or max(widths) <= 0.5
    again = open_study(only(tmp_path))
    assert again.further == found.further
    assert again.counts("incidents", "careful") == found.counts("incidents", "careful")
    before = found.kept.counted()
    assert study(finer, **how).kept.counted() == before


def test_a_contrast_that_nowhere_differed_is_not_known_in_few_worlds():
    """Two worlds alike are no interval without width: a variant has 20 before it counts as known."""
    quiet = (TEXT + RANGES).replace("[20, 80]", "[20, 40]").replace("mean: 60", "mean: 3650")
    scenario = loads(quiet.replace("{delta: 0.01}", "{delta: 1}"), "small.yaml")
    how = {"precision": True, "mixes": ["careful"]}
    found = study(scenario, worlds=2, **how)
    assert any(found.difference(one, "incidents", "careful").deviation == 0 for one in found.variants)
    assert {found.worlds_of(one) for one in found.variants} == {20}
    few = study(scenario, worlds=1, **how)
    assert {few.worlds_of(one) for one in few.variants} == {10}
    assert left_wider(few) == len(few.variants)
