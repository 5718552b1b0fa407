"""Results: tidy access, and comparisons over what is complete."""

import pickle
from math import nan
from shutil import rmtree

import pytest
from small import failing, pretended, small

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.outcomes import Column
from tabletop.errors import TabletopError, UnknownName
from tabletop.experiment.design import Design
from tabletop.experiment.findings import findings
from tabletop.experiment.run import Experiment
from tabletop.experiment.store import open_results, write
from tabletop.measures import MEASURES


@pytest.fixture(scope="module")
def results():
    return Experiment(Design.of(small()), workers=1, simulate=pretended).run()


@pytest.fixture(scope="module")
def broken():
    return Experiment(Design.of(small()), workers=1, simulate=failing).run()


def test_rows_are_tidy_one_per_mix_replication_and_measure(results):
    rows = list(results.rows())
    assert len(rows) == 4 * 6 * len(MEASURES)
    assert len({(r.mix, r.replication, r.measure) for r in rows}) == len(rows)
    first = rows[0]
    run_ = results.runs["usual", 0]
    assert (first.mix, first.replication, first.measure, first.unit) == ("usual", 0, "incidents", "count")
    assert (first.value, first.numerator, first.denominator) == (
        run_.measures["incidents"],
        *run_.parts["incidents"],
    )


def test_values_of_a_measure_are_in_the_order_of_replications(results):
    assert results.values("harm", "later") == tuple(
        results.runs["later", r].measures["harm"] for r in range(6)
    )


def test_unknown_names_are_told(results):
    with pytest.raises(UnknownName, match="did you mean 'harm'"):
        results.values("harms", "later")
    with pytest.raises(UnknownName, match="did you mean 'later'"):
        results.values("harm", "latter")
    with pytest.raises(UnknownName, match="no such policy mix in these results"):
        results.compare(baseline="nobody")


def test_a_comparison_is_with_the_designs_baseline_unless_told(results):
    assert results.compare().baseline == "usual"
    assert {c.mix for c in results.compare().contrasts} == {"same", "careful", "later"}
    compared = results.compare(baseline="later")
    assert {c.mix for c in compared.contrasts} == {"usual", "same", "careful"}
    forth, back = results.compare().contrast("incidents", "later"), compared.contrast("incidents", "usual")
    assert back.difference == pytest.approx(-forth.difference)


def test_naming_mixes_compares_only_these_and_makes_fewer_intervals_hold_together(results):
    assert results.compare().intervals_together == 9
    compared = results.compare(mixes=["careful"])
    assert (compared.mixes, compared.intervals_together) == (("usual", "careful"), 3)


def test_mixes_of_the_same_settings_are_found(results):
    assert results.compare().contrast("incidents", "same").verdict is ContrastVerdict.SAME_POLICY
    assert results.compare(baseline="same").contrast("harm", "usual").verdict is ContrastVerdict.SAME_POLICY


def test_a_failed_replication_is_dropped_from_all_mixes_compared_and_reported(broken):
    compared = broken.compare()
    assert compared.replications == (0, 1, 3, 4, 5)
    assert compared.dropped == (2,)
    assert {e.n for by_mix in compared.estimates.values() for e in by_mix.values()} == {5}


def test_a_failure_in_a_mix_that_is_not_compared_drops_nothing(broken):
    compared = broken.compare(mixes=["later"])
    assert compared.replications == (0, 1, 2, 3, 4, 5)
    assert compared.dropped == ()


def test_the_bottleneck_of_each_mix_is_told(results):
    assert list(results.bottlenecks()) == list(results.mixes)


def test_findings_hold_every_measure_with_intervals_and_words(broken):
    found = findings(broken, broken.compare())
    assert [m["name"] for m in found["measures"]] == list(MEASURES)
    assert found["replications"] == {"asked": 6, "compared": 5, "dropped": [2]}
    assert found["failures"] == [
        {"mix": "careful", "replication": 2, "error": "ZeroDivisionError: pretended"}
    ]
    (incidents,) = [m for m in found["measures"] if m["name"] == "incidents"]
    contrast = broken.compare().contrast("incidents", "careful")
    (told,) = [c for c in incidents["contrasts"] if c["mix"] == "careful"]
    assert (told["difference"], told["low"], told["high"]) == (
        contrast.difference,
        contrast.interval.low,
        contrast.interval.high,
    )
    assert told["in_words"] == contrast.in_words()
    assert len(found["sentences"]) == 9
    assert "predicts nothing" in found["limits"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda r: r.values("harm", None), r"None: no such policy mix in these results; its name is a text"),
        (lambda r: r.values(None, "later"), r"None: no such measure; its name is a text"),
        (lambda r: r.values(["harm"], "later"), r"\['harm'\]: no such measure; its name is a text"),
        (lambda r: r.compare(mixes="later"), r"mixes: 'later' is a text; write a list, as \['later'\]"),
        (lambda r: r.compare(mixes=3), r"mixes: 3: must be a list of names"),
        (lambda r: r.compare(mixes=[None]), r"None: no such policy mix in these results"),
        (lambda r: r.compare(baseline=["later"]), r"\['later'\]: no such policy mix in these results"),
        (lambda r: r.outcomes("later"), r"mixes: 'later' is a text"),
        (lambda r: r.outcomes(["latter"]), r"did you mean 'later'"),
        (lambda r: r.complete("later"), r"mixes: 'later' is a text"),
        (lambda r: r.complete(["latter"]), r"did you mean 'later'"),
        (lambda r: r.best(None), r"compared: None: must be what `compare` returned"),
        (lambda r: r.design.scenario.cost("latter"), r"did you mean 'later'"),
        (lambda r: r.design.scenario.policies(None), r"None: no such policy mix"),
        (
            lambda r: r.design.scenario.cost("later", until=nan),
            r"until: nan: must be a day above 0 and up to",
        ),
        (lambda r: r.design.scenario.under(None), r"conditions: None: must be Conditions"),
        (lambda r: write(None, "x"), r"results: None: must be those of an experiment"),
        (lambda r: write(r, None), r"parent: None: must be a path"),
        (lambda r: open_results(None), r"path: None: must be a path"),
        (lambda r: Column((1.0, nan), (1.0, 1.0)), r"column: not a number at position 1"),
        (lambda r: Column((1.0,), (1.0, 1.0)), r"column: 1 numerators, 2 denominators"),
    ],
)
def test_a_call_that_cannot_be_meant_is_told_in_words(results, call, told):
    with pytest.raises(TabletopError, match=told):
        call(results)


def test_results_survive_pickling_with_every_run(broken, tmp_path):
    again = pickle.loads(pickle.dumps(broken))
    assert list(again.rows()) == list(broken.rows())
    assert again.compare() == broken.compare()
    assert again.failures == broken.failures
    assert again.runs["later", 3] == broken.runs["later", 3]
    assert again.mixed_platforms is broken.mixed_platforms
    kept = open_results(write(again, tmp_path))
    assert list(kept.rows()) == list(broken.rows())


def test_results_of_a_folder_survive_pickling_without_the_folder(results, tmp_path):
    kept = open_results(write(results, tmp_path))
    pickled = pickle.dumps(kept)
    rmtree(tmp_path)
    again = pickle.loads(pickled)
    assert list(again.rows()) == list(results.rows())
