"""The conditions of a scenario: everything that no policy mix can set."""

from pydantic import Field

from tabletop.background import Conditions as BackgroundConditions
from tabletop.engine.frozen import Frozen, Share, condition
from tabletop.pillars.detection import Conditions as DetectionConditions
from tabletop.pillars.interdiction import Conditions as InterdictionConditions
from tabletop.pillars.prosecution import Conditions as ProsecutionConditions
from tabletop.pillars.reporting import Conditions as ReportingConditions
from tabletop.pillars.sharing import Conditions as SharingConditions
from tabletop.threat import Conditions as ThreatConditions
from tabletop.trust import Conditions as TrustConditions


class Availability(Frozen):
    """How much of a pool's authorised staff is present."""

    availability: Share = condition(1.0, "Share of the authorised staff that is present.", unit="share")


class StaffConditions(Frozen):
    """The presence of each pool's staff; a pool bears its lever's name."""

    tip_line_staff: Availability = Field(default=Availability(), description="The tip line.")
    analysts: Availability = Field(default=Availability(), description="The analysts.")
    teams: Availability = Field(default=Availability(), description="The investigation teams.")
    border_officers: Availability = Field(default=Availability(), description="The border officers.")
    prosecutors: Availability = Field(default=Availability(), description="The prosecutors.")
    courts: Availability = Field(default=Availability(), description="The courts.")
    liaison_officers: Availability = Field(default=Availability(), description="The liaison officers.")


class Conditions(Frozen):
    """Everything that no policy mix can set; an inject may."""

    threat: ThreatConditions = Field(default=ThreatConditions(), description="How plots form and mature.")
    background: BackgroundConditions = Field(
        default=BackgroundConditions(), description="Benign traces a day."
    )
    trust: TrustConditions = Field(default=TrustConditions(), description="What moves trust.")
    detection: DetectionConditions = Field(
        default=DetectionConditions(), description="Intelligence and analysis."
    )
    reporting: ReportingConditions = Field(default=ReportingConditions(), description="Community reporting.")
    interdiction: InterdictionConditions = Field(
        default=InterdictionConditions(), description="Investigation, intervention, border."
    )
    prosecution: ProsecutionConditions = Field(default=ProsecutionConditions(), description="Justice.")
    sharing: SharingConditions = Field(default=SharingConditions(), description="International cooperation.")
    staff: StaffConditions = Field(default=StaffConditions(), description="Presence of staff, pool by pool.")
