"""The words that the figures of an exercise share."""


def of_teams(count: int) -> str:
    """'every team', or 'both teams', or 'the team'."""
    return {1: "the team", 2: "both teams"}.get(count, f"all {count} teams")
