"""Studies of robustness to draw, and differences that are put in so that the finding is known."""

from collections.abc import Callable
from functools import cache

import tabletop
from experiment.small import TEXT
from tabletop.analysis.statements import Difference
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant
from tabletop.scenario.load import loads

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log, name: plots a year}
  - {on: background, multiply: [0.5, 2], name: harmless traces}
  - on: threat.preparation
    choices: [{family: exponential, mean: 60}, {family: gamma, mean: 60, cv: 0.5}]
    name: shape
"""
LONG = "a very long title of a policy mix, $x$ and all, that fits no line of any figure whatever its size"
LONG_NAMES = ("plots that begin in a year everywhere", "traces of what is harmless everywhere")
SCRIPTS = (
    "المزيد من التواصل مع الناس في الأحياء القديمة",
    "港湾の安全と信頼のための長い題名",
    "นโยบายชุมชนและความไว้วางใจในระยะยาว",
    "Ministry of Internal Security and Partnership, region of the North",
    "Ministry of Internal Security and Partnership, region of the South",
)
MANY = "".join(
    f"  mix_{i}: {{title: '{([LONG, *SCRIPTS])[i % 6]}', detection: {{analysts: {i + 1}}}}}\n"
    for i in range(12)
)
SHARE = "  disruption_share: {delta: 0.03}\n"

Holds = Callable[[Variant], float]
"""The mean difference in a variant."""


def scenario(mixes: str = "", *, long: bool = False):
    """The small scenario with ranges, with more mixes, and with long names."""
    text = (TEXT + RANGES).replace("baseline: usual\n", f"{mixes}baseline: usual\n")
    text = text.replace("  harm:", f"{SHARE}  harm:")
    if long:
        text = text.replace("plots a year", LONG_NAMES[0]).replace("harmless traces", LONG_NAMES[1])
    return loads(text, "small.yaml")


_HOW = {"workers": 1, "progress": False, "worlds": 3}
CASES = {
    "a line": (False, {"vary": {"plots a year": None}}),
    "choices": (False, {"vary": {"shape": None}}),
    "a map": (False, {"vary": {"plots a year": None, "harmless traces": None}}),
    "a map of choices": (False, {"vary": {"shape": None, "threat.formation_rate": (30, 80)}}),
    "points": (False, {"variants": 64}),
    "one world": (False, {"variants": 16, "worlds": 1}),
    "many mixes on a line": (True, {"vary": {LONG_NAMES[0]: None}, "worlds": 2}),
    "many mixes, points": (True, {"variants": 16}),
}
"""Whether there are many mixes with long names, and what is asked for."""


@cache
def study(kind: str) -> Robustness:
    """A study, made once."""
    is_many, asked = CASES[kind]
    given = scenario(MANY, long=True) if is_many else scenario()
    return tabletop.study_robustness(given, **{**_HOW, **asked})


def put_in(monkeypatch, mean: Holds, *, deviation: float = 1.0, n: int = 40) -> None:
    """Let every contrast have this mean in a variant, known from so many worlds."""
    monkeypatch.setattr(
        Robustness, "difference", lambda _, variant, *_names: Difference(mean(variant), deviation, n, n)
    )
