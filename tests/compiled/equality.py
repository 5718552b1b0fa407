"""Runs of both engines, compared in everything that a run reports."""

from dataclasses import fields

from tabletop.simulation import simulate

COLUMNS = ("days", "steps", "subjects", "values")


def reported(run):
    """All that a run reports but its journal, as text that has every bit of it."""
    names = [field.name for field in fields(run) if field.name not in ("journal", "engine")]
    return {name: repr(getattr(run, name)) for name in names}


def differences(scenario, mix, replication, **asked):
    """What two engines tell differently of one run: names of fields, none if they agree."""
    runs = [simulate(scenario, mix, replication, engine=engine, **asked) for engine in ("simpy", "compiled")]
    assert [run.engine for run in runs] == ["simpy", "compiled"]
    one, other = map(reported, runs)
    found = [name for name in one if one[name] != other[name]]
    if asked.get("journal"):
        found += [
            f"journal.{column}"
            for column in COLUMNS
            if len({bytes(getattr(run.journal, column)) for run in runs}) > 1
        ]
    return found
