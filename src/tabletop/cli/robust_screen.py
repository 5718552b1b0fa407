"""What `tabletop robust` says at the terminal: the ranges, and what came of the variants."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tabletop.analysis.words import plural
from tabletop.cli.layout import print_fitting
from tabletop.cli.ranges import print_ranges
from tabletop.experiment.robustness import sentences
from tabletop.experiment.robustness.narrowing import MOST_TIMES, left_wider
from tabletop.experiment.robustness.plan import StudyPlan
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import amount_in_words
from tabletop.experiment.robustness.worded_tables import (
    SURVIVES,
    WordedTable,
    tables_of_points,
    what_survives,
)
from tabletop.measures import MEASURES


def print_plan(screen: Console, study: StudyPlan, folder: Path, runs: int, labels: list[str]) -> None:
    """The ranges, the variants, and how many runs they take."""
    _print_header(screen, study)
    asked = study.asked
    screen.print(
        f"{plural(len(labels), 'variant')}, {len(asked.mixes)} mixes, {plural(asked.worlds, 'world')} each: "
        f"{runs:,} runs, kept in {folder}",
        soft_wrap=True,
    )
    for label in labels:
        screen.print(f"  {label}", soft_wrap=True)


def _print_header(screen: Console, study: StudyPlan) -> None:
    screen.print(f"{study.scenario.title}: if the assumptions were different", style="bold")
    print_ranges(screen, study.ranges, title="Ranges")
    for left in study.left_out:
        screen.print(f"Left out: {left}.", soft_wrap=True)


def print_found(screen: Console, study: StudyPlan, found: Robustness) -> None:
    """What came of a line, of a map, or of points and ends."""
    _print_header(screen, study)
    asked = found.asked
    screen.print(
        f"{plural(len(found.variants), 'variant')} with the file itself, {plural(asked.worlds, 'world')} "
        f"each, against {asked.baseline}; seed {asked.seed}."
    )
    if said := sentences.alike_sentence(found.alike, asked.baseline):
        screen.print(said)
    if found.further:
        most = max(found.further.values())
        screen.print(
            f"{plural(len(found.further), 'variant')} got more worlds, at most {most:,}, for contrasts to be "
            "known to half of δ; it looked at widths alone."
        )
    if asked.precision and (wide := left_wider(found)):
        screen.print(
            f"In {plural(wide, 'variant')} not every contrast is known to half of δ: none gets more than "
            f"{MOST_TIMES} times the worlds that were asked for."
        )
    if found.failures:
        first = found.failures[0]
        screen.print(
            f"{plural(len(found.failures), 'world')} failed and are left out of every mix of their variant. "
            f"First: {first.mix}, replication {first.replication}: {first.error}"
        )
    if asked.is_line and len(found.ranges.uncertain) == 1:
        _print_line(screen, found)
    elif asked.is_line:
        _print_map(screen, found)
    else:
        _print_points(screen, found)
        if asked.worlds > 1:
            _print_ends(screen, found)
    screen.print()
    if asked.worlds < 2:
        screen.print(sentences.ONE_WORLD)
    screen.print(sentences.beliefs_in_words(found))
    screen.print(sentences.NOT_A_PROBABILITY)


def _print_line(screen: Console, found: Robustness) -> None:
    screen.print()
    screen.print(sentences.all_else_as_written(found, 0), style="bold")
    for measure in found.measures:
        for mix in found.others:
            screen.print(sentences.line_sentence(found, 0, measure, mix), soft_wrap=True)


def _print_map(screen: Console, found: Robustness) -> None:
    """As the figure has it: the first condition across, the second up."""
    across, up = found.ranges.uncertain[:2]
    cells = [one for one in found.variants if one.kind in ("map", "written")]
    columns = sorted({one.shares[0] for one in cells})
    for measure in found.measures:
        for mix in found.others:
            rows = []
            for share in sorted({one.shares[1] for one in cells}, reverse=True):
                by_share = {one.shares[0]: one for one in cells if one.shares[1] == share}
                words = [
                    sentences.SHORT[found.comparison(by_share[c]).contrast(measure, mix).verdict]
                    if c in by_share
                    else ""
                    for c in columns
                ]
                rows.append((amount_in_words(up, up.at(share)), *words))
            heads = (up.title, *(f"{amount_in_words(across, across.at(c))}" for c in columns))
            screen.print()
            title = f"{mix}, {MEASURES[measure].title}: {across.title} across, {up.title} up"
            print_fitting(screen, heads, rows, right=(), title=title)


def _print_points(screen: Console, found: Robustness) -> None:
    if not found.points:
        return
    for measure in found.measures:
        rows, more, unknown = [], [], []
        for mix in found.others:
            counts = found.counts(measure, mix)
            rows.append((mix, *(sentences.count_in_words(one) for one in counts)))
            open_ = max(counts, key=lambda one: one.open)
            if open_.open and open_.more:
                more.append(
                    f"{mix} in {plural(open_.open, 'variant')} (about {plural(open_.more, 'more world')} in "
                    "each would decide half of them)"
                )
            elif open_.open:
                unknown.append(mix)
        heads = ("policy mix", *(one.statement.says for one in counts))
        screen.print()
        title = f"{MEASURES[measure].title}: in how many of {len(found.points)} variants (at least–at most)"
        print_fitting(screen, heads, rows, right=range(1, 5), title=title)
        if more:
            screen.print(f"Where the least decided of the four is open: {'; '.join(more)}.")
        if unknown:
            names = ", ".join(unknown)
            screen.print(f"Open as well: {names}; how many more worlds would decide half cannot be told.")
    screen.print()
    if found.asked.worlds < 2:
        return
    screen.print(sentences.TOGETHER)
    if len(found.ranges.uncertain) > 1:
        screen.print(sentences.INDEPENDENT)
    pairs = [(measure, mix) for measure in found.measures for mix in found.others]
    if found.is_of_distributions:
        _print_list(
            screen, "Share of the stated distribution",
            [*(sentences.distribution_sentence(found, *pair) for pair in pairs), sentences.DISTRIBUTION],
        )  # fmt: skip
    for heading, how, tables in tables_of_points(found):
        _print_tables(screen, heading, how, tables)
    _print_regret(screen, found)


def _print_tables(screen: Console, heading: str, how: str, tables: Sequence[WordedTable]) -> None:
    """A heading, how its tables are read, and the tables."""
    screen.print()
    screen.print(heading, style="bold")
    screen.print(how)
    for one in tables:
        screen.print()
        print_fitting(screen, one.heads, one.rows, right=one.figures, title=one.title)


def _print_list(screen: Console, heading: str, said: list[str]) -> None:
    screen.print()
    screen.print(heading, style="bold")
    for one in said:
        screen.print(one, soft_wrap=True)


def _print_regret(screen: Console, found: Robustness) -> None:
    """How far mixes are behind the best, and where they keep all limits."""
    heads = ("policy mix", "behind the best, on average", "best in", "most, on fresh luck")
    for measure in found.measures:
        if rows := sentences.regret_rows(found, measure):
            screen.print()
            title = f"Regret in {sentences.with_delta(found.scenario, measure)}"
            print_fitting(screen, heads, rows, right=(), title=title)
    screen.print(sentences.REGRET)
    if found.scenario.limits:
        screen.print()
        screen.print("Limits", style="bold")
        screen.print(f"{sentences.limits_in_words(found)}.", soft_wrap=True)
        for mix in found.others:
            screen.print(sentences.satisfied_sentence(found, mix), soft_wrap=True)


def _print_ends(screen: Console, found: Robustness) -> None:
    survived = tuple(what_survives(found, measure) for measure in found.measures)
    _print_tables(screen, "Do the verdicts survive?", SURVIVES, survived)
    ends = [one for one in found.variants if one.kind == "end"]
    rows = [
        (mix, MEASURES[measure].title, one.label, *(sentences.finding_in_words(found, of) for of in both))
        for measure in found.measures
        for mix in found.others
        for one, *both in sentences.ends_that_turn(found, measure, mix)
    ]
    screen.print()
    title = f"Verdicts that change with one condition alone at an end of its range ({len(ends)} variants)"
    heads = ("policy mix", "measure", "condition", "as written", "there")
    if rows:
        print_fitting(screen, heads, rows, right=(), title=title)
        screen.print(sentences.HARDLY_MOVED)
    else:
        screen.print(f"{title}: none.")
