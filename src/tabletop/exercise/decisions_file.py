"""Decisions files: the decisions of an exercise, written beforehand or collected from paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from tabletop.engine.frozen import Frozen
from tabletop.errors import Problem, ScenarioError
from tabletop.exercise.acts import (
    Add,
    Improve,
    Note,
    Observe,
    Override,
    Rate,
    Release,
    Remark,
    Respond,
    Skip,
)
from tabletop.scenario.source import source_text
from tabletop.scenario.words import nearest, shown, spelled
from tabletop.scenario.yaml_document import YamlDocument, read

Range = tuple[float, float]


class Evaluated(Frozen):
    """An entry by an evaluator."""

    by: str = Field(default="evaluator", min_length=1, max_length=120)
    """By function, never a person's name."""
    entry: Annotated[Note | Rate | Observe | Improve | Respond, Field(discriminator="act")]


class WrittenMove(Frozen):
    """A move in a file: decisions and predictions of teams, and acts of the controller."""

    controller: tuple[
        Annotated[Release | Skip | Add | Override | Respond | Note, Field(discriminator="act")], ...
    ] = Field(default=(), strict=False)
    """The controller's acts, before the teams decide, as `{act: release, inject: …}`."""
    decisions: dict[str, str] = Field(default={})
    """By team, the line as it is typed; a team that is left out keeps its mix."""
    predictions: dict[str, dict[str, Annotated[Range, Field(strict=False)]]] = Field(default={})
    """By team and measure: [low, high] at 80 %."""
    evaluators: tuple[Evaluated, ...] = Field(default=(), strict=False)


class DecisionsFile(Frozen):
    """A whole exercise, as a file has it."""

    secret: str | None = Field(default=None, min_length=1, max_length=200)
    """Decides which world is played; by default derived from the scenario."""
    others: int | None = Field(default=None, ge=2, le=10_000)
    teams: tuple[str, ...] | None = Field(default=None, strict=False, min_length=1, max_length=30)
    moves: tuple[WrittenMove, ...] = Field(strict=False, min_length=1, max_length=12)
    remarks: tuple[Remark, ...] = Field(default=(), strict=False)
    """Remarks in the hot wash, as `{act: remark, team: …, text: …}`."""
    evaluators: tuple[Evaluated, ...] = Field(default=(), strict=False)
    """The evaluators' entries at the end."""

    @model_validator(mode="before")
    @classmethod
    def _is_a_mapping(cls, data: Any) -> Any:
        if not isinstance(data, dict | cls):
            raise ValueError("write a mapping: secret, moves, …")  # noqa: TRY004 (pydantic's own way)
        return data


class Written:
    """The decisions of a file, and where in the file each stands."""

    def __init__(self, decisions: DecisionsFile, name: str, document: YamlDocument | None = None) -> None:
        self.decisions = decisions
        self._name = name
        self._document = document

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The decisions in a YAML file; raises ScenarioError with every line that is wrong."""
        text, name = source_text(Path(path), what="decisions")
        document = read(text, begin="write moves, each with the decisions of the teams")
        problems = [
            Problem(name, fault.line or document.line_of(fault.path), spelled(fault.path), fault.message)
            for fault in document.faults
        ]
        if problems:
            raise ScenarioError(problems)
        try:
            return cls(DecisionsFile.model_validate(document.data), name, document)
        except ValidationError as error:
            raise ScenarioError(_problems(name, document, error)) from None

    def wrong(self, path: tuple[str | int, ...], message: str) -> ScenarioError:
        """The error that the act at a path of the file is refused."""
        line = self._document.line_of(path) if self._document else 0
        return ScenarioError([Problem(self._name, line, spelled(path), message)])


_WANTED = {
    "tuple_type": "write a list, as [A, B]",
    "dict_type": "write a mapping, each entry as 'name: value'",
    "string_type": "write a text, in quotes if it looks like something else",
    "float_type": "write a number",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
}
"""What to write instead of something of another kind, by pydantic's name of the mistake."""


def _problems(name: str, document: YamlDocument, error: ValidationError) -> Iterator[Problem]:
    """Everything that pydantic found, where the file has it."""
    for detail in error.errors():
        # of a list whose items are wrong pydantic says that it is short of right ones, too
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue
        yield _problem(name, document, detail)


def _problem(name: str, document: YamlDocument, detail: Any) -> Problem:
    """One thing that pydantic found, where the file has it."""
    path: tuple[str | int, ...] = ()
    here: Any = document.data
    for key in detail["loc"]:
        # pydantic adds the tags of its unions, which the file does not have
        is_item = isinstance(here, list) and isinstance(key, int) and key < len(here)
        if is_item or (isinstance(here, dict) and key in here):
            here, path = here[key], (*path, key)
    if detail["type"] == "missing":
        path = (*path, detail["loc"][-1])
    match detail["type"]:
        case "extra_forbidden":
            known = _keys_beside(path)
            message = f"no such key{nearest(str(path[-1]), known)}"
        case "missing":
            message = "missing; it has to be written"
        case "union_tag_invalid" | "union_tag_not_found":
            tags = str(detail.get("ctx", {}).get("expected_tags", "")).replace("'", "")
            message = f"write act: and one of {tags}"
        case "too_short":
            message = "empty; write at least one"
        case "too_long" | "tuple_type" if "predictions" in path:
            message = f"{shown(detail['input'])}: write two numbers, [low, high]"
        case "too_long":
            message = f"{len(detail['input'])} entries; at most {detail['ctx']['max_length']} are allowed"
        case kind if kind in _WANTED:
            message = f"{shown(detail['input'])}: {_WANTED[kind]}"
        case _:
            said = str(detail["msg"]).removeprefix("Value error, ")
            wanted = said.removeprefix("Input should be ")
            message = said if wanted == said else f"{shown(detail['input'])}: should be {wanted}"
    return Problem(name, document.line_of(path), spelled(path), message)


def _keys_beside(path: tuple[str | int, ...]) -> list[str]:
    """The keys that the format has where an unknown one stands."""
    if len(path) == 1:
        return list(DecisionsFile.model_fields)
    if path[0] == "moves" and len(path) == 3:
        return list(WrittenMove.model_fields)
    if path[-2:-1] and isinstance(path[-2], int) and "evaluators" in path:
        return list(Evaluated.model_fields)
    acts = (Release, Skip, Add, Override, Respond, Note, Rate, Observe, Improve, Remark)
    return sorted({name for act in acts for name in act.model_fields})
