"""The model agrees with exact results where there are any."""

import pytest

from theory.cases import CONFIDENCE, STUDIES
from theory.verification import LONG, SHORT, Length, Study, verdict


@pytest.mark.parametrize(
    "length", [SHORT, pytest.param(LONG, marks=pytest.mark.verify)], ids=lambda x: x.name
)
@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name.replace(" ", "-"))
def test_the_model_meets_the_exact_result(study: Study, length: Length):
    wrong = verdict(study, length, CONFIDENCE)
    assert not wrong, "\n".join(wrong)
