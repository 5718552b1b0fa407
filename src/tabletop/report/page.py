"""The experiment page and its hand-out: self-contained HTML files that a lecturer can give away."""

from collections.abc import Mapping
from pathlib import Path

from tabletop.analysis.compare import Comparison
from tabletop.experiment.folder import HANDOUT
from tabletop.experiment.results import Results
from tabletop.outputs import Content, put_files
from tabletop.report.document.html import shown_by, template
from tabletop.report.experiment_page.handout import handout
from tabletop.report.experiment_page.page_input import PageInput, page_input

TEMPLATES = "tabletop.report.experiment_page"


def experiment_page(
    results: Results, compared: Comparison | None = None, *, svgs: Mapping[str, bytes] | None = None
) -> str:
    """The page of an experiment: no script, and nothing that is loaded from elsewhere.

    `compared` is by default the design's own comparison. `svgs` are figures that are drawn already, by
    `experiment_page.figures.svg_name`; the others are drawn. The same results give the same bytes, but
    for the section of the page that says where they come from.
    """
    return _page(page_input(results, results.compare() if compared is None else compared, svgs or {}))


def experiment_handout(results: Results, compared: Comparison | None = None) -> str | None:
    """The hand-out: a side to guess on before anybody looks, and a side to talk over; two sheets of paper.

    None where nothing is compared.
    """
    compared = results.compare() if compared is None else compared
    return _handout(results, compared, page_input(results, compared, {}))


def write_report(
    results: Results,
    path: Path,
    compared: Comparison | None = None,
    *,
    svgs: Mapping[str, bytes] | None = None,
) -> Path:
    """Write the page of an experiment and, if there is one, its hand-out beside it; the page's path.

    Raises TabletopError where nothing can be written.
    """
    compared = results.compare() if compared is None else compared
    shown = page_input(results, compared, svgs or {})
    written: dict[str, Content] = {path.name: [_page(shown)]}
    if (sheet := _handout(results, compared, shown)) is not None:
        written[HANDOUT] = [sheet]
    put_files(path.parent, written)
    return path


def _page(shown: PageInput) -> str:
    page = template("experiment.html", TEMPLATES)
    return page.render(page=shown, grid=shown.grid, **shown_by(shown.document, labelled=True))


def _handout(results: Results, compared: Comparison, shown: PageInput) -> str | None:
    sheet = handout(results, compared, shown)
    if sheet is None:
        return None
    page = template("handout.html", TEMPLATES)
    return page.render(sheet=sheet, grid=sheet.grid, **shown_by(shown.document, labelled=True))
