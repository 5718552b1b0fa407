"""Style: verdicts are told apart without colour, and text stands out from its ground."""

from itertools import combinations

from matplotlib.colors import to_hex

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.plots.lettering import broken, fitted, width
from tabletop.plots.pressure import SHADES
from tabletop.plots.style import BLACK, MARKS, PAPER, SKY, ZONE, ink_on, luminance

DECIDING = (
    ContrastVerdict.BETTER,
    ContrastVerdict.WORSE,
    ContrastVerdict.EQUIVALENT,
    ContrastVerdict.UNDECIDED,
)


def test_every_verdict_has_a_mark():
    assert set(MARKS) == set(ContrastVerdict)


def test_verdicts_differ_in_grey_and_in_shape():
    for one, other in combinations([MARKS[verdict] for verdict in DECIDING], 2):
        assert abs(luminance(one.colour) - luminance(other.colour)) > 0.1
        assert (one.shape, one.filled) != (other.shape, other.filled)


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
