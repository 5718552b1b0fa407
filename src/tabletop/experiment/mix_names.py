"""Names of policy mixes for people."""

from collections import Counter
from collections.abc import Sequence

from tabletop.experiment.results import Results

ALWAYS_SEEN = 8
"""Letters at both ends of a title that are seen where it is cut in the middle."""


def mix_names(results: Results, mixes: Sequence[str]) -> dict[str, str]:
    """The name of each mix for people: its title, followed by its name if another's could look the same."""
    written = results.design.scenario.policy_mixes
    titles = {mix: " ".join(written[mix].title.split()) or mix for mix in mixes}
    seen = Counter(map(_ends, titles.values()))
    return {mix: title if seen[_ends(title)] == 1 else f"{title} ({mix})" for mix, title in titles.items()}


def _ends(title: str) -> tuple[str, str]:
    """What is always seen of a title, however little room there is."""
    return title[:ALWAYS_SEEN].casefold(), title[-ALWAYS_SEEN:].casefold()
