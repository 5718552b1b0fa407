"""What an exercise plan may say; what it may not is in `bad/exercise-*.yaml`."""

from pathlib import Path

import pytest

from tabletop.errors import ScenarioError
from tabletop.exercise.hand import Hand, Played
from tabletop.exercise.offer import yearly_cost
from tabletop.experiment.identity import experiment_hash, mix_digest
from tabletop.experiment.resolved import resolved_yaml
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.load import load, loads
from tabletop.scenario.moves import Minutes, Move
from tabletop.scenario.planned_minutes import PlannedMinutes, in_words
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.source import shipped

BAD = Path(__file__).parent / "bad"
HEAD = """\
title: A
baseline: now
horizon_days: 400
budget: 80
measures: {incidents: {delta: 1}}
policy_mixes: {now: {}}
injects:
  - {id: alarm, day: 60, title: Alarm, effects: [{on: staff.courts.availability, set: 0.4, for_days: 30}]}
  - {id: endex, day: 400, title: The end}
"""
PLAN = """\
exercise:
  duration_minutes: 60
  moves:
    - {name: One, day: 0, situation: A., injects: [alarm, told]}
    - {name: Two, day: 200, situation: B., injects: [endex, kept]}
  predictions: [incidents, trust_mean]
  epilogue_days: 100
  injects:
    - {id: told, title: Told, message: Told., effects: [{on: background.border, multiply: 2, for_days: 500}]}
    - {id: kept, title: Kept, message: Kept., contingency: true, budget: -3}
    - {id: unlisted, title: Unlisted, message: Unlisted., contingency: true}
    - {id: outcry, title: Outcry, message: Outcry., when: {measure: incidents, reaches: 2}}
"""
CARDS = """\
  decision_form:
    cards:
      - {code: D1, title: A, says: A., pillar: detection, changes: {analysts: {set: null}}, excludes: [P1]}
      - {code: P1, title: B, says: B., pillar: prosecution, from_move: 2, lead_days: 299,
         changes: {courts: {add: -2}, collection: {add: 0.5}, custody_limit_days: {set: null}}}
"""


def problems(text: str) -> list[str]:
    """What is wrong with a text, without the file's name."""
    with pytest.raises(ScenarioError) as refusal:
        loads(text, "a.yaml")
    return [str(problem).removeprefix("a.yaml:") for problem in refusal.value.problems]


def test_a_plan_may_use_everything_that_the_format_has_up_to_its_limits():
    plan = loads(HEAD + PLAN + CARDS).exercise
    assert [staging.id for staging in plan.injects] == ["told", "kept", "unlisted", "outcry"]
    assert [card.code for card in plan.decision_form.cards] == ["D1", "P1"]


def test_the_expert_form_may_name_three_to_five_steps_and_no_limit():
    levers = "  decision_form: {levers: {analysts: {few: 5, usual: 7, all: null}}}\n"
    form = loads(HEAD + PLAN + levers).exercise.decision_form
    assert form.levers == {"analysts": {"few": 5, "usual": 7, "all": None}}


@pytest.mark.parametrize("level", ["76.2", "74.2"])
def test_the_budget_of_the_exercise_goes_before_that_of_the_scenario(level):
    assert loads(HEAD + PLAN + f"  budget: {level}\n" + CARDS).exercise.budget == float(level)


def test_no_exercise_is_no_mistake_and_predictions_alone_need_no_budget():
    assert loads(HEAD).exercise is None
    text = (HEAD + PLAN).replace("budget: 80\n", "").replace(", budget: -3", "")
    assert loads(text).exercise.decision_form is None


def test_a_card_may_save_what_makes_another_one_possible():
    text = HEAD.replace("budget: 80", "budget: 73.1") + PLAN
    cards = """\
  decision_form:
    cards:
      - {code: I1, title: A, says: A., pillar: interdiction, changes: {teams: {add: -1}}}
      - {code: D1, title: B, says: B., pillar: detection, changes: {analysts: {add: 1}}}
"""
    assert loads(text + cards).exercise is not None
    first_only_dearer = text + cards.replace("add: -1", "add: 1")
    (told,) = problems(first_only_dearer)
    assert "no card fits into the 0 cost units a year" in told


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file():
    text = (
        (HEAD + PLAN + CARDS)
        .replace("duration_minutes: 60", "duration_minutes: 70")
        .replace("injects: [alarm, told]", "injects: [alarm, tolt]")
        .replace("predictions: [incidents,", "predictions: [incident,")
        .replace("excludes: [P1]", "excludes: [P2]")
        .replace("{collection", "{colection")
        .replace("collection:", "colection:")
    )
    told = problems(text)
    paths = [line.split(": ")[1] for line in told]
    assert paths == [
        "exercise.duration_minutes",
        "exercise.moves[0].injects[1]",
        "exercise.predictions[0]",
        "exercise.injects[0].id",
        "exercise.decision_form.cards[0].excludes[0]",
        "exercise.decision_form.cards[1].changes.colection",
    ]


def test_an_effect_of_the_class_is_judged_beside_the_scenarios_and_never_blamed_on_them():
    text = (HEAD + PLAN).replace(
        "contingency: true, budget: -3",
        "contingency: true, effects: [{on: staff.courts.availability, add: -0.5}]",
    )
    # the contingency can be released from move 2 on, day 200, when the scenario's effect is over
    assert loads(text).exercise is not None
    (told,) = problems(text.replace("id: kept, ", "id: kept, day: 61, ").replace("[endex, kept]", "[endex]"))
    assert "exercise.injects[1].effects[0].add: staff.courts.availability would be -0.1 from day 6" in told


def test_a_source_may_be_about_a_part_of_the_exercise():
    paths = ("exercise", "exercise.injects.told", "exercise.decision_form.cards.D1.changes", "exercise.moves")
    sources = "sources:\n" + "".join(f"  - {{path: {path}, says: assumption}}\n" for path in paths)
    assert len(loads(HEAD + PLAN + CARDS + sources).sources) == len(paths)


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ((15.0, 15.0), "10 brief + 2 × 15 + 15 hot wash + 5 feedback"),
        ((13.0,), "10 brief + 13 + 15 hot wash + 5 feedback"),
        ((12.5, 20.0, 12.5), "10 brief + 12.5 + 20 + 12.5 + 15 hot wash + 5 feedback"),
    ],
)
def test_minutes_are_added_up_in_words(moves, words):
    planned = PlannedMinutes(10.0, moves, 15.0, 5.0)
    assert str(planned) == words
    assert planned.total == 30 + sum(moves)


def test_thirds_of_minutes_add_up():
    part = 0.1
    minutes = Minutes(situation=part, discussion=part, decision=part, reveal=part)
    moves = tuple(Move(name=str(n), day=float(n), situation="A.", minutes=minutes) for n in range(3))
    plan = ExercisePlan(duration_minutes=31.2, moves=moves, predictions=("incidents",))
    assert in_words(plan) == "31.2 minutes = 10 brief + 3 × 0.4 + 15 hot wash + 5 feedback"


@pytest.mark.parametrize("name", shipped())
def test_a_card_alone_costs_what_the_offer_says_and_what_a_hand_pays(name):
    scenario = load(name)
    form = scenario.exercise.decision_form
    policy = scenario.policies(scenario.baseline)[0][1]
    for card in form.cards if form else ():
        cost = yearly_cost(scenario, card)
        alone = Played(card.code, tuple(card.changes.items()), move=0, costs_from=0.0, works_from=0.0)
        assert cost == pytest.approx(Hand(scenario, (alone,)).yearly_cost() - Hand(scenario).yearly_cost())
        # a second route: the cost of the policy itself
        changed = policy
        for lever, setting in card.settings(policy).items():
            whole = LEVERS[lever].is_staff and setting is not None
            changed = LEVERS[lever].set(changed, int(setting) if whole else setting)
        assert cost == pytest.approx(changed.yearly_cost(scenario.costs) - Hand(scenario).yearly_cost())


@pytest.mark.parametrize("name", shipped())
def test_an_exercise_is_outside_what_decides_the_runs(name):
    played = load(name)
    alone = played.model_copy(update={"exercise": None})
    assert played.exercise is not None
    assert experiment_hash(alone) == experiment_hash(played)
    for mix in played.policy_mixes:
        assert mix_digest(alone, mix) == mix_digest(played, mix)


@pytest.mark.parametrize("name", shipped())
def test_a_resolved_file_keeps_its_exercise(name):
    played = load(name)
    assert loads(resolved_yaml(played)).exercise == played.exercise


def test_there_are_enough_bad_exercises():
    assert len(list(BAD.glob("exercise-*.yaml"))) >= 40
