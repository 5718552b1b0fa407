"""Columns of measures in compact form: eight bytes a number."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tabletop.analysis.outcomes import Column
from tabletop.measures import MEASURES, Reading


class Readings:
    """Every measure of one mix, over its finished replications."""

    def __init__(self, readings: Iterable[tuple[int, Mapping[str, Reading]]]) -> None:
        self.replications = array("q")
        self._numerators = {name: array("d") for name in MEASURES}
        self._denominators = {name: array("d") for name, m in MEASURES.items() if m.kind == "ratio"}
        for replication, parts in readings:
            self.replications.append(replication)
            for name, (numerator, denominator) in parts.items():
                self._numerators[name].append(numerator)
                if name in self._denominators:
                    self._denominators[name].append(denominator)

    def rows(self) -> Iterator[tuple[int, str, Reading]]:
        """Replication, measure, numerator and denominator, replication by replication."""
        for place, replication in enumerate(self.replications):
            for name, numerators in self._numerators.items():
                denominators = self._denominators.get(name)
                yield (
                    replication,
                    name,
                    (numerators[place], 1.0 if denominators is None else denominators[place]),
                )

    def columns(self, replications: Sequence[int] | None = None) -> "Columns":
        """The columns of these replications, all of which are finished; by default of every one."""
        if replications is None:
            return Columns(self, range(len(self.replications)))
        places = {replication: place for place, replication in enumerate(self.replications)}
        return Columns(self, array("q", (places[replication] for replication in replications)))

    def column(self, measure: str, places: Sequence[int]) -> Column:
        """One measure at some places."""
        numerators = self._numerators[measure]
        denominators = self._denominators.get(measure)
        return Column(
            tuple(numerators[place] for place in places),
            (1.0,) * len(places) if denominators is None else tuple(denominators[place] for place in places),
            is_ratio=denominators is not None,
        )


class Columns(Mapping[str, Column]):
    """Columns by measure, each made when it is asked for."""

    def __init__(self, readings: Readings, places: Sequence[int]) -> None:
        self._readings = readings
        self._places = places

    def __getitem__(self, measure: str) -> Column:
        if measure not in MEASURES:
            raise KeyError(measure)
        return self._readings.column(measure, self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(MEASURES)

    def __len__(self) -> int:
        return len(MEASURES)
