"""Every shipped exercise can teach, in the worlds that a class has."""

import pytest

from support.long import long
from tabletop.exercise.teaching.alone import card_effects
from tabletop.exercise.teaching.verdict import Verdict
from tabletop.exercise.unattended import OTHERS
from tabletop.scenario.load import load
from tabletop.scenario.source import shipped

FEW = ["first-steps", "lesson-tip-line-overload"]


@pytest.mark.parametrize("name", [*FEW, *long(*(name for name in shipped() if name not in FEW))])
def test_every_reveal_and_every_card_shows(name):
    scenario = load(name)
    assert scenario.exercise is not None
    found = card_effects(scenario, secret=f"rehearsal of {scenario.title}", others=OTHERS)
    assert (found is None) == (scenario.exercise.decision_form is None)
    if found is not None:
        verdict = Verdict(found)
        assert verdict.can_teach, verdict.sentences()
