"""What has left the system leaves the memory of the loop."""

import pytest

pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

from support.settings import merged
from tabletop import Scenario
from tabletop.compiled.runner import Runner
from tabletop.subjects import Channel

ENDS = [
    {"on": "threat.formation_rate", "multiply": 0},
    *({"on": f"background.{channel.key}", "multiply": 0} for channel in Channel),
]
DRAINED = {
    "title": "Drained",
    "horizon_days": 2_000,
    "warm_up_days": 300,
    "conditions": {
        "threat": {"formation_rate": 60, "trace_rates": {"intelligence": 3, "border": 2, "partner": 3}},
        "background": {"intelligence": 3, "community": 3, "border": 3, "partner": 2},
        "interdiction": {"investigation": 2},
    },
    "injects": [{"id": "end", "day": 0, "title": "All is quiet", "effects": ENDS}],
    "baseline": "usual",
    "policy_mixes": {"usual": {"detection": {"open_case_at": 0.05, "analysts": 2}}},
    "measures": {"incidents": {"delta": 1}},
}


@pytest.mark.parametrize(
    "over",
    [
        {},
        {"policy_mixes": {"usual": {"detection": {"analysts": 0}, "interdiction": {"border_officers": 0}}}},
        {"policy_mixes": {"usual": {"prosecution": {"custody_limit_days": 20}}}},
        {"conditions": {"interdiction": {"success": 0.5, "containment": 0.5}}},
        {"conditions": {"threat": {"reform": {"probability": 1, "delay": 5}}}},
    ],
    ids=["usual", "nobody looks", "early releases", "lost from sight", "formed again"],
)
def test_a_system_that_runs_dry_holds_no_record(over):
    runner = Runner(Scenario.model_validate(merged(DRAINED, over)), "usual", 0)
    runner.run()
    live = runner._loop.live
    assert live.pop("walks") <= 5  # of plots and of each background
    assert live == dict.fromkeys(live, 0)
