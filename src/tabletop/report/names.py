"""The names of policy mixes on a page."""

from collections.abc import Iterable, Mapping

from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.report.document.statement import Run, Said

Names = Mapping[str, Said]
"""The names of mixes for people, by their keys in the file."""


def titled(results: Results, mixes: Iterable[str]) -> Names:
    """The title of each mix, and below it its key in the file, where the two differ."""
    titles = mix_names(results, tuple(mixes)).items()
    return {mix: Said(mix if title == mix else (title, Run(f"\n{mix}", "code"))) for mix, title in titles}


def title_of(name: Said) -> str:
    """The title of a mix, for use within a sentence."""
    return name.runs[0].text


def by_key(mixes: Iterable[str]) -> Names:
    """Mixes by their keys in the file, as they are typed."""
    return {mix: Said(mix) for mix in mixes}
