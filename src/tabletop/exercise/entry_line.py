"""The entry line: a team's decision as it is typed, `D3 -R1 S2` or `analysts=many`."""

import re
from dataclasses import dataclass

from tabletop.exercise.refused import Refused
from tabletop.scenario.decision_form import DecisionForm
from tabletop.scenario.words import nearest

NOTHING = ("", "-", "none", "keep")
"""What a team types to keep its mix."""


@dataclass(frozen=True)
class Decision:
    """What a team decides in one move; empty keeps its mix."""

    plays: tuple[str, ...] = ()
    """Cards, by code, in the order in which they were named."""
    takes_back: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    """In the expert form: levers and the names of their new steps."""

    @property
    def line(self) -> str:
        """The decision as it is typed."""
        named = [*self.plays, *(f"-{code}" for code in self.takes_back), *(f"{k}={v}" for k, v in self.steps)]
        return " ".join(named) or "keep"


def parse(line: str, form: DecisionForm) -> Decision:
    """The decision that a line holds; raises Refused for what the form does not have."""
    words = [word for word in re.split(r"[\s,;]+", line.strip()) if word]
    if not words or (len(words) == 1 and words[0].lower() in NOTHING):
        return Decision()
    return _of_levers(words, form) if form.levers else _of_cards(words, form)


def _of_cards(words: list[str], form: DecisionForm) -> Decision:
    codes = [card.code for card in form.cards]
    plays: list[str] = []
    takes_back: list[str] = []
    for word in words:
        sign, code = (word[0], word[1:].upper()) if word[0] in "+-−" else ("+", word.upper())
        if code not in codes:
            raise Refused(f"{word}: no such card{nearest(code, codes)}")
        (plays if sign == "+" else takes_back).append(code)
    both = sorted({*plays} & {*takes_back})
    if both:
        raise Refused(f"{both[0]}: both played and taken back; write one of the two")
    return Decision(tuple(plays), tuple(takes_back))


def _of_levers(words: list[str], form: DecisionForm) -> Decision:
    steps: dict[str, str] = {}
    for word in words:
        lever, equals, step = word.partition("=")
        if not equals:
            raise Refused(f"{word}: write LEVER=STEP, as {_example(form)}")
        if lever not in form.levers:
            raise Refused(f"{lever}: not yours to decide{nearest(lever, form.levers)}")
        if step not in form.levers[lever]:
            raise Refused(f"{lever}={step}: no such step{nearest(step, form.levers[lever])}")
        if lever in steps:
            raise Refused(f"{lever}: named twice; name it once")
        steps[lever] = step
    return Decision(steps=tuple(steps.items()))


def _example(form: DecisionForm) -> str:
    lever = next(iter(form.levers))
    return f"{lever}={next(iter(form.levers[lever]))}"
