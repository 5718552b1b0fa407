"""What commands print on: styles, widths and JSON."""

import json
from math import inf

import pytest

from tabletop.cli import main
from tabletop.cli.output import print_json


@pytest.fixture
def shown(capsys, monkeypatch):
    """What `tabletop show first-steps` prints under these variables."""

    def under(**variables):
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit):
            main(["show", "first-steps"])
        return capsys.readouterr().out

    return under


def test_no_color_wins_over_force_color_for_bold_too(shown):
    assert "\x1b[1m" in shown(FORCE_COLOR="1")
    assert "\x1b" not in shown(FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b" in shown(FORCE_COLOR="1", NO_COLOR="")


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_what_is_piped_is_as_wide_as_columns_says(shown, columns):
    widest = max(map(len, shown(COLUMNS=str(columns)).splitlines()))
    assert columns - 12 <= widest <= columns


@pytest.mark.parametrize("columns", [None, "", "wide", "0"])
def test_without_columns_what_is_piped_has_at_most_a_hundred(shown, columns):
    widest = max(map(len, shown(**({} if columns is None else {"COLUMNS": columns})).splitlines()))
    assert 88 <= widest <= 100


def test_json_has_no_infinite_numbers(capsys):
    print_json({"a": [inf, -inf, 1.5, None], "b": {"c": (1, inf)}})
    assert json.loads(capsys.readouterr().out) == {"a": ["inf", "-inf", 1.5, None], "b": {"c": [1, "inf"]}}
