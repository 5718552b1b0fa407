"""Figures: each draws whatever results there are, without a warning, and nothing overlaps."""

import sys
from pathlib import Path

import pytest
from figure_cases import CASES, case
from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from support.long import long
from tabletop.experiment.run import run_experiment
from tabletop.plots import FIGURES, over_time
from tabletop.plots.form import PAGE, PHONE, SLIDE
from tabletop.plots.headline import fits
from tabletop.plots.plot import counted
from tabletop.plots.rendering import rendered
from tabletop.plots.sheet import TEACHING
from tabletop.plots.style import PAPER, TEXT
from tabletop.scenario.load import load, loads

HARDEST = ["seven mixes in seven scripts", "thirty mixes in seven scripts"]
OTHERS = ["twelve mixes with long names", "sixteen mixes alike in their first letters"]
"""Cases in which there is little room; of the others CI draws none."""
FEW = sorted({*CASES} - {*HARDEST, *OTHERS})


@pytest.fixture(scope="module")
def first_steps():
    results = run_experiment(load("first-steps"), replications=6, workers=1)
    return results, results.compare()


def drawn(name, given, form=SLIDE):
    figure = FIGURES[name].draw(*given, form)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return figure, canvas.get_renderer()


def shown_texts(figure):
    """Every text that is to be seen; ticks outside their axis are not."""
    texts = []
    for axes in figure.axes:
        texts += axes.texts
        if not axes.axison:
            continue
        for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, sorted(axes.get_ylim()))):
            ticks = axis.get_major_ticks()
            texts += [t.label1 for t in ticks if t.label1.get_visible() and low <= t.get_loc() <= high]
            texts.append(axis.label)
    return [text for text in [*figure.texts, *texts] if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("kind", FEW)
def test_every_figure_draws_whatever_there_is_and_says_on_how_much_it_rests(name, kind):
    given = case(kind)
    figure = FIGURES[name].draw(*given)
    assert isinstance(figure, Figure)
    for said in (TEACHING, counted(given[1])):
        assert any(said in text.get_text() for text in figure.texts)
    assert fits(FIGURES[name].title(*given))
    table = FIGURES[name].data(*given)
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("kind", ["first steps", *HARDEST, *long(*OTHERS)])
@pytest.mark.parametrize("shape", ["slide", "phone", *long("page")])
def test_every_text_is_large_enough_and_inside_and_lies_on_no_other(name, kind, shape, first_steps):
    given = first_steps if kind == "first steps" else case(kind)
    plot = FIGURES[name]
    if shape == "phone" and not plot.has_narrow_form:
        pytest.skip("a phone shows its data")
    if shape != "slide" and name == "pressure":
        pytest.skip("a page shows it as a table")
    form = {"slide": SLIDE, "page": plot.page_form, "phone": PHONE}[shape]
    figure, renderer = drawn(name, given, form)
    assert fits(plot.title(*given))
    wide, high = figure.get_size_inches() * figure.dpi
    assert round(wide) == form.width
    assert high >= form.least_height
    boxes = []
    for text in shown_texts(figure):
        box = Text.get_window_extent(text, renderer)  # an annotation's own would hold its arrow
        is_badge = text.get_text().isdigit() and text.get_color() == PAPER
        assert is_badge or text.get_fontsize() >= TEXT, text
        assert min(box.x0, box.y0, wide - box.x1, high - box.y1) >= -1, text
        if not is_badge:  # mixes that do not differ lie on each other
            boxes.append((text.get_text(), box.padded(-3)))
    for i, (text, box) in enumerate(boxes):
        for other, theirs in boxes[i + 1 :]:
            assert not box.overlaps(theirs), f"{text!r} lies on {other!r}"


def test_a_dollar_in_a_name_is_a_dollar():
    figure = FIGURES["pressure"].draw(*case(OTHERS[0]))
    assert all(not text.get_parse_math() for text in figure.findobj(Text) if "$" in text.get_text())


def test_drawing_leaves_no_settings_behind_and_needs_no_pyplot():
    before = dict(rcParams)
    rendered(FIGURES["pressure"].draw(*case("three mixes")), "svg")
    assert dict(rcParams) == before
    sources = Path(sys.modules["tabletop.plots"].__file__).parent.glob("*.py")
    assert not any("pyplot" in source.read_text("utf-8") for source in sources)


@pytest.mark.parametrize("kind", FEW)
def test_what_is_counted_is_never_shown_below_zero(kind):
    for name in ("worlds", "dots"):
        figure = FIGURES[name].draw(*case(kind))
        assert not any(text.get_text().startswith("−") for text in shown_texts(figure))


NOTHING = """title: Nothing differs
horizon_days: 60
warm_up_days: 30
replications: 3
measures: {incidents: {delta: 1}, trust_mean: {delta: 0.01}}
baseline: now
policy_mixes:
  now: {}
  same: {title: The same again}
"""


def test_where_nothing_differs_the_axis_of_a_share_reaches_what_matters_and_not_a_hundred_points():
    results = run_experiment(loads(NOTHING), workers=1)
    figure = over_time.picture(results, results.compare(), PAGE)
    said = {text.get_text() for text in shown_texts(figure)}
    assert {"+1", "−1"} <= said
    assert not {"+100", "+50"} & said
