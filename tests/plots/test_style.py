"""Style: verdicts are told apart without colour, and text stands out from its ground."""

from itertools import combinations

import numpy as np
from matplotlib.colors import to_hex

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.plots.lettering import broken, fitted, pieces, width
from tabletop.plots.pressure import SHADES
from tabletop.plots.style import BLACK, IDENTITY, INK, MARKS, PAPER, SKY, ZONE, identity, ink_on, luminance

DECIDING = (
    ContrastVerdict.BETTER,
    ContrastVerdict.WORSE,
    ContrastVerdict.EQUIVALENT,
    ContrastVerdict.UNDECIDED,
)


def test_every_verdict_has_a_mark():
    assert set(MARKS) == set(ContrastVerdict)


def test_verdicts_differ_in_shape_or_fill():
    """In grey two of them are nearly the same, so that no colour may be needed."""
    for one, other in combinations([MARKS[verdict] for verdict in DECIDING], 2):
        assert (one.shape, one.filled) != (other.shape, other.filled)


def test_identities_are_apart_for_every_eye_and_carry_white_digits():
    for one, other in combinations(IDENTITY, 2):
        for eye in EYES:
            assert 100 * distance(seen(one, eye), seen(other, eye)) > 9.3, (one, other, eye)
    for colour in IDENTITY:
        assert ratio(colour, PAPER) >= 3
        for verdict in DECIDING[:2]:
            assert 100 * distance(seen(colour), seen(MARKS[verdict].colour)) > 6.3
    assert [identity(number) for number in (0, 1, 13)] == [INK, IDENTITY[0], INK]


EYES = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""What of linear RGB reaches an eye (Machado, Oliveira & Fernandes 2009, severity 1)."""


def linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def seen(colour, eye="normal"):
    """The colour in OKLab (Ottosson 2020), as an eye sees it."""
    rgb = np.clip(np.array(EYES[eye]) @ linear(colour), 0, 1)
    to_lms = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
              [0.0883024619, 0.2817188376, 0.6299787005]]  # fmt: skip
    to_lab = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
              [0.0259040371, 0.7827717662, -0.8086757660]]  # fmt: skip
    return np.array(to_lab) @ np.cbrt(np.array(to_lms) @ rgb)


def distance(one, other):
    return float(np.linalg.norm(one - other))


def ratio(one, other):
    """The contrast ratio of WCAG 2."""
    lights = sorted(float(np.dot([0.2126, 0.7152, 0.0722], linear(colour))) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_marks_stand_out_from_the_zone_behind_them():
    assert all(luminance(ZONE) - luminance(mark.colour) > 0.25 for mark in MARKS.values())
    assert luminance(PAPER) - luminance(ZONE) > 0.08
    assert luminance(ZONE) - luminance(SKY) > 0.2


def test_the_busier_the_darker_and_the_text_readable_on_it():
    shades = [to_hex(SHADES(busy / 20)) for busy in range(21)]
    lights = [luminance(shade) for shade in shades]
    assert lights == sorted(lights, reverse=True)
    for shade in shades:
        assert abs(luminance(ink_on(shade)) - luminance(shade)) > 0.4
    assert (ink_on(PAPER), ink_on(BLACK)) == (BLACK, PAPER)


def test_lines_break_between_words_and_keep_every_letter():
    text = "Listening to neighbourhoods and_a_very_long_name-with-hyphens " + "x" * 60
    lines = broken(text, 180)
    assert all(width(line) <= 180 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert fitted(text, 180, 2, end=True).endswith("…")
    first, last = fitted(text, 180, 2).split("\n")
    head, tail = last.split("…")
    assert text.startswith(f"{first} {head}")
    assert text.endswith(tail)
    assert abs(len(head) - len(tail)) <= 1
    assert fitted("short", 180, 2) == "short"
    assert broken("", 100) == [""]


def test_a_path_breaks_behind_its_dots_and_a_number_or_an_abbreviation_does_not():
    assert broken("injects.alarm.happens no", width("happens no") + 1) == ["injects.", "alarm.", "happens no"]
    assert broken("threat.trace_rates.intelligence × 1.2345", width("threat.trace_") + 1) == [
        "threat.trace_", "rates.", "intelligence", "× 1.2345",
    ]  # fmt: skip
    assert broken("injects.alarm.happens", 400) == ["injects.alarm.happens"]
    assert broken("traces × 0.5", width("traces × ") + 1) == ["traces", "× 0.5"]
    assert pieces("e.g. 1.2345 at 12.5000. Then") == ["e.g.", "1.2345", "at", "12.5000.", "Then"]
