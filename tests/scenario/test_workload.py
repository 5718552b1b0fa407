"""The workload of a scenario: what is heavy is said before anything runs."""

import pytest

from tabletop.cli import main
from tabletop.scenario.load import load, loads
from tabletop.scenario.source import shipped
from tabletop.scenario.workload import HEAVY, HEAVY_REPLICATION, heaviness, traces

TEXT = """\
title: Load
horizon_days: 100
warm_up_days: 50
conditions:
  background: {intelligence: 2, community: 0, border: 0, partner: 0}
  threat: {formation_rate: 0}
policy_mixes: {usual: {}}
baseline: usual
measures: {incidents: {delta: 1}}
"""
RUSH = "{id: r, day: 20, title: Rush, effects: [{on: background.intelligence, multiply: 10, for_days: 10}]}"


def injected(inject):
    return loads(f"{TEXT}injects:\n  - {inject}\n")


def test_traces_are_rates_times_days_a_plots_counting_four_times():
    assert traces(loads(TEXT)) == pytest.approx(2 * 150)
    plotted = loads(TEXT.replace("{formation_rate: 0}", "{formation_rate: 365, preparation: 10}"))
    threat = plotted.conditions.threat
    own = threat.trace_rates
    a_month = own.intelligence + own.community + threat.transnational_share * (own.border + own.partner)
    genuine = 10 * threat.visibility.mean * a_month * 12 / 365
    assert traces(plotted) == pytest.approx(150 * (2 + 4 * genuine))


def test_injects_are_in_force_for_as_long_as_they_are():
    assert traces(injected(RUSH)) == pytest.approx(2 * 140 + 20 * 10)
    assert traces(injected(RUSH.replace(", for_days: 10", ""))) == pytest.approx(2 * 70 + 20 * 80)


def test_what_is_heavy_is_told_and_nothing_that_ships_is():
    one = loads(TEXT.replace("intelligence: 2", "intelligence: 10000"))
    assert traces(one) == 1.5 * HEAVY_REPLICATION
    assert heaviness(one) == "Heavy: a replication leaves about 1.5 million traces."
    assert heaviness(one, 200) == (
        "Heavy: a replication leaves about 1.5 million traces, and 200 runs 300 million."
    )
    light = loads(TEXT)
    assert heaviness(light, int(HEAVY / 300)) is None
    assert heaviness(light, int(HEAVY / 300) + 1) == (
        "Heavy: a replication leaves about 300 traces, and 1,666,667 runs 500 million."
    )
    for name in shipped():
        scenario = load(name)
        assert heaviness(scenario, scenario.replications * len(scenario.policy_mixes)) is None


@pytest.mark.parametrize(
    ("command", "stream"), [(("show",), "out"), (("run", "--no-figures"), "err"), (("run", "--plan"), "out")]
)
def test_show_plan_and_run_say_it(capsys, tmp_path, monkeypatch, command, stream):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tabletop.scenario.workload.HEAVY_REPLICATION", 200)
    (tmp_path / "load.yaml").write_text(f"{TEXT}replications: 2\n")
    first, *others = command
    with pytest.raises(SystemExit) as leaving:
        main([first, "load.yaml", *others])
    assert not leaving.value.code
    told = " ".join(getattr(capsys.readouterr(), stream).split())
    assert "Heavy: a replication leaves about 300 traces, and 2 runs 600." in told
    assert ("--plan says how" in told) == ("--plan" not in command)
