"""Runs of both engines, compared in everything that a run tells."""

from dataclasses import fields

from tabletop.simulation import simulate

COLUMNS = ("days", "steps", "subjects", "values")


def differences(scenario, mix, replication, **asked):
    """What two engines tell differently of one run: names of fields, none if they agree."""
    runs = [simulate(scenario, mix, replication, engine=engine, **asked) for engine in ("simpy", "compiled")]
    assert [run.engine for run in runs] == ["simpy", "compiled"]
    found = [
        field.name
        for field in fields(runs[0])
        if field.name not in ("journal", "engine")
        and len({repr(getattr(run, field.name)) for run in runs}) > 1
    ]
    if asked.get("journal"):
        found += [
            f"journal.{column}"
            for column in COLUMNS
            if len({bytes(getattr(run.journal, column)) for run in runs}) > 1
        ]
    return found
