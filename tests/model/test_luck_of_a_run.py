"""What a policy, a script or the length of a run must not change: the luck of a replication."""

import json
import os
import subprocess
import sys
from hashlib import sha256

import numpy as np
import pytest

from support.recount import is_plot, rows
from support.settings import merged, scenario
from tabletop import Scenario, simulate
from tabletop.subjects import Channel
from tabletop.world import Step

BUSY = {
    "title": "A busy year",
    "horizon_days": 300,
    "warm_up_days": 100,
    "conditions": {"threat": {"formation_rate": 40}},
    "baseline": "usual",
    "policy_mixes": {"usual": {}, "open": {"sharing": {"openness": 0.9}}},
    "measures": {"incidents": {"delta": 1}},
}
SCRIPTED = (Step.INJECTED, Step.TRUST_TENDS, Step.POLICY_CHANGED)


def run_of(mix="usual", replication=0, **over):
    return simulate(Scenario.model_validate(merged(BUSY, over)), mix, replication, journal=True)


def table_of(mix="usual", **over):
    """The journal of a run, without the rows that only tell of the script."""
    return [row for row in rows(run_of(mix, **over).journal) if row[1] not in SCRIPTED]


def an_inject(*effects, **more):
    return {"id": "news", "day": 50.0, "title": "News", "effects": list(effects), **more}


NOBODY_LOOKS = {
    "detection": {"collection": 0},
    "reporting": {"outreach": 0},
    "interdiction": {"border_inspection": 0, "protection": 0},
    "sharing": {"openness": 0},
}
NO_FEEDBACK = {
    "threat": {"formation_rate": 40, "prevention": 0, "backlash": 0, "dismantling": 0, "abroad": 0}
}


def unhindered(**over):
    """A run in which nobody does anything: what is left of it is luck."""
    return table_of(
        **merged(
            {"conditions": NO_FEEDBACK, "policy_mixes": {"usual": NOBODY_LOOKS}, "horizon_days": 150}, over
        )
    )


def left(table, *, genuine=None, channel=None, since=0.0):
    """When which subject left traces, or (genuine, no channel) formed."""
    return [
        (day, subject, value)
        for day, step, subject, value in table
        if step == Step.TRACE_LEFT
        and day >= since
        and (genuine is None or is_plot(subject) == genuine)
        and (channel is None or value == channel)
    ]


def formed(table, since=0.0):
    return [(day, subject) for day, step, subject, _ in table if step == Step.FORMED and day >= since]


def test_a_longer_horizon_changes_nothing_before_it():
    short, long = table_of(), table_of(horizon_days=700)
    assert short[-1][1] == Step.WINDOW
    assert short[:-1] == long[: len(short) - 1]


def test_a_longer_warm_up_leaves_the_luck_after_it():
    short, long = unhindered(), unhindered(warm_up_days=900)
    assert left(short, genuine=False) == left(long, genuine=False)
    assert formed(short) == formed(long)
    newcomers = {subject for _, subject in formed(short)}
    assert newcomers
    assert [row for row in left(short) if row[1] in newcomers] == [
        row for row in left(long) if row[1] in newcomers
    ]


def test_a_warm_up_of_no_time_leaves_the_luck_after_it():
    assert left(unhindered(), genuine=False) == left(unhindered(warm_up_days=0), genuine=False)


def test_a_mix_beside_changes_nothing():
    assert table_of() == table_of(policy_mixes={"third": {"detection": {"analysts": 2}}})


def test_two_mixes_share_their_history_before_startex():
    def before(mix):
        table = rows(run_of(mix).journal)
        return table[: next(n for n, row in enumerate(table) if row[1] == Step.WINDOW)]

    assert before("usual") == before("open")
    assert table_of("usual") != table_of("open")


@pytest.mark.parametrize(
    "inject",
    [
        an_inject(),
        an_inject({"on": "background.community", "multiply": 1}),
        an_inject({"on": "trust", "add": 0.1}, when={"measure": "incidents", "reaches": 10**6}),
    ],
    ids=["a story", "times one", "never fired"],
)
def test_an_inject_without_effect_changes_nothing(inject):
    assert table_of() == table_of(injects=[inject])


def test_an_inject_that_has_ended_leaves_the_luck_after_it():
    inject = an_inject({"on": "background.community", "multiply": 3, "for_days": 20})
    plain, stirred = unhindered(), unhindered(injects=[inject])
    assert left(plain, since=70.0) == left(stirred, since=70.0)
    assert len(left(stirred)) > len(left(plain))


@pytest.mark.parametrize("channel", [Channel.INTELLIGENCE, Channel.COMMUNITY, Channel.BORDER])
def test_a_higher_background_adds_traces_and_moves_none(channel):
    inject = an_inject({"on": f"background.{channel.key}", "multiply": 2.4})
    plain = left(unhindered(), genuine=False, channel=channel)
    more = left(unhindered(injects=[inject]), genuine=False, channel=channel)
    assert set(plain) < set(more)
    after = len([row for row in more if row[0] >= 50]) / len([row for row in plain if row[0] >= 50])
    assert 2 < after < 2.8


def test_a_higher_formation_rate_adds_plots_and_moves_none():
    inject = an_inject({"on": "threat.formation_rate", "multiply": 3})
    plain, more = unhindered(), unhindered(injects=[inject])
    assert set(formed(plain)) < set(formed(more))
    newcomers = {subject for _, subject in formed(plain)}
    assert [row for row in left(plain, genuine=True) if row[1] in newcomers] == [
        row for row in left(more, genuine=True) if row[1] in newcomers
    ]


def test_higher_trace_rates_add_traces_and_move_none():
    inject = an_inject({"on": "threat.trace_rates.community", "multiply": 2.5})
    plain, more = unhindered(), unhindered(injects=[inject])
    assert formed(plain) == formed(more)
    assert set(left(plain)) < set(left(more))


def test_a_plot_that_never_matures_leaves_the_traces_of_one_that_outlives_the_run():
    outlives, never = (
        unhindered(conditions=merged(NO_FEEDBACK, {"threat": {"preparation": days}})) for days in (300, 1e6)
    )
    assert left(outlives, genuine=True)
    assert left(outlives, genuine=True) == left(never, genuine=True)


def test_a_lower_rate_takes_plots_away_and_moves_none():
    inject = an_inject({"on": "threat.formation_rate", "multiply": 0.5})
    assert set(formed(unhindered(injects=[inject]))) < set(formed(unhindered()))


def partners(*names):
    return {"sharing": {"partners": [{"name": name, "visibility": 0.5} for name in names]}}


def test_a_partner_more_adds_items_and_moves_none():
    sharing = {"sharing": {"openness": 1, "liaison_officers": None}}
    two, three = (
        unhindered(
            conditions=merged(NO_FEEDBACK, partners(*names)),
            policy_mixes={"usual": merged(NOBODY_LOOKS, sharing)},
        )
        for names in (("north", "south"), ("west", "north", "south"))
    )
    for channel in (Channel.INTELLIGENCE, Channel.COMMUNITY, Channel.BORDER):
        assert left(two, genuine=False, channel=channel) == left(three, genuine=False, channel=channel)
    in_time = [row for row in two if row[1] == Step.IN_TIME]
    assert in_time
    assert set(in_time) < {row for row in three if row[1] == Step.IN_TIME}


def test_partners_in_another_order_bring_the_same_items():
    def items(*names):
        table = table_of(conditions=partners(*names))
        return sorted((day, subject) for day, step, subject, _ in table if step == Step.IN_TIME)

    assert items("north", "south") == items("south", "north")


@pytest.mark.parametrize("mix", ["usual", "open"])
def test_a_journal_changes_no_measure(mix):
    whole = Scenario.model_validate(BUSY)
    assert simulate(whole, mix, 0).parts == simulate(whole, mix, 0, journal=True).parts


def test_replications_and_seeds_differ():
    whole = Scenario.model_validate(BUSY)
    runs = [simulate(whole, "usual", r, seed=s).parts for r, s in ((0, 1), (1, 1), (0, 2))]
    assert runs[0] != runs[1] != runs[2] != runs[0]


def test_the_seed_is_the_scenarios_unless_told():
    seven = Scenario.model_validate(BUSY | {"seed": 7})
    assert (
        simulate(seven, "usual", 0).parts == simulate(Scenario.model_validate(BUSY), "usual", 0, seed=7).parts
    )


def test_attempts_per_year_are_poisson():
    """Counts of disjoint years: mean and variance agree (chi-square, p 1e-4 either side)."""
    from scipy.stats import chi2

    busy = scenario(36_500, conditions={"threat": {"formation_rate": 20, "preparation": 1}})
    days = np.array([day for day, _ in formed(rows(simulate(busy, "only", 0, journal=True).journal))])
    counts = np.histogram(days, bins=100, range=(0, 36_500))[0]
    dispersion = ((counts - 20.0) ** 2).sum() / 20
    assert chi2.ppf(1e-4, 100) < dispersion < chi2.ppf(1 - 1e-4, 100)


PROGRAM = """
import json, sys
from hashlib import sha256
from tabletop import Scenario, simulate
run = simulate(Scenario.model_validate(json.loads(sys.argv[1])), "usual", 3, journal=True)
columns = (run.journal.days, run.journal.steps, run.journal.subjects, run.journal.values)
print(json.dumps([run.measures, [sha256(bytes(c)).hexdigest() for c in columns]]))
"""


def said_by_a_fresh_process(**environment):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(BUSY)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def said_here():
    run = run_of(replication=3)
    journal = run.journal
    columns = (journal.days, journal.steps, journal.subjects, journal.values)
    return json.dumps([run.measures, [sha256(bytes(c)).hexdigest() for c in columns]]) + "\n"


@pytest.mark.parametrize("hash_seed", ["1", "4242"])
def test_fresh_processes_say_the_same_whatever_their_hash_seed(hash_seed):
    assert said_by_a_fresh_process(PYTHONHASHSEED=hash_seed) == said_here()


def has_avx512():
    from numpy._core._multiarray_umath import __cpu_features__

    return __cpu_features__["AVX512F"]


@pytest.mark.skipif(not has_avx512(), reason="this processor has no AVX-512 to switch off")
def test_the_bits_do_not_depend_on_the_processors_vector_units():
    assert said_by_a_fresh_process(NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL") == said_here()
