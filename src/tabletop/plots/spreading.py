"""Labels in a column: each as near to its place as it can be without touching another."""

from collections.abc import Sequence


def spread_out(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least `gap` apart between `low` and `high`, in the order of the given ones.

    Neighbours that would touch move apart as one block around their mean. Where all do not fit, they
    are evenly spaced.
    """
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    if gap * (len(order) - 1) > high - low:
        gap = (high - low) / max(1, len(order) - 1)
    blocks: list[tuple[float, int]] = []  # the middle of a block, and how many are in it
    for i in order:
        middle, size = min(high, max(low, places[i])), 1
        while blocks and blocks[-1][0] + gap * (blocks[-1][1] + size) / 2 > middle + 1e-9:
            before, members = blocks.pop()
            middle = (before * members + middle * size) / (members + size)
            size += members
            reach = gap * (size - 1) / 2
            middle = min(high - reach, max(low + reach, middle))
        blocks.append((middle, size))
    spaced = [middle + gap * (k - (size - 1) / 2) for middle, size in blocks for k in range(size)]
    found = [0.0] * len(places)
    for i, place in zip(order, spaced, strict=True):
        found[i] = place
    return found
