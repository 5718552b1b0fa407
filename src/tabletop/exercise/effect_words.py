"""Effects of decisions in words: what happened, and what the policy does on average over the other worlds."""

from tabletop.analysis.contrast import Contrast
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.words import delta_in_words, plural
from tabletop.exercise.policy_effect import Course, PolicyEffect
from tabletop.exercise.values import difference as alone
from tabletop.exercise.values import formatted, rounded, signed, titled, written
from tabletop.measures import MEASURES

KEY = (
    "On average: over the other worlds; in brackets from where to where 8 of 10 worlds lie. Then the mean "
    "difference from the baseline and its 95 % interval, for all teams of a measure together."
)


def in_words(effect: PolicyEffect) -> str:
    """What happened beside the baseline, then the mean over the other worlds, once they are simulated."""
    here = f"{titled(effect.measure)}: {happened(effect)}"
    return here if effect.contrast is None else f"{here}. {on_average(effect, effect.contrast)}."


def happened(effect: PolicyEffect) -> str:
    """A team's outcome in the world that is played, beside the baseline's."""
    own, base = effect.own.realised, effect.baseline.realised
    if own is None or base is None or not effect.is_equal:
        return f"{formatted(effect.measure, own)}, baseline {formatted(effect.measure, base)}"
    usual = f"{formatted(effect.measure, own)}, as under the baseline"
    contrast = effect.contrast
    if contrast is None or effect.has_baselines_mix:
        return usual
    return f"{usual}, which is so in {contrast.worlds.same} of {contrast.worlds.total} other worlds"


def on_average(effect: PolicyEffect, contrast: Contrast) -> str:
    """The mean over the other worlds beside the baseline's, with both bands, and the paired difference."""
    few = "only " if contrast.n < FEW_WORLDS else ""
    worlds = f"{few}{plural(contrast.n, 'world')}"
    if effect.has_baselines_mix:
        return f"On average {_course(effect.measure, effect.own)}: it has the baseline's mix"
    means = (
        f"On average {_course(effect.measure, effect.own)}, baseline "
        f"{_course(effect.measure, effect.baseline)}"
    )
    # all of them are simulated: there are no more to come
    said = f"{means}: {difference(contrast)}".replace(f"{worlds} so far", worlds)
    return f"{said} ({worlds})" if few and worlds not in said else said


def difference(contrast: Contrast) -> str:
    """The mean paired difference with its interval, and the verdict."""
    if contrast.interval is None or contrast.difference is None:
        return contrast.in_words()
    measure, ends = contrast.measure, contrast.interval
    low, high = (signed(rounded(measure, one)) for one in (ends.low, ends.high))
    mean = alone(measure, rounded(measure, contrast.difference))
    # an interval that rounds to a point would claim what it does not know
    size = f"{mean} ({low} to {high})" if low != high else f"{mean}, less than is written here"
    return f"{size}, {_verdict(contrast)}"


def _verdict(contrast: Contrast) -> str:
    """The verdict, its δ as people read it, and what makes it doubtful; without what it would take."""
    if contrast.is_equal:
        return contrast.in_words()
    delta = delta_in_words(contrast.delta, MEASURES[contrast.measure].unit) if contrast.delta else "δ"
    return "; ".join((contrast.verdict.replace("delta", delta), *contrast.cautions))


def _course(measure: str, course: Course) -> str:
    mean = "missing" if course.mean is None else written(measure, rounded(measure, course.mean))
    if course.band is None:
        return mean
    low, high = (formatted(measure, end) for end in course.band)
    return f"{mean} ({low} to {high})"
