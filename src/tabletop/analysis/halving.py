"""Successive halving: which candidates are looked at longer, by non-domination of their means so far.

A stage keeps the best quarter of those whose constraints are not shown to be broken. Ranks of non-domination
and, within a rank, crowding distances are those of Deb et al. (2002); what is still equal keeps the order of
the candidates. A rule for who is looked at again, and no estimate: what it keeps is judged on
other worlds.
"""

from collections.abc import Mapping, Sequence
from math import ceil, inf

KEPT = 0.25
"""Share of the candidates that a stage keeps."""


def kept_of(number: int) -> int:
    """How many of so many candidates a stage keeps."""
    return max(1, ceil(KEPT * number))


def best(scores: Mapping[str, Sequence[float]], broken: frozenset[str], number: int) -> tuple[str, ...]:
    """The best candidates, at most so many, in the order of `scores`; larger is better in every aim.

    Those in `broken` are never among them.
    """
    left = [name for name in scores if name not in broken]
    found: list[str] = []
    while left and len(found) < number:
        front = [one for one in left if not any(_dominates(scores[other], scores[one]) for other in left)]
        room = number - len(found)
        if len(front) > room:
            distance = _crowding({name: scores[name] for name in front})
            front = sorted(front, key=lambda name: -distance[name])[:room]
        found += front
        chosen = set(found)
        left = [name for name in left if name not in chosen]
    chosen = set(found)
    return tuple(name for name in scores if name in chosen)


def _dominates(a: Sequence[float], b: Sequence[float]) -> bool:
    pairs = [*zip(a, b, strict=True)]
    return all(x >= y for x, y in pairs) and any(x > y for x, y in pairs)


def _crowding(scores: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """How far from their neighbours the members of one front lie; those at an end infinitely."""
    found = dict.fromkeys(scores, 0.0)
    for aim in range(len(next(iter(scores.values())))):
        ranked = sorted(scores, key=lambda name: scores[name][aim])
        low, high = scores[ranked[0]][aim], scores[ranked[-1]][aim]
        found[ranked[0]] = found[ranked[-1]] = inf
        if high > low:
            for before, name, after in zip(ranked, ranked[1:-1], ranked[2:], strict=False):
                found[name] += (scores[after][aim] - scores[before][aim]) / (high - low)
    return found
