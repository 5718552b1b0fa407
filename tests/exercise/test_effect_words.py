"""Effects in words: no mean without its interval, equality said as such, nothing certain that is not."""

import re
from dataclasses import replace

from tabletop.analysis.contrast import contrast
from tabletop.analysis.outcomes import Column
from tabletop.exercise.effect_words import in_words
from tabletop.exercise.policy_effect import Course, PolicyEffect
from tabletop.measures import MEASURES


def effect(measure, realised, own, base, delta=1.0, *, together=3, same_policy=False):
    """An effect whose values over the other worlds are these; realised is the team's and the baseline's."""

    def course(here, values):
        return Course(here, tuple(values), sum(values) / len(values) if values else None)

    made = contrast(
        *(Column(tuple(map(float, values)), (1.0,) * len(values)) for values in (own, base)),
        measure=measure,
        mix="Alpha",
        baseline="the baseline",
        direction=MEASURES[measure].direction,
        delta=delta,
        together=together,
        same_policy=same_policy,
    )
    return PolicyEffect(measure, course(realised[0], own), course(realised[1], base), delta, None, made)


BASE = [4, 6, 5, 3, 7, 5, 4, 6, 5, 5] * 3
LESS = [one - 2 + (place % 3 == 0) for place, one in enumerate(BASE)]


def test_a_mean_never_stands_without_its_interval_and_its_verdict():
    said = in_words(effect("incidents", (3, 5), LESS, BASE))
    assert said.startswith("Incidents: 3, baseline 5. On average 3.3 (")
    assert re.search(r"baseline 5(\.0)? \(3 to 6\): −1\.7 \(−1\.9 to −1\.\d\), better\.$", said)


def test_the_interval_is_that_of_the_contrast_for_all_teams():
    one = effect("incidents", (3, 5), LESS, BASE, together=3)
    twelve = effect("incidents", (3, 5), LESS, BASE, together=12)
    assert twelve.contrast.interval.half_width > one.contrast.interval.half_width


def test_what_equals_the_baseline_says_so_and_in_how_many_worlds_that_is_usual():
    own = [one if place % 3 else one + 1 for place, one in enumerate(BASE)]
    said = in_words(effect("incidents", (5, 5), own, BASE))
    assert said.startswith(
        "Incidents: 5, as under the baseline, which is so in 20 of 30 other worlds. On average "
    )


def test_no_difference_in_any_world_claims_no_more_than_the_worlds_show():
    said = in_words(effect("incidents", (5, 5), BASE, BASE))
    assert "no difference seen in 30 worlds (95 %: at most" in said


def test_a_team_without_decisions_has_the_baseline_s_mix_and_no_interval():
    said = in_words(effect("incidents", (5, 5), BASE, BASE, same_policy=True))
    assert said.endswith("it has the baseline's mix.")
    assert "difference" not in said


def test_few_worlds_are_said():
    said = in_words(effect("incidents", (3, 5), [3, 4, 5, 2], [5, 5, 6, 5]))
    assert said.count("only 4 worlds") == 1
    assert "so far" not in said  # there are no more to come


def test_undecided_says_only_that():
    own = [one + (1, -1, 0)[place % 3] for place, one in enumerate(BASE)]
    said = in_words(effect("incidents", (5, 6), own, BASE, delta=0.01))
    assert said.endswith("undecided.")
    assert "more replication" not in said


def test_delta_stands_as_people_read_it():
    own = [0.5 + 0.001 * (place % 2) for place in range(30)]
    base = [0.5 - 0.002 * (place % 3) for place in range(30)]
    said = in_words(effect("trust_mean", (0.5, 0.49), own, base, delta=0.0789123))
    assert "by less than 7.89 points" in said
    assert "delta" not in said


def test_an_interval_that_rounds_to_a_point_does_not_claim_one():
    own = [5.0 + 0.0001 * (place % 2) for place in range(30)]
    said = in_words(effect("incidents", (5, 5), own, [5.0] * 30))
    assert "(0.0 to 0.0)" not in said
    assert "less than is written here" in said


def test_before_the_other_worlds_are_there_only_what_happened_is_said():
    early = replace(effect("incidents", (3, 5), LESS, BASE), contrast=None)
    assert in_words(early) == "Incidents: 3, baseline 5"
    assert in_words(replace(early, own=Course(None, (), None))) == "Incidents: missing, baseline 5"
