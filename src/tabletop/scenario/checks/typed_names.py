"""Names of teams that nobody could type; an exercise that was begun with them goes on."""

from collections.abc import Iterator
from typing import Any

from tabletop.scenario import team_names
from tabletop.scenario.plain import items, mapping
from tabletop.scenario.words import shown
from tabletop.scenario.yaml_document import Fault


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Teams whose names are numbers, commands, or begin as another team's words do."""
    teams = items(mapping(data, "exercise"), "teams")
    for position, wrong in team_names.objections(teams):
        yield Fault(("exercise", "teams", position), f"{shown(teams[position])} {wrong}")
