"""What all tests share: `tests/` is importable (`support`, `theory`), and hypothesis repeats itself."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "tabletop", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("tabletop")


@pytest.fixture(autouse=True)
def _columns_nobody_asked_for(monkeypatch):
    """Output is as wide as by default, however wide the terminal is in which the tests were started."""
    monkeypatch.delenv("COLUMNS", raising=False)
