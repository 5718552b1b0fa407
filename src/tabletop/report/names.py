"""Policy mixes by the names that a page gives them."""

from collections.abc import Iterable, Mapping

from tabletop.experiment.results import Results
from tabletop.plots.labels import mix_names
from tabletop.report.document.statement import Run, Said

Names = Mapping[str, Said]
"""What mixes are called, by the keys that the file gives them."""


def titled(results: Results, mixes: Iterable[str]) -> Names:
    """What people call each mix, and below it what its file calls it, where that is not the same."""
    titles = mix_names(results, tuple(mixes)).items()
    return {mix: Said(mix if title == mix else (title, Run(f"\n{mix}", "code"))) for mix, title in titles}


def title_of(name: Said) -> str:
    """What people call a mix, within a sentence."""
    return name.runs[0].text


def by_key(mixes: Iterable[str]) -> Names:
    """Mixes as their file calls them: what one types."""
    return {mix: Said(mix) for mix in mixes}
