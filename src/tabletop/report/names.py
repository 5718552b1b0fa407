"""Policy mixes by the names that a page gives them."""

from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.experiment.results import Results
from tabletop.plots.labels import mix_names


@dataclass(frozen=True)
class MixName:
    """What people call a mix, and what its file calls it."""

    title: str
    key: str

    @property
    def has_title(self) -> bool:
        """Whether people call it otherwise than its file."""
        return self.title != self.key


def named(results: Results, mixes: Iterable[str]) -> dict[str, MixName]:
    """The names of mixes, by their keys."""
    return {mix: MixName(title, mix) for mix, title in mix_names(results, tuple(mixes)).items()}
