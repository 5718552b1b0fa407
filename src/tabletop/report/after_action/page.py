"""A report as one HTML page that prints well: no script, and nothing that is loaded from elsewhere."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tabletop.report.after_action.blocks import Picture, Report
from tabletop.report.after_action.words import fit
from tabletop.report.inline_svg import inlined
from tabletop.report.pack.blocks import MARK


def as_page(report: Report, figures: Mapping[str, str]) -> str:
    """The page; whatever it shows is escaped. `figures` are SVG texts by their names."""
    pictures = {
        one.name: Markup(  # noqa: S704 (serialised XML: every text in it is escaped)
            inlined(
                figures[one.name].encode(),
                one.name,
                says=fit(one.finding),
                described_by=f"{one.name}-caption",
            )
        )
        for section in report.sections
        for one in section.blocks
        if isinstance(one, Picture)
    }
    return _templates().get_template("after_action.html").render(report=report, pictures=pictures, mark=MARK)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("tabletop.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _fit(value: Any) -> Any:
    return fit(value) if isinstance(value, str) and not isinstance(value, Markup) else value
