"""Every stock that an inject can shock: its row says all that the rest needs to know."""

import pytest
from pydantic import ValidationError

from support.settings import scenario
from tabletop.engine.journal import Journal
from tabletop.engine.stocks import Lagged
from tabletop.eventlog.entries import MEANINGS
from tabletop.scenario.checks.reach import faults
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.scheduled import effects_in_words
from tabletop.simulation import Simulation
from tabletop.story import sentences
from tabletop.world import SHOCKABLE

each_stock = pytest.mark.parametrize("name", SHOCKABLE)


def shocked(name, day=50.0, **effect):
    """A scenario in which an inject shocks a stock."""
    one = {"id": "news", "day": day, "title": "News", "effects": [{"on": name, **effect}]}
    return scenario(60.0, injects=[one])


@each_stock
@pytest.mark.parametrize("change", [-9.0, -0.125, 0.125, 9.0])
def test_a_shock_moves_the_stock_itself_at_once_as_far_as_its_range_goes_and_is_noted(name, change):
    stock, usual = SHOCKABLE[name], Simulation(scenario(60.0), "only", 0)
    before = usual.world.stock(name)
    usual.run()
    made = Simulation(shocked(name, day=60.0, add=change), "only", 0, journal=True)
    assert isinstance(made.world.stock(name), Lagged)
    journal = made.run().journal
    noted = [
        row for row in zip(journal.days, journal.steps, journal.values, strict=True) if row[1] == stock.jumped
    ]
    day, _, level = noted[-1]
    assert day == 60.0
    assert level == pytest.approx(min(stock.high, max(stock.low, before.value_at(60.0) + change)))
    assert made.world.stock(name).value_at(60.0) == level


@each_stock
def test_a_shock_is_explained_noted_in_words_and_meant_in_the_event_log(name):
    (said,) = effects_in_words(shocked(name, multiply=0.5), shocked(name, multiply=0.5).injects[0])
    assert said == f"{name} × 0.5, at once; it then {SHOCKABLE[name].afterwards}"
    journal = Journal()
    journal.note(1.0, SHOCKABLE[name].jumped, 0, 0.25)
    assert name in next(sentences(journal)).says
    assert SHOCKABLE[name].jumped in MEANINGS


@each_stock
def test_a_shock_does_not_last_and_its_level_is_in_range(name):
    with pytest.raises(ValidationError, match=f"a shock to {name} happens at once"):
        Effect(on=name, multiply=0.5, for_days=3)
    below = Inject(id="a", title="A", day=1.0, effects=(Effect(on=name, set=SHOCKABLE[name].low - 1),))
    (fault,) = faults(scenario(10.0).conditions, [(0, below)], 10.0)
    assert fault.path == ("injects", 0, "effects", 0, "set")
    assert f"({name})" in fault.message
