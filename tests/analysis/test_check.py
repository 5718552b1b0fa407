"""The check of claims, against scipy, by hand, and by what would make it fail."""

import numpy as np
import pytest
from scipy import stats

from tabletop.analysis.check import Finding, check, confidence
from tabletop.analysis.outcomes import Column
from tabletop.scenario.claim import Claim


def column(values, denominators=None):
    ratio = denominators is not None
    bottom = denominators if ratio else [1.0] * len(values)
    return Column(tuple(map(float, values)), tuple(map(float, bottom)), is_ratio=ratio)


def claim(is_="higher", *, by=0.0, measure="incidents", contrast=None):
    named = {"contrast": contrast} if contrast else {"mix": "new", "versus": "old"}
    return Claim.model_validate({"that": "So it is.", "measure": measure, "is": is_, "by": by, **named})


def worlds(shift=0.0, *, n=60, seed=1):
    """Paired outcomes of two mixes: worlds vary much, the difference has this mean and a spread of 1."""
    generator = np.random.default_rng(seed)
    old = generator.normal(50, 10, n)
    return {"new": column(old + generator.normal(shift, 1, n)), "old": column(old)}


@pytest.mark.parametrize("claims", [1, 2, 3])
@pytest.mark.parametrize(("is_", "tail"), [("higher", "greater"), ("lower", "less")])
def test_the_bound_is_that_of_a_one_sided_paired_t_test_with_bonferroni(is_, tail, claims):
    columns = worlds(0.3)
    pair = columns["new"].numerators, columns["old"].numerators
    expected = stats.ttest_rel(*pair, alternative=tail).confidence_interval(1 - 0.01 / claims)
    found = check(claim(is_), columns, claims=claims)
    assert found.bound == pytest.approx(expected.low if is_ == "higher" else expected.high)
    assert found.estimate == pytest.approx(np.mean(np.subtract(*pair)))
    assert found.confidence == confidence(claims) == 1 - 0.01 / claims


def test_a_difference_that_is_there_is_supported_and_its_opposite_is_not():
    columns = worlds(2.0)
    assert check(claim("higher"), columns, claims=1).supported
    assert check(claim("lower"), columns, claims=1).finding is Finding.NOT_SUPPORTED
    assert check(claim("lower", contrast={"old": 1, "new": -1}), columns, claims=1).supported


def test_a_claim_holds_by_its_bound_and_not_by_its_estimate():
    columns = worlds(2.0)
    found = check(claim(), columns, claims=1)
    between = (found.bound + found.estimate) / 2
    assert check(claim(by=found.bound * 0.99), columns, claims=1).supported
    assert not check(claim(by=between), columns, claims=1).supported


def test_what_suffices_for_one_claim_may_not_suffice_for_one_of_ten():
    columns = worlds(2.0)
    by = check(claim(), columns, claims=1).bound * 0.999
    assert check(claim(by=by), columns, claims=1).supported
    assert not check(claim(by=by), columns, claims=10).supported


def test_a_ratio_enters_through_its_pseudo_values():
    generator = np.random.default_rng(3)
    cases = generator.integers(5, 30, (2, 40))
    columns = {
        "new": column(generator.binomial(cases[0], 0.8), cases[0]),
        "old": column(generator.binomial(cases[1], 0.4), cases[1]),
    }
    pair = columns["new"].values(), columns["old"].values()
    expected = stats.ttest_rel(*pair, alternative="greater").confidence_interval(0.99)
    found = check(claim(measure="false_case_share"), columns, claims=1)
    assert found.bound == pytest.approx(expected.low)
    ratios = [sum(c.numerators) / sum(c.denominators) for c in columns.values()]
    assert found.estimate == pytest.approx(ratios[0] - ratios[1])


def test_a_contrast_of_three_mixes_weighs_each_replication():
    generator = np.random.default_rng(4)
    none, one, two = (generator.normal(mean, 1, 50) for mean in (0, 5, 6))
    columns = {"none": column(none), "one": column(one), "two": column(two)}
    less = claim("lower", by=2, contrast={"two": 1, "one": -2, "none": 1})
    expected = stats.ttest_1samp(two - 2 * one + none, 0, alternative="less").confidence_interval(0.99)
    found = check(less, columns, claims=1)
    assert found.supported
    assert found.bound == pytest.approx(expected.high)


def test_where_too_few_worlds_differ_nothing_is_supported():
    old = [5.0] * 60
    some, enough = ([6.0] * k + [5.0] * (60 - k) for k in (19, 20))
    found = check(claim(), {"new": column(some), "old": column(old)}, claims=1)
    assert found.bound > 0
    assert found.finding is Finding.FEW_WORLDS
    assert "; only 19 of 60 worlds differ" in found.in_words()
    assert check(claim(), {"new": column(enough), "old": column(old)}, claims=1).supported


def test_the_same_difference_in_few_worlds_has_no_bound():
    few, enough = ({"new": column([6.0] * n), "old": column([5.0] * n)} for n in (19, 20))
    found = check(claim(), few, claims=1)
    assert (found.finding, found.bound) == (Finding.FEW_WORLDS, None)
    assert found.in_words().endswith("no bound: the same difference everywhere; only 19 worlds so far")
    found = check(claim(), enough, claims=1)
    assert found.supported
    assert found.in_words().endswith("found +1 in every world")


def test_a_ratio_of_few_worlds_supports_nothing():
    old = column([0, 1, 1, 0, 1] * 12, [2] * 60)
    for worlds, finding in ((1, Finding.FEW_WORLDS), (19, Finding.FEW_WORLDS), (20, Finding.SUPPORTED)):
        new = column(([3, 4] * 30)[:worlds] + [0] * (60 - worlds), [4] * worlds + [0] * (60 - worlds))
        found = check(claim(measure="false_case_share"), {"new": new, "old": old}, claims=1)
        assert found.finding is finding, worlds
        assert ("rests on" in found.in_words()) == (worlds < 20)
        assert (found.bound is None) == (worlds < 2)


@pytest.mark.parametrize("n", [0, 1])
def test_one_replication_supports_nothing(n):
    found = check(claim(), {"new": column([9.0] * n), "old": column([1.0] * n)}, claims=1)
    assert not found.supported
    assert found.bound is None


def test_no_difference_supports_nothing():
    alike = {"new": column([4.0] * 60), "old": column([4.0] * 60)}
    assert not any(check(claim(is_), alike, claims=1).supported for is_ in ("higher", "lower"))


def test_a_ratio_without_a_denominator_is_missing():
    columns = {"new": column([0] * 30, [0] * 30), "old": column([1] * 30, [2] * 30)}
    found = check(claim(measure="false_case_share"), columns, claims=1)
    assert found.finding is Finding.MISSING
    assert str(found) == (
        "not supported, the measure is missing: So it is. "
        "false_case_share, new − old: higher; nothing to average in 30 replications"
    )


def test_a_verdict_says_what_was_claimed_and_what_was_found():
    found = check(claim(by=0.5), worlds(2.0), claims=2)
    low = f"{found.bound:+.2f}"
    assert str(found) == (
        "supported: So it is. incidents, new − old: higher by more than 0.5; "
        f"found {found.estimate:+.2f}, at least {low} (99.50 %)"
    )


def test_a_file_of_false_claims_has_one_supported_in_a_hundred_at_most():
    experiments, claims, wrong = 1500, 2, 0
    for seed in range(experiments):
        wrong += any(
            check(claim(), worlds(n=30, seed=seed + k * experiments), claims=claims).supported
            for k in range(claims)
        )
    assert stats.binomtest(wrong, experiments).proportion_ci(0.99, method="exact").low < 0.01
    assert wrong > 0
