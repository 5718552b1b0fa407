"""The generated parts of the reference, made from the code: `python docs/generate.py [--check]`."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import api_reference

from tabletop.engine.durations import Duration
from tabletop.experiment import table_columns
from tabletop.experiment.robustness import table_columns as robustness_columns
from tabletop.experiment.search import table_columns as search_columns
from tabletop.measures import MEASURES
from tabletop.pillars.sharing import Partner
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.fields import Field
from tabletop.scenario.policy import LEVERS, PILLARS
from tabletop.scenario.priors import presumed_traces, prior_log_odds

PAGES = [Path(__file__).parent / page for page in ("model.md", "reference/api.md", "reference/tables.md")]

BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z ]+) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)

NO_UNIT = ("group", "list")
"""What the format says instead of a unit where fields or items follow below."""


@dataclass(frozen=True)
class Row:
    """One setting of the scenario format."""

    path: str
    default: str
    unit: str
    limits: str
    says: str
    source: str


def condition_rows() -> Iterator[Row]:
    """Every condition, in the order of the format; a partner's stand under `sharing.partners.<name>`."""
    top = Field.root().child("conditions")
    assert top is not None
    yield from _below(top, Conditions(), ())


def lever_rows() -> Iterator[tuple[Row, str]]:
    """Every lever, in the order of the format, and its cost a year."""
    for lever in LEVERS.values():
        field = Field.root().at(("policy_mixes", "mix", lever.pillar, lever.name))
        assert field is not None
        path = f"{lever.pillar}.{lever.name}"
        row = Row(path, told(lever.default), field.unit, _limits(field), field.says, field.source)
        yield row, told(lever.cost)


def _below(here: Field, defaults: Any, path: tuple[str, ...]) -> Iterator[Row]:
    for name in here.names:
        field = here.child(name)
        assert field is not None
        default = getattr(defaults, name, None)
        inner = (*path, name)
        if inner == ("sharing", "partners"):
            yield _row(inner, field, ", ".join(partner.name for partner in Conditions().sharing.partners))
            one = field.child(0)
            assert one is not None
            yield from _partner(one, (*inner, "<name>"))
        elif field.is_group:
            yield from _below(field, default, inner)
        else:
            yield _row(inner, field, told(default))


def _partner(one: Field, path: tuple[str, ...]) -> Iterator[Row]:
    defaults = Partner(name="x")
    for name in one.names:
        field = one.child(name)
        assert field is not None
        if name != "name":
            yield _row((*path, name), field, told(getattr(defaults, name)))


def _row(path: tuple[str, ...], field: Field, default: str) -> Row:
    return Row(".".join(path), default, field.unit, _limits(field), field.says, field.source)


def told(value: Any) -> str:
    """A default as a reader of scenario files knows it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Duration():
            return _duration(value)
        case int() | float():
            return f"{value:.10g}"
        case _:
            return str(value)


def _duration(duration: Duration) -> str:
    if duration.mean == 0:
        return "0"
    cv = "" if duration.family in ("constant", "exponential") else f", cv {duration.spread:.10g}"
    return f"{duration.mean:.10g}, {duration.family}{cv}"


def _limits(field: Field) -> str:
    if "boolean" in field.types:
        return "true or false"
    if "array" in field.types:
        return "a list of up to 20"
    limits = (str(field.limits) or "any number").removeprefix("in ")
    if field.is_duration:
        limits = f"mean {limits}"
    whole = "whole, " if "integer" in field.types else ""
    return whole + limits + (" or null" if "null" in field.types else "")


def levers() -> str:
    """The levers, a table a pillar."""
    parts = []
    for pillar in PILLARS:
        rows = [
            (f"`{row.path.split('.')[1]}`", row.default, row.unit, row.limits, cost, row.says, row.source)
            for row, cost in lever_rows()
            if row.path.startswith(f"{pillar}.")
        ]
        header = ("lever", "default", "unit", "range", "cost a year", "what it does", "source of the default")
        parts.append(f"**{pillar.capitalize()}**\n\n{table(header, rows)}")
    return "\n".join(parts)


def conditions() -> str:
    """The conditions, a table a group."""
    header = ("condition", "default", "unit", "range", "what it is", "source of the default")
    groups: dict[str, list[tuple[str, ...]]] = {}
    for row in condition_rows():
        group, rest = row.path.split(".", 1)
        unit = "" if row.unit in NO_UNIT else row.unit
        cells = (f"`{rest}`", row.default, unit, row.limits, row.says, row.source)
        groups.setdefault(group, []).append(cells)
    return "\n".join(f"**`{group}`**\n\n{table(header, rows)}" for group, rows in groups.items())


def measures() -> str:
    """The measures, in the order in which they are shown."""
    better = {1: "more", -1: "less", 0: "–"}
    header = ("measure", "unit", "kind", "better", "seen in play", "what it is")
    rows = [
        (f"`{m.name}`", m.unit, m.kind, better[m.direction], "yes" if m.observable else "no", m.sentence)
        for m in MEASURES.values()
    ]
    return table(header, rows)


def first_effects() -> str:
    """What each lever is expected to move first when it rises."""
    rows = [
        (f"`{lever.name}`", f"`{lever.measure}`", "rises" if lever.direction > 0 else "falls")
        for lever in LEVERS.values()
    ]
    return table(("lever, raised", "measure that moves first", "direction"), rows)


def priors() -> str:
    """What analysts presume of a trace under the default conditions."""
    log_odds = prior_log_odds(Conditions())
    rows = [
        (channel, f"{rates.genuine:.4f}", f"{rates.benign:.4g}", f"{log_odds[channel]:.3f}")
        for channel, rates in presumed_traces(Conditions()).items()
    ]
    return table(("channel", "genuine a day, presumed", "benign a day, presumed", "log-odds"), rows)


TABLES = {
    "run": ("tables/", table_columns.TABLES),
    "robust": ("tables/", robustness_columns.TABLES),
    "levers --pillars": ("tables/", (table_columns.PILLARS, table_columns.CORNERS)),
    "search": ("tables/", search_columns.TABLES),
    "compare --out": ("", (table_columns.FOLDERS,)),
}
"""By the command that writes them: where in its folder, and which."""


def written_tables() -> str:
    """Every table that a command writes, with what its columns hold."""
    parts = []
    for command, (folder, described) in TABLES.items():
        parts.append(f"## tabletop {command}\n")
        for one in described:
            rows = [(f"`{column.name}`", column.unit, column.says) for column in one.columns]
            columns = table(("column", "unit", "what it holds"), rows)
            parts.append(f"### {folder}{one.name}.csv\n\nA row: {_begun(one.row)}\n\n{columns}")
    return "\n".join(parts)


def _begun(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(header)
    lines = [names, ["---"] * len(names), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


PARTS: dict[str, Callable[[], str]] = {
    "levers": levers,
    "conditions": conditions,
    "measures": measures,
    "first effects": first_effects,
    "priors": priors,
    "tables": written_tables,
    "contents": api_reference.contents,
    "public names": api_reference.public_names,
    "further types": api_reference.further_types,
}
"""What this script fills; a block of another name is another script's."""


def filled(page: str) -> str:
    """The page with its generated parts made anew."""

    def fill(block: re.Match[str]) -> str:
        make = PARTS.get(block["name"])
        return block[0] if make is None else f"{block[1]}\n{make()}\n{block[4]}"

    return BLOCK.sub(fill, page)


def main(arguments: list[str] | None = None) -> int:
    """Fill the pages, or with --check only say which are not current; 1 if one is not, or lacks a block."""
    parser = argparse.ArgumentParser(description="Fill the generated parts of the reference from the code.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a page is stale")
    check = parser.parse_args(arguments).check
    texts = {page: page.read_text(encoding="utf-8") for page in PAGES}
    blocks = {block["name"] for text in texts.values() for block in BLOCK.finditer(text)}
    if missing := [name for name in PARTS if name not in blocks]:
        sys.stderr.write(f"no page has a block for {', '.join(missing)}\n")
        return 1
    stale = {page: filled(text) for page, text in texts.items() if filled(text) != text}
    for page, text in stale.items():
        if check:
            sys.stderr.write(f"{page}: a generated part is stale; run `python docs/generate.py`\n")
        else:
            page.write_text(text, encoding="utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
