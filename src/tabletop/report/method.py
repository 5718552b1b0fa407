"""The method of an experiment in words, and how its results must not be read."""

from collections.abc import Iterator

from tabletop.analysis.bottleneck import BUSY
from tabletop.analysis.compare import Comparison
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.moments import ENOUGH
from tabletop.analysis.words import figure, plural, share
from tabletop.experiment.results import Results
from tabletop.report.document.statement import Words

Term = tuple[str, tuple[Words, ...]]
"""A term, with its explanation in paragraphs."""

MUST_NOT_SAY = (
    (
        "It predicts nothing. Nobody can say from it how many incidents there will be anywhere, or that a "
        "policy works. Models of rare events cannot be validated (JASON 2009)."
    ),
    (
        "Its intervals tell how well the replications know the model's own answer. They say nothing about "
        "whether the model's assumptions hold. More replications make them narrower, and the model no truer."
    ),
    (
        "Nearly all its numbers are assumptions, chosen so that mechanisms show. They are not fitted to a "
        "place, and another choice can turn a finding round."
    ),
    (
        "It ranks no one. It has no real place, group, person, belief or method in it, and must not be read "
        "as if one were meant."
    ),
    (
        "It adds nothing up. Security, rights, trust, time and money stand beside each other; what one is "
        "worth in another is for people to argue, not for the model to say."
    ),
    "Harm is an abstract number. No casualties are modelled. Costs are abstract units, and no prices.",
    (
        "“Better” means better in one measure, under one scenario, against one baseline. “Undecided” does "
        "not mean equal, and “no difference seen” does not mean that there is none."
    ),
)
"""Warnings to the reader, a sentence or two each."""


def method(results: Results, compared: Comparison) -> tuple[Term, ...]:
    """How the findings of a comparison were obtained."""
    return tuple(_terms(results, compared))


def _terms(results: Results, compared: Comparison) -> Iterator[Term]:
    yield ("Replications", tuple(_replications(results, compared)))
    yield (
        "Shared luck",
        (
            (
                "Replication r is one world. Every mix meets the same world: the same candidate plots, the "
                "same harmless traces, the same difficulty of cases (common random numbers). The policy "
                "only decides what becomes of them."
            ),
        ),
    )
    yield ("Paired differences", tuple(_paired(compared)))
    yield ("Intervals that hold together", tuple(_together(compared)))
    yield ("Verdicts and δ", tuple(_verdicts(results, compared)))
    yield (
        "Little data",
        (
            (
                "Where a policy seldom matters, most paired differences are exactly 0, and an interval "
                f"covers less than it says. Below {FEW_WORLDS} differing replications a verdict says how "
                "many they are, and “equivalent” is not given. Where none of n worlds differs, at most 3/n "
                "of all worlds do (95 %)."
            ),
            (
                "No spread is no certainty. Where all worlds come to the same, a count has the exact "
                "interval of a Poisson mean, a share that of a binomial proportion, and nothing else has "
                f"one. The same difference in fewer than {FEW_WORLDS} worlds has no verdict. A ratio of few "
                "worlds says what it rests on, and of one world alone it is not judged."
            ),
        ),
    )
    yield (
        "Skewed differences",
        (
            (
                "Where skew is seen, each end of an interval is the further of Student's and of Hall's "
                "(1992), who removes the skewness of a t statistic. The interval may still cover less than "
                f"it says where there are fewer than {ENOUGH} worlds for each square of the skewness, of "
                "the difference or of an outcome: it is flagged as skewed."
            ),
        ),
    )
    yield (
        "The best",
        (
            (
                "For each primary measure, the mixes that may be the best: multiple comparisons with the "
                "best from paired differences, after Edwards & Hsu (1983), 95 % for each measure. The "
                "baseline is one of them. A mix alone is “best” where each other differs from it in "
                f"{FEW_WORLDS} worlds at least and no comparison with it is undecided; else it “leads”."
            ),
        ),
    )
    if results.ratio_intervals(compared).measures:
        yield (
            "Ratios",
            (
                (
                    "A share or a mean duration is the ratio of sums over all replications, never the mean "
                    "of ratios. Beside its interval stands a bootstrap interval at the same level (BCa, "
                    "9,999 resamples of whole replications). It decides nothing; where the two differ much, "
                    "read both with care."
                ),
            ),
        )
    yield (
        "Bottlenecks",
        (
            (
                "The pool of a mix with the highest utilisation, ties by mean wait; none below "
                f"{share(BUSY)}. Unlimited staff has no utilisation."
            ),
        ),
    )


def _replications(results: Results, compared: Comparison) -> Iterator[str]:
    n = len(compared.replications)
    yield (
        f"{plural(n, 'replication')} of every mix, each a whole exercise. Replications are the sample; the "
        "people, traces and cases within one are not independent of each other, and are never counted as a "
        "sample."
    )
    if compared.dropped:
        yield f"{plural(len(compared.dropped), 'replication')} left out of every mix, because a run failed."
    if results.precision is not None:
        yield f"Their number was decided by precision, never by a verdict: {results.precision.in_words()}."


def _paired(compared: Comparison) -> Iterator[str]:
    yield (
        f"All inference rests on the differences from {compared.baseline}, world by world. Each mix also has "
        "an interval of its own mean; whether two of these overlap is not a test."
    )


def _together(compared: Comparison) -> Iterator[str]:
    others, primary = len(compared.mixes) - 1, len(compared.primary)
    if compared.intervals_together:
        each = share(1 - (1 - CONFIDENCE) / compared.intervals_together)
        yield (
            "Intervals of paired differences, with Bonferroni's correction: "
            f"{others} {'mixes' if others > 1 else 'mix'} × "
            f"{plural(primary, 'primary measure')} = {plural(compared.intervals_together, 'interval')}, each "
            f"at {each}, so that all of them hold with at least {share(CONFIDENCE)}."
        )
    yield "Intervals of all other measures are unadjusted: they are for looking around, and conclude nothing."


def _verdicts(results: Results, compared: Comparison) -> Iterator[str]:
    interests = results.design.scenario.measures
    deltas = ", ".join(f"{name} {figure(interests[name].delta)}" for name in compared.primary)
    yield (
        "The scenario gives every primary measure a δ, the smallest difference that would matter"
        + (f" ({deltas})." if deltas else ".")
    )
    yield (
        "An interval that excludes 0 is better or worse, “but by less than δ” if it lies within ±δ. One "
        "within ±δ that holds 0 is equivalent within δ. Anything else is undecided, with about how many "
        "more replications would decide it. A measure without a preferred direction is higher or lower."
    )
