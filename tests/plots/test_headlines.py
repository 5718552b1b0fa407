"""Headlines: a title says what the verdicts say."""

from figure_cases import case, shifted

from tabletop.experiment.mix_names import mix_names
from tabletop.plots import FIGURES
from tabletop.plots.labels import listed


def test_a_flipped_sign_is_another_title():
    verdicts, luck = FIGURES["paired_differences"], FIGURES["luck"]
    rest = "with More care than with As usual; no difference seen with bold"
    assert verdicts.title(shifted(-4)) == f"Incidents: fewer {rest}"
    assert verdicts.title(shifted(4)) == f"Incidents: more {rest}"
    worlds = "in 30 of 30 worlds with More care than with As usual and the same luck"
    assert luck.title(shifted(-4)) == f"Incidents: fewer {worlds}, more in 0"
    assert luck.title(shifted(4)) == f"Incidents: more {worlds}, fewer in 0"


def test_a_trade_off_is_told_by_both_verdicts():
    rest = "; incidents and wrongful interventions: no difference seen (bold)"
    title = FIGURES["trade_off"].title
    assert title(shifted(-4)) == f"Fewer incidents and wrongful interventions (More care){rest}"
    assert title(shifted(4)) == f"More incidents, fewer wrongful interventions (More care){rest}"


def test_what_is_undecided_is_not_told_as_a_difference():
    title = FIGURES["paired_differences"].title(shifted(0, replications=8))
    assert title == "Incidents: undecided with More care against As usual; no difference seen with bold"
    assert "undecided for More care; about" in FIGURES["convergence"].title(shifted(0, replications=8))


def test_one_replication_gives_no_verdict():
    for name in ("paired_differences", "over_time", "convergence"):
        title = FIGURES[name].title(*case("one replication"))
        assert "no verdict" in title or "no difference seen" in title


def test_mixes_of_one_title_are_told_apart_by_name():
    results, compared = case("identical mixes of one title")
    assert mix_names(results, compared.mixes)["twin"] == "As usual (twin)"


def test_a_list_ends_with_how_many_others():
    assert listed(["A"], 3) == "A"
    assert listed(["A", "B", "C"], 3) == "A, B and C"
    assert listed(["A", "B", "C", "D"], 3) == "A, B and 2 others"
    assert listed(["A", "B"], 1) == "A and 1 other"
