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
    file.write_text('{"$schema": "an older one"}')
    with pytest.raises(SystemExit) as leaving:
        main(["schema", "--out", str(file)])
    assert leaving.value.code == 0
    assert file.read_text("utf-8") == schema_text()
    assert capsys.readouterr().out == f"wrote {file}\n"


@pytest.mark.parametrize("there", ["title: A scenario\n", "{}"])
def test_what_is_no_schema_is_not_written_over(there, tmp_path, capsys):
    file = tmp_path / "mine.yaml"
    file.write_text(there)
    with pytest.raises(SystemExit) as leaving:
        main(["schema", "--out", str(file)])
    assert leaving.value.code == 2
    told = f"{file}: holds something else than a schema; remove it, or name another file"
    assert told in " ".join(capsys.readouterr().err.split())
    assert file.read_text("utf-8") == there


def test_an_empty_file_is_filled(tmp_path):
    file = tmp_path / "schema.json"
    file.touch()
    with pytest.raises(SystemExit):
        main(["schema", "--out", str(file)])
    assert file.read_text("utf-8") == schema_text()


def test_a_place_that_cannot_be_written_is_a_mistake(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit) as leaving:
        main(["schema", "--out", str(tmp_path / "file" / "schema.json")])
    assert leaving.value.code == 2
    assert "cannot be written to: something on the way is a file, and no folder" in capsys.readouterr().err
