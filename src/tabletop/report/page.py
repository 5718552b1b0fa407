"""The experiment page: one self-contained HTML file that a lecturer can hand out."""

from collections.abc import Mapping
from pathlib import Path

from tabletop.analysis.compare import Comparison
from tabletop.experiment.results import Results
from tabletop.outputs import put_files
from tabletop.report.document.html import shown_by, template
from tabletop.report.experiment_page.page_input import page_input


def experiment_page(
    results: Results, compared: Comparison | None = None, *, svgs: Mapping[str, bytes] | None = None
) -> str:
    """The page of an experiment: no script, and nothing that is loaded from elsewhere.

    `compared` is by default the design's own comparison. `svgs` are figures that are drawn already, by
    `experiment_page.figures.svg_name`; the others are drawn. The same results give the same bytes, but
    for the section of the page that says where they come from.
    """
    shown = page_input(results, results.compare() if compared is None else compared, svgs or {})
    page = template("experiment.html", "tabletop.report.experiment_page")
    return page.render(page=shown, **shown_by(shown.document, labelled=True))


def write_report(
    results: Results,
    path: Path,
    compared: Comparison | None = None,
    *,
    svgs: Mapping[str, bytes] | None = None,
) -> Path:
    """Write the page of an experiment, whole, and return its path.

    Raises TabletopError where nothing can be written.
    """
    put_files(path.parent, {path.name: [experiment_page(results, compared, svgs=svgs)]})
    return path
