"""Whether every shipped exercise can teach, as `tabletop rehearse` says it.

Each card alone, against the baseline, in the worlds of a class (100 others and the one that is played) under
the rehearsal's own secret. The number of worlds was fixed before the first look. Exits with 1 if an exercise
cannot teach.

    python verification/teaching.py [SCENARIO …] [--workers N]
"""

import argparse
import sys

from tabletop import load
from tabletop.exercise.teaching.alone import card_effects
from tabletop.exercise.teaching.verdict import Verdict
from tabletop.exercise.unattended import OTHERS
from tabletop.scenario.source import shipped


def main() -> None:
    """Judge the named scenarios, by default all that are shipped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", nargs="*", default=shipped())
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    can_teach = True
    for name in given.scenario:
        scenario = load(name)
        secret = f"rehearsal of {scenario.title}"
        found = card_effects(scenario, secret=secret, others=OTHERS, workers=given.workers)
        if found is None:
            print(f"{name}: nothing is decided, so that there is nothing to judge")
            continue
        verdict = Verdict(found)
        can_teach = can_teach and verdict.can_teach
        print(f"{name}:")
        for sentence in verdict.sentences():
            print(f"  {sentence}")
    if not can_teach:
        sys.exit(1)


if __name__ == "__main__":
    main()
