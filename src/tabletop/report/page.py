"""The experiment page: one self-contained HTML file that a lecturer can hand out."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tabletop.analysis.compare import Comparison
from tabletop.experiment.folder import put
from tabletop.experiment.results import Results
from tabletop.report.contents import Contents

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no HTML may hold."""
_MINUS = re.compile(r"(?:(?<=[\s(])|^)-(?=\d)")


def experiment_page(
    results: Results, compared: Comparison | None = None, *, svgs: Mapping[str, bytes] | None = None
) -> str:
    """The page of an experiment: no script, and nothing that is loaded from elsewhere.

    `compared` is the design's own comparison unless told. `svgs` are figures that are drawn already,
    by their names; the others are drawn. The same results give the same bytes, but for the section of
    the page that says where they come from.
    """
    contents = Contents.of(results, results.compare() if compared is None else compared, svgs or {})
    return _templates().get_template("experiment.html").render(page=contents)


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
    put(path.parent, {path.name: [experiment_page(results, compared, svgs=svgs)]})
    return path


@cache
def _templates() -> Environment:
    """The templates of this package; whatever they show is escaped, and what they lack is an error."""
    return Environment(
        loader=PackageLoader("tabletop.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_typeset,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _typeset(value: Any) -> Any:
    """Text fit for a page: a minus that is read out as one, a per cent sign that stays with its number."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _MINUS.sub("−", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)).replace(
        " %", "\N{NO-BREAK SPACE}%"
    )
