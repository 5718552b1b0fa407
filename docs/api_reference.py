"""The entries of the API reference, made from docstrings and annotations; `generate.py` writes them."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

import tabletop

PUBLIC = {
    "Scenarios": ("load", "loads", "Scenario", "Policy", "LEVERS", "Lever"),
    "One replication": ("simulate", "Run", "MEASURES", "Measure"),
    "Experiments": ("run_experiment", "open_results", "write", "Results"),
    "Comparisons": ("Comparison", "compare_results"),
    "Levers": ("study_pillars", "search_mixes"),
    "Other assumptions": ("study_robustness", "open_study"),
    "Live answers": ("Preview",),
    "Errors": ("TabletopError", "ScenarioError", "UnknownName"),
}
"""The names that `tabletop` exports, by what they are for."""

FURTHER = {
    "scenario.scenario": ("Interest",),
    "scenario.policy": ("PolicyMix", "Change"),
    "measures": ("Reading", "PoolReport", "Waits"),
    "series": ("Series",),
    "interim": ("Interim",),
    "engine.journal": ("Journal",),
    "experiment.execution": ("Progress",),
    "experiment.run": ("Interrupted",),
    "experiment.design": ("Design",),
    "experiment.runs": ("Runs", "Failure"),
    "experiment.results": ("TidyRow",),
    "experiment.provenance": ("Provenance",),
    "experiment.preview": ("Previewed",),
    "experiment.robustness.study": ("Robustness",),
    "experiment.robustness.study_runs": ("StudyRuns", "Asked"),
    "experiment.robustness.variants": ("Variant",),
    "experiment.folder_comparison": ("FolderComparison", "Compared"),
    "analysis.changed_difference": ("ChangedDifference",),
    "experiment.pillars": ("Pillars",),
    "experiment.corners": ("Corner",),
    "analysis.factorial": ("Factorial", "Effect", "OneAtATime"),
    "experiment.search.result": ("Search", "PutBack"),
    "experiment.search.moves": ("Space", "Move"),
    "experiment.search.screening": ("Goal", "Stage"),
    "analysis.front": ("Standing", "Place"),
    "analysis.moved_levers": ("MovedLever",),
    "analysis.outcomes": ("Outcomes", "Column"),
    "analysis.contrast": ("Contrast", "ContrastVerdict"),
    "analysis.selection": ("Selection",),
    "analysis.estimate": ("Estimate",),
    "analysis.basis": ("Basis",),
    "analysis.interval": ("Interval", "Method"),
    "analysis.best": ("Best", "Candidate"),
    "analysis.mcb": ("Bounds",),
    "analysis.bootstrap_intervals": ("RatioIntervals",),
    "analysis.bottleneck": ("Bottleneck",),
    "analysis.unstaffed": ("Unstaffed",),
    "analysis.precision": ("Precision", "Width"),
    "analysis.statements": ("Count", "Statement", "Difference"),
    "analysis.switches": ("Switch",),
    "analysis.shares": ("Shares", "Share", "Spread"),
    "analysis.tails": ("Tail",),
    "analysis.quantiles": ("Quantile",),
    "errors": ("Problem",),
}
"""The types that public names take, hold, return or raise, by their module."""

WIDTH = 100


def public_names() -> str:
    """Every name that `tabletop` exports, under the headings of `PUBLIC`."""
    return "\n".join(
        f"## {title}\n\n" + "\n".join(_entry(name, tabletop._HOMES[name]) for name in names)
        for title, names in PUBLIC.items()
    )


def further_types() -> str:
    """Every type of `FURTHER`, with the module from which it is imported."""
    return "\n".join(
        _entry(name, f"tabletop.{module}", stated=True) for module, names in FURTHER.items() for name in names
    )


def contents() -> str:
    """A line of links for each heading."""
    further = [name for names in FURTHER.values() for name in names]
    return "".join(
        f"* {title}: {' · '.join(f'[`{name}`](#{name.lower()})' for name in names)}\n"
        for title, names in {**PUBLIC, "Types of arguments and results": further}.items()
    )


def _entry(name: str, home: str, *, stated: bool = False) -> str:
    """One name: its heading, where it is, its signature or members, and its docstring."""
    node = definition(name, home)
    lines = [f"### {name}\n", *([f"From `{home}`.\n"] if stated else [])]
    match node:
        case ast.FunctionDef():
            lines += [_code(signature(node)), docstring(node)]
        case ast.ClassDef():
            lines += [*_bases(node), docstring(node), *_members(node, home)]
        case ast.Assign():
            lines += [_code(ast.unparse(node)), _documented(_body(home))[name]]
        case ast.AnnAssign():
            lines += [_code(f"{name}: {ast.unparse(node.annotation)}"), _documented(_body(home))[name]]
    return "\n".join(lines) + "\n"


def _bases(node: ast.ClassDef) -> Iterator[str]:
    bases = [ast.unparse(base) for base in node.bases if ast.unparse(base) not in ("Frozen", "NamedTuple")]
    if bases:
        yield f"A `{', '.join(bases)}`.\n"


def _members(node: ast.ClassDef, home: str) -> Iterator[str]:
    attributes = [
        f"- `{name}: {kind}`{f': {says}' * bool(says)}" for name, kind, says in attributes_of(node, home)
    ]
    if attributes:
        yield "\n" + "\n".join(attributes)
    for method in methods_of(node):
        yield f"\n#### {node.name}.{method.name}\n\n{_code(signature(method))}\n{docstring(method)}"


def attributes_of(node: ast.ClassDef, home: str) -> Iterator[tuple[str, str, str]]:
    """The public attributes of a class, properties among them: name, type, and what it is."""
    documented = _documented(node.body) | _described(node.name, home)
    for one in node.body:
        match one:
            case ast.AnnAssign(target=ast.Name(id=name)) if not name.startswith("_"):
                yield name, ast.unparse(one.annotation), documented.get(name, "")
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, "str", f'"{text}"'
            case ast.FunctionDef(name=name, returns=ast.expr() as kind) if _is_shown_property(one):
                yield name, ast.unparse(kind), " ".join(docstring(one).split())


def methods_of(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """The public methods of a class, without its properties."""
    functions = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    return [one for one in functions if not one.name.startswith("_") and not _is_property(one)]


def signature(node: ast.FunctionDef) -> str:
    """A function as it is called, without self and cls; a parameter a line where one line is too short."""
    assert node.returns is not None
    given, returned = list(_parameters(node.args)), ast.unparse(node.returns).strip("'")
    line = f"{node.name}({', '.join(given)}) -> {returned}"
    if len(line) <= WIDTH:
        return line
    listed = "".join(f"    {one},\n" for one in given)
    return f"{node.name}(\n{listed}) -> {returned}"


def docstring(node: ast.ClassDef | ast.FunctionDef) -> str:
    """A docstring without its indentation."""
    return ast.get_docstring(node) or ""


def _parameters(given: ast.arguments) -> Iterator[str]:
    positional = [*given.posonlyargs, *given.args]
    defaults = [*[None] * (len(positional) - len(given.defaults)), *given.defaults]
    for one, default in zip(positional, defaults, strict=True):
        if one.arg not in ("self", "cls"):
            yield _parameter(one, default)
    if given.posonlyargs:
        yield "/"
    if given.kwonlyargs:
        yield "*"
    for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        yield _parameter(one, default)


def _parameter(one: ast.arg, default: ast.expr | None) -> str:
    return ast.unparse(one) + ("" if default is None else f" = {ast.unparse(default)}")


def _is_property(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).endswith("property") for decorator in node.decorator_list)


def _is_shown_property(node: ast.FunctionDef) -> bool:
    return _is_property(node) and not node.name.startswith("_")


def _described(name: str, home: str) -> dict[str, str]:
    """What the fields of a file's data class say of themselves, with their units."""
    value: Any = getattr(import_module(home), name)
    if not (isinstance(value, type) and issubclass(value, BaseModel)):
        return {}
    fields = (
        (name, field.description, field.json_schema_extra or {}) for name, field in value.model_fields.items()
    )
    return {name: says + (f" In {extra['unit']}." if "unit" in extra else "") for name, says, extra in fields}


def _documented(body: list[ast.stmt]) -> dict[str, str]:
    """What stands below the assignments of a body, by the names that they assign."""
    return {
        _name(node): " ".join(below.value.value.split())
        for node, below in pairwise(body)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
    }


def definition(name: str, home: str) -> ast.stmt:
    """Where a name is defined or assigned in its module."""
    return next(node for node in _body(home) if _name(node) == name)


@cache
def _body(home: str) -> list[ast.stmt]:
    return ast.parse(inspect.getsource(import_module(home))).body


def _name(node: ast.stmt) -> str:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def _code(text: str) -> str:
    return f"```python\n{text}\n```\n"
