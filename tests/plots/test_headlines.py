"""Headlines: a title says what the verdicts say."""

import pytest
from figure_cases import CASES, case, shifted

from tabletop.experiment.mix_names import mix_names
from tabletop.plots import FIGURES
from tabletop.plots.labels import listed
from tabletop.plots.wording import LONGEST_TITLE


def test_a_flipped_sign_is_another_title():
    verdicts, worlds = FIGURES["paired_differences"], FIGURES["worlds"]
    assert verdicts.title(shifted(-4)) == "Fewer incidents with one of two; one pays in another measure"
    assert verdicts.title(shifted(4)) == "No mix is known to have fewer incidents than As usual"
    assert worlds.title(shifted(-4)) == "Fewer incidents in 30 of 30 worlds with More care, more in 0"
    assert worlds.title(shifted(4)) == "More incidents in 30 of 30 worlds with More care, fewer in 0"


def test_a_trade_off_is_told_by_both_verdicts():
    title = FIGURES["trade_off"].title
    none = "none is known to pay with wrongful interventions"
    assert title(shifted(-4)) == "Fewer incidents with More care alone"
    assert title(shifted(4)) == "No mix is known to have fewer incidents than As usual"
    assert len(f"Fewer incidents with More care alone; {none}") > LONGEST_TITLE


def test_what_is_undecided_is_not_told_as_a_difference():
    title = FIGURES["paired_differences"].title(shifted(0, replications=8))
    assert title == "No mix is known to have fewer incidents than As usual"
    assert "undecided for More care; about" in FIGURES["convergence"].title(shifted(0, replications=8))


def test_one_replication_gives_no_verdict():
    title = FIGURES["convergence"].title(*case("one replication"))
    assert "no verdict" in title or "no difference seen" in title
    assert FIGURES["paired_differences"].title(*case("one replication")).startswith("No mix is known")
    assert "with none" in FIGURES["over_time"].title(*case("one replication"))


@pytest.mark.parametrize("name", ["paired_differences", "trade_off", "over_time", "worlds", "dots", "flow"])
@pytest.mark.parametrize("kind", CASES)
def test_a_title_is_short_and_names_no_mix_by_its_key(name, kind):
    given = case(kind)
    title = FIGURES[name].title(*given)
    assert len(title) <= max(LONGEST_TITLE, len("There is no other mix to compare with the baseline."))
    assert not any(f"mix_{i}" in title for i in range(11))


def test_mixes_of_one_title_are_told_apart_by_name():
    results, compared = case("identical mixes of one title")
    assert mix_names(results, compared.mixes)["twin"] == "As usual (twin)"


def test_a_list_ends_with_how_many_others():
    assert listed(["A"], 3) == "A"
    assert listed(["A", "B", "C"], 3) == "A, B and C"
    assert listed(["A", "B", "C", "D"], 3) == "A, B and 2 others"
    assert listed(["A", "B"], 1) == "A and 1 other"
