"""Results folders opened to be compared: what is refused, what they have in common, what they differ in."""

import reprlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tabletop.analysis.compare import compare
from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.words import plural
from tabletop.errors import TabletopError
from tabletop.experiment.changes import differences
from tabletop.experiment.folder_comparison import Compared, FolderComparison
from tabletop.experiment.folder_kinds import is_experiment, kind_of
from tabletop.experiment.identity import common_to_all_runs, same_policy, settings
from tabletop.experiment.results import Results
from tabletop.experiment.store import open_results

IN_MEMORY = "results in memory"


def compare_results(
    first: Results | str | Path,
    second: Results | str | Path,
    *others: Results | str | Path,
    baseline: str | None = None,
    anyway: bool = False,
) -> FolderComparison:
    """Results, or the folders that hold them, beside each other; nothing is simulated.

    Each is compared with the first, in the mixes and primary measures that all have. Where the seed is the
    same, so is the luck, and changes are paired over the replications that all of these have; where it is
    another, the interval is Welch's. The baseline is that of the first unless told. Raises TabletopError
    for what is no finished experiment, for results that have nothing in common, and for those of different
    scenarios or versions of the model unless `anyway`.
    """
    given = (first, second, *others)
    opened = [_opened(one) for one in given]
    places = [place for place, _ in opened]
    for place in places:
        if places.count(place) > 1 and place != IN_MEMORY:
            raise TabletopError(f"{place}: named twice; name two folders")
    all_results = [results for _, results in opened]
    foreign = [_foreign(all_results[0], other) for other in all_results[1:]]
    if any(foreign) and not anyway:
        place, why = next((p, w) for p, w in zip(places[1:], foreign, strict=True) if w)
        raise TabletopError(f"{place}: {why}; compare it all the same with --anyway")
    reference = _baseline(all_results, places, baseline)
    mixes = tuple(m for m in all_results[0].mixes if all(m in other.mixes for other in all_results))
    measures, left_out = _measures(all_results)
    gone = sorted({m for one in all_results for m in one.mixes} - set(mixes))
    if gone:
        left_out.append(f"Not in all of them, and left out: the mixes {', '.join(gone)}.")
    return FolderComparison(
        experiments=tuple(_experiments(places, all_results, reference, mixes, left_out)),
        baseline=reference,
        mixes=mixes,
        measures=measures,
        deltas={name: _delta(all_results, name) for name in measures},
        is_forced=any(foreign),
        left_out=tuple(left_out),
    )


def _opened(given: Results | str | Path) -> tuple[str, Results]:
    """Where results are, and the results; finished ones only."""
    if isinstance(given, Results):
        place, results = IN_MEMORY, given
    elif isinstance(given, str | Path):
        place = str(Path(given))
        _refuse_other_folders(Path(given))
        results = open_results(given)
    else:
        raise TabletopError(
            f"results: {reprlib.repr(given)}: must be a folder, or the results of an experiment"
        )
    if results.interrupted:
        there = f"{len(results.runs) + len(results.failures):,} of {plural(len(results.design), 'run')}"
        raise TabletopError(
            f"{place}: not finished: {there} are there; give the command that made it again, "
            "and it goes on from there"
        )
    return place, results


def _refuse_other_folders(place: Path) -> None:
    if not is_experiment(place) and (what := kind_of(place)):
        raise TabletopError(f"{place}: {what}; name a folder that `tabletop run` made")


def _version(results: Results) -> str:
    about = results.runs.database.about().get("common")
    return str((about or common_to_all_runs(results.design.scenario))["model_version"])


def _foreign(one: Results, other: Results) -> str:
    """Why two experiments should not be compared; nothing where they may be."""
    titles = one.design.scenario.title, other.design.scenario.title
    if titles[0] != titles[1]:
        return f"another scenario: '{titles[1]}', not '{titles[0]}'"
    if (versions := (_version(one), _version(other)))[0] != versions[1]:
        return f"made by model version {versions[1]}, not {versions[0]}"
    return ""


def _baseline(all_results: Sequence[Results], places: Sequence[str], asked: str | None) -> str:
    reference = asked or all_results[0].design.baseline
    for results, place in zip(all_results, places, strict=True):
        if reference not in results.mixes:
            common = [m for m in all_results[0].mixes if all(m in other.mixes for other in all_results)]
            remedy = (
                f"name one of {', '.join(common)} with --baseline" if common else "no mix is in all of them"
            )
            raise TabletopError(f"{place}: '{reference}' was not simulated there; {remedy}")
    return reference


def _measures(all_results: Sequence[Results]) -> tuple[tuple[str, ...], list[str]]:
    primary = [one.design.scenario.primary_measures for one in all_results]
    common = tuple(name for name in primary[0] if all(name in other for other in primary))
    gone = sorted({name for names in primary for name in names} - set(common))
    if not common:
        raise TabletopError(f"no primary measure is in all of them (there are: {', '.join(gone)})")
    return common, [f"Not primary in all of them, and left out: {', '.join(gone)}."] if gone else []


def _delta(all_results: Sequence[Results], measure: str) -> float | None:
    found = {one.design.scenario.measures[measure].delta for one in all_results}
    return found.pop() if len(found) == 1 else None


def _experiments(
    places: Sequence[str],
    all_results: Sequence[Results],
    baseline: str,
    mixes: tuple[str, ...],
    left_out: list[str],
) -> Iterator[Compared]:
    seeds = [one.design.scenario.seed for one in all_results]
    alike = [one for one, seed in zip(all_results, seeds, strict=True) if seed == seeds[0]]
    shared = set(alike[0].complete(mixes)).intersection(*(one.complete(mixes) for one in alike[1:]))
    if not shared:
        raise TabletopError("no replication is finished in every mix of all of them")
    first = all_results[0]
    for position, (place, results, seed) in enumerate(zip(places, all_results, seeds, strict=True)):
        label = chr(ord("A") + position) if position < 26 else f"Z{position}"
        own = results.complete(mixes)
        is_paired = seed == seeds[0] and len(alike) > 1
        replications = tuple(r for r in own if r in shared) if is_paired else own
        if not replications:
            raise TabletopError(f"{place}: no replication is finished in every mix")
        if more := len(own) - len(replications):
            left_out.append(f"{plural(more, 'replication')} of {label} that not all have are left out.")
        if dropped := results.design.replications - len(own):
            left_out.append(
                f"{plural(dropped, 'replication')} of {label} in which a run failed are left out."
            )
        scenario = results.design.scenario
        columns = {mix: results.runs.readings(mix).columns(replications) for mix in mixes}
        yield Compared(
            label,
            place,
            results,
            replications,
            compare(
                Outcomes(replications, columns),
                baseline=baseline,
                interests=scenario.measures,
                same_policy={m for m in mixes if m != baseline and same_policy(scenario, m, baseline)},
            ),
            () if position == 0 else tuple(_differences(first, results, mixes)),
            is_paired,
        )


def _differences(one: Results, other: Results, mixes: Sequence[str]) -> Iterator[str]:
    """What decides results and differs: of what is common to all runs, of each mix, and of what is asked."""
    yield from differences(_common(one), _common(other))
    for mix in mixes:
        ours, theirs = (settings(of.design.scenario, mix) for of in (one, other))
        yield from differences(dict(_by_day(ours)), dict(_by_day(theirs)), f"policy_mixes.{mix}")
    asked = [
        {
            "replications": of.design.replications,
            "baseline": of.design.baseline,
            "measures": {name: m.model_dump() for name, m in of.design.scenario.measures.items()},
        }
        for of in (one, other)
    ]
    yield from differences(asked[0], asked[1])


def _common(results: Results) -> dict[str, Any]:
    found: dict[str, Any] = results.runs.database.about().get("common") or common_to_all_runs(
        results.design.scenario
    )
    return found


def _by_day(policies: Sequence[tuple[float, dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for day, levers in policies:
        yield f"day {day:g}", levers
