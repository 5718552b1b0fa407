"""Cards against δ: each mark stands where its effect is, and a disc is what shows."""

import xml.etree.ElementTree as ET

import pytest

from tabletop.exercise.teaching.alone import card_effects
from tabletop.exercise.teaching.effects import Sight
from tabletop.report.teaching_drawing import LEFT, MOST, NUMBER, WORDS, effects_picture
from tabletop.scenario.load import load

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found():
    return card_effects(load("first-steps"), secret="effects of cards", others=20)


def test_a_mark_stands_at_the_size_of_the_clearest_effect_and_is_filled_where_it_shows(found):
    root = ET.fromstring(effects_picture(found).svg)  # noqa: S314 (our own)
    wide = (1160 - LEFT) / len(found.periods)
    per_delta = (wide - NUMBER - 26) / MOST
    circles = {
        (round(float(one.get("cx")), 6), float(one.get("cy"))): one.get("fill")
        for one in root.iter(f"{SVG}circle")
    }
    expected, arrows = {}, 0
    for row, choice in enumerate(found.choices):
        for column, card in enumerate(found.of(choice.code)):
            if card.sight in WORDS or card.leading is None:
                continue
            if card.leading.size > MOST:
                arrows += 1
                continue
            at = LEFT + wide * column + per_delta * card.leading.size
            expected[round(at, 6), 62 + 34.0 * row] = "#1c1c1c" if card.sight is Sight.SHOWS else "#ffffff"
    assert circles == expected
    assert {"#1c1c1c", "#ffffff"} == {*circles.values()}
    assert len(list(root.iter(f"{SVG}path"))) == arrows > 0


def test_a_line_reaches_from_end_to_end_of_the_interval_in_units_of_delta(found):
    root = ET.fromstring(effects_picture(found).svg)  # noqa: S314 (our own)
    wide = (1160 - LEFT) / len(found.periods)
    per_delta = (wide - NUMBER - 26) / MOST
    lines = {
        (round(float(one.get("x1")), 6), round(float(one.get("x2")), 6))
        for one in root.iter(f"{SVG}line")
        if one.get("y1") == one.get("y2")
    }
    checked = 0
    for choice in found.choices:
        for column, card in enumerate(found.of(choice.code)):
            one = card.leading
            if card.sight is not Sight.SHOWS or one is None or one.contrast.interval is None or not one.delta:
                continue
            ends = sorted(
                abs(end) / one.delta for end in (one.contrast.interval.low, one.contrast.interval.high)
            )
            x = LEFT + wide * column
            assert tuple(round(x + per_delta * min(end, MOST), 6) for end in ends) in lines
            checked += 1
    assert checked
    assert any(
        one.get("y1") == one.get("y2") and one.get("x1") != one.get("x2") for one in root.iter(f"{SVG}line")
    )
