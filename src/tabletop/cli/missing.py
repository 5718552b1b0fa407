"""What is told of libraries and letters that are missing, before anybody waits for what needs them."""

from collections.abc import Iterator, Mapping
from typing import Any

import typer

from tabletop.errors import TabletopError
from tabletop.extras import how_to_install, is_installed
from tabletop.report.paper import missing
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import spelled

EVERYWHERE = "\u052f"
"""Latin, Greek and Cyrillic come before: the carried fonts have them."""
MOST = 5
"""Letters, and fields, that are named."""
OF_A_CLASS = ("starlette", "uvicorn", "segno")
"""Libraries of the extra `class`."""


def check_class(what_fails: str) -> None:
    """Raise TabletopError if a library is missing without which no page can be served."""
    lacking = [library for library in OF_A_CLASS if not is_installed(library)]
    if lacking:
        raise TabletopError(
            f"{', '.join(lacking)}: not installed, and {what_fails} without; install with: "
            f"{how_to_install('class', OF_A_CLASS)}"
        )


def tell_missing(*modules: str) -> None:
    """A line on standard error, if one of these libraries is missing."""
    if told := missing(*modules):
        typer.echo(told, err=True)


def tell_unprintable(scenario: Scenario, **others: str) -> None:
    """A line on standard error, if a text has letters that no font here has; `others` are texts by field."""
    if told := unprintable(scenario, others):
        typer.echo(told, err=True)


def unprintable(scenario: Scenario, others: Mapping[str, str]) -> str:
    """Which letters no font here has, in which fields, and what to do; or nothing."""
    texts = (*_texts(scenario.model_dump(exclude_unset=True)), *others.items())
    beyond = [(field, text) for field, text in texts if max(text, default="") > EVERYWHERE]
    if not beyond:
        return ""
    from tabletop.plots.typefaces import lacking

    found = {field: letters for field, text in beyond if (letters := lacking(text))}
    if not found:
        return ""
    absent = list(dict.fromkeys(letter for each in found.values() for letter in each))
    return (
        f"No font here has {_listed(absent, 'letters')} ({_listed(list(found), 'fields')}): figures and PDFs "
        "show a box for each, while the screen, HTML and DOCX have the fonts of whoever reads them. Install "
        "a font that has them; Debian's are in fonts-noto-core and fonts-noto-cjk."
    )


def _texts(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every text of a scenario, with its field."""
    match data:
        case str():
            yield spelled(path), data
        case dict():
            for key, value in data.items():
                yield from _texts(value, (*path, str(key)))
        case list() | tuple():
            for place, value in enumerate(data):
                yield from _texts(value, (*path, place))
        case _:
            pass


def _listed(names: list[str], what: str) -> str:
    more = f" and {len(names) - MOST} more {what}" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
