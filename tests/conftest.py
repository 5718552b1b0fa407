"""What all tests share: `tests/` is importable (`support`, `theory`), and hypothesis repeats itself."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tabletop.experiment.machine import cores

# output is as wide as by default, however wide the terminal, and whatever those say that share the tests out;
# at once, since what is made for a whole module is made before any test of it
os.environ.pop("COLUMNS", None)
# nobody looks: what would be opened in a window is not
os.environ.pop("DISPLAY", None)
os.environ.pop("WAYLAND_DISPLAY", None)

settings.register_profile(
    "tabletop",
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
# of the long verification, for tests that name no number of their own
settings.register_profile("long", settings.get_profile("tabletop"), max_examples=100)
settings.load_profile("tabletop")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, whatever the order of the others, or all wait for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.hookimpl(optionalhook=True)  # one process does without
def pytest_xdist_auto_num_workers() -> int:
    """Two more than cores: tests in a browser wait as much as they work."""
    return cores() + 2
