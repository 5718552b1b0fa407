"""What all tests share: `tests/` is importable (`support`, `theory`), and hypothesis repeats itself."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "tabletop", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("tabletop")
