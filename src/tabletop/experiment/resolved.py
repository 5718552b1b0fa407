"""The resolved scenario: a scenario file with every default filled in."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from tabletop.experiment.identity import costs, settings
from tabletop.scenario.scenario import Scenario

HEADING = "# Written by tabletop: every default filled in, every mix with all its levers.\n"


def resolved(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data in which mixes inherit nothing; read again, it gives the same settings."""
    data = scenario.model_dump(
        mode="json", exclude={"uncertain": True, "claims": {"__all__": {"survives", "turns_at"}}}
    )  # no run depends on them
    data["injects"] = [inject.model_dump(mode="json", exclude_none=True) for inject in scenario.injects]
    data["costs"] = costs(scenario)
    data["policy_mixes"] = {name: _mix(scenario, name) for name in scenario.policy_mixes}
    return data


def resolved_yaml(scenario: Scenario) -> str:
    """The resolved scenario as YAML; the same bytes for the same scenario."""
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = False
    yaml.width = 1_000_000  # a text stays on its line
    text = StringIO(newline="")
    yaml.dump(resolved(scenario), text)
    return HEADING + text.getvalue()


def _mix(scenario: Scenario, name: str) -> dict[str, Any]:
    written = scenario.policy_mixes[name]
    (_, first), *later = settings(scenario, name)
    changes = [{"day": day, **levers} for day, levers in later]
    return {"title": written.title, "summary": written.summary, **first, "changes": changes}
