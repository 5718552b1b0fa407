"""Bad scenario files, each with what is to be said about it in its first lines."""

import re
from pathlib import Path

import pytest

from tabletop.cli import main

BAD = Path(__file__).parent / "bad"
EXPECTED = re.compile(r"# expect: (?P<line>\d+) \| (?P<path>.*?) \| (?P<fragment>.*)")


@pytest.mark.parametrize("file", sorted(BAD.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_bad_file_is_refused_with_line_path_and_what_would_be_right(file, capsys):
    expected = [m for m in map(EXPECTED.fullmatch, file.read_text("utf-8").splitlines()) if m]
    assert expected, "a bad file says what is expected of it"

    with pytest.raises(SystemExit) as leaving:
        main(["validate", str(file)])

    told = capsys.readouterr()
    assert leaving.value.code == 2
    assert told.out == ""
    lines = told.err.splitlines()
    for wanted in expected:
        place = f"{file}:{wanted['line']}: " + (f"{wanted['path']}: " if wanted["path"] else "")
        assert any(line.startswith(place) and wanted["fragment"] in line for line in lines), told.err
    numbers = [int(line.removeprefix(f"{file}:").split(":")[0]) for line in lines]
    assert numbers == sorted(numbers)


def test_there_are_enough_bad_files():
    assert len(list(BAD.glob("*.yaml"))) >= 100
