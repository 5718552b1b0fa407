"""The pictures of slides and cards: small templates, filled with numbers of the scenario."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil, floor, log10

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Drawing, Picture
from tabletop.report.pack.words import money
from tabletop.report.pillar_signs import SIGNS
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.words import number

WIDTH = 1160.0
"""Of a picture on a slide, in the units of its template; a slide is 1280 wide."""
LETTER = 19.0
"""The width of a letter that is 32 high, on the safe side."""


def drawn(template: str, **values: object) -> bytes:
    """A template as SVG."""
    return _template(template).render(**values).encode()


def sign(pillar: str) -> Drawing:
    """The sign of a pillar."""
    return Drawing(drawn("sign", path=SIGNS[pillar]), f"the sign of {pillar}")


def pillars(says: dict[str, str], alt: str, caption: str) -> Picture:
    """The five pillars on a line, each with what there is to be said of it."""
    shown = [
        {"x": 116 + 232 * place, "name": name, "path": path, "says": says.get(name, "")}
        for place, (name, path) in enumerate(SIGNS.items())
    ]
    svg = drawn("pillars", pillars=shown, height=206 if any(says.values()) else 168)
    return Picture("pillars", alt, caption, svg)


def minutes(plan: ExercisePlan, horizon: float) -> Picture:
    """The parts of the exercise by minutes, and below them the moves on the scenario's days."""
    given = [("brief", plan.brief_minutes, False)]
    given += [(f"move {n}", move.minutes.total, True) for n, move in enumerate(plan.moves, start=1)]
    given += [("hot wash", plan.hot_wash_minutes, False), ("end", plan.feedback_minutes, False)]
    whole = max(plan.planned_minutes, 1e-9)
    parts, x = [], 0.0
    for label, length, is_move in given:
        width = max(WIDTH * length / whole - 4, 0.0)
        parts.append(
            {
                "x": x,
                "width": width,
                "middle": x + width / 2,
                "is_move": is_move,
                "minutes": number(length) if width >= LETTER * len(number(length)) else "",
                "label": label if width >= LETTER * len(label) * 0.8 else "",
            }
        )
        x += width + 4
    line = _days(plan, horizon, None)
    svg = drawn("minutes", parts=parts, height=136 + _line_height(line), **line)
    days = ", ".join(number(move.day) for move in plan.moves)
    alt = f"{len(plan.moves)} moves in {number(plan.planned_minutes)} minutes, on days {days}"
    return Picture("minutes", alt, "Above, minutes. Below, days of the scenario: each disc is a move.", svg)


def line(plan: ExercisePlan, horizon: float, move: int) -> Picture:
    """The moves on the scenario's days, with where the exercise stands; after the last, the epilogue."""
    values = _days(plan, horizon, move)
    svg = drawn("line", height=_line_height(values), **values)
    if move < len(plan.moves):
        until = plan.moves[move + 1].day if move + 1 < len(plan.moves) else horizon
        caption = f"From day {number(plan.moves[move].day)} to day {number(until)}."
    elif plan.epilogue_days:
        caption = f"Then your last policies run on for {number(plan.epilogue_days)} days."
    else:
        caption = f"All {number(horizon)} days have been played."
    return Picture(f"line-{move + 1}", f"The moves by their days. {caption}", caption, svg)


def _days(plan: ExercisePlan, horizon: float, now: int | None) -> dict[str, object]:
    beyond = plan.epilogue_days if now is not None and now >= len(plan.moves) else 0.0
    last = 1130.0 if not beyond else 30 + 1100 * horizon / (horizon + beyond)
    stops = [
        {
            "x": 30 + 26 + (last - 30 - 60) * move.day / horizon,
            "number": place + 1,
            "is_ahead": now is not None and place > now,
            "is_now": place == now,
        }
        for place, move in enumerate(plan.moves)
    ]
    for one, after in pairwise(stops):
        after["x"] = max(after["x"], one["x"] + 58)
    wanted = [(stop["x"], f"day {number(move.day)}") for stop, move in zip(stops, plan.moves, strict=True)]
    wanted.append((last, f"day {number(horizon)}"))
    if beyond:
        wanted.append((1130.0, f"day {number(horizon + beyond)}"))
    return {"stops": stops, "end": {"x": last}, "beyond": beyond, "labels": _placed(wanted)}


def _placed(wanted: list[tuple[float, str]]) -> list[dict[str, object]]:
    """Labels under the line, on the first of two rows where they have room; what has none is left out."""
    ends, placed = [-1e9, -1e9], []
    for x, text in wanted:
        width = LETTER * 0.8 * len(text)
        left = min(max(x - width / 2, 0.0), WIDTH - width)
        row = next((row for row, end in enumerate(ends) if left >= end + 14), None)
        if row is not None:
            ends[row] = left + width
            placed.append({"x": left + width / 2, "y": 104 + 36 * row, "anchor": "middle", "text": text})
    return placed


def _line_height(values: dict[str, object]) -> int:
    labels = values["labels"]
    assert isinstance(labels, list)
    return 152 if any(label["y"] > 104 for label in labels) else 116


def tables(teams: tuple[str, ...]) -> Picture:
    """The tables of the room, by their numbers."""
    count = len(teams)
    rows = ceil(count / 12)
    across = ceil(count / rows)
    r = 40.0
    shown = [
        {
            "x": WIDTH / 2 + (n % across - (min(across, count - n // across * across) - 1) / 2) * 96,
            "y": 46 + 96 * (n // across),
            "r": r,
            "number": n + 1,
        }
        for n in range(count)
    ]
    tables_ = "One table" if count == 1 else f"{count} tables"
    caption = f"{tables_}; for all the same world, the same luck and the same messages."
    return Picture("tables", caption, caption, drawn("tables", tables=shown, height=96 * rows))


@dataclass(frozen=True)
class Step:
    """What is done in each move, in a word, and how long."""

    word: str
    says: str
    is_dark: bool = False


def steps(given: tuple[Step, ...], caption: str) -> Picture:
    """The steps of a move, one after the other."""
    gap = 14.0
    width = (WIDTH - gap * (len(given) - 1) - 6) / len(given)
    shown = [
        {
            "x": 3 + (width + gap) * n, "width": width, "middle": 3 + (width + gap) * n + width / 2,
            "word": step.word, "says": step.says, "is_dark": step.is_dark,
        }
        for n, step in enumerate(given)
    ]  # fmt: skip
    alt = "; ".join(f"{step.word}, {step.says}" for step in given)
    return Picture("steps", alt, caption, drawn("steps", steps=shown))


def budget(cost: float, limit: float, caption: str) -> Picture:
    """What the mix that teams begin with costs, as a part of the budget."""
    whole = WIDTH - 4
    runs = whole * min(cost / limit, 1.0) if limit > 0 else whole
    left = f"{money(limit - cost)} to spend" if limit >= cost else f"{money(cost - limit)} too much"
    alt = f"{money(cost)} of {money(limit)} cost units a year are spent"
    svg = drawn("money", whole=whole, runs=runs, cost=f"{money(cost)} a year", left=left)
    return Picture("money", alt, caption, svg)


def worlds(
    values: list[float], low: float, high: float, *, is_share: bool, alt: str, caption: str
) -> Picture:
    """Worlds as stacked dots on the scale of a measure, those in a range filled."""
    bottom, top = min(values), max(values)
    step = round_step((top - bottom) / 6) if top > bottom else (0.01 if is_share else 1.0)
    start, end = floor(bottom / step) * step, ceil(top / step) * step + (step if top == bottom else 0.0)
    scale = (WIDTH - 120) / max(end - start, 1e-12)
    bins = 44
    stacks: dict[int, int] = {}
    radius, dots = 15.0, []
    for value in sorted(values):
        place = min(int((value - start) / max(end - start, 1e-12) * bins), bins - 1)
        at = 60 + scale * value - scale * start if end - start <= bins and not is_share else (
            60 + (place + 0.5) * (WIDTH - 120) / bins
        )  # fmt: skip
        key = round(at)
        stacks[key] = stacks.get(key, 0) + 1
        dots.append({"x": at, "row": stacks[key], "is_inside": low <= value <= high})
    highest = max(stacks.values())
    pitch = min(2 * radius + 4, 190 / highest)
    radius = min(radius, pitch / 2 - 1)
    height = max(highest * pitch + 70, 150)
    for dot in dots:
        dot["y"] = height - 56 - radius - (dot["row"] - 1) * pitch
    ticks = []
    at = start
    while at <= end + step / 2:
        ticks.append({"x": 60 + scale * (at - start), "text": f"{100 * at:.0f} %" if is_share else f"{at:g}"})
        at += step
    svg = drawn(
        "worlds",
        dots=dots,
        ticks=ticks,
        radius=radius,
        height=height,
        low=60 + scale * (low - start) - radius,
        high=60 + scale * (high - start) + radius,
    )
    return Picture("worlds", alt, caption, svg)


def round_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is not less; 1 for 0."""
    if least <= 0:
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * (1 - 1e-9))


def last_year(ranges: dict[str, tuple[float, float]], says: dict[str, str], title: str) -> Picture:
    """What was observed before StartEx, a row a measure, each on a scale from 0 of its own."""
    rows = []
    for place, (name, (low, high)) in enumerate(ranges.items()):
        top = 1.0 if MEASURES[name].unit == "share" else max(1.25 * high, 1.0)
        left, right = 500 + 400 * max(low, 0.0) / top, 500 + 400 * min(max(high, 0.0) / top, 1.0)
        shown = MEASURES[name].title
        shown = shown if len(shown) <= 34 else f"{shown[:33]}…"
        rows.append(
            {
                "y": 24 + 44 * place,
                "title": shown,
                "low": left,
                "width": max(right - left, 4.0),
                "says": says[name],
            }
        )
    alt = "; ".join(f"{MEASURES[name].title}: {says[name]}" for name in ranges)
    caption = f"{title}: what happened in 8 of 10 worlds"
    return Picture("last-year", alt, caption, drawn("last_year", rows=rows, height=44 * len(rows) + 8))


@cache
def _template(name: str) -> Template:
    return Environment(
        loader=PackageLoader("tabletop.report.pack"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(f"{name}.svg")
