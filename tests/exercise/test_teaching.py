"""Whether an exercise can teach: the effects of single cards, and the verdict on them."""

from dataclasses import replace

import pytest

from exercise.room import SMALL
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.exercise.hand import Hand, Played
from tabletop.exercise.luck import seed_of
from tabletop.exercise.teaching.alone import card_effects
from tabletop.exercise.teaching.effects import CardEffect, Sight
from tabletop.exercise.teaching.verdict import Verdict
from tabletop.exercise.visible import differs, visible_difference
from tabletop.measures import COST, value
from tabletop.report.teaching import teaching_document, teaching_sheet
from tabletop.scenario.decision_form import DecisionForm
from tabletop.scenario.inject import Inject
from tabletop.scenario.load import load
from tabletop.simulation import simulate

SECRET, OTHERS = "effects of cards", 24


@pytest.fixture(scope="module")
def found():
    return card_effects(SMALL, secret=SECRET, others=OTHERS)


def test_periods_are_the_reveals_the_hot_wash_and_the_epilogue(found):
    assert [(one.name, one.start, one.end) for one in found.periods] == [
        ("reveal 1", 0, 120),
        ("reveal 2", 120, 240),
        ("hot wash", 0, 240),
        ("epilogue", 240, 360),
    ]
    first, _, hot_wash, _ = found.periods
    assert first.measures == ("incidents", "trust_mean")
    assert COST not in first.measures
    assert hot_wash.measures == ("plots_disrupted", "wrongful_interventions")
    assert found.intervals_together == 6 * (2 + 2 + 2 + 4)


def test_an_effect_is_what_simulating_the_card_against_the_baseline_gives(found):
    """By hand, and on SimPy: D2 works from day 0, two analysts more than the baseline has."""
    plan = SMALL.exercise
    assert plan is not None
    card = plan.decision_form.card("D2")
    hand = Hand(SMALL, (Played("D2", tuple(card.changes.items()), 0, 0.0, 0.0),))
    usual = SMALL.policy_mixes["usual"]
    outcry = plan.injects[2]
    assert outcry.id == "outcry"
    waits = Inject(
        id=outcry.id, title=outcry.title, message=outcry.message, when=outcry.when, effects=outcry.effects
    )
    cut = Inject(id="cut", day=120, title="Budget cut", message="Less money.")
    scenario = SMALL.model_copy(
        update={
            "seed": seed_of(SMALL.seed, SECRET),
            "policy_mixes": {"usual": usual, "D2": hand.mix()},
            "injects": (*SMALL.injects, cut, waits),
        }
    )
    differences = []
    for replication in range(OTHERS + 1):
        read = {}
        for mix in ("usual", "D2"):
            run = simulate(scenario, mix, replication, interim_days=(120,), engine="simpy")
            read[mix] = value(run.interims[0].parts["trust_mean"])
        differences.append(read["D2"] - read["usual"])
    effect = next(one for one in found.of("D2")[0].effects if one.measure == "trust_mean")
    assert effect.contrast.difference == pytest.approx(sum(differences) / len(differences), abs=1e-15)
    assert effect.contrast.n == OTHERS + 1
    assert effect.visible == sum(abs(one) >= 0.01 for one in differences)


def test_what_does_not_work_yet_changes_nothing_in_any_world(found):
    waiting = [one for one in found.effects if one.choice.works_from >= one.period.end]
    assert {one.choice.code for one in waiting} == {"I1"}
    for one in waiting:
        assert one.sight is Sight.NOT_YET
        assert not any(effect.contrast.differing for effect in one.effects)
    assert any(effect.contrast.differing for effect in found.of("D1")[1].effects)


def test_every_interval_holds_together_with_all_others(found):
    intervals = [e.contrast.interval for one in found.effects for e in one.effects]
    known = [one for one in intervals if one is not None]
    assert known
    assert {one.confidence for one in known} == {1 - 0.05 / found.intervals_together}


def sight_of(effect, difference, low, high, delta):
    """What an effect shows if its numbers were others."""
    interval = replace(effect.contrast.interval, low=low, high=high)
    other = replace(effect.contrast, difference=difference, interval=interval)
    return replace(effect, contrast=other, delta=delta).sight


def test_a_card_shows_where_it_is_sure_of_its_side_and_not_less_than_delta(found):
    effects = (e for one in found.effects for e in one.effects)
    effect = next(one for one in effects if one.contrast.interval is not None)
    assert sight_of(effect, 1.0, 0.1, 1.9, 1.0) is Sight.SHOWS
    assert sight_of(effect, 0.9, 0.1, 1.7, 1.0) is Sight.SMALL
    assert sight_of(effect, 1.2, -0.1, 2.5, 1.0) is Sight.UNDECIDED
    assert sight_of(effect, 0.1, -0.5, 0.7, 1.0) is Sight.NOTHING
    assert sight_of(effect, -1.0, -1.9, -0.1, 1.0) is Sight.SHOWS
    # without δ any sure difference matters
    assert sight_of(effect, 0.001, 0.0001, 0.002, 0.0) is Sight.SHOWS


def test_the_smallest_difference_that_is_seen_is_delta_or_a_tenth_and_of_a_count_one():
    assert visible_difference(SMALL, "trust_mean", 0.5) == 0.01
    assert visible_difference(SMALL, "cases_opened", 40) == 4
    assert visible_difference(SMALL, "cases_opened", 4) == 1
    assert visible_difference(SMALL, "wait_teams", 4) == 0.4
    assert differs(SMALL, "cases_opened", 5, 4)
    assert not differs(SMALL, "cases_opened", 43.9, 40)
    assert not differs(SMALL, "wait_teams", 0, 0)  # δ is 0, and so is the difference
    assert not differs(SMALL, "wait_teams", None, 4)


def test_the_verdict_names_the_cards_that_show_nowhere_and_what_would_show_them(found):
    verdict = Verdict(found)
    assert verdict.is_told
    told = "\n".join(verdict.sentences())
    for code in verdict.idle_cards:
        assert f"{code}: {'undecided' if code in verdict.open_cards else 'shows nowhere: '}" in told
    shows = {one.choice.code for one in found.effects if one.sight is Sight.SHOWS}
    assert shows == {one.code for one in found.choices} - {*verdict.idle_cards}
    assert verdict.can_teach == (not verdict.idle_cards and not verdict.silent_reveals)


def cards_of(*cards):
    """The small exercise with other cards."""
    plan = SMALL.exercise
    assert plan is not None
    form = DecisionForm.model_validate({"cards": cards})
    return SMALL.model_copy(update={"exercise": plan.model_copy(update={"decision_form": form})})


def card(code, pillar, changes):
    """A card that works at once."""
    return {"code": code, "title": code, "says": code, "pillar": pillar, "changes": changes}


TRUSTED = card("R1", "reporting", {"engagement": {"add": 0.4}})
IDLE = card("P1", "prosecution", {"courts": {"add": 9}})


def test_an_exercise_can_teach_if_every_reveal_and_every_card_shows():
    verdict = Verdict(card_effects(cards_of(TRUSTED), secret=SECRET, others=OTHERS))
    assert verdict.can_teach
    assert verdict.sentences()[0].startswith("This exercise can teach: at each of its 2 reveals a card shows")
    verdict = Verdict(card_effects(cards_of(TRUSTED, IDLE), secret=SECRET, others=OTHERS))
    assert not verdict.can_teach
    assert (verdict.silent_reveals, verdict.idle_cards) == ((), ("P1",))
    assert verdict.sentences()[0] == "This exercise cannot teach as it is:"
    verdict = Verdict(card_effects(cards_of(IDLE), secret=SECRET, others=OTHERS))
    assert [one.name for one in verdict.silent_reveals] == ["reveal 1", "reveal 2"]


def test_a_card_that_does_the_same_as_a_cheaper_one_and_less_is_beaten():
    weaker = card("R2", "reporting", {"engagement": {"add": 0.1}, "social_programmes": {"add": 0.3}})
    found = card_effects(cards_of(TRUSTED, weaker), secret=SECRET, others=OTHERS)
    assert found.dominated == {"R2": "R1"}
    cheaper = card("R2", "reporting", {"engagement": {"add": 0.1}})
    found = card_effects(cards_of(TRUSTED, cheaper), secret=SECRET, others=OTHERS)
    assert not found.dominated  # it does less, and costs less


def test_few_worlds_give_no_verdict():
    few = card_effects(SMALL, secret=SECRET, others=FEW_WORLDS - 2)
    assert few is not None
    assert not Verdict(few).is_told
    assert (
        Verdict(few).sentences()[0].startswith("Whether this exercise can teach is not judged from 19 worlds")
    )


def test_where_nothing_is_decided_there_is_nothing_to_judge():
    assert card_effects(load("terror-queue"), secret=SECRET, others=2) is None


def test_no_effect_is_shown_without_its_interval(found):
    table = teaching_sheet(found)
    assert len(table.rows) == sum(len(one.effects) for one in found.effects)
    at = {name: place for place, name in enumerate(table.columns)}
    for row in table.rows:
        if row[at["sight"]] == "shows":
            assert row[at["low"]] is not None
            assert row[at["low"]] * row[at["high"]] > 0
    document = teaching_document(found)
    (section,) = document.sections
    picture, table = section.blocks
    assert "with its interval" in picture.caption
    differences = [row[3] for row in table.rows]
    assert all("(" in one or "no interval" in one for one in differences)


class Undecided(CardEffect):
    sight = Sight.UNDECIDED


class Nothing(CardEffect):
    sight = Sight.NOTHING


class Shows(CardEffect):
    sight = Sight.SHOWS


def seen(found, worlds, **as_):
    """The verdict if cards were seen as said, in so many worlds."""
    return Verdict(
        replace(
            found,
            worlds=worlds,
            choices=tuple(one for one in found.choices if one.code in as_),
            effects=tuple(
                as_[one.choice.code](**vars(one)) for one in found.effects if one.choice.code in as_
            ),
        )
    )


def test_what_few_worlds_leave_undecided_is_open_and_not_that_it_cannot_teach(found):
    open_yet = seen(found, 25, D1=Undecided, R1=Shows)
    assert (open_yet.open_cards, open_yet.is_told, open_yet.can_teach) == (("D1",), False, False)
    sentences = open_yet.sentences()
    assert sentences[0].startswith("Whether this exercise can teach is open after 25 worlds")
    assert "--others 100" in sentences[0]
    assert sentences[1] == "D1: undecided; whether it shows needs more worlds."
    # as many worlds as a class has: what is undecided then does not show
    in_class = seen(found, 101, D1=Undecided, R1=Shows)
    assert (in_class.open_cards, in_class.is_told) == ((), True)
    assert in_class.sentences()[0] == "This exercise cannot teach as it is:"
    # few worlds are enough for a card that surely changes nothing, and for reveals without one that may
    assert seen(found, 25, D1=Nothing, R1=Shows).is_told
    assert seen(found, 25, D1=Nothing, R1=Nothing).is_told
    assert not seen(found, 25, D1=Undecided, R1=Undecided).is_told
    assert seen(found, 25, D1=Shows, R1=Shows).can_teach
