"""Sheets from paper, taken into the folder of an exercise."""

import pytest

from support.two_moves import TEXT
from tabletop.cli import main
from tabletop.cli.paper_sheets import take_in_sheets
from tabletop.errors import TabletopError
from tabletop.exercise.acts import Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.sheets import NAME


@pytest.fixture
def folder(tmp_path):
    exercise = Exercise.new(tmp_path / "class", text=TEXT, name="two_moves.yaml")
    with exercise.in_charge():
        exercise.do(CONTROLLER, Start(secret="x", teams=("Red", "Blue"), others=5))
    return tmp_path / "class"


def test_what_was_taken_in_is_counted_and_kept(capsys, tmp_path, folder):
    file = tmp_path / "typed.csv"
    file.write_text("sheet,team,kind,item,points,text\n3,Red,peer,1,4,\n3,Red,reflection,1,,luck\n")
    take_in_sheets(folder, file)
    assert "1 of kind reflection, 1 of kind peer" in capsys.readouterr().out
    assert (folder / NAME).read_text().count("\n") == 3


def test_evaluate_takes_them_in_and_asks_nothing(capsys, tmp_path, folder):
    file = tmp_path / "typed.csv"
    file.write_text("sheet,team,kind,item,points,text\n3,Red,peer,1,4,\n")
    with pytest.raises(SystemExit) as leaving:
        main(["evaluate", str(folder), "--sheets", str(file)])
    assert not leaving.value.code
    assert "1 of kind peer" in capsys.readouterr().out
    assert (folder / NAME).exists()


def test_a_team_that_did_not_play_is_told_and_nothing_is_kept(tmp_path, folder):
    file = tmp_path / "typed.csv"
    file.write_text("sheet,team,kind,item,points\n3,Rde,peer,1,4\n")
    with pytest.raises(TabletopError, match=r"typed\.csv:2: team 'Rde': no such team; did you mean 'Red'\?"):
        take_in_sheets(folder, file)
    assert not (folder / NAME).exists()
