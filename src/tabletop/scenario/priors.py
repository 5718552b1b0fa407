"""Priors: the log-odds that a trace is genuine, by channel, before anybody has looked at it."""

from dataclasses import dataclass
from math import inf, log, prod

from pydantic import Field

from tabletop.engine.evidence import logistic
from tabletop.engine.frozen import Frozen, Unbounded
from tabletop.scenario.conditions import Conditions


class Beliefs(Frozen):
    """What analysts hold a trace to be before anybody has looked at it, whatever the conditions are."""

    intelligence: Unbounded = Field(
        description="On the intelligence channel.", json_schema_extra={"unit": "log-odds"}
    )
    community: Unbounded = Field(
        description="On the community channel.", json_schema_extra={"unit": "log-odds"}
    )
    border: Unbounded = Field(description="On the border channel.", json_schema_extra={"unit": "log-odds"})
    partner: Unbounded = Field(description="On the partner channel.", json_schema_extra={"unit": "log-odds"})


CHANNELS = ("intelligence", "community", "border", "partner")
DAYS_A_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class Rates:
    """Traces a day on one channel."""

    genuine: float
    benign: float

    @property
    def log_odds(self) -> float:
        """Log-odds that a trace is genuine: −∞ if none is, else +∞ if all are; never NaN."""
        if self.genuine <= 0:
            return -inf
        if self.benign <= 0:
            return inf
        if self.genuine == inf:
            return inf
        # a difference, since the quotient of extreme rates can be 0
        return log(self.genuine) - log(self.benign)


def _product(*factors: float) -> float:
    """The product; 0 if any factor is 0, even if another is infinite."""
    return 0.0 if 0 in factors else prod(factors)


def left_traces(conditions: Conditions) -> dict[str, Rates]:
    """Traces a day left on each channel if nothing were disrupted or prevented, by Little's law."""
    threat = conditions.threat
    preparing = _product(threat.formation_rate / 365, threat.preparation.mean)
    rates = {}
    for channel in CHANNELS:
        a_plot = _product(getattr(threat.trace_rates, channel) / DAYS_A_MONTH, threat.visibility.mean)
        share = threat.transnational_share if channel in ("border", "partner") else 1.0
        rates[channel] = Rates(_product(preparing, a_plot, share), getattr(conditions.background, channel))
    return rates


def presumed_traces(conditions: Conditions) -> dict[str, Rates]:
    """Traces a day that analysts presume when they set their priors.

    Only a share of the plots is still undetected and active; on the community channel the genuine
    are reported as trust at its base lets them be, the benign as rumour has it.
    """
    rates = {}
    reporting = conditions.reporting
    for channel, left in left_traces(conditions).items():
        genuine, benign = _product(left.genuine, conditions.detection.active_share), left.benign
        if channel == "community":
            genuine *= logistic(reporting.b0 + reporting.b1 * (conditions.trust.base - 0.5))
            benign *= reporting.rumour
        rates[channel] = Rates(genuine, benign)
    return rates


def prior_log_odds(conditions: Conditions) -> dict[str, float]:
    """A channel's log-odds that a trace is genuine, from conditions as written, before injects."""
    return {channel: rates.log_odds for channel, rates in presumed_traces(conditions).items()}
