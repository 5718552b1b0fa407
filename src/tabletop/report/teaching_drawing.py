"""Every card at every reveal against δ, as a picture: whether a class can see it."""

from typing import Any

from tabletop.analysis.words import figure, plural
from tabletop.exercise.teaching.effects import CardEffect, CardEffects, Effect, Sight
from tabletop.report.document.blocks import Picture
from tabletop.report.pack.drawings import WIDTH, drawn

LEFT, ROW, NUMBER = 80.0, 34.0, 66.0
"""Of the codes, of a row, and of the number at the right of a cell."""
MOST = 4.0
"""The largest effect that is drawn to scale, in units of δ; a larger one is an arrow with its number."""
WORDS = {Sight.NOT_YET: "not yet", Sight.NOTHING: "–"}


def effects_picture(found: CardEffects) -> Picture:
    """A row a card and a column a period: its clearest effect in units of δ, whatever its direction."""
    wide = (WIDTH - LEFT) / len(found.periods)
    per_delta = (wide - NUMBER - 26) / MOST
    xs = [LEFT + wide * place for place in range(len(found.periods))]
    columns = [
        {"x": x, "name": period.name, "delta": per_delta} for x, period in zip(xs, found.periods, strict=True)
    ]
    rows = [
        {
            "y": 62 + ROW * place,
            "code": one.code,
            "cells": [
                _cell(effect, x, x + wide - 16, per_delta)
                for effect, x in zip(found.of(one.code), xs, strict=True)
            ],
        }
        for place, one in enumerate(found.choices)
    ]
    svg = drawn("card_effects", rows=rows, columns=columns, height=62 + ROW * len(rows))
    seen = sum(one.sight is Sight.SHOWS for one in found.effects)
    alt = (
        f"{plural(len(found.choices), 'card')} at {plural(len(found.periods), 'reveal')}: "
        f"{seen} of {len(found.effects)} effects show"
    )
    caption = (
        "How large each card's clearest effect is, in units of δ and in either direction, with its interval. "
        "Grey: less than δ. Disc: it shows. Ring: small, or open. Arrow: more than 4 δ. Without line, "
        "the interval is narrower than the mark or beyond the arrow, or there is none: see the table."
    )
    return Picture("card-effects", alt, caption, svg)


def _cell(card: CardEffect, x: float, right: float, per_delta: float) -> dict[str, Any]:
    one = card.leading
    if card.sight in WORDS or one is None:
        return {"mark": "words", "x": x, "says": WORDS.get(card.sight, "–")}
    low, high = (x + per_delta * min(end, MOST) for end in _ends(one))
    return {
        "mark": "disc" if card.sight is Sight.SHOWS else "ring",
        "at": x + per_delta * min(one.size, MOST),
        "is_beyond": one.size > MOST,
        "low": low,
        "high": high,
        "right": right,
        "says": figure(one.size, decimals=1),
    }


def _ends(one: Effect) -> tuple[float, float]:
    """The interval of a size, in units of δ; of one that may be 0, from 0 on; without interval, the mean."""
    unit, interval = one.delta or one.spread, one.contrast.interval
    if interval is None or not unit:
        return one.size, one.size
    ends = abs(interval.low) / unit, abs(interval.high) / unit
    return (min(ends) if interval.excludes_zero() else 0.0), max(ends)
