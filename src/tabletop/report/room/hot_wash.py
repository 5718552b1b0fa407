"""The hot wash: three lines a table, what nobody could see, luck told from policy, and questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tabletop.analysis.words import plural
from tabletop.exercise.adjudication import Adjudication
from tabletop.exercise.screens import HotWashScreen
from tabletop.exercise.state import State
from tabletop.exercise.visible import differs
from tabletop.exercise.why import bottleneck, lost
from tabletop.measures import COST, MEASURES
from tabletop.plots.lettering import width
from tabletop.plots.style import PIXELS_PER_POINT
from tabletop.plots.wording import in_prose
from tabletop.pools import POOLS
from tabletop.report.room.columns import columns
from tabletop.report.room.fitting import Fitted, fitting, heading
from tabletop.report.room.numbers import numerals, one_world
from tabletop.report.room.rows import TEXT, Who, arranged, everybody
from tabletop.report.room.showing import TABLES_A_PAGE, Showing, hidden_a_page, measures_of, questions
from tabletop.report.room.view import View

WIDE, ONE_LINE = 1130.0, 40.0
"""Pixels of a line beside a badge, and of its height."""


@dataclass(frozen=True)
class TableLines:
    """A table, and its three lines."""

    who: Who
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Tables(View):
    """A few tables in the order of tables."""

    template: ClassVar[str] = "tables.html"
    tables: tuple[TableLines, ...]


def tables(state: State, moves: Sequence[Adjudication], whole: Adjudication, now: Showing) -> Tables:
    """Ranges that held, what differs most from the baseline, where plots were lost: in the world played."""
    first = (now.page - 1) * TABLES_A_PAGE
    shown = everybody(state.teams, WIDE)[first : first + TABLES_A_PAGE]
    of = f", {now.page} of {now.pages}" if now.pages > 1 else ""
    return Tables(
        f"What the tables did{of}",
        "In the world that was played. Nobody is ranked: luck has a part in it.",
        tuple(TableLines(who, _lines(state, who.name, moves, whole)) for who in shown),
    )


def _lines(
    state: State, team: str, moves: Sequence[Adjudication], whole: Adjudication
) -> tuple[str, str, str]:
    room = WIDE - width(f"{team} · ", TEXT / PIXELS_PER_POINT, bold=True)
    outcome = whole.outcomes[team]
    pool = bottleneck(outcome.realised)
    busiest = (
        "No service was full"
        if pool is None
        else f"Busiest: {POOLS[pool.pool].title}, {100 * (pool.utilisation or 0):.0f} %"
    )
    cards = " ".join(state.hand(team).codes) or "as the baseline"
    gone = sorted((one for one in lost(outcome) if one.realised), key=lambda one: -one.realised)
    most = f"; for {gone[0].realised}: {gone[0].loss.reason}" if gone else ""
    late = plural(sum(one.realised for one in gone), "plot")
    return (
        fitting(f"{_ranges(state, team, moves)} {busiest}. In play: {cards}.", room, ONE_LINE, (28,)).text,
        _beside(state, team, whole),
        fitting(f"{late} not stopped in time{most}.", WIDE, 2 * ONE_LINE, (28,)).text,
    )


def _ranges(state: State, team: str, moves: Sequence[Adjudication]) -> str:
    """How many of a table's ranges held."""
    known = [
        (said, value)
        for (of, move, measure), said in state.predictions.items()
        if of == team and (value := moves[move].outcomes[team].value(measure)) is not None
    ]
    hits = sum(said.low <= value <= said.high for said, value in known)
    return f"{hits} of {len(known)} ranges held." if known else "No ranges."


def _beside(state: State, team: str, whole: Adjudication) -> str:
    """The measures, but for cost, in which it lies furthest from the baseline in units of δ, as they fit."""
    found = []
    for name, interest in state.scenario.measures.items():
        own, usual = whole.outcomes[team].value(name), whole.baseline.value(name)
        if (
            own is not None
            and usual is not None
            and differs(state.scenario, name, own, usual)
            and name != COST
        ):
            found.append((-abs(own - usual) / interest.delta, name, own, usual))
    if not found:
        return "No outcome lies visibly away from the baseline’s."
    said = [
        f"{in_prose(name)} {one_world(state.scenario, name, own)} "
        f"(baseline {one_world(state.scenario, name, usual)})"
        for _, name, own, usual in sorted(found)
    ]
    lines = [
        fitting(f"Beside the baseline: {', '.join(said[:n])}.", WIDE, ONE_LINE, (28,)) for n in (3, 2, 1)
    ]
    return next((line.text for line in lines if not line.is_cut), lines[-1].text)


@dataclass(frozen=True)
class HiddenRow:
    """A table, or the baseline (None): its values, each with the side on which it lies."""

    who: Who | None
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Hidden(View):
    """Rows in columns, a few measures beside each other."""

    template: ClassVar[str] = "hidden.html"
    measures: tuple[str, ...]
    baseline: HiddenRow
    columns: tuple[tuple[HiddenRow, ...], ...]


def hidden(state: State, whole: Adjudication, now: Showing) -> Hidden:
    """What nobody could observe, beside the baseline in the same world."""
    a_page = hidden_a_page(state)
    names = measures_of(state, HotWashScreen.HIDDEN)[(now.page - 1) * a_page : now.page * a_page]
    of = f", {now.page} of {now.pages}" if now.pages > 1 else ""

    def row(who: Who | None) -> HiddenRow:
        outcome = whole.baseline if who is None else whole.outcomes[who.name]
        cells = []
        for name in names:
            own, usual = outcome.value(name), whole.baseline.value(name)
            cells.append(
                (one_world(state.scenario, name, own), "" if who is None else _side(state, name, own, usual))
            )
        return HiddenRow(who, tuple(cells))

    return Hidden(
        heading(f"What nobody could see{of}"),
        "In the world played: ● better, ■ worse than the baseline, – too close to tell." if names else "",
        tuple(MEASURES[name].title for name in names),
        row(None),
        arranged([row(who) for who in everybody(state.teams)]),
    )


def _side(state: State, name: str, own: float | None, usual: float | None) -> str:
    if own is None or usual is None or not differs(state.scenario, name, own, usual):
        return "same"
    direction = MEASURES[name].direction
    if not direction:
        return "higher" if own > usual else "lower"
    return "better" if (own - usual) * direction > 0 else "worse"


_PARTS = ("policy", "how they met", "with world luck")


@dataclass(frozen=True)
class SplitRow:
    """A table: what policy, and how it met this world, did to its outcome, and both with the world's luck."""

    who: Who
    parts: tuple[str, ...]


@dataclass(frozen=True)
class SplitView(View):
    """Rows in columns of signed numbers."""

    template: ClassVar[str] = "split.html"
    heads: tuple[str, ...]
    columns: tuple[tuple[SplitRow, ...], ...]


def split(state: State, measure: str, whole: Adjudication) -> SplitView:
    """What happened beside the baseline's mean, told apart: the world's luck, policy, how they met."""
    usual = whole.baseline.mean(measure)
    style = numerals(state.scenario, measure, usual or 0.0)
    step, write = style.step(), style.difference
    world, rows = None, []
    for who in everybody(state.teams):
        found = whole.split(who.name, measure)
        if found is None:
            rows.append(SplitRow(who, ("missing", "", "")))
            continue
        world, policy, total = (round(part / step) for part in (found.world, found.policy, found.total))
        met = total - world - policy
        rows.append(SplitRow(who, tuple(write(part * step) for part in (policy, met, total))))
    title = MEASURES[measure].title
    mean = "" if usual is None else f" Baseline’s mean: {style.mean(usual)}."
    return SplitView(
        split_heading(title, "" if world is None else write(world * step)),
        _split_foot(state) + mean,
        _PARTS,
        arranged(rows),
    )


def split_heading(title: str, luck: str) -> str:
    """What the world's luck did to a measure at every table; whole for every measure."""
    if not luck:
        return heading(f"{title}: cannot be told apart")
    gave = f"{title}: this world gave {luck} to every table"
    return heading(f"{gave}, whatever it did", gave, f"{title}: world luck {luck}")


def _split_foot(state: State) -> str:
    match columns(len(state.teams)):
        case 1:
            return "World luck + policy + how they met = last column."
        case 2:
            return f"From left: {', '.join(_PARTS)}."
        case _:
            return f"From left: {_PARTS[0]}, {_PARTS[-1]}."


@dataclass(frozen=True)
class Question(View):
    """One question in large letters."""

    template: ClassVar[str] = "question.html"
    question: Fitted


def question(state: State, now: Showing) -> Question:
    """One question of the debrief."""
    asked = questions(state)
    text = asked[now.page - 1] if asked else "What surprised you, and what would you do otherwise?"
    of = f", {now.page} of {now.pages}" if now.pages > 1 else ""
    return Question(
        f"Talk it over{of}", "Who has not been heard yet?", fitting(text, 1200.0, 440.0, (54, 46, 40, 34))
    )
