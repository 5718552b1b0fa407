"""The condition map: lines stand between neighbours that are decided differently, and nowhere else."""

from itertools import combinations

from study_cases import put_in, study

from tabletop.plots import condition_map
from tabletop.plots.wording import side


def test_a_line_stands_exactly_between_neighbours_that_are_decided_differently():
    given = study("a map")
    for mix in given.others:
        found = condition_map.cells(given, "trust_mean", mix)
        steps = {axis: sorted({at[axis] for at in found}) for axis in (0, 1)}

        def is_beside(one, other, steps=steps):
            apart = sorted(abs(steps[a].index(one[a]) - steps[a].index(other[a])) for a in (0, 1))
            return apart == [0, 1]

        expected = {
            frozenset((one, other))
            for one, other in combinations(found, 2)
            if is_beside(one, other)
            and len({side(found[at][1]) for at in (one, other)}) == 2
            and all(side(found[at][1]).is_decided for at in (one, other))
        }
        assert {frozenset(pair) for pair in condition_map.turns(found)} == expected


def test_a_title_counts_the_mixes_that_are_shown_to_be_better_somewhere_and_worse_elsewhere(monkeypatch):
    given = study("a map")
    put_in(monkeypatch, lambda one: 2.0 if one.shares[0] > 0.5 else -2.0)
    assert condition_map.title(given, "incidents") == (
        "Incidents: shown to turn round, over 49 pairs, for both mixes"
    )
    put_in(monkeypatch, lambda one: -2.0 - one.shares[0])
    assert condition_map.title(given, "incidents").endswith("for none of two mixes")


def test_one_pair_among_many_that_only_seems_worse_turns_nothing_round(monkeypatch):
    """At that pair alone it would be shown, at 95 %; over all pairs it is not."""
    given = study("a map")
    put_in(monkeypatch, lambda one: 0.35 if min(one.shares[:2]) > 0.99 else -2.0)
    (corner,) = [one for one in given.variants if min(one.shares[:2]) > 0.99]
    alone = given.difference(corner, "incidents", "careful")
    assert alone.doubt(1, 0.0) < 0.025
    assert not condition_map.is_shown_to_turn(given, "incidents", "careful")


def test_choices_have_bands_and_no_scale_and_a_range_has_its_own():
    figure = condition_map.PLOT.draw(study("a map of choices"), "incidents")
    panels = [one for one in figure.axes if one.axison and one.get_xticklabels()]
    assert len(panels) == 2
    for axes in panels:
        assert [label.get_fontweight() for label in axes.get_xticklabels()] == ["bold", "normal"]
        assert not axes.spines["bottom"].get_visible()
        assert axes.spines["left"].get_visible()
    assert "Bold, or dashes: as the file" in condition_map.notes(study("a map of choices"), "incidents")[0]
    assert "Dashes: as the file" in condition_map.notes(study("a map"), "incidents")[0]


def test_the_data_have_a_row_for_each_pair_with_the_values_of_both_conditions():
    given = study("a map of choices")
    table = condition_map.data(given)
    assert table.columns[3:5] == ("shape", "threat.formation_rate")
    cells = len({row[3:5] for row in table.rows})
    assert cells == sum(one.kind in ("map", "written") for one in given.variants)
    assert len(table.rows) == cells * len(given.measures) * len(given.others)
