"""Candidates: random mixes that spend the budget in whole steps."""

from collections.abc import Mapping, Sequence
from random import Random

from tabletop.experiment.search.moves import SLACK, Move, Space

TRIES = 50
"""Draws for each candidate that is wanted; where the space is small, most draws are there already."""
MOST_CUT = 0.3
"""Largest chance with which a draw cuts a lever that may be cut; each draw has one below it."""
UNEVEN = 6.0
"""Largest power of the weights by which a draw spends: some spread the budget, some put it in few levers."""
Steps = Mapping[str, int]
"""By how many steps each lever is moved; what is not moved is left out."""


def drawn(space: Space, number: int, *, seed: int) -> tuple[dict[str, int], ...]:
    """So many different candidates, or as many as are found; the first are the same for more of them."""
    luck = Random(f"{seed}/candidates")  # noqa: S311 (no secret; of its methods, random() never changes)
    found: dict[tuple[tuple[str, int], ...], dict[str, int]] = {}
    for _ in range(TRIES * number):
        if len(found) == number:
            break
        steps = draw(space, luck)
        if steps:
            found.setdefault(key(steps), steps)
    return tuple(found.values())


def key(steps: Steps) -> tuple[tuple[str, int], ...]:
    """What makes two candidates the same."""
    return tuple(sorted((lever, taken) for lever, taken in steps.items() if taken))


def draw(space: Space, luck: Random) -> dict[str, int]:
    """One candidate: some levers are cut, and all that the budget then leaves is spent on others."""
    steps: dict[str, int] = {}
    chance = MOST_CUT * luck.random()
    for move in space.moves:
        if move.price == 0:
            steps[move.lever] = move.least + _below(luck, move.most - move.least + 1)
        elif move.least < 0 and luck.random() < chance:
            steps[move.lever] = -1 - _below(luck, -move.least)
    return spent(space, steps, luck)


def spent(space: Space, steps: Steps, luck: Random) -> dict[str, int]:
    """Steps repaired so that they spend the budget: too dear ones are taken back, then what is left is spent.

    What is spent goes to levers that are not cut, each with a weight of its own, until no step fits.
    """
    found = dict(steps)
    left = space.spare - space.cost(found)
    power = 1 + (UNEVEN - 1) * luck.random()
    weights = {move.lever: luck.random() ** power + 1e-3 for move in space.moves}
    slack = SLACK * max(1.0, abs(space.spare))
    while left < -slack:
        raised = [move for move in space.moves if move.price and found.get(move.lever, 0) > 0]
        move = _chosen(raised, {move.lever: 1.0 for move in raised}, luck)
        found[move.lever] -= 1
        left += move.price
    while True:
        fitting = [
            move
            for move in space.moves
            if 0 < move.price <= left + slack and 0 <= found.get(move.lever, 0) < move.most
        ]
        if not fitting:
            return {lever: taken for lever, taken in found.items() if taken}
        move = _chosen(fitting, weights, luck)
        found[move.lever] = found.get(move.lever, 0) + 1
        left -= move.price


def _chosen(moves: Sequence[Move], weights: Mapping[str, float], luck: Random) -> Move:
    point = luck.random() * sum(weights[move.lever] for move in moves)
    for move in moves:
        point -= weights[move.lever]
        if point < 0:
            return move
    return moves[-1]


def _below(luck: Random, end: int) -> int:
    return min(int(luck.random() * end), end - 1)
