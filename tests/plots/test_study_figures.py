"""Figures of a study of robustness: each is drawn of every study that has it, and nothing overlaps."""

import csv
import io

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from study_cases import CASES, study
from test_figures import shown_texts

from cli.test_robust import NEVER
from support.long import long
from tabletop.plots.form import SLIDE, WIDE
from tabletop.plots.headline import fits
from tabletop.plots.rendering import rendered
from tabletop.plots.sheet import TEACHING
from tabletop.plots.study_figures import STUDY_FIGURES, files, lacking
from tabletop.plots.style import PAPER, TEXT

SMALLEST = 0.72
"""Of the smallest text: what stands above columns of the map of verdicts and in its cells."""


def sheets(kind):
    """Every sheet of every figure that a study has."""
    found = study(kind)
    return [(plot, sheet) for plot in STUDY_FIGURES.values() for sheet in plot.sheets(found)]


def check_texts(plot, figure, form):
    """That every text of a sheet is large enough, inside, and on no other."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    wide, high = figure.get_size_inches() * figure.dpi
    assert round(wide) == form.width
    boxes = []
    for text in shown_texts(figure):
        box = Text.get_window_extent(text, canvas.get_renderer())
        is_badge = text.get_text().isdigit() and text.get_color() == PAPER
        least = TEXT * (SMALLEST if plot.name == "robustness_map" else 1)
        assert is_badge or text.get_fontsize() >= least, (plot.name, text)
        assert min(box.x0, box.y0, wide - box.x1, high - box.y1) >= -1, (plot.name, text)
        boxes.append((text.get_text(), box.padded(-3)))
    for i, (text, box) in enumerate(boxes):
        for other, theirs in boxes[i + 1 :]:
            assert not box.overlaps(theirs), f"{plot.name}: {text!r} lies on {other!r}"


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("form", [SLIDE, *long(WIDE)], ids=["slide", "page"])
def test_every_text_is_large_enough_and_inside_and_lies_on_no_other(kind, form):
    given = study(kind)
    for plot, sheet in sheets(kind):
        assert fits(plot.title(given, sheet))
        check_texts(plot, plot.draw(given, sheet, form), form)


@pytest.mark.parametrize("kind", CASES)
def test_a_sheet_says_that_it_predicts_nothing_and_claims_no_more_than_a_study_can(kind):
    given = study(kind)
    for plot, sheet in sheets(kind):
        figure = plot.draw(given, sheet)
        assert any(TEACHING in text.get_text() for text in figure.texts)
        said = " ".join([plot.title(given, sheet), *plot.notes(given, sheet), plot.shows]).lower()
        assert [word for word in NEVER if word in said] == [], plot.name
    assert all(sentence.endswith(".") for sentence in lacking(given))


@pytest.mark.parametrize("kind", ["a line", "points"])
def test_files_are_the_same_bytes_twice_and_hold_the_data_of_every_sheet(kind):
    given = study(kind)
    found = files(given)
    assert found == files(given)
    for plot, sheet in sheets(kind):
        assert found[f"{plot.file(given, sheet)}.svg"] == rendered(plot.draw(given, sheet), "svg")
        rows = [*csv.reader(io.StringIO(found[f"{plot.name}.csv"].decode()))]
        assert tuple(rows[0]) == plot.data(given).columns
        assert len(rows) == 1 + len(plot.data(given).rows)


def test_which_figures_a_study_has_follows_from_what_was_asked():
    assert {plot.name for plot, _ in sheets("a line")} == {"switch_curve"}
    assert {plot.name for plot, _ in sheets("a map")} == {"condition_map"}
    assert "robustness_map" in {plot.name for plot, _ in sheets("points")}
    assert not {"condition_map"} & {plot.name for plot, _ in sheets("points")}
