"""What is shipped and can be played: its list goes out and comes back, and its pack keeps what is to come."""

import re

import pytest

from tabletop.exercise.msel import msel
from tabletop.report.document.html import as_html
from tabletop.report.msel.importing import import_list
from tabletop.report.msel.lists import list_file
from tabletop.report.pack.pack import FOR_PLAYERS
from tabletop.scenario.load import load
from tabletop.scenario.source import shipped, source_text


def played():
    """The shipped scenarios that say how they are played."""
    for name in shipped():
        scenario = load(name)
        if scenario.exercise is not None:
            yield name, scenario


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_list_of_every_shipped_exercise_goes_out_and_comes_back_without_changing_a_byte(tmp_path, ending):
    for name, scenario in played():
        file = tmp_path / f"{name}{ending}"
        file.write_bytes(list_file(scenario, name, ending))
        text, _ = source_text(name)
        assert import_list(file, text, name).text == text, name


def test_no_player_reads_a_shipped_inject_or_situation_before_its_time():
    for name, scenario in played():
        told = [text for row in msel(scenario) for text in (row.message, row.expected_response, row.notes)]
        told += [text for move in scenario.exercise.moves for text in (move.situation, move.look_for)]
        told += [scenario.debrief, *scenario.exercise.debrief_questions]
        for make in FOR_PLAYERS:
            document = make(scenario)
            if document is None:
                continue
            page = squeezed(as_html(document))
            for text in told:
                assert not squeezed(text) or squeezed(text) not in page, (name, document.name, text)


def squeezed(words):
    return re.sub(r"[^a-z0-9]", "", words.lower())
