"""The mixes that may be the best whatever one looks at: over all primary measures."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.analysis.best import Best
from tabletop.measures import MEASURES


@dataclass(frozen=True)
class BestOverall:
    """What the sets of all primary measures with a preferred direction say together."""

    judged: tuple[Best, ...]
    """The measures in which every mix can be compared."""
    left_out: tuple[Best, ...]
    """The measures that are missing in some mix, or rest there on one replication."""

    @classmethod
    def of(cls, found: Sequence[Best]) -> "BestOverall":
        """All measures taken together."""
        directed = [one for one in found if one.direction and (one.candidates or one.lacking)]
        return cls(
            tuple(one for one in directed if not one.lacking),
            tuple(one for one in directed if one.lacking),
        )

    @property
    def all_may_be_best(self) -> bool:
        """Whether every mix may be the best in every measure."""
        return all(one.all_may_be_best for one in self.judged)

    @property
    def mixes(self) -> tuple[str, ...]:
        """The mixes among the best in every measure; none where nothing tells the mixes apart."""
        if self.all_may_be_best:
            return ()
        first, *others = (one.among for one in self.judged)
        return tuple(mix for mix in first if all(mix in among for among in others))

    @property
    def telling(self) -> tuple[Best, ...]:
        """The measures that tell some of the mixes apart: in the others every mix may be the best."""
        return tuple(one for one in self.judged if not one.all_may_be_best)

    @property
    def few_worlds_differ(self) -> bool:
        """Whether one of these rests on so few replications that its mixes only lead."""
        return any(one.few_worlds_differ for one in self.telling)

    def where(self, every: str) -> str:
        """'every primary measure', or those that tell the mixes apart where others do not."""
        if len(self.telling) == len(self.judged):
            return every
        titles = ", ".join(MEASURES[one.measure].title for one in self.telling)
        return f"{every} that tells mixes apart ({titles})"

    def in_words(self) -> str:
        """What a report says of all primary measures; nothing where fewer than two have a direction."""
        if len(self.judged) + len(self.left_out) < 2:
            return ""
        return " ".join(sentence for sentence in (self._finding(), self._left_out()) if sentence)

    def _finding(self) -> str:
        if len(self.judged) < 2:
            return ""
        if all(len(one.candidates) == 1 and len(one.among) == 1 for one in self.judged):
            return ""  # there is one mix
        if self.all_may_be_best:
            return "Nothing tells the mixes apart in any primary measure."
        if not self.mixes:
            return (
                "No mix is among the best in every primary measure: which matters more is for people to say."
            )
        where, mixes = self.where("every primary measure"), ", ".join(self.mixes)
        if self.few_worlds_differ:
            return f"{'Lead' if len(self.mixes) > 1 else 'Leads'} so far in {where}: {mixes}."
        return f"Among the best in {where}: {mixes}."

    def _left_out(self) -> str:
        told = (
            f"{MEASURES[one.measure].title} (too little data with {', '.join(one.lacking)})"
            for one in self.left_out
        )
        return f"Left out: {'; '.join(told)}." if self.left_out else ""
