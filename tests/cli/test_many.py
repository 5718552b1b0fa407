"""Thirty teams and thirty mixes whose names are alike in their first thirty letters, at 80 columns."""

import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from matplotlib.figure import Figure
from rich.console import Console

from support.many import MANY, MIXES, NARROW, TEAMS, TEXT
from tabletop.cli import main
from tabletop.cli.layout import print_fitting
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.run import run_experiment
from tabletop.plots import FIGURES
from tabletop.plots.exercise.plot import ExerciseFigure
from tabletop.plots.lettering import fitted
from tabletop.report.document.blocks import Column, Table
from tabletop.report.document.docx_sheet import MARGIN_MM
from tabletop.report.document.geometry import PAPERS, PT_PER_MM
from tabletop.report.document.terminal import show_blocks
from tabletop.report.document.widths import parts, widths
from tabletop.scenario.load import loads


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("many") / "many.yaml"
    path.write_text(TEXT)
    return path


@pytest.fixture(scope="module")
def printed(file, tmp_path_factory):
    """What each command prints, piped, at 80 columns; and the rehearsal's folder."""
    from contextlib import redirect_stdout

    folder = tmp_path_factory.mktemp("out")
    shown = {}
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COLUMNS", str(NARROW))
        # tables are looked at here: thirty teams' figures take ten times as long as all else
        environment.setattr(ExerciseFigure, "draw", lambda *_: Figure())
        for command, *words in (
            ("show", file),
            ("run", file, "--no-figures", "--workers", 1, "--out", folder / "r"),
            ("rehearse", file, "--others", 2, "--workers", 1, "--out", folder / "e"),
        ):
            with redirect_stdout(StringIO()) as out, pytest.raises(SystemExit):
                main([command, *map(str, words)])
            shown[command] = out.getvalue()
    (shown["report"],) = (folder / "e").glob("*/report/report.docx")
    return shown


@pytest.mark.parametrize("command", ["show", "run", "rehearse"])
def test_nothing_is_cut_wider_than_the_screen_or_ends_in_blanks(printed, command):
    for line in printed[command].splitlines():
        if "/" not in line:  # a path stays on its line
            assert len(line) <= NARROW
        assert line == line.rstrip()
    assert "…" not in printed[command]


def test_teams_run_down_and_every_one_has_its_numbers(printed):
    revealed = printed["rehearse"].partition("what happened")[2]
    table = revealed.partition("in the world that is played")[2].partition("\n\n")[0]
    for team in TEAMS:
        (row,) = re.findall(rf"^{team}((?: +(?:[\d.,]+|missing))+)$", table, re.MULTILINE)
        assert len(row.split()) >= 3


def test_every_mix_is_told_by_its_whole_name(printed):
    folded = re.sub(r"\s", "", printed["run"])
    assert all(name in printed["run"] for name in list(MIXES)[:2])
    assert {re.sub(r"\s", "", name) for name in MIXES} <= set(
        re.findall(r"partnership_of_neighbourhoods_\d\d", folded)
    )


def texts_of(figure):
    return [text for axes in figure.axes for text in axes.texts] + list(figure.texts)


def test_labels_of_figures_are_distinct_however_little_room_there_is(file):
    results = run_experiment(loads(TEXT), replications=2, workers=1, progress=False)
    names = mix_names(results, results.mixes)
    for room in (170.0, 250.0, 330.0):
        assert len({fitted(name, room, 1) for name in names.values()}) == MANY
    for figure in FIGURES.values():
        figure.draw(results)


def test_titles_that_differ_in_the_middle_only_carry_the_short_name():
    text = TEXT.replace("variant ", "").replace("regional centre, ", "regional centre, no. ")
    text = re.sub(r"no\. (\d+)", r"no. \1 of the long-lived partnership", text)
    results = run_experiment(loads(text), replications=1, workers=1, progress=False)
    names = mix_names(results, results.mixes)
    assert all(names[mix].endswith(f"({mix})") for mix in results.mixes)
    assert len({fitted(name, 250, 1) for name in names.values()}) == MANY


@pytest.mark.parametrize("paper", PAPERS)
def test_tables_of_a_document_have_room_for_every_word(paper):
    columns = (Column("Measure", 3), *(Column(team, 2, number=True) for team in TEAMS))
    rows = tuple((f"Measure {n}", *(f"{n}.123" for _ in TEAMS)) for n in range(5))
    table = Table("Outcomes", columns, rows)
    ems = (PAPERS[paper][0] - 2 * MARGIN_MM) * PT_PER_MM / 7.5
    found = parts(table, ems)
    assert len(found) > 1
    assert [column for part in found for column in part.columns[1:]] == list(columns[1:])
    for part in found:
        assert part.columns[0] == columns[0]
        assert [row[0] for row in part.rows] == [row[0] for row in rows]
        shares = widths(part, ems)
        assert sum(shares) == pytest.approx(1, abs=1e-3)
        # "neighbourhoods" on one line, in letters of 0.69 of their size
        assert all(share * ems / 0.69 >= len("neighbourhoods") for share in shares[1:])


def test_a_table_that_fits_stays_one():
    table = Table("Few", (Column("A"), Column("B")), (("x", "1"),))
    assert parts(table, 50.0) == (table,)


def test_the_report_has_no_column_of_single_letters(printed):
    with ZipFile(BytesIO(printed["report"].read_bytes())) as zipped:
        document = zipped.read("word/document.xml").decode()
    grids = [
        [int(width) for width in re.findall(r'w:gridCol w:w="(\d+)"', grid)]
        for grid in re.findall(r"<w:tblGrid>.*?</w:tblGrid>", document)
    ]
    between = (PAPERS["a4"][0] - 2 * MARGIN_MM) / 25.4 * 1440
    assert grids
    for grid in grids:
        assert sum(grid) <= between + 20
        assert min(grid) >= 400  # 7 mm


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_numbers_are_never_cut(width):
    numbers = [f"{n},123.45 (+{n}.1 to +{n}.9)" for n in range(12)]
    out = Console(width=width, color_system=None, record=True, file=StringIO())
    print_fitting(
        out, ["who", *(f"measure number {n}" for n in range(12))], [["A team", *numbers]], right=range(1, 13)
    )
    table = Table(
        "T", (Column("who"), *(Column(f"m {n}", number=True) for n in range(12))), (("A team", *numbers),)
    )
    show_blocks(out, [table])
    text = out.export_text()
    assert all(text.count(number) == 2 for number in numbers)
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("width", range(40, 100))
def test_a_table_that_would_fit_but_for_its_texts_breaks_texts_and_cuts_no_number(width):
    heads = ["luck and policy", "team", "world luck", "+ policy", "+ how they met", "= beside the mean"]
    rows = [["Incidents", f"Table {n}", "−0.3", "0.0", "0.0", f"−{n}.75"] for n in range(8, 13)]
    out = Console(width=width, color_system=None, record=True, file=StringIO())
    print_fitting(out, heads, rows, right=range(2, 6))
    text = out.export_text()
    assert all(text.count(row[-1]) == 1 for row in rows)
    assert all(word in text.split() for word in ["beside", "the", "mean", "Table"])
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
