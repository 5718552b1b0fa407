"""Both engines, run by run: how many comparisons, and how many differences.

Every mix of every scenario is simulated on SimPy and on the compiled engine, with a journal and without, and
read in between. Compared is all that a run reports, to the last bit: journal, measures and their parts,
counts, pools, series, interim readings, events and traces.

    python verification/engines.py [SCENARIO ...] [--replications N] [--seeds N ...] [--random N]

SCENARIO is a file or a shipped name; without one, all shipped scenarios are compared. Each is simulated
under every one of the seeds, by default its own. `--random` adds so many random scenarios, each with two
mixes, which follow from the first seed. Exit code 1 if anything differs, and 2 if a file is no scenario.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from tabletop.compiled.choice import absence
from tabletop.errors import TabletopError
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.source import shipped

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from compiled.equality import differences  # type: ignore[import-not-found]  # a test's own


def main() -> None:
    """Print a line a scenario, of random ones only of those that differ, and the sum."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", default=list(shipped()))
    parser.add_argument("--replications", type=int, default=3)
    parser.add_argument("--seeds", type=int, nargs="+", metavar="N", help="seeds of all luck")
    parser.add_argument(
        "--random", type=int, default=0, metavar="N", help="random scenarios, beside the files"
    )
    arguments = parser.parse_args()
    if (why := absence()) is not None:
        sys.exit(f"there is no compiled engine to compare: {why}")
    seeds = arguments.seeds or [None]
    compared = differing = 0
    try:
        named = [(name, load(name)) for name in arguments.scenarios]
    except TabletopError as mistake:
        print(mistake, file=sys.stderr)
        sys.exit(2)
    for name, scenario in [*named, *random_scenarios(arguments.random, seeds[0] or 0)]:
        runs, wrong = compared_runs(scenario, arguments.replications, seeds)
        compared, differing = compared + runs, differing + len(wrong)
        if wrong or not name.startswith("random "):
            print(f"  {name:32} {runs:6,} runs on both engines   {len(wrong):4,} differ")
        for line in wrong:
            print(f"    {line}")
    print(f"{compared:,} comparisons, {differing:,} differences")
    sys.exit(differing > 0)


def compared_runs(
    scenario: Scenario, replications: int, seeds: Sequence[int | None]
) -> tuple[int, list[str]]:
    """How many runs of a scenario were compared; those that differ, and in what."""
    days = [0.31 * scenario.horizon_days, scenario.horizon_days]
    runs, wrong = 0, []
    for seed, replication in product(seeds, range(replications)):
        for mix in scenario.policy_mixes:
            for journal in (False, True):
                found = differences(
                    scenario,
                    mix,
                    replication,
                    seed=seed,
                    journal=journal,
                    series_days=days,
                    interim_days=days,
                )
                runs += 1
                if found:
                    kept = "with a journal" if journal else "without"
                    under = f"seed {scenario.seed if seed is None else seed}, replication {replication}"
                    wrong.append(f"{mix}, {under}, {kept}: {', '.join(found)}")
    return runs, wrong


def random_scenarios(number: int, seed: int) -> Iterator[tuple[str, Scenario]]:
    """Scenarios of which anything may be, the same for the same seed."""
    if not number:
        return
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415
    from hypothesis import seed as seeded  # noqa: PLC0415

    from compiled.wild import wild_scenarios  # type: ignore[import-not-found]  # noqa: PLC0415 (hypothesis)

    made: list[Scenario] = []

    @seeded(seed)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(wild_scenarios())
    def make(scenario: Scenario) -> None:
        made.append(scenario)

    make()
    yield from ((f"random {place}", scenario) for place, scenario in enumerate(made, start=1))


if __name__ == "__main__":
    main()
