"""The stored form of a run: JSON, whose numbers read back to the last bit."""

import json
from dataclasses import asdict
from typing import Any, NamedTuple

from tabletop.measures import PoolReport, Reading, Waits, value
from tabletop.series import Series
from tabletop.simulation import Run


class Parts(NamedTuple):
    """The parts of a run that are stored as JSON."""

    measures: str
    """Numerator and denominator of each."""
    pools: str
    tally: str
    series: str


def encoded(run: Run) -> Parts:
    """The parts of a run as JSON."""
    return Parts(
        measures=_json(run.parts),
        pools=_json({name: asdict(report) for name, report in run.pools.items()}),
        tally=_json(run.tally),
        series=_json({"days": run.series.days, "values": run.series.values}),
    )


def readings(measures: str) -> dict[str, Reading]:
    """Numerator and denominator of every measure, from its JSON."""
    return {name: (numerator, denominator) for name, (numerator, denominator) in json.loads(measures).items()}


def pool_reports(pools: str) -> dict[str, PoolReport]:
    """The report of every pool, from its JSON."""
    return {name: _pool(report) for name, report in json.loads(pools).items()}


def decoded(
    parts: Parts, *, title: str, mix: str, replication: int, seed: int, events: int, traces: int
) -> Run:
    """A run from its stored parts; a journal and interim readings are never stored."""
    known = readings(parts.measures)
    return Run(
        scenario_title=title,
        mix=mix,
        replication=replication,
        seed=seed,
        measures={name: value(reading) for name, reading in known.items()},
        parts=known,
        pools=pool_reports(parts.pools),
        tally=tally_of(parts.tally),
        series=series_of(parts.series),
        interims=(),
        events=events,
        traces=traces,
        journal=None,
    )


def tally_of(tally: str) -> dict[str, float]:
    """The tally of a run, from its JSON."""
    counts: dict[str, float] = json.loads(tally)
    return counts


def series_of(series: str) -> Series:
    """The series of a run, from its JSON."""
    data = json.loads(series)
    return Series(tuple(data["days"]), {name: tuple(of) for name, of in data["values"].items()})


def _json(data: Any) -> str:
    # Unlimited staff has infinite staff days: 1e999 is JSON and reads as infinity; Infinity is not JSON.
    return json.dumps(data, separators=(",", ":")).replace("Infinity", "1e999")


def _pool(report: dict[str, Any]) -> PoolReport:
    waits = {int(kind): Waits(*of) for kind, of in report.pop("waits_by_class").items()}
    came = {int(kind): number for kind, number in report.pop("arrivals_by_class").items()}
    return PoolReport(waits_by_class=waits, arrivals_by_class=came, **report)
