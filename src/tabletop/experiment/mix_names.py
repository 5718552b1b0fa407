"""Names of policy mixes for people."""

from collections.abc import Sequence

from tabletop.experiment.results import Results


def mix_names(results: Results, mixes: Sequence[str]) -> dict[str, str]:
    """The name of each mix for people: its title, followed by its name if two mixes have the same title."""
    written = results.design.scenario.policy_mixes
    titles = {mix: " ".join(written[mix].title.split()) or mix for mix in mixes}
    seen = list(titles.values())
    return {mix: title if seen.count(title) == 1 else f"{title} ({mix})" for mix, title in titles.items()}
