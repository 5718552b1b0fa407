"""The timeline of conditions under injects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import ScenarioError
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.inject import Effect, Inject, When
from tabletop.scenario.load import loads
from tabletop.scenario.targets import all_targets, field_of, objection
from tabletop.scenario.timeline import active, boundaries, conditions_under
from tabletop.world import SHOCKABLE

WRITTEN = Conditions()


def inject(day, *effects, **more):
    return Inject(id="a", title="A", day=day, effects=effects, **more)


def stretches(injects, horizon):
    """The timeline of scripted injects: (first day, the conditions from then on)."""
    return [
        (day, conditions_under(WRITTEN, [e for i in injects for e in i.effects if active(i, e, day)]))
        for day in boundaries(injects, horizon)
    ]


def test_without_effects_conditions_are_those_written():
    assert conditions_under(WRITTEN, ()) is WRITTEN


def test_effects_apply_in_file_order():
    add, double = Effect(on="background.border", add=2), Effect(on="background.border", multiply=2)
    assert conditions_under(WRITTEN, [add, double]).background.border == (8 + 2) * 2
    assert conditions_under(WRITTEN, [double, add]).background.border == 8 * 2 + 2


def test_only_the_target_changes():
    changed = conditions_under(WRITTEN, [Effect(on="sharing.partners.south.suspended", set=True)])
    north, south = changed.sharing.partners
    assert (north, south.suspended) == (WRITTEN.sharing.partners[0], True)
    assert changed.model_copy(update={"sharing": WRITTEN.sharing}) == WRITTEN


@pytest.mark.parametrize("stock", SHOCKABLE)
def test_a_shock_to_a_stock_changes_no_condition(stock):
    assert conditions_under(WRITTEN, [Effect(on=stock, multiply=0.5)]) is WRITTEN


def test_a_duration_changes_by_its_mean_and_keeps_its_shape():
    changed = conditions_under(WRITTEN, [Effect(on="threat.preparation.mean", multiply=2)])
    assert (changed.threat.preparation.mean, changed.threat.preparation.cv) == (548, 0.707)


def test_a_null_is_given_a_value_by_set():
    patient = loads(
        "title: A\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"
        "conditions: {detection: {shelf_life: null}}\n"
    ).conditions
    effects = [Effect(on="detection.shelf_life.mean", set=5), Effect(on="prosecution.limit_max", set=180)]
    changed = conditions_under(patient, effects)
    assert changed.prosecution.limit_max == 180
    assert changed.detection.shelf_life is not None
    assert (changed.detection.shelf_life.family, changed.detection.shelf_life.mean) == ("constant", 5)


@given(st.floats(0.001, 50), st.floats(0, 50), st.floats(0.1, 900), st.floats(0.1, 900))
def test_an_effect_that_ends_leaves_no_trace_of_itself(factor, addend, day, days):
    effects = (
        Effect(on="background.community", multiply=factor, for_days=days),
        Effect(on="background.community", add=addend, for_days=days),
    )
    found = stretches([inject(day, *effects)], 3000)
    assert found[-1][1] == found[0][1] == WRITTEN


def test_stretches_begin_where_something_changes():
    first = inject(10, Effect(on="background.border", multiply=2, for_days=30))
    second = inject(20, Effect(on="background.border", add=1))
    found = stretches([first, second], 100)
    assert [(day, conditions.background.border) for day, conditions in found] == [
        (0, 8),
        (10, 16),
        (20, 17),
        (40, 9),
    ]


def test_what_happens_after_the_horizon_is_no_stretch():
    late = inject(90, Effect(on="background.border", multiply=2, for_days=30))
    assert [day for day, _ in stretches([late], 100)] == [0, 90]


def test_of_an_inject_that_waits_for_a_count_only_the_earliest_day_is_known():
    effect = Effect(on="background.border", multiply=2, for_days=10)
    waiting = inject(5, effect, when=When(measure="incidents", reaches=1))
    assert boundaries([waiting], 100) == [0, 5]


def test_the_last_day_is_still_in_the_timeline():
    last = inject(100, Effect(on="background.border", multiply=2))
    assert boundaries([last], 100) == [0, 100]
    assert boundaries([last], 99.9) == [0]


@pytest.mark.parametrize("target", [t for t in all_targets() if t != "trust"])
def test_every_target_can_be_changed(target):
    assert objection(target, ["north"]) is None
    set_to = True if "boolean" in field_of(target).types else 0.4321
    changed = conditions_under(WRITTEN, [Effect(on=target, set=set_to)])
    assert changed != WRITTEN


EDGE = (
    "title: A\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"
    "injects:\n"
    "  - {id: up, title: U, day: 10, effects: [{on: interdiction.success, add: 0.3, for_days: 30}]}\n"
    "  - {id: down, title: D, day: 10, effects: [{on: interdiction.success, add: -0.2, for_days: %s}]}\n"
)


def test_a_passing_excess_is_none_while_another_effect_makes_up_for_it():
    assert loads(EDGE % 30)


def test_an_excess_is_found_in_the_one_stretch_where_it_shows():
    with pytest.raises(ScenarioError, match=r"injects\[0\].*would be 1.2 from day 30"):
        loads(EDGE % 20)


WAITING = (
    "title: A\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"
    "injects:\n"
    "  - id: both\n    title: B\n    when: {measure: incidents, reaches: 1}\n    effects:\n"
    "      - {on: interdiction.success, add: 0.3, for_days: %s}\n"
    "      - {on: interdiction.success, add: -0.2, for_days: %s}\n"
)


def test_effects_of_a_waiting_inject_begin_together():
    assert loads(WAITING % (20, 30))


def test_effects_of_a_waiting_inject_end_apart():
    with pytest.raises(ScenarioError, match=r"would be 1\.2 from day 0"):
        loads(WAITING % (30, 20))


def test_many_injects_are_checked_in_good_time():
    many = "".join(
        f"  - {{id: i{n}, title: T, day: {n}, when: {{measure: incidents, reaches: 1}}, effects: ["
        + ", ".join("{on: background.border, multiply: 1.01, for_days: 3}" for _ in range(20))
        + "]}\n"
        for n in range(40)
    )
    head = EDGE.partition("injects:")[0]
    with pytest.raises(ScenarioError, match=r"background\.border would be"):
        loads(f"{head}injects:\n{many}")
