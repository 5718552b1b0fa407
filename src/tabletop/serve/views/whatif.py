"""What if, as data: the levers on sliders, and the newest answer as bands on axes that do not jump."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, log10

from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.numerals import Numerals
from tabletop.experiment.sharpening import WORLDS, Answer, Band, Finding
from tabletop.experiment.sliders import WHAT_IF, Slider, what_if
from tabletop.measures import MEASURES
from tabletop.scenario.policy import LEVERS
from tabletop.serve.whatif import Setup, WhatIf
from tabletop.serve.whatif_process import Progressed
from tabletop.serve.whatif_words import WhatIfWords

WIDTH = 1000.0
"""Of a picture, in its own units."""


@dataclass(frozen=True)
class Control:
    """A lever with its slider."""

    slider: Slider
    name: str
    """The lever, as people say it."""
    value: float
    """Its setting now."""


@dataclass(frozen=True)
class Controls:
    """All that can be moved, by pillar."""

    groups: tuple[tuple[str, tuple[Control, ...]], ...]
    mix: str
    """What is started from, as people say it."""
    cost: float
    """Cost units a year of the mix as it is written."""
    budget: float | None


@dataclass(frozen=True)
class Axis:
    """The part of a measure's values that a picture shows."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Where a value lies, in units of the picture."""
        return WIDTH * (value - self.low) / (self.high - self.low)

    def holding(self, *bands: Band | None, least: float, highest: float) -> "Axis":
        """The axis, or a longer one that has these bands with as much room again on either side."""
        there = [band for band in bands if band is not None]
        if not there:
            return self
        low, high = min(band.low for band in there), max(band.high for band in there)
        if self.low <= low and high <= self.high:
            return self
        room = max(least, *(band.high - band.low for band in there))
        step = 10.0 ** floor(log10(room))
        ends = floor((low - room) / step) * step, ceil((high + room) / step) * step
        return Axis(min(self.low, max(0.0, ends[0])), max(self.high, min(highest, ends[1])))


NO_AXIS = Axis(float("inf"), float("-inf"))
"""Before anything was shown."""


@dataclass(frozen=True)
class Drawn:
    """A band: its numbers in words, and where they lie in the picture."""

    band: Band
    said: tuple[str, str, str]
    places: tuple[float, float, float]


@dataclass(frozen=True)
class Shown:
    """One measure of an answer."""

    measure: str
    title: str
    unit: str
    ends: tuple[str, str]
    """Of the axis, in words."""
    ours: Drawn | None
    baseline: Drawn | None
    difference: str
    """A sentence: how the means differ, with the interval, and what can be said of it."""
    alternative: str
    """What the picture shows, in a sentence."""


@dataclass(frozen=True)
class AnswerView:
    """The newest answer, for which settings it is, and what is being waited for."""

    number: int
    """The question that is answered; 0 before any was."""
    worlds: int
    settings: str
    """A sentence."""
    set_to: Mapping[str, float]
    """The same by lever, without those that are as in the mix."""
    cost: float
    """Cost units a year of these settings."""
    budget: float | None
    rows: tuple[Shown, ...]
    is_newest: bool
    is_last: bool
    """Whether nothing more follows."""
    progress: Progressed | None
    is_slow: bool
    failed: str


def controls(asked: WhatIf) -> Controls:
    """The levers at the settings of the newest question."""
    setup = asked.setup
    now = asked.settings.get(asked.asked, {})
    groups: dict[str, list[Control]] = {}
    for one in setup.sliders:
        value = now.get(one.lever.name, one.start)
        groups.setdefault(one.lever.pillar, []).append(Control(one, lever_name(one.lever.name), value))
    return Controls(
        tuple((pillar, tuple(group)) for pillar, group in groups.items()),
        _title(setup),
        setup.scenario.yearly_cost(setup.mix),
        setup.budget,
    )


def lever_name(name: str) -> str:
    """A lever as people say it."""
    return name.replace("_", " ")


def answer_view(asked: WhatIf, words: WhatIfWords, axes: dict[str, Axis]) -> AnswerView:
    """What is known of the newest question; `axes`, by measure, grow with what has to be shown."""
    setup, answer = asked.setup, asked.answer
    settings = asked.settings.get(asked.answered, {}) if answer is not None else {}
    rows = () if answer is None else tuple(_shown(one, answer, setup, words, axes) for one in answer.findings)
    mixed = what_if(setup.scenario, setup.mix, settings)
    return AnswerView(
        number=asked.answered,
        worlds=0 if answer is None else answer.worlds,
        settings=_settings(settings, setup, words),
        set_to=settings,
        cost=mixed.yearly_cost(WHAT_IF),
        budget=setup.budget,
        rows=rows,
        is_newest=answer is not None and asked.answered == asked.asked,
        is_last=answer is not None and answer.worlds == WORLDS[-1],
        progress=asked.progress,
        is_slow=not asked.is_compiled,
        failed=asked.failed,
    )


def _title(setup: Setup) -> str:
    return setup.scenario.policy_mixes[setup.mix].title or setup.mix


def _settings(settings: dict[str, float], setup: Setup, words: WhatIfWords) -> str:
    if not settings:
        return words.with_none.format(mix=_title(setup))
    starts = {one.lever.name: one.start for one in setup.sliders}
    listed = ", ".join(
        words.setting.format(lever=lever_name(name), value=f"{settings[name]:g}", start=f"{starts[name]:g}")
        for name in LEVERS
        if name in settings
    )
    return words.with_settings.format(settings=listed, mix=_title(setup))


def _shown(
    finding: Finding, answer: Answer, setup: Setup, words: WhatIfWords, axes: dict[str, Axis]
) -> Shown:
    measure = MEASURES[finding.measure]
    delta = setup.scenario.measures[finding.measure].delta
    numerals = Numerals.of(finding.measure, delta)
    highest = 1.0 if numerals.is_share else float("inf")
    axis = axes.get(finding.measure, NO_AXIS).holding(
        finding.ours, finding.baseline, least=2 * delta, highest=highest
    )
    axes[finding.measure] = axis
    ours, baseline = (_drawn(band, axis, numerals) for band in (finding.ours, finding.baseline))
    return Shown(
        finding.measure,
        measure.title,
        measure.unit,
        (numerals.axis(axis.low), numerals.axis(axis.high)) if axis is not NO_AXIS else ("", ""),
        ours,
        baseline,
        _difference(finding.contrast, answer.worlds, numerals, words),
        _alternative(measure.title, ours, baseline, words),
    )


def _drawn(band: Band | None, axis: Axis, numerals: Numerals) -> Drawn | None:
    if band is None:
        return None
    values = (band.low, band.median, band.high)
    low, median, high = values
    return Drawn(
        band,
        (numerals.axis(low), numerals.axis(median), numerals.axis(high)),
        (axis.place(low), axis.place(median), axis.place(high)),
    )


def _alternative(title: str, ours: Drawn | None, baseline: Drawn | None, words: WhatIfWords) -> str:
    if ours is None or baseline is None:
        return words.finding_missing.format(title=title)
    return words.finding.format(title=title, ours=_band(ours, words), baseline=_band(baseline, words))


def _band(drawn: Drawn, words: WhatIfWords) -> str:
    low, median, high = drawn.said
    return words.band.format(low=low, median=median, high=high)


def _difference(contrast: Contrast, worlds: int, numerals: Numerals, words: WhatIfWords) -> str:
    verdict = _verdict(contrast, worlds, words)
    if contrast.difference is None or contrast.interval is None:
        return words.no_difference.format(verdict=verdict)
    return words.difference.format(
        difference=numerals.difference(contrast.difference),
        interval=numerals.span(contrast.interval),
        unit=words.points if numerals.is_share else "",
        verdict=verdict,
    )


def _verdict(contrast: Contrast, worlds: int, words: WhatIfWords) -> str:
    """What can be said of a difference; that it cannot be told, where its interval has both signs."""
    unknown = words.cannot_be_known.format(worlds=worlds)
    match contrast.verdict:
        case ContrastVerdict.SAME_POLICY:
            return words.same
        case ContrastVerdict.UNDECIDED:
            said = words.would_tell.format(verdict=unknown, more=contrast.more or 0)
        case ContrastVerdict.UNADJUSTED if contrast.interval is not None:
            said = unknown
            if contrast.interval.excludes_zero():
                direction = MEASURES[contrast.measure].direction
                sign = 1 if contrast.interval.low > 0 else -1
                sense = (
                    ("higher" if sign > 0 else "lower")
                    if direction == 0
                    else ("better" if sign == direction else "worse")
                )
                said = words.unadjusted.format(verdict=sense)
        case _:
            return contrast.in_words()
    return "; ".join((said, *contrast.cautions))
