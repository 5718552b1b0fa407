"""Data frames of results and comparisons, of whichever library is installed."""

import sys
from types import ModuleType

import pytest
from small import pretended, small

from tabletop.analysis import frames
from tabletop.errors import TabletopError
from tabletop.experiment.design import Design
from tabletop.experiment.run import Experiment


@pytest.fixture(scope="module")
def results():
    return Experiment(Design.of(small()), workers=1, simulate=pretended).run()


def stand_in(name):
    """A module of this name, whose frames keep what they are given."""
    module = ModuleType(name)
    module.DataFrame = lambda data: (name, data)
    return module


@pytest.fixture
def neither(monkeypatch):
    for name in frames.LIBRARIES:
        monkeypatch.setitem(sys.modules, name, None)


def test_without_a_library_a_frame_is_a_dict_of_columns(results, neither):
    found = results.to_frame()
    rows = list(results.rows())
    assert list(found) == ["mix", "replication", "measure", "value", "numerator", "denominator", "unit"]
    assert all(found[name] == [getattr(row, name) for row in rows] for name in found)


def test_a_comparison_has_a_row_for_each_contrast_and_no_end_without_an_interval(results, neither):
    compared = results.compare()
    found = compared.to_frame()
    assert {len(column) for column in found.values()} == {len(compared.contrasts)}
    for place, contrast in enumerate(compared.contrasts):
        assert found["difference"][place] == contrast.difference
        ends = [found[end][place] for end in ("low", "high", "confidence")]
        if contrast.interval is None:
            assert ends == [None, None, None]
        else:
            assert ends == [contrast.interval.low, contrast.interval.high, contrast.interval.confidence]
        assert found["in_words"][place] == contrast.in_words()
    assert None in found["low"]


@pytest.mark.parametrize(("installed", "used"), [(["pandas", "polars"], "pandas"), (["polars"], "polars")])
def test_the_first_library_that_is_installed_is_used(results, neither, monkeypatch, installed, used):
    for name in installed:
        monkeypatch.setitem(sys.modules, name, stand_in(name))
    assert results.compare().to_frame()[0] == used


def test_the_library_that_is_passed_is_used_and_another_module_refused(results):
    assert results.to_frame(stand_in("polars"))[0] == "polars"
    with pytest.raises(TabletopError, match=r"library: .*: must be the module pandas or polars, or None"):
        results.to_frame(sys)


@pytest.mark.parametrize("name", frames.LIBRARIES)
def test_a_real_library_makes_a_frame(results, name):
    library = pytest.importorskip(name)
    found = results.to_frame(library)
    assert found.shape == (len(list(results.rows())), 7)
    assert results.compare().to_frame(library).shape[0] == len(results.compare().contrasts)
    missing = [row.value is None for row in results.rows()]
    column = found["value"]
    assert any(missing)
    assert [*(column.isna() if name == "pandas" else column.is_null())] == missing
