"""Searches: what is moved and spent, what is kept and goes on, and the same on any workers."""

import json
from random import Random

import pytest

import tabletop
from experiment.small import TEXT
from tabletop import TabletopError, UnknownName, run_experiment, search_mixes
from tabletop.experiment.search.candidates import drawn, key, spent
from tabletop.experiment.search.moves import space_of
from tabletop.experiment.search.screening import FURTHER_WORLDS
from tabletop.experiment.search.study import SearchStudy
from tabletop.plots import parallel_coordinates
from tabletop.plots.search_figures import pictures
from tabletop.scenario.load import loads

SEARCH = (
    "search: {levers: {care: {step: 0.25}, teams: {high: 6, cut: false}}, keep: [protection, tradecraft]}\n"
)
FILES = (
    "tables/candidates.csv",
    "tables/finalists.csv",
    "tables/levers.csv",
    "tables/parts.csv",
    "search.json",
)


def scenario_with(block="", budget=None):
    base = loads(TEXT, "small.yaml")
    dearest = max(base.yearly_cost(mix) for mix in base.policy_mixes)
    return loads(f"{TEXT}budget: {dearest + 4 if budget is None else budget}\n{block}", "small.yaml")


@pytest.fixture(scope="module")
def scenario():
    return scenario_with(SEARCH)


def quick(scenario, **how):
    asked = {
        "aims": ["incidents"],
        "candidates": 12,
        "finalists": 3,
        "worlds": 8,
        "workers": 1,
        "progress": False,
    }
    return search_mixes(scenario, **{**asked, **how})


def test_every_candidate_spends_the_budget_in_whole_steps_within_its_bounds(scenario):
    space = space_of(scenario)
    moves = {move.lever: move for move in space.moves}
    assert not {"protection", "tradecraft", "open_case_at"} & set(moves)
    assert (moves["care"].price, moves["care"].step) == (0.0, 0.25)
    found = drawn(space, 200, seed=1)
    assert len({key(steps) for steps in found}) == 200
    for steps in found:
        left = space.spare - space.cost(steps)
        assert left >= -1e-9
        roomy = [move for move in space.moves if move.price and 0 <= steps.get(move.lever, 0) < move.most]
        assert all(move.price > left for move in roomy)
        assert all(moves[lever].least <= taken <= moves[lever].most for lever, taken in steps.items())
        assert steps.get("teams", 0) >= 0
    assert any(taken < 0 for steps in found for taken in steps.values())
    assert drawn(space, 50, seed=1) == found[:50]
    assert drawn(space, 50, seed=2) != found[:50]


def test_what_is_too_dear_is_taken_back(scenario):
    space = space_of(scenario)
    dear = {move.lever: move.most for move in space.moves if move.price}
    assert space.cost(dear) > space.spare
    assert space.cost(spent(space, dear, Random(1))) <= space.spare + 1e-9


def test_the_files_mixes_are_candidates_and_judged_in_any_case(scenario):
    found = quick(scenario)
    assert {"careful", "later"} <= set(found.stages[0].scores)
    assert {"careful", "later", *found.finalists} == set(found.contenders)
    assert "same" not in found.contenders  # it is the baseline's policy
    assert len(found.finalists) == 3
    assert all(found.mixes.yearly_cost(mix) <= scenario.budget * (1 + 1e-9) for mix in found.contenders)


def test_fresh_worlds_are_none_that_screening_has_seen_and_their_outcomes_those_of_an_experiment(scenario):
    found = quick(scenario)
    first = sum(FURTHER_WORLDS)
    assert found.fresh.replications == tuple(range(first, first + 8))
    assert [stage.worlds for stage in found.stages] == [8, 32, 96]
    results = run_experiment(
        found.mixes.model_copy(update={"policy_mixes": {
            name: found.mixes.policy_mixes[name] for name in ("usual", *found.contenders)
        }}),
        replications=first + 8, workers=1, progress=False,
    )  # fmt: skip
    for mix in found.contenders:
        theirs = results.runs.readings(mix).columns(found.fresh.replications)
        assert found.fresh.columns[mix]["incidents"] == theirs["incidents"]
        assert found.fresh.columns[mix]["days_to_verdict"] == theirs["days_to_verdict"]


def test_a_lever_put_back_is_the_finalist_without_it(scenario):
    found = quick(scenario, parts=True)
    assert found.parts
    for one in found.parts:
        assert one.finalist in found.candidates
        assert one.lever in found.candidates[one.finalist]
        assert one.saved == pytest.approx(
            {m.lever: m.price for m in found.space.moves}[one.lever]
            * found.candidates[one.finalist][one.lever]
        )
        assert set(one.contrasts) == {"incidents"}
    assert quick(scenario).parts == ()


@pytest.mark.verify
def test_a_search_that_is_broken_off_anywhere_goes_on_and_workers_change_no_byte(scenario, tmp_path):
    quick(scenario, out=tmp_path / "whole", name="small", workers=2, parts=True)
    calls = 0

    def break_off(done, total):
        nonlocal calls
        calls += 1
        if calls % 4 == 0:
            raise KeyboardInterrupt

    tries = 0
    while True:
        tries += 1
        try:
            quick(scenario, out=tmp_path / "broken", name="small", parts=True, progress=break_off)
            break
        except KeyboardInterrupt:
            assert tries < 100
    assert tries > 3
    (one,), (other,) = (tmp_path / "whole").iterdir(), (tmp_path / "broken").iterdir()
    assert one.name == other.name
    for file in FILES:
        assert (one / file).read_bytes() == (other / file).read_bytes(), file
    record = json.loads((one / "search.json").read_text(encoding="utf-8"))
    assert [stage["worlds"] for stage in record["stages"]] == [8, 32, 96]


def test_what_is_found_can_be_written_into_a_file(scenario, tmp_path):
    found = quick(scenario, out=tmp_path, name="small")
    (folder,) = tmp_path.iterdir()
    written = (folder / "finalists.yaml").read_text(encoding="utf-8").partition("\n")[2]
    again = loads(TEXT.replace("baseline: usual\n", f"{written}baseline: usual\n"), "small.yaml")
    names = [mix for mix in found.finalists if mix in found.candidates]
    assert names
    for name in names:
        assert again.yearly_cost(name) == pytest.approx(found.mixes.yearly_cost(name))


def test_who_breaks_a_constraint_is_no_finalist(monkeypatch):
    """A lever that ruins trust: outreach and engagement may only be cut, and trust must not fall."""
    block = "search: {levers: {analysts: {high: 30}, engagement: {high: 0.3}, outreach: {high: 0.5}}}\n"
    scenario = scenario_with(block)
    found = quick(scenario, candidates=24)
    last = found.stages[-1]
    assert not set(last.kept) & set(last.broken)
    for mix in found.contenders:
        assert found.constraint(mix, "trust_mean") in ("kept", "open", "broken")
        assert (found.place(mix) is None) == bool(found.broken(mix))


def test_a_constraint_in_which_nothing_differs_is_open_in_few_worlds():
    """No difference in 8 worlds has no interval, and is not taken for one without width; in 20 it is."""
    quiet = TEXT.replace("formation_rate: 40", "formation_rate: 1").replace("mean: 60", "mean: 3650")
    dearest = max(loads(quiet, "x").yearly_cost(mix) for mix in ("usual", "careful", "later"))
    scenario = loads(f"{quiet}budget: {dearest + 4}\n{SEARCH}", "small.yaml")
    for worlds, state in ((8, "open"), (19, "open"), (20, "kept")):
        found = quick(scenario, aims=["trust_mean"], worlds=worlds)
        contrast = found.comparison.contrast("incidents", "careful")
        assert (contrast.difference, contrast.interval) == (0.0, None)
        assert found.constraint("careful", "incidents") == state


def test_mistakes_are_told_before_anything_runs(scenario, monkeypatch):
    monkeypatch.setattr("tabletop.experiment.many_mixes.make", None)
    bare = loads(TEXT, "small.yaml")
    cheap = bare.yearly_cost("usual")
    dearest = max(map(bare.yearly_cost, bare.policy_mixes))
    cases = [
        (scenario, {"aims": []}, "aim: name one to 3 primary measures"),
        (scenario, {"aims": ["incident"]}, "did you mean 'incidents'"),
        (scenario, {"aims": ["harm"]}, "no such primary measure to aim at"),
        (scenario, {"aims": "incidents"}, "write a list"),
        (scenario, {"drop": ["incidents"]}, "incidents is there twice"),
        (scenario, {"candidates": 0}, "candidates: 0: must be a whole number"),
        (scenario, {"worlds": 1}, "worlds: 1: must be a whole number"),
        (scenario, {"finalists": 51}, "finalists: 51"),
        (scenario, {"seed": -1}, "seed"),
        (scenario, {"sampler": "best"}, "no such sampler"),
        (bare, {}, f"no budget, .* as budget: {dearest:g} or more, .* baseline costs {cheap:g},"),
        (bare, {"budget": cheap - 1}, "does not pay for the file's mix|lies below the cost of the baseline"),
        (bare, {"budget": "much"}, "must be a number of cost units a year"),
    ]  # fmt: skip
    for given, how, told in cases:
        with pytest.raises((TabletopError, UnknownName), match=told):
            quick(given, **how)
    only = loads(
        TEXT.split("  same:")[0]
        + "baseline: usual\nmeasures: {incidents: {delta: 1}}\ncosts: {analysts: 2}\n",
        "small.yaml",
    )
    with pytest.raises(TabletopError, match="lies below the cost of the baseline"):
        quick(only, budget=cheap - 1)
    free = ", ".join(f"{name}: 0" for name in tabletop.LEVERS)
    nothing = loads(TEXT.replace("costs: {analysts: 2}", f"costs: {{{free}}}") + "budget: 1\n", "small.yaml")
    with pytest.raises(TabletopError, match="no lever with a cost is left to be moved"):
        quick(nothing)


def test_an_aim_without_direction_is_refused():
    """Of the model's measures, one of which neither more nor less is better."""
    name = next(name for name, measure in tabletop.MEASURES.items() if not measure.direction)
    text = TEXT.replace("measures:\n", f"measures:\n  {name}: {{delta: 1}}\n")
    dearest = max(loads(text, "x").yearly_cost(mix) for mix in ("usual", "careful", "later"))
    scenario = loads(f"{text}budget: {dearest}\n", "small.yaml")
    with pytest.raises(TabletopError, match=f"aim: {name}: neither more nor less of it is better"):
        quick(scenario, aims=[name])
    study = SearchStudy.of(scenario, aims=["incidents"])
    assert f"{name}: neither more nor less is better" in study.left_out
    assert name not in study.goal.constraints


def test_a_sampler_whose_library_is_missing_is_told_with_how_to_install_it(scenario, monkeypatch):
    monkeypatch.setattr("tabletop.experiment.search.samplers.is_installed", lambda _: False)
    with pytest.raises(
        TabletopError, match=r"tpe needs Optuna, which is not installed; .*pip install .*optuna"
    ):
        quick(scenario, sampler="tpe")


@pytest.mark.parametrize("sampler", ["tpe", "nsga2"])
def test_a_sampler_proposes_within_the_budget_and_the_same_again(scenario, sampler):
    pytest.importorskip("optuna", reason="the extra `search` is not installed")
    one, other = (quick(scenario, sampler=sampler, candidates=40) for _ in range(2))
    assert dict(one.candidates) == dict(other.candidates)
    assert len(one.candidates) == 40
    assert all(one.space.cost(steps) <= one.space.spare + 1e-9 for steps in one.candidates.values())


def test_where_every_candidate_breaks_a_constraint_the_files_mixes_are_judged_all_the_same(
    scenario, monkeypatch
):
    monkeypatch.setattr("tabletop.experiment.search.screening.is_broken", lambda *_: True)
    found = quick(scenario, parts=True)
    assert found.finalists == ()
    assert found.parts == ()
    assert set(found.contenders) == {"careful", "later"}
    assert all(one.chosen == 0 and not one.is_shown for one in found.moved)
    assert set(pictures(found)) == {"front", "winners_curse", "parallel_coordinates"}


def test_every_line_of_a_finalist_has_its_name_and_every_axis_its_lever(scenario):
    found = quick(scenario)
    figure = pictures(found)["parallel_coordinates"]
    said = [text.get_text() for text in figure.texts]
    assert found.finalists
    assert all(said.count(mix) == 1 for mix in found.finalists)
    named = [name.replace("_", " ") for name in parallel_coordinates.levers(found)]
    assert named
    assert set(named) <= set(said)
    figure.draw_without_rendering()
    lefts = [text.get_window_extent().x0 for text in figure.texts if text.get_text() in named]
    assert min(lefts) >= 0


def test_the_front_writes_differences_of_a_share_in_points_and_its_names_stand_on_the_sheet(scenario):
    figure = pictures(quick(scenario, aims=["incidents", "trust_mean"]))["front"]
    figure.draw_without_rendering()
    (panel,) = (axes for axes in figure.axes if axes.get_ylabel())
    assert panel.get_ylabel() == "Trust in points (more ↑)"
    assert panel.get_xlabel() == "Incidents (fewer →)"
    assert panel.yaxis.get_major_formatter()(0.02, 0) == "+2"
    assert panel.xaxis.get_major_formatter()(-0.5, 0) == "−0.5"
    assert panel.yaxis.label.get_window_extent().x0 >= 0


def test_more_candidates_cost_only_what_is_new(scenario, tmp_path):
    told = []

    def watch(done, total):
        told.append(total)

    quick(scenario, candidates=8, out=tmp_path, name="small", progress=watch)
    first = told[0]
    told.clear()
    more = quick(scenario, candidates=12, out=tmp_path, name="small", progress=watch)
    assert first == 8 * (1 + 2 + 8)  # in eight worlds the baseline, the file's two mixes, and the candidates
    assert told[0] == 8 * 4
    alone = quick(scenario, candidates=12)
    assert more.finalists == alone.finalists


RANGED = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log}
  - {on: interdiction.success, odds: [0.5, 2]}
"""
THROUGH = {"robust": True, "variants": 8, "variant_worlds": 4}


def test_finalists_in_variants_are_what_each_variant_gives_in_worlds_that_screening_has_not_seen():
    found = quick(scenario_with(SEARCH + RANGED), **THROUGH)
    study = found.conditions
    assert study.asked.mixes == ("usual", *found.contenders)
    assert [one.kind for one in study.variants] == ["written", *["point"] * 8]
    first = sum(FURTHER_WORLDS)
    for one in study.variants:
        assert study.columns(one).replications == tuple(range(first, first + 4))
    for mix in ("usual", found.finalists[0]):
        written = study.columns(study.variants[0]).columns[mix]["incidents"]
        assert written.numerators == found.fresh.columns[mix]["incidents"].numerators[:4]
        point = study.points[2]
        for place, replication in enumerate(range(first, first + 4)):
            run = tabletop.simulate(found.mixes.vary(point.changes), mix, replication)
            assert (
                run.measures["trust_mean"] == study.columns(point).columns[mix]["trust_mean"].values()[place]
            )


def test_limits_in_variants_are_those_of_the_file_or_the_constraints():
    constraints = quick(scenario_with(SEARCH + RANGED), **THROUGH).conditions.scenario.limits
    assert {name: (one.value, one.sign, one.against) for name, one in constraints.items()} == {
        "trust_mean": (-0.01, 1, "baseline")
    }
    own = "limits: {incidents: {at_most: 2}}\n"
    found = quick(scenario_with(SEARCH + RANGED + own), **THROUGH).conditions
    assert [*found.scenario.limits] == ["incidents"]
    assert all(found.satisfied(mix).variants == 8 for mix in found.others)


def test_a_search_through_variants_that_is_broken_off_goes_on_and_workers_change_no_byte(tmp_path):
    scenario = scenario_with(SEARCH + RANGED)
    quick(scenario, out=tmp_path / "whole", name="small", workers=2, **THROUGH)
    calls = 0

    def break_off(done, total):
        nonlocal calls
        calls += 1
        if calls in (2, 6, 12):
            raise KeyboardInterrupt

    for _ in range(4):
        try:
            quick(scenario, out=tmp_path / "broken", name="small", progress=break_off, **THROUGH)
            break
        except KeyboardInterrupt:
            pass
    assert calls > 12
    (one,), (other,) = (tmp_path / "whole").iterdir(), (tmp_path / "broken").iterdir()
    for file in (*FILES, "tables/other_conditions.csv", "tables/variants.csv"):
        assert (one / file).read_bytes() == (other / file).read_bytes(), file
