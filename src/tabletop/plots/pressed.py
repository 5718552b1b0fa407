"""The mix that puts most pressure on its staff: what the flow, the two lives and the page tell of."""

from dataclasses import dataclass

from tabletop.analysis.bottleneck import BUSY
from tabletop.analysis.compare import Comparison
from tabletop.analysis.estimate import Estimate
from tabletop.experiment.results import Results
from tabletop.measures import POOL_MEASURES
from tabletop.plots.labels import leading_measure, others


@dataclass(frozen=True)
class Pressed:
    """A mix whose busiest pool is 85 % busy, with the load of this pool there and with the baseline."""

    mix: str
    pool: str
    busy: Estimate
    wait: Estimate
    baseline_busy: Estimate
    baseline_wait: Estimate

    @property
    def longer(self) -> float:
        """How many days an item waits longer than with the baseline; 0 where one is not known."""
        return (self.wait.value or 0.0) - (self.baseline_wait.value or 0.0)


def pressed(results: Results, compared: Comparison) -> Pressed | None:
    """Of the mixes with a bottleneck, the one whose work waits longest beside the baseline's, if any."""
    found = []
    bottlenecks = results.bottlenecks()
    for mix in others(compared):
        one = bottlenecks[mix]
        if one is not None and (one.utilisation.value or 0.0) >= BUSY:
            of = [compared.estimates[name] for name in POOL_MEASURES[one.pool][:2]]
            both = [e[name] for name in (mix, compared.baseline) for e in of]
            found.append(Pressed(mix, one.pool, *both))
    return max(found, key=lambda one: one.longer, default=None)


def told_mix(results: Results, compared: Comparison) -> str:
    """The mix that is told of: the pressed one, or that which differs most in the leading measure."""
    if (one := pressed(results, compared)) is not None:
        return one.mix
    measure = leading_measure(results, compared)
    mixes = others(compared)
    if not mixes:
        return compared.baseline
    return max(mixes, key=lambda mix: abs(compared.contrast(measure, mix).difference or 0.0))
