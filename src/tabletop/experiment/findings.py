"""Findings: the conclusions of an experiment, as data for programs and as sentences for people."""

from collections.abc import Mapping
from typing import Any

from tabletop.analysis.best import Best
from tabletop.analysis.best_overall import BestOverall
from tabletop.analysis.bottleneck import Bottleneck
from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.estimate import Estimate
from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.precision import Precision
from tabletop.analysis.unstaffed import Unstaffed
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.version import MODEL_VERSION

LIMITS = "A teaching model: it predicts nothing."


def findings(results: Results, compared: Comparison) -> dict[str, Any]:
    """The findings of a comparison as plain data, without times or paths; floats are finite."""
    design = results.design
    bottlenecks, unstaffed = results.bottlenecks(), results.unstaffed()
    overall = BestOverall.of(results.best(compared))
    return {
        "scenario": design.scenario.title,
        "limits": LIMITS,
        "hash": results.hash,
        "model_version": MODEL_VERSION,
        "seed": design.scenario.seed,
        "replications": {
            "asked": design.replications,
            "compared": len(compared.replications),
            "dropped": list(compared.dropped),
        },
        "interrupted": results.interrupted,
        "baseline": compared.baseline,
        "mixes": list(compared.mixes),
        "confidence": CONFIDENCE,
        "intervals_together": compared.intervals_together,
        "precision": None if results.precision is None else _precision(results.precision),
        "mixed_platforms": results.mixed_platforms,
        "measures": [_measure(name, results, compared) for name in compared.estimates],
        "best": [_best(one) for one in results.best(compared)],
        "best_in_every_measure": list(overall.mixes),
        "best_in_every_measure_in_words": overall.in_words(),
        "bottlenecks": [{"mix": mix, **_bottleneck(bottlenecks[mix])} for mix in compared.mixes],
        "nobody_there": [
            {"mix": mix, **_unstaffed(pool)} for mix in compared.mixes for pool in unstaffed[mix]
        ],
        "failures": [
            {"mix": failure.mix, "replication": failure.replication, "error": failure.error}
            for failure in results.failures
        ],
        "sentences": list(compared.sentences()),
    }


def _measure(name: str, results: Results, compared: Comparison) -> dict[str, Any]:
    measure = MEASURES[name]
    interest = results.design.scenario.measures.get(name)
    intervals = results.ratio_intervals(compared)
    return {
        "name": name,
        "title": measure.title,
        "unit": measure.unit,
        "direction": measure.direction,
        "primary": name in compared.primary,
        "delta": None if interest is None else interest.delta,
        "estimates": [
            {"mix": mix, **_estimate(e), **_bca(intervals.estimates, (name, mix))}
            for mix, e in compared.estimates[name].items()
        ],
        "contrasts": [
            {**_contrast(c), **_bca(intervals.contrasts, (name, c.mix))}
            for c in compared.contrasts
            if c.measure == name
        ],
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    interval = estimate.interval
    return {
        "value": estimate.value,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "method": None if interval is None else interval.method.value,
        "n": estimate.n,
        "rests_on": estimate.basis.in_words(),
    }


def _contrast(contrast: Contrast) -> dict[str, Any]:
    interval = contrast.interval
    return {
        "mix": contrast.mix,
        "difference": contrast.difference,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "confidence": None if interval is None else interval.confidence,
        "method": None if interval is None else interval.method.value,
        "simultaneous": contrast.primary,
        "differing": contrast.differing,
        "few_worlds_differ": contrast.few_worlds_differ,
        "skewed": contrast.is_skewed,
        "rests_on_little": contrast.rests_on_little,
        "cautions": list(contrast.cautions),
        "verdict": contrast.verdict.value,
        "more_replications": contrast.more,
        "in_words": contrast.in_words(),
    }


def _bottleneck(pool: Bottleneck | None) -> dict[str, Any]:
    if pool is None:
        return {"pool": None}
    return {
        "pool": pool.pool,
        "utilisation": _estimate(pool.utilisation),
        "wait_days": _estimate(pool.wait),
    }


def _unstaffed(pool: Unstaffed) -> dict[str, Any]:
    return {
        "pool": pool.pool,
        "arrivals": _estimate(pool.arrivals),
        "lapses": _estimate(pool.lapses),
        "in_words": pool.in_words(),
    }


def _bca(intervals: Mapping[tuple[str, str], Interval | None], name: tuple[str, str]) -> dict[str, Any]:
    """A bootstrap interval, if the measure has one."""
    if name not in intervals:
        return {}
    interval = intervals[name]
    return {"bca": None if interval is None else {"low": interval.low, "high": interval.high}}


def _precision(precision: Precision) -> dict[str, Any]:
    return {
        "enough_from": precision.n,
        "looked_at": precision.looked,
        "cap": precision.most,
        "in_words": precision.in_words(),
    }


def _best(one: Best) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "among": list(one.among),
        "is_shown": one.is_shown,
        "as_good_within_delta": list(one.as_good_within_delta),
        "perhaps_within_delta": list(one.perhaps_within_delta),
        "missing": list(one.missing),
        "of_one_world_alone": list(one.scarce),
        "few_worlds_differ": one.few_worlds_differ,
        "in_words": one.in_words(),
    }
