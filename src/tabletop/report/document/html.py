"""Documents as HTML pages that print well: no script, and nothing that is loaded from elsewhere."""

from functools import cache, partial
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tabletop.report.document.blocks import Drawing, Picture, Table
from tabletop.report.document.document import Document
from tabletop.report.document.geometry import page_mm
from tabletop.report.document.inline_svg import inlined
from tabletop.report.document.language import direction, may_turn
from tabletop.report.document.statement import Run, Words, fit, treated
from tabletop.report.document.widths import widths

LINE_EMS = {"upright": 56.0, "landscape": 90.0, "slides": 45.0}
"""The width of a page on a screen, in sizes of a table's letters."""


def as_html(document: Document, paper: str = "a4", *, large: bool = False) -> str:
    """A document as one page; whatever it shows is escaped. `paper` is that on which it is printed.

    In `large` print its letters are one and a half times as large, on screens and on paper.
    """
    size = "{:g}mm {:g}mm".format(*page_mm(document, paper))
    return template("document.html").render(size=size, large=large, **shown_by(document))


def shown_by(document: Document, *, labelled: bool = False) -> dict[str, Any]:
    """What a template shows a document with; `blocks.html` needs all of it.

    A cell that is `labelled` holds the heading of its column, for pages on which tables become lists.
    """
    return {
        "labelled": labelled,
        "document": document,
        "direction": direction(document.language),
        "may_turn": lambda words: may_turn(treated(words).text, direction(document.language)),
        "say": partial(_said, document),
        "plain": lambda words: treated(words).text,
        "svg": _svg,
        "drawing": _drawing,
        "percents": lambda table: [f"{100 * w:.2f}%" for w in widths(table, _line_ems(document, table))],
    }


def _line_ems(document: Document, table: Table) -> float:
    return LINE_EMS[document.layout] * (1.13 if table.is_wide else 1.0)


def _said(document: Document, words: Words) -> Markup:
    """A statement as elements within a line."""
    return Markup("").join(map(_run, treated(words, document.places).runs))


def _run(run: Run) -> Markup:
    made = Markup("{}").format(run.text)
    if run.to:
        label = Markup(' aria-label="{}"').format(run.spoken) if run.spoken else ""
        made = Markup('<a href="#{}"{}>{}</a>').format(run.to, label, made)
    elif run.spoken:
        made = Markup('<span aria-hidden="true">{}</span><span class="hidden">{}</span>').format(
            made, run.spoken
        )
    match run.style:
        case "strong":
            return Markup("<strong>{}</strong>").format(made)
        case "code":
            return Markup("<code>{}</code>").format(made)
        case "aside":
            return Markup('<span class="aside">{}</span>').format(made)
        case "plain":
            return made


def _svg(picture: Picture) -> Markup:
    """A picture as an element; serialised XML, every text in it escaped."""
    caption = f"{picture.name}-caption"
    return Markup(inlined(picture.svg, picture.name, says=fit(picture.alt), described_by=caption))  # noqa: S704 (XML, its texts escaped)


def _drawing(drawing: Drawing, name: str) -> Markup:
    """A small picture beside its words, which a screen reader reads instead."""
    return Markup('<span class="drawing" aria-hidden="true">{}</span>').format(
        Markup(inlined(drawing.svg, name, says=drawing.alt))  # noqa: S704 (XML, its texts escaped)
    )


@cache
def template(name: str, *packages: str) -> Template:
    """A template of documents or of these packages; what it shows is escaped, what it lacks an error."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "tabletop.report.document")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    ).get_template(name)
