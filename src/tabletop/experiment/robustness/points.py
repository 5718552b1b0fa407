"""Points of all ranges at once: scrambled Sobol' sequences, of which a longer one begins with a shorter."""

from collections.abc import Sequence

from tabletop.errors import TabletopError
from tabletop.scenario.survives import FEWEST_POINTS, MOST_POINTS


def checked_number(variants: object) -> int:
    """The number of points, which is a power of two."""
    if type(variants) is not int or not FEWEST_POINTS <= variants <= MOST_POINTS:
        raise TabletopError(
            f"variants: {variants!r}: must be a power of two from {FEWEST_POINTS} to {MOST_POINTS:,}, "
            "as 64 or 128"
        )
    if variants & (variants - 1):
        following = 1 << variants.bit_length()
        raise TabletopError(
            f"variants: {variants}: points are spread evenly only in powers of two; ask for {following}"
        )
    return variants


def drawn(
    dimensions: int, number: int, *, seed: int, kept: Sequence[Sequence[float]] = ()
) -> list[list[float]]:
    """So many points of as many dimensions, each from 0 to 1, of which the first are those that were `kept`.

    SciPy promises no bits across versions: what was kept is used again, and a longer sequence that does not
    begin with it is refused.
    """
    if len(kept) >= number:
        return [list(row) for row in kept[:number]]
    from scipy.stats import qmc  # noqa: PLC0415 (0.5 s to import)

    sequence = qmc.Sobol(dimensions, scramble=True, seed=seed).random_base2(number.bit_length() - 1)
    rows: list[list[float]] = sequence.tolist()
    if rows[: len(kept)] != [list(row) for row in kept]:
        raise TabletopError(
            "points: this SciPy draws other points than those that are kept; name another folder with --out"
        )
    return rows
