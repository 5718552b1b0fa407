"""Adjudication: history stays, all teams meet the same luck, and luck is told from policy exactly."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import cache
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.room import SMALL, begun, opened, passed
from tabletop import MEASURES, simulate
from tabletop.compiled.choice import VARIABLE, absence
from tabletop.exercise.acts import (
    Add,
    BeginMove,
    HotWash,
    Lock,
    LogEntry,
    Predict,
    Release,
    Reveal,
    Start,
    Submit,
)
from tabletop.exercise.adjudication import BASELINE, Adjudicator, days_of
from tabletop.exercise.courses import Courses
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.luck import nearest_to, rank, seed_of
from tabletop.exercise.refused import Refused
from tabletop.exercise.reveal import OBSERVABLE, shown
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import State
from tabletop.exercise.why import LOSSES, lost, pools
from tabletop.measures import value
from tabletop.report.after_action.epilogue import mean
from tabletop.scenario.inject import Effect

OTHERS = 3


def played(*acts, others: int = OTHERS, move: int = 2) -> State:
    """The state of the small exercise in a move (1 for the first), after some acts in its first move."""
    state = State.of(SMALL)
    course = [Start(secret="s", teams=("Alpha", "Bravo"), others=others), BeginMove(move=1), *acts]
    if move > 1:
        course += [Lock(), Reveal(), BeginMove(move=2)]
    for number, act in enumerate(course, start=1):
        state = state.after(LogEntry(number=number, at=0.0, by=CONTROLLER, act=act))
    return state


@cache
def adjudicator() -> Adjudicator:
    """One for all tests: the same state has the same history."""
    return Adjudicator(InterimCache())


CARDS = ("D1", "D2", "R1", "R2", "D1 D2", "D2 R1", "keep")


@settings(max_examples=15)
@given(first=st.sampled_from(CARDS), second=st.sampled_from((*CARDS, "I1", "D2 I1")))
def test_history_before_a_decision_is_bit_identical_whatever_is_decided_later(first, second):
    before = played(Submit(team="Alpha", entry=first))
    entry = LogEntry(number=99, at=0.0, by=CONTROLLER, act=Submit(team="Alpha", entry=second))
    after = before.after(entry) if _is_allowed(before, second) else before
    early = adjudicator().adjudicate(before, 0)
    late = adjudicator()
    late.prepare(after)  # to the very end, with the later decision
    assert late.adjudicate(after, 0) == early
    fresh = Adjudicator(InterimCache())  # one long run, read on the way, instead of two
    fresh.prepare(after)
    assert fresh.adjudicate(after, 0) == early


def _is_allowed(state, line):
    from tabletop.exercise.decision_rules import check

    try:
        check(state, Submit(team="Alpha", entry=line))
    except Refused:
        return False
    return True


def test_an_inject_that_is_added_later_leaves_history_as_it_was():
    before = played(Submit(team="Alpha", entry="D1"))
    add = Add(inject="x", title="X", reason="r", effects=(Effect(on="background.community", multiply=5.0),))
    after = before.after(LogEntry(number=99, at=0.0, by=CONTROLLER, act=add))
    assert adjudicator().adjudicate(before, 0) == adjudicator().adjudicate(after, 0)
    assert adjudicator().adjudicate(before, 1) != adjudicator().adjudicate(after, 1)


def test_injects_apply_in_file_order_whatever_the_order_in_which_they_are_told():
    moves = SMALL.exercise.moves
    turned = (
        moves[0].model_copy(update={"injects": ()}),
        moves[1].model_copy(update={"injects": ("cut", "backlog")}),
    )
    plan = SMALL.exercise.model_copy(update={"moves": turned})
    for exercise in (SMALL.exercise, plan):
        state = State.of(SMALL.model_copy(update={"exercise": exercise}))
        assert [inject.id for inject in state.injects_in_force()] == ["alarm", "backlog", "cut", "outcry"]


def test_a_contingency_acts_only_once_it_is_released():
    before = played(Submit(team="Alpha", entry="D1"))
    after = before.after(LogEntry(number=99, at=0.0, by=CONTROLLER, act=Release(inject="help")))
    assert adjudicator().adjudicate(before, 0) == adjudicator().adjudicate(after, 0)
    assert adjudicator().adjudicate(before, 1) != adjudicator().adjudicate(after, 1)


def test_a_trigger_fires_team_by_team():
    found = adjudicator().so_far(played(Submit(team="Alpha", entry="D1")), 1)
    for outcome in found.outcomes.values():
        for reading in (outcome.realised, *outcome.others):
            assert ("outcry" in reading.fired) is (reading.tally["incidents"] > 0)


def test_what_is_adjudicated_is_what_the_model_makes_of_the_mix_and_the_luck():
    """A second route: the same mix written as a scenario, and simulated by itself."""
    state = played(Submit(team="Alpha", entry="D2"))
    found = adjudicator().so_far(state, 1)
    mixes = {**SMALL.policy_mixes, "alpha": state.hand("Alpha").mix()}
    written = SMALL.model_copy(update={"policy_mixes": mixes, "injects": state.injects_in_force()})
    run = simulate(written, "alpha", 0, seed=seed_of(7, "s"))
    read = found.outcomes["Alpha"].realised
    measured = {name: value(part) for name, part in read.parts.items() if name != "cost_total"}
    assert measured == pytest.approx({name: run.measures[name] for name in measured})
    other = simulate(written, "usual", 0, seed=seed_of(7, "s"))
    assert other.measures["utilisation_analysts"] != run.measures["utilisation_analysts"]


def test_teams_with_the_same_decisions_share_runs_and_those_who_decide_nothing_the_baseline():
    state = played(Submit(team="Alpha", entry="keep"))
    histories = InterimCache()
    counted: list[int] = []
    Adjudicator(histories).adjudicate(state, 0, progress=lambda done, total: counted.append(total))
    assert max(counted) == OTHERS
    both = played(Submit(team="Alpha", entry="D1"), Submit(team="Bravo", entry="D1"))
    counted.clear()
    found = Adjudicator(histories).adjudicate(both, 0, progress=lambda done, total: counted.append(total))
    assert max(counted) == OTHERS
    assert found.outcomes["Alpha"] == found.outcomes["Bravo"] != found.baseline


def test_luck_and_policy_add_up_exactly_to_what_happened():
    found = adjudicator().so_far(played(Submit(team="Alpha", entry="D2 R1")), 1)
    for name in ("incidents", "harm", "trust_mean", "utilisation_analysts"):
        split = found.split("Alpha", name)
        own, base = found.outcomes["Alpha"], found.baseline
        assert split.total == own.value(name) - base.mean(name)
        assert split.world == base.value(name) - base.mean(name) == found.split("Bravo", name).world
        assert split.policy == own.mean(name) - base.mean(name)
        assert split.world + split.policy + split.interaction == pytest.approx(split.total, abs=1e-12)
    assert found.split("Bravo", "harm").policy == 0


def test_the_mean_of_a_ratio_is_the_ratio_of_sums():
    outcome = adjudicator().so_far(played(Submit(team="Alpha", entry="D2")), 1).outcomes["Alpha"]
    above = fsum(one.parts["disruption_share"][0] for one in outcome.others)
    below = fsum(one.parts["disruption_share"][1] for one in outcome.others)
    assert outcome.mean("disruption_share") == pytest.approx(above / below)
    ratios = [one.parts["disruption_share"][0] / one.parts["disruption_share"][1] for one in outcome.others]
    assert outcome.mean("disruption_share") != pytest.approx(fsum(ratios) / len(ratios), rel=1e-6)


def test_few_other_worlds_are_said_and_no_range_is_of_one_value():
    found = adjudicator().so_far(played(), 1)
    assert found.other_worlds == "only 3 other worlds"
    many = replace(found.baseline, others=found.baseline.others * 8)
    assert replace(found, outcomes={BASELINE: many}).other_worlds == "24 other worlds"
    one, *rest = found.baseline.others
    lacking = [replace(other, parts={**other.parts, "days_to_verdict": (0.0, 0.0)}) for other in rest]
    has = replace(one, parts={**one.parts, "days_to_verdict": (8.0, 2.0)})
    alone = replace(found.baseline, others=(has, *lacking))
    assert mean(alone, "days_to_verdict") == "4 (only 1 of 3 worlds has any)"


def test_ties_count_half_in_ranks():
    assert rank([1, 2, 2, 3], 2) == 2
    assert rank([1, 2, 3], 0) == 0
    assert nearest_to([5.0, 1.0, 3.0], "median") == 2
    assert nearest_to([5.0, 1.0, 3.0, 2.0, 4.0], "lower quartile") == 3
    assert nearest_to([5.0, 1.0, 3.0, 2.0, 4.0], "upper quartile") == 4


def test_the_world_that_is_played_can_be_declared_by_its_rank_under_the_baseline():
    plan = SMALL.exercise
    declared = plan.model_validate(
        {**plan.model_dump(), "realised": {"near": "upper quartile", "of": "harm"}}
    )
    state = State.of(SMALL.model_copy(update={"exercise": declared}))
    state = state.after(
        LogEntry(number=1, at=0.0, by=CONTROLLER, act=Start(secret="s", teams=("A", "B"), others=8))
    )
    state = state.after(LogEntry(number=2, at=0.0, by=CONTROLLER, act=BeginMove(move=1)))
    chosen, others = Adjudicator(InterimCache()).worlds(state)
    assert sorted([chosen, *others]) == list(range(9))
    plain = SMALL.model_copy(update={"injects": State.of(state.scenario).injects_in_force()})
    harms = [simulate(plain, "usual", r, seed=seed_of(7, "s")).measures["harm"] for r in range(9)]
    assert harms[chosen] == sorted(harms)[6]


def test_one_adjudicator_takes_two_scenarios_of_one_title_for_two():
    """As when a controller corrects a number in the file, and begins again in the same session."""
    plan = SMALL.exercise
    wanted = plan.model_validate({**plan.model_dump(), "realised": {"near": "median", "of": "harm"}})
    start = LogEntry(number=1, at=0.0, by=CONTROLLER, act=Start(secret="s", teams=("A", "B"), others=8))
    one = SMALL.model_copy(update={"exercise": wanted})
    shared = Adjudicator(InterimCache())
    chosen = []
    for rate in (1.0, 40.0, 90.0, 200.0):
        threat = one.conditions.threat.model_copy(update={"formation_rate": rate})
        conditions = one.conditions.model_copy(update={"threat": threat})
        state = State.of(one.model_copy(update={"conditions": conditions}), [start])
        chosen.append(shared.worlds(state))
        assert chosen[-1] == Adjudicator(InterimCache()).worlds(state)
    assert len(set(chosen)) > 1


def test_another_secret_is_another_world():
    assert seed_of(7, "s") != seed_of(7, "t") != seed_of(8, "t")
    assert 0 <= seed_of(7, "s") < 2**63


def test_the_epilogue_stands_apart_and_begins_at_endex():
    state = played(Submit(team="Alpha", entry="D1"))
    found = adjudicator().epilogue(state)
    assert (found.start, found.end) == (240, 360)
    whole = SMALL.model_copy(update={"horizon_days": 360.0, "injects": state.injects_in_force()})
    run = simulate(whole, "usual", 0, seed=seed_of(7, "s"), interim_days=[240.0, 360.0])
    expected = run.interims[1].tally["cases"] - run.interims[0].tally["cases"]
    assert found.baseline.realised.tally["cases"] == expected
    assert days_of(state) == [120.0, 240.0, 360.0]


def test_the_cost_of_a_team_counts_from_the_move_and_not_from_when_the_card_works():
    found = adjudicator().adjudicate(played(Submit(team="Alpha", entry="D1")), 0)
    usual = SMALL.yearly_cost("usual")
    assert found.outcomes["Alpha"].value("cost_total") == pytest.approx((usual + 2.8) * 120 / 365)
    assert found.baseline.value("cost_total") == pytest.approx(usual * 120 / 365)


def test_what_was_simulated_is_kept_on_disk(tmp_path):
    state = played(Submit(team="Alpha", entry="D1"))
    first = Adjudicator(InterimCache(tmp_path / "h.sqlite")).adjudicate(state, 0)
    counted: list[int] = []
    again = Adjudicator(InterimCache(tmp_path / "h.sqlite"))
    assert again.adjudicate(state, 0, progress=lambda done, total: counted.append(done)) == first
    assert counted == []


def test_one_and_two_workers_give_the_same(tmp_path):
    state = played(Submit(team="Alpha", entry="D1"))
    two = Adjudicator(InterimCache(workers=2))
    with two.histories.at_work():
        assert two.so_far(state, 1) == adjudicator().so_far(state, 1)


@pytest.mark.skipif(absence() is not None, reason="the compiled engine is not installed")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_move_is_simulated_from_where_the_one_before_ended(workers, tmp_path, monkeypatch):
    """The same readings as those of an engine that begins anew, and no state is damaged or missed."""
    monkeypatch.delenv(VARIABLE, raising=False)
    state = played(Submit(team="Alpha", entry="D1"))
    branching = Adjudicator(InterimCache(tmp_path / "h.sqlite", workers=workers))
    begun = []
    simulated = InterimCache._simulated
    monkeypatch.setattr(
        InterimCache,
        "_simulated",
        lambda self, courses, jobs, since, days: (
            begun.append((since, len(jobs))) or simulated(self, courses, jobs, since, days)
        ),
    )
    with branching.histories.at_work():
        first = branching.adjudicate(state, 0)
        second = branching.adjudicate(state, 1)
    day = SMALL.exercise.moves[1].day
    assert [since for since, _ in begun] == [0.0, 0.0, day, day]  # each first in the world that is played
    monkeypatch.setenv(VARIABLE, "simpy")
    anew = Adjudicator(InterimCache())
    assert (anew.adjudicate(state, 0), anew.adjudicate(state, 1)) == (first, second)
    assert [since for since, _ in begun[4:]] == [0.0] * 4


@pytest.mark.skipif(absence() is not None, reason="the compiled engine is not installed")
def test_a_damaged_state_costs_time_and_nothing_else(tmp_path):
    state = played(Submit(team="Alpha", entry="D1"))
    expected = adjudicator().adjudicate(state, 1)
    damaged = Adjudicator(InterimCache(tmp_path / "h.sqlite"))
    damaged.adjudicate(state, 0)
    with closing(sqlite3.connect(tmp_path / "h.sqlite")) as database, database:
        database.execute("UPDATE states SET state = substr(state, 1, length(state) - 1)")
    assert damaged.adjudicate(state, 1) == expected


def test_nothing_is_shown_before_the_reveal_and_nothing_hidden_in_it(tmp_path):
    exercise = opened(tmp_path, others=OTHERS)
    exercise.do(CONTROLLER, Submit(team="Alpha", entry="D1"))
    exercise.do(CONTROLLER, Lock())
    exercise.do("Alpha", Predict(team="Alpha", measure="incidents", low=0, high=3))
    for move in (0, 1):
        with pytest.raises(Refused, match=f"move {move + 1} has not been revealed"):
            shown(exercise.state, adjudicator(), move)
    exercise.do(CONTROLLER, Reveal())
    seen = shown(exercise.state, adjudicator(), 0)
    hidden = {name for name, measure in MEASURES.items() if not measure.observable}
    assert hidden
    for one in (seen.baseline, *seen.teams.values()):
        assert not hidden & {*one.values}
        assert {*one.values} == {*OBSERVABLE}
    assert (seen.start, seen.end) == (0, 120)
    assert [inject.id for inject in seen.news] == ["alarm"]
    assert seen.teams["Bravo"].is_silent
    assert not seen.teams["Alpha"].is_silent
    assert [*seen.scores] == [("Alpha", "incidents")]
    with pytest.raises(Refused):
        shown(exercise.state, adjudicator(), 1)


def test_plots_lost_are_told_by_stage_and_add_up(tmp_path):
    found = adjudicator().so_far(played(Submit(team="Alpha", entry="D1")), 1)
    for outcome in found.outcomes.values():
        counted = sum(one.realised for one in lost(outcome))
        tally = outcome.realised.tally
        assert counted == tally["incidents"] + tally["foiled"]
        assert {one.loss for one in lost(outcome)} == {*LOSSES}
    assert [one.pillar for one in pools(found.baseline.realised)] == [
        *["detection"], "reporting", *["interdiction"] * 2, *["prosecution"] * 2, "sharing",
    ]  # fmt: skip


def test_an_exercise_can_be_played_to_its_end(tmp_path):
    exercise = passed(passed(opened(tmp_path)))
    assert exercise.state.phase.value == "in the hot wash"
    assert begun(tmp_path / "other").state.phase.value == "in the brief"
    with pytest.raises(Refused):
        exercise.do(CONTROLLER, HotWash())


def test_courses_that_agree_so_far_have_equal_keys():
    first = Courses(SMALL, {"a": played(Submit(team="Alpha", entry="D1")).hand("Alpha").mix()})
    assert first.key("a", 30.0)(0) == first.key("usual", 30.0)(0)
    assert first.key("a", 31.0)(0) != first.key("usual", 31.0)(0)
    assert first.key("a", 30.0)(0) != first.key("a", 30.0)(1)
