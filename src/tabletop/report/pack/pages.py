"""Documents as HTML pages that print well: no script, and nothing that is loaded from elsewhere."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from tabletop.report.pack.blocks import MARK, Document


def as_html(document: Document, paper: str = "a4") -> str:
    """A document as one page; whatever it shows is escaped."""
    template = _templates().get_template("document.html")
    return template.render(document=document, mark=MARK, paper="A4" if paper == "a4" else "letter")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("tabletop.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
