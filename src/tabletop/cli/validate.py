"""`tabletop validate`: whether scenario files are valid."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from tabletop.cli.completion import scenario_names
from tabletop.cli.options import JsonAlone
from tabletop.cli.output import print_json
from tabletop.errors import ScenarioError, TabletopError
from tabletop.exercise.exercise import playable
from tabletop.scenario.checks.teaching import notes
from tabletop.scenario.fitted_minutes import FittedMinutes, TooFewMinutes, fitted
from tabletop.scenario.load import load
from tabletop.scenario.planned_minutes import in_words
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number


def validate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Scenario files, or names of shipped ones.", autocompletion=scenario_names
        ),
    ],
    minutes: Annotated[
        int | None,
        typer.Option(min=1, max=2880, help="Fit the parts of exercises to so many minutes, typing included."),
    ] = None,
    json: JsonAlone = False,
) -> None:
    """Check scenario files; every mistake is reported with its line and what would be right."""
    told = [_told(file, minutes) for file in files]
    if json:
        print_json({"files": told})
    else:
        _print(told)
    if not all(one["valid"] for one in told):
        raise typer.Exit(2)


def _told(file: str, minutes: int | None) -> dict[str, Any]:
    """A file, and whether it is valid: what it holds, or what is wrong with it."""
    try:
        scenario = load(file)
        fit = None if minutes is None else _fitted(scenario, file, minutes)
    except ScenarioError as mistakes:
        problems = [asdict(problem) for problem in mistakes.problems]
        return {"file": file, "valid": False, "problems": problems, "message": str(mistakes)}
    except TabletopError as mistake:
        problem = {"file": file, "line": 0, "path": "", "message": str(mistake)}
        return {"file": file, "valid": False, "problems": [problem], "message": str(mistake)}
    return {
        "file": file,
        "valid": True,
        "title": scenario.title,
        "policy_mixes": list(scenario.policy_mixes),
        "injects": len(scenario.injects),
        "exercise": None if scenario.exercise is None else in_words(scenario.exercise),
        "consider": [*notes(scenario)],
        **({} if fit is None else {"minutes": fit.as_data()}),
    }


def _fitted(scenario: Scenario, file: str, minutes: int) -> FittedMinutes:
    """The parts of a file's exercise in so many minutes."""
    plan = playable(scenario, file).exercise
    assert plan is not None
    try:
        return fitted(plan, minutes)
    except TooFewMinutes as wrong:
        raise TabletopError(f"{file}: --minutes {minutes}: {wrong}") from None


def _print(told: list[dict[str, Any]]) -> None:
    """A line or two for each file."""
    for one in told:
        if not one["valid"]:
            typer.echo(one["message"], err=True)
            continue
        mixes = _counted(len(one["policy_mixes"]), "policy mix", "policy mixes")
        injects = _counted(one["injects"], "inject", "injects")
        typer.echo(f"{one['file']}: ok: {one['title']} ({mixes}, {injects})")
        if one["exercise"] is not None:
            typer.echo(f"  exercise: {one['exercise']}")
        if "minutes" in one:
            _print_minutes(one["minutes"])
        for note in one["consider"]:
            typer.echo(f"  consider: {note}")


def _print_minutes(fit: dict[str, Any]) -> None:
    """Whether the parts fit, and what they would be to fit."""
    if fit["fits"]:
        spare = f", {number(fit['spare_minutes'])} to spare" if fit["spare_minutes"] else ""
        typer.echo(f"  fits {number(fit['duration_minutes'])} minutes{spare}, with {fit['typing']}")
        return
    typer.echo(f"  for {number(fit['duration_minutes'])} minutes, with {fit['typing']}, write:")
    for line in fit["lines"]:
        typer.echo(f"    {line}")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
