"""The model agrees with exact results where there are any, on either engine."""

import pytest

from tabletop.compiled.choice import VARIABLE, absence
from theory.cases import CONFIDENCE, STUDIES
from theory.verification import LONG, SHORT, Length, Study, verdict

COMPILED = pytest.param("compiled", marks=pytest.mark.skipif(absence() is not None, reason=str(absence())))


@pytest.mark.parametrize(
    "length", [SHORT, pytest.param(LONG, marks=pytest.mark.verify)], ids=lambda x: x.name
)
@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name.replace(" ", "-"))
@pytest.mark.parametrize("engine", ["simpy", COMPILED])
def test_the_model_meets_the_exact_result(engine: str, study: Study, length: Length, monkeypatch):
    monkeypatch.setenv(VARIABLE, engine)
    wrong = verdict(study, length, CONFIDENCE)
    assert not wrong, "\n".join(wrong)
