"""What a file schedules: in words, against the model's own script, and against counted rates."""

from math import sqrt

from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop import simulate
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.load import loads
from tabletop.scenario.scheduled import effects_in_words, scheduled
from tabletop.scenario.timeline import boundaries, in_force
from tabletop.script import Script
from tabletop.subjects import Channel
from tabletop.world import Step

HEAD = "title: A\nbaseline: now\nmeasures: {incidents: {delta: 1}}\n"

EVERYTHING = (
    HEAD + "conditions: {prosecution: {limit_max: 200}}\n"
    "policy_mixes:\n  now: {}\n  more: {changes: [{day: 50, detection: {analysts: 9}}]}\n"
    "injects:\n"
    "  - {id: late, title: Late, day: 90, effects: [{on: prosecution.limit_max, add: -50}]}\n"
    "  - id: mixed\n    title: Mixed\n    day: 20\n    effects:\n"
    "      - {on: background.border, add: 2, for_days: 10}\n"
    "      - {on: background.partner, multiply: 2, for_days: 10}\n"
    "      - {on: staff.courts.availability, set: 0.5, for_days: 5000}\n"
    "      - {on: trust, add: -0.1}\n"
    "      - {on: trust, set: 0.5}\n"
    "  - {id: waits, title: Waits, day: 30, when: {measure: incidents, reaches: 2}}\n"
)


def test_the_timeline_is_in_the_order_of_days_and_what_waits_comes_last():
    events = scheduled(loads(EVERYTHING))
    assert [(event.when, event.what) for event in events] == [
        ("day 20", "inject 'mixed': Mixed"),
        ("day 30", "inject 'mixed' ends"),
        ("day 50", "mix 'more' changes"),
        ("day 90", "inject 'late': Late"),
        ("once incidents reaches 2, not before day 30", "inject 'waits': Waits"),
    ]


def test_effects_are_told_with_what_holds_before_and_from_then_on():
    mixed, ends, change, late, _ = scheduled(loads(EVERYTHING))
    assert mixed.details == (
        "background.border +2 for 10 days (8 → 10 per day)",
        "background.partner × 2 for 10 days (1.5 → 3 per day)",
        "staff.courts.availability becomes 0.5 for 5000 days (1 → 0.5)",
        "trust −0.1, at once; it then returns by itself",
        "trust becomes 0.5, at once; it then returns by itself",
    )
    assert ends.details == ("background.border (10 → 8 per day)", "background.partner (3 → 1.5 per day)")
    assert late.details == ("prosecution.limit_max −50 until the end (200 → 150 days)",)
    assert change.details == ("analysts 6 → 9",)


STACKED = (
    HEAD + "policy_mixes: {now: {}}\n"
    "injects:\n"
    "  - {id: a, title: A, day: 10, effects: [{on: staff.courts.availability, set: 0.2, for_days: 30}]}\n"
    "  - {id: b, title: B, day: 20, effects: [{on: staff.courts.availability, multiply: 2, for_days: 10}]}\n"
)


def test_an_effect_acts_on_what_another_made_of_a_value():
    # on its own it would double a share of 1
    assert [event.details for event in scheduled(loads(STACKED))] == [
        ("staff.courts.availability becomes 0.2 for 30 days (1 → 0.2)",),
        ("staff.courts.availability × 2 for 10 days (0.2 → 0.4)",),
        ("staff.courts.availability (0.4 → 0.2)",),
        ("staff.courts.availability (0.2 → 1)",),
    ]


OVERLAP = (
    "title: A\nbaseline: now\nseed: 11\nhorizon_days: 60\nwarm_up_days: 0\n"
    "measures: {incidents: {delta: 1}}\n"
    "policy_mixes: {now: {detection: {analysts: null}, reporting: {tip_line_staff: null}}}\n"
    "conditions:\n  threat: {formation_rate: 0}\n"
    "  background: {intelligence: 0, community: 40, border: 0, partner: 0}\n"
    "injects:\n"
    "  - id: first\n    title: F\n    day: 12\n    effects:\n"
    "      - {on: background.community, set: 150, for_days: 28}\n"
    "      - {on: background.community, multiply: 2, for_days: 12}\n"
    "  - {id: more, title: M, day: 24, effects: [{on: background.community, add: 50, for_days: 12}]}\n"
    "  - {id: less, title: L, day: 24, effects: [{on: background.community, set: 60, for_days: 6}]}\n"
)
RATES = {0.0: 40, 12.0: 300, 24.0: 60, 30.0: 200, 36.0: 150, 40.0: 40}
"""From each day on, by hand: in file order, without what has ended."""


def test_injects_that_overlap_are_told_with_everything_that_is_in_force():
    said = [(event.day, line) for event in scheduled(loads(OVERLAP)) for line in event.details if "→" in line]
    days = sorted(RATES)
    assert [day for day, _ in said] == days[1:]  # once a day, behind the last change
    for (day, line), before in zip(said, days[:-1], strict=True):
        assert f"({RATES[before]} → {RATES[day]} per day)" in line


def test_the_rates_told_are_those_that_are_counted():
    replications, confident = 4, 4.5  # standard deviations; declared before the first look
    counts = dict.fromkeys(RATES, 0)
    for replication in range(replications):
        journal = simulate(loads(OVERLAP), "now", replication, journal=True).journal
        for day, step, value in zip(journal.days, journal.steps, journal.values, strict=True):
            if step == Step.TRACE_LEFT and value == Channel.COMMUNITY:
                counts[max(start for start in RATES if start <= day)] += 1
    ends = [*sorted(RATES)[1:], 60.0]
    for (day, rate), end in zip(sorted(RATES.items()), ends, strict=True):
        expected = replications * rate * (end - day)
        assert abs(counts[day] - expected) < confident * sqrt(expected), day
        for wrong in {2 * 40, 40 + 50, 150 + 50 + 60} - {rate}:  # as if each acted on what is written
            nearby = replications * wrong * (end - day)
            assert abs(counts[day] - nearby) > confident * sqrt(nearby), (day, wrong)


def test_an_inject_that_waits_for_a_count_is_told_by_what_it_would_do_alone():
    given = loads(
        HEAD + "policy_mixes: {now: {}}\n"
        "injects:\n"
        "  - {id: on_a_day, title: D, day: 10, effects: [{on: background.border, add: 2}]}\n"
        "  - {id: on_count, title: C, when: {measure: incidents, reaches: 2}, "
        "effects: [{on: background.border, multiply: 2}]}\n"
    )
    on_a_day, on_count = scheduled(given)
    assert on_a_day.details == (
        "background.border +2 until the end (8 → 10 per day, unless 'on_count' acts)",
    )
    assert on_count.details == ("background.border × 2 until the end (8 → 16 per day if nothing else acts)",)


def test_an_inject_from_outside_is_told_by_what_it_would_do_alone():
    outside = Inject(id="x", day=15, title="X", effects=(Effect(on="background.border", add=1),))
    said = effects_in_words(loads(OVERLAP), outside)
    assert said == ("background.border +1 until the end (0 → 1 per day if nothing else acts)",)


class Clockwork:
    """A world that only keeps time, and does on each day what was scheduled for it."""

    def __init__(self):
        self.day, self.events = 0.0, []

    def now(self):
        return self.day

    def call_at(self, day, act):
        self.events.append((day, len(self.events), act))

    def note(self, *_, **__):
        pass

    def run(self, adopted):
        for day, _, act in sorted(self.events, key=lambda entry: entry[:2]):
            self.day = day
            act()
            adopted(day)


effects = st.builds(
    lambda change, value, days: Effect(on="background.border", for_days=days, **{change: value}),
    st.sampled_from(["set", "add", "multiply"]),
    st.integers(1, 9).map(float),
    st.none() | st.integers(1, 40).map(float),
)
injects = st.lists(
    st.tuples(st.integers(0, 50).map(float), st.lists(effects, min_size=1, max_size=3)), max_size=5
)


@given(injects)
@settings(max_examples=60)
def test_what_is_in_force_is_what_the_models_script_makes_of_it(drawn):
    scripted = tuple(
        Inject(id=f"i{n}", day=day, title="T", effects=tuple(of)) for n, (day, of) in enumerate(drawn)
    )
    written = loads(HEAD + "horizon_days: 100\npolicy_mixes: {now: {}}\n")
    scenario = written.model_copy(update={"injects": scripted})
    world, seen = Clockwork(), {}
    script = Script(scenario, "now", world)
    script.schedule(start=lambda: None, adopt=lambda: None)
    world.run(lambda day: seen.__setitem__(day, script.conditions.background.border))
    for day in boundaries(scenario.injects, 100.0):
        expected = in_force(scenario.conditions, scenario.injects, day).background.border
        assert seen[max(at for at in seen if at <= day)] == expected
