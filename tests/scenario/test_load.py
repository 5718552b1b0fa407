"""Loading scenarios: from files, by name, and what cannot be read."""

import os
import pickle
from pathlib import Path

import pytest

from tabletop.errors import Problem, ScenarioError, UnknownName
from tabletop.scenario import source
from tabletop.scenario.load import load, loads

GOOD = "title: Good\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"
SHIPPED = (
    "first-steps",
    "harbour-city",
    "lesson-base-rate-trap",
    "lesson-diminishing-returns",
    "lesson-justice-bottleneck",
    "lesson-looser-threshold",
    "lesson-partner-latency",
    "lesson-prevention-pays-late",
    "lesson-tip-line-overload",
    "lesson-trust-spiral",
    "terror-queue",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_loads_by_name_and_by_path(name):
    assert load(name) == load(source.shipped()[name])


def test_all_shipped_scenarios_are_found():
    assert tuple(source.shipped()) == SHIPPED


def test_a_file_loads_by_text_path_and_path_object(tmp_path):
    file = tmp_path / "good.yaml"
    file.write_text(GOOD)
    assert load(str(file)) == load(file) == loads(GOOD)


def test_a_byte_order_mark_and_windows_lines_are_no_matter(tmp_path):
    file = tmp_path / "good.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(file) == loads(GOOD)


def test_an_unknown_name_lists_what_is_shipped_and_suggests_the_nearest():
    with pytest.raises(UnknownName, match=r"did you mean 'harbour-city'\? \(shipped: first-steps, "):
        load("harbor-city")
    with pytest.raises(UnknownName, match=r"known: first-steps, harbour-city, .*terror-queue"):
        load("zzz")


def test_a_missing_file_suggests_its_neighbour(tmp_path):
    (tmp_path / "port.yaml").write_text(GOOD)
    with pytest.raises(ScenarioError, match=r"no such file; did you mean 'port\.yaml'\?"):
        load(tmp_path / "prot.yaml")


def refused(file: Path | str) -> str:
    """What is said of a file that cannot be read."""
    with pytest.raises(ScenarioError) as error:
        load(file)
    return str(error.value)


def test_a_directory_is_refused(tmp_path):
    assert refused(tmp_path) == f"{tmp_path}: a directory; name a scenario file in it"


def test_what_is_no_ordinary_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "not an ordinary file" in refused(tmp_path / "pipe.yaml")


def test_a_path_through_a_file_is_refused(tmp_path):
    (tmp_path / "port.yaml").write_text(GOOD)
    assert "cannot be read" in refused(tmp_path / "port.yaml" / "deeper.yaml")


def test_a_name_that_no_file_can_have_is_refused():
    assert "cannot be read" in refused("a\0b.yaml")
    assert "cannot be read" in refused("x" * 5000 + ".yaml")


def test_fifty_megabytes_are_refused_unread(tmp_path):
    file = tmp_path / "huge.yaml"
    with file.open("wb") as huge:
        huge.truncate(50_000_000)
    assert refused(file) == f"{file}: 50,000,000 bytes; a scenario file has at most 1,000,000"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "growing.yaml"
    file.write_text(GOOD)
    monkeypatch.setattr(source, "MAX_BYTES", file.stat().st_size)
    before = os.open

    def grown(path, *how, **more):
        if path == file:
            with file.open("a") as added:
                added.write("# one more line\n")
        return before(path, *how, **more)

    monkeypatch.setattr(os, "open", grown)
    assert "more than" in refused(file)


def test_a_file_without_permission_is_refused(tmp_path, monkeypatch):
    # whoever is root may read everything, so the refusal is put in its place
    file = tmp_path / "secret.yaml"
    file.write_text(GOOD)

    def forbidden(*_how, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert refused(file) == f"{file}: may not be read; ask for permission to read it"


def test_binary_is_refused(tmp_path):
    file = tmp_path / "picture.yaml"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert "not a text file" in refused(file)


def test_another_encoding_is_refused_with_its_line(tmp_path):
    file = tmp_path / "latin.yaml"
    file.write_bytes("title: Hafen\nsummary: Küste\n".encode("latin-1"))
    assert refused(file) == f"{file}:2: not UTF-8; save the file as UTF-8"


def test_an_empty_file_is_refused(tmp_path):
    file = tmp_path / "empty.yaml"
    file.write_text("")
    assert refused(file) == f"{file}:1: nothing in it; `tabletop new NAME` writes a scenario to start from"


def test_null_at_the_top_is_refused():
    with pytest.raises(ScenarioError, match="nothing at the top; a scenario is a mapping"):
        loads("~\n")


def test_problems_are_structured_sorted_and_survive_pickling():
    with pytest.raises(ScenarioError) as error:
        loads(GOOD + "seed: x\nhorizon_days: -1\n", "port.yaml")
    problems = error.value.problems
    assert [(p.line, p.path) for p in problems] == [(5, "seed"), (6, "horizon_days")]
    copy = pickle.loads(pickle.dumps(error.value))
    assert copy.problems == problems
    assert str(copy) == str(error.value)


def test_of_very_many_problems_a_hundred_are_told():
    error = ScenarioError(Problem("port.yaml", line, "seed", "wrong") for line in range(1, 300))
    assert len(str(error).splitlines()) == 101
    assert str(error).endswith("port.yaml: and 199 more problems")


def test_scalars_mean_what_yaml_1_2_says():
    scenario = loads(GOOD + "seed: 0x1F\nreplications: 0o17\nhorizon_days: 3.65e+2\nsummary: no\n")
    assert (scenario.seed, scenario.replications, scenario.horizon_days) == (31, 15, 365.0)
    assert scenario.summary == "no"


def test_minus_infinity_passes_every_report():
    scenario = loads(GOOD + "conditions: {reporting: {pass_at: -.inf}}\n")
    assert scenario.conditions.reporting.pass_at == float("-inf")


def test_a_duration_is_a_number_or_a_mapping():
    written = GOOD + "conditions: {detection: {assessment: 2, shelf_life: {family: exponential, mean: 3}}}\n"
    detection = loads(written).conditions.detection
    assert (detection.assessment.family, detection.assessment.mean) == ("constant", 2)
    assert detection.shelf_life is not None
    assert detection.shelf_life.family == "exponential"


def test_a_megabyte_of_brackets_is_refused_at_once():
    with pytest.raises(ScenarioError, match="nested deeper than 40 levels"):
        loads("[" * 900_000)


def test_hard_limits_do_not_hide_other_mistakes():
    with pytest.raises(ScenarioError) as error:
        loads(GOOD + "seed: &a 3\nhorizon_days: !!str 7\nhorizon: 3\nsummary: [\n  *a]\n")
    told = str(error.value)
    assert "anchors are not allowed" in told
    assert "horizon_days: tag:yaml.org,2002:str: tags are not allowed" in told
    assert "aliases are not allowed" in told
    assert "did you mean 'horizon_days'?" in told
    # what was refused is not found wrong once more
    assert told.count("horizon_days: ") == 1
