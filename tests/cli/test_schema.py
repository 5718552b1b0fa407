"""`tabletop schema`."""

import json

import pytest

from tabletop.cli import main
from tabletop.scenario.schema import schema_text


def test_the_schema_is_printed_as_json(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["schema"])
    printed = capsys.readouterr().out
    assert leaving.value.code == 0
    assert printed == schema_text()
    assert json.loads(printed)["properties"]["policy_mixes"]["description"]


def test_the_schema_is_written_to_a_file(tmp_path, capsys):
    file = tmp_path / "schema.json"
    file.write_text("an older one")
    with pytest.raises(SystemExit) as leaving:
        main(["schema", "--out", str(file)])
    assert leaving.value.code == 0
    assert file.read_text("utf-8") == schema_text()
    assert capsys.readouterr().out == f"wrote {file}\n"


def test_a_place_that_cannot_be_written_is_a_mistake(tmp_path, capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["schema", "--out", str(tmp_path / "nowhere" / "schema.json")])
    assert leaving.value.code == 2
    assert "cannot be written: No such file or directory" in capsys.readouterr().err
