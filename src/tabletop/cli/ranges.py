"""The ranges of a scenario's uncertain conditions, as a table on the screen."""

from rich.console import Console

from tabletop.cli.layout import print_fitting
from tabletop.experiment.robustness.variants import Ranges, amount_in_words, range_in_words


def print_ranges(screen: Console, ranges: Ranges, *, title: str = "") -> None:
    """Each condition with its range, the file's own value and where the range comes from."""
    rows = []
    for one, own in zip(ranges.uncertain, ranges.own, strict=True):
        rows.append((one.title, range_in_words(one), amount_in_words(one, one.at(own)), one.source))
    print_fitting(screen, ("condition", "range", "as written", "source"), rows, right=(), title=title)
