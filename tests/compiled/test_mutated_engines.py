"""An engine that is wrong in one place is noticed: the checks of equality can fail."""

from pathlib import Path

import pytest

pytest.importorskip("Cython", reason="there is nothing to build an engine with")
pytest.importorskip("hatchling", reason="there is nothing to build an engine with")
pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

from compiled.rebuilt import rebuilt, run

MUTANTS = {
    "none": [],
    "a constant": [("threat.pxi", "visibility * 12 / 365", "visibility * 12 / 366")],
    "a comparison": [
        ("loop.pyx", "counts[trigger.count] >= trigger.reaches", "counts[trigger.count] > trigger.reaches")
    ],
    "the order of two calls": [
        (
            "threat.pxi",
            "    note(world, STEP_FORMED, subject.number, nth)\n    threat_mature(world, attempt)\n",
            "    threat_mature(world, attempt)\n    note(world, STEP_FORMED, subject.number, nth)\n",
        )
    ],
    "the order of two that are scheduled": [
        (
            "pillars/prosecution.pxi",
            (
                "    prosecution_proceed(world, proceeding)\n"
                "    return prosecution_watch_limit(world, proceeding) if limit < inf else 0\n"
            ),
            (
                "    prosecution_watch_limit(world, proceeding) if limit < inf else 0\n"
                "    return prosecution_proceed(world, proceeding)\n"
            ),
        )
    ],
    "a sign": [("pillars/interdiction.pxi", "        -case.posterior,\n", "        case.posterior,\n")],
    "a count left out": [("pillars/prosecution.pxi", "    world.tally.verdicts += 1\n", "")],
    "another purpose": [
        ("pillars/sharing.pxi", "with_partner(SHARING_LATENCY", "with_partner(SHARING_HANDLING")
    ],
    "an order of ties": [("engine/clock.pxi", "    world.order += 1\n", "    world.order -= 1\n")],
    "another cohort after a state": [
        (
            "state.pxi",
            "fields[field][0] = known.numbers[fields[field][0]]",
            "fields[field][0] = known.numbers[0]",
        )
    ],
    "a ticket forgotten in a state": [
        ("state.pxi", "    for place in range(heap.size):\n", "    for place in range(1, heap.size):\n")
    ],
    "one layer less": [("engine/layers.pxi", "<int32_t>ceil(bound)", "<int32_t>floor(bound)")],
}
PROGRAM = str(Path(__file__).parent / "held_against.py")


@pytest.mark.verify
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_change_is_noticed(mutant, tmp_path):
    source = rebuilt(tmp_path, changes=MUTANTS[mutant])
    said, code = run(source, [PROGRAM])
    assert code == 0, said
    assert said == ("equal\n" if mutant == "none" else "differs\n")
