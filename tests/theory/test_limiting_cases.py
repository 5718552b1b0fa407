"""The model agrees with exact results where there are any, on either engine."""

from itertools import product

import pytest
from _pytest.mark import ParameterSet

from tabletop.compiled.choice import VARIABLE, absence
from theory.cases import CONFIDENCE, STUDIES
from theory.verification import LONG, SHORT, Length, Study, verdict

ON_SIMPY = ("patience", "one look", "trust", "custody cap")
"""Studies that are run on SimPy each time; it takes seconds over any, and has the others in the long
verification. The compiled engine is tested with all of them each time, and so is that it is SimPy's model bit
for bit."""


def runs() -> list[ParameterSet]:
    """Every study by every engine, short and long."""
    found = []
    for engine, study, length in product(("simpy", "compiled"), STUDIES, (SHORT, LONG)):
        is_slow = engine == "simpy" and study.name not in ON_SIMPY
        marks = [pytest.mark.verify] if length is LONG or is_slow else []
        if engine == "compiled":
            marks.append(pytest.mark.skipif(absence() is not None, reason=str(absence())))
        name = f"{engine}-{study.name.replace(' ', '-')}-{length.name}"
        found.append(pytest.param(engine, study, length, marks=marks, id=name))
    return found


@pytest.mark.parametrize(("engine", "study", "length"), runs())
def test_the_model_meets_the_exact_result(engine: str, study: Study, length: Length, monkeypatch):
    monkeypatch.setenv(VARIABLE, engine)
    wrong = verdict(study, length, CONFIDENCE)
    assert not wrong, "\n".join(wrong)
