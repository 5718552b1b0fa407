"""Trust: the level to which it tends, and the events that move it."""

from dataclasses import dataclass

from tabletop.engine.frozen import Frozen, Positive, Share, condition
from tabletop.world import Step, World


class Conditions(Frozen):
    """What no policy sets about trust."""

    base: Share = condition(
        0.68, "The level that trust tends to, without engagement and strains.", unit="share"
    )
    engagement_gain: Share = condition(0.3, "What full engagement adds to that level.", unit="share")
    surveillance_strain: Share = condition(0.2, "What full collection takes from that level.", unit="share")
    protection_strain: Share = condition(
        0.1, "What full protection, with its checks in public places, takes from that level.", unit="share"
    )
    data_strain: Share = condition(
        0.1,
        "What data that travel take from that level: linkage, real-time link and openness all at 1.",
        unit="share",
    )
    relaxation: Positive = condition(
        180.0, "Time constant with which trust tends to that level.", unit="days"
    )
    loss: Share = condition(0.02, "Share of trust that a wrongful intervention costs.", unit="share")
    incident_loss: Share = condition(0.05, "Share of trust that an incident costs.", unit="share")
    cleared_loss: Share = condition(
        0.002,
        "Share of trust that investigating and clearing a benign subject costs, without care.",
        unit="share",
    )
    refusal_loss: Share = condition(
        0.001, "Share of trust that refusing an innocent at the border costs.", unit="share"
    )
    gain: Share = condition(
        0.005,
        "Share of distrust that the acquittal of an innocent heals, under full safeguards.",
        unit="share",
    )


@dataclass(frozen=True, slots=True)
class Presence:
    """What the public lives with every day: a policy's settings, each a share of the possible."""

    engagement: float
    collection: float
    protection: float
    data: float
    """How freely data travel: the mean of linkage, real-time link and openness."""


class Trust:
    """Moves the stock of trust: towards its level, and at events."""

    def __init__(self, world: World, conditions: Conditions) -> None:
        self._world = world
        self._conditions = conditions

    def adopt(self, conditions: Conditions, presence: Presence) -> None:
        """From now on trust tends to the level that the policy's presence determines."""
        self._conditions = conditions
        level = self.level(conditions, presence)
        self._world.trust.tend(level, conditions.relaxation)
        self._world.note(Step.TRUST_TENDS, value=level)

    @staticmethod
    def level(conditions: Conditions, presence: Presence) -> float:
        """The level that trust tends to: engagement raises it, what watches the public lowers it."""
        level = (
            conditions.base
            + conditions.engagement_gain * presence.engagement
            - conditions.surveillance_strain * presence.collection
            - conditions.protection_strain * presence.protection
            - conditions.data_strain * presence.data
        )
        return min(1.0, max(0.0, level))

    def wronged(self) -> None:
        """A wrongful intervention happened."""
        self._scale(1 - self._conditions.loss)

    def refused(self) -> None:
        """An innocent was refused at the border."""
        self._scale(1 - self._conditions.refusal_loss)

    def shaken(self) -> None:
        """An incident happened."""
        self._scale(1 - self._conditions.incident_loss)

    def troubled(self, care: float) -> None:
        """A benign subject was investigated with so much care, and cleared."""
        self._scale(1 - self._conditions.cleared_loss * (1 - care))

    def vindicated(self, safeguards: float) -> None:
        """An innocent was acquitted, under such safeguards."""
        gain = self._conditions.gain * safeguards
        if gain:
            trust = self._world.trust.value()
            self._world.move("trust", trust + gain * (1 - trust))

    def _scale(self, factor: float) -> None:
        if factor != 1:
            self._world.move("trust", self._world.trust.value() * factor)
