"""Chinese, Arabic, Persian, Hindi, emoji and a word of forty letters, through every output."""

import ctypes
import logging
import unicodedata
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import html5lib
import openpyxl
import pypdfium2
import pypdfium2.raw
import pytest
from matplotlib.figure import Figure
from rich.cells import cell_len

from tabletop.cli import main
from tabletop.cli.missing import unprintable
from tabletop.plots import style, typefaces
from tabletop.plots.lettering import width
from tabletop.plots.rendering import rendered
from tabletop.report.document.blocks import Text
from tabletop.report.document.document import Document
from tabletop.report.document.pdf import as_pdf
from tabletop.scenario.load import load

FILE = Path(__file__).parents[1] / "support" / "scripts.yaml"
SCENARIO = load(FILE)
TITLES = {name: mix.title for name, mix in SCENARIO.policy_mixes.items()}
NOWHERE = "\N{CUNEIFORM SIGN A}"
"""A letter that none of the fonts of the list has."""


@pytest.fixture
def noto():
    """Fonts for the scripts of the file."""
    if lacking := typefaces.lacking("".join(TITLES.values())):
        pytest.skip(f"no font here has {lacking[0]}: .ci/run installs Debian's fonts-noto-core and -cjk")


@pytest.fixture
def carried_only(monkeypatch):
    """A machine without any other font than the one that comes with matplotlib."""
    monkeypatch.setattr(typefaces, "fallbacks", lambda installed: ())
    for cached in (typefaces.families, typefaces._known, width):
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in (typefaces.families, typefaces._known, width):
        cached.cache_clear()


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main([*map(str, arguments)])
    out, err = capsys.readouterr()
    return leaving.value.code or 0, out, err


def told(err):
    """What is said besides the progress."""
    return [line for line in err.splitlines() if not line.startswith("simulated ")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folders of a run and a rehearsal, in which nothing was warned of: here warnings are errors."""
    from contextlib import redirect_stderr, redirect_stdout

    folder, said = tmp_path_factory.mktemp("made"), {}
    for command, *words in (
        ("run", FILE, "--workers", 1, "--out", folder / "r"),
        ("rehearse", FILE, "--others", 2, "--workers", 1, "--out", folder / "e"),
    ):
        with (
            redirect_stdout(StringIO()) as out,
            redirect_stderr(StringIO()) as err,
            pytest.raises(SystemExit),
        ):
            main([command, *map(str, words)])
        said[command] = out.getvalue(), told(err.getvalue())
    (results,), (exercise,) = (folder / "r").iterdir(), (folder / "e").iterdir()
    return results, exercise, said


def test_nothing_is_printed_but_one_sentence_of_what_no_font_has(made, noto):
    *_, said = made
    for out, err in said.values():
        assert len(err) == 1
        assert err[0].startswith(
            "No font here has 🚓, 👩, 🚒 (summary): figures and PDFs show a box for each"
        )
        assert all(cell_len(line) <= 100 for line in out.splitlines() if "/" not in line)


def test_without_fonts_the_letters_are_named_with_their_fields(carried_only, capsys, tmp_path):
    code, _, err = run(capsys, "run", FILE, "--workers", 1, "--out", tmp_path)
    assert code == 0
    (line,) = told(err)
    assert line.startswith("No font here has 港, 口, 城, 市, 演 and ")
    assert "(title, summary, injects[0].title, injects[0].message, policy_mixes.base.title and " in line
    assert "fonts-noto-cjk" in line
    assert len(list(tmp_path.glob("*/figures/*.png"))) == len(list(tmp_path.glob("*/figures/*.svg"))) > 5


@pytest.mark.verify
def test_what_every_font_has_is_not_mentioned(capsys, tmp_path):
    assert unprintable(load("harbour-city"), {}) == ""
    _, _, err = run(capsys, "run", "first-steps", "--replications", 2, "--workers", 1, "--out", tmp_path)
    assert told(err) == []


def test_names_that_are_typed_are_told_too():
    assert f"No font here has {NOWHERE} (--team)" in unprintable(
        load("first-steps"), {"--team": f"Team {NOWHERE}"}
    )


def drawn(text):
    with style.applied():
        figure = Figure(figsize=(2, 1))
        figure.text(0.1, 0.5, text, size=30)
        return rendered(figure, "png")  # an SVG repeats the text in a comment


@pytest.mark.parametrize(("one", "other"), [("港", "口"), ("प", "द"), ("한", "국")])
def test_letters_of_other_scripts_are_drawn_and_no_boxes(noto, one, other):
    assert drawn(one) != drawn(other)


def test_letters_that_no_font_has_are_the_same_box(carried_only):
    assert drawn("港") == drawn("口")


def test_latin_looks_the_same_whatever_is_installed(noto, monkeypatch):
    before = drawn("Latin, δ and Ж")
    monkeypatch.setattr(typefaces, "fallbacks", lambda installed: ())
    typefaces.families.cache_clear()
    try:
        assert drawn("Latin, δ and Ж") == before
    finally:
        monkeypatch.undo()
        typefaces.families.cache_clear()


def test_matplotlib_logs_nothing_and_its_level_is_left_as_it_was(noto, caplog):
    log = logging.getLogger("matplotlib.font_manager")
    before = log.level
    with style.applied():
        figure = Figure()
        figure.text(0, 0, "港 ☃ 𝒳", weight="bold")
        rendered(figure, "png")
    assert caplog.records == []
    assert log.level == before


def fonts_of(pdf):
    """The fonts in which each letter of a PDF is set."""
    found = {}
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        for place in range(text.count_chars()):
            buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
            raw.FPDFText_GetFontInfo(text.raw, place, buffer, 200, ctypes.byref(flags))
            found.setdefault(buffer.value.decode(), []).append(chr(raw.FPDFText_GetUnicode(text.raw, place)))
    return {font.partition("+")[2] or font: "".join(letters) for font, letters in found.items()}


def test_pdfs_use_the_machine_s_fonts_for_what_typst_lacks(made, noto):
    _, exercise, _ = made
    found = fonts_of((exercise / "pack" / "players" / "situation-manual.pdf").read_bytes())
    chinese = "".join(text for font, text in found.items() if "CJK" in font)
    hindi = "".join(text for font, text in found.items() if "Devanagari" in font)
    assert {*"港口城市演练"} <= {*chinese}
    assert {*"एकशहर"} <= {*hindi}
    assert any(font.startswith("Libertinus") and "Situation manual" in text for font, text in found.items())
    assert not any("Mono" in font and "ا" in text for font, text in found.items())


def test_a_document_of_latin_letters_asks_for_no_font_of_the_machine(monkeypatch):
    asked = []
    from tabletop.report.document import pdf

    real = pdf._fonts
    monkeypatch.setattr(
        pdf, "_fonts", lambda *, of_machine: asked.append(of_machine) or real(of_machine=False)
    )
    as_pdf(Document("x", "Größe, δ → ∞, “quoted” ☐", "", "", (), blocks=(Text(("Ж − 5 %",)),)))
    assert asked == [False]
    as_pdf(Document("x", "港", "", "", ()))
    assert True in asked


def strong(text):
    """Whether the first letter that has a direction runs from right to left."""
    kinds = [kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}]
    return bool(kinds) and kinds[0] != "L"


def test_paragraphs_from_right_to_left_are_marked_in_docx(made):
    docx = pytest.importorskip("docx")
    _, exercise, _ = made
    document = docx.Document(exercise / "report" / "report.docx")
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    right = [p for p in paragraphs if strong(p.text)]
    assert any("فريق الجنوب" in p.text for p in right)
    qualified = docx.oxml.ns.qn
    for paragraph in paragraphs:
        properties = paragraph._p.pPr
        marked = properties is not None and properties.find(qualified("w:bidi")) is not None
        assert marked == strong(paragraph.text), paragraph.text


@pytest.mark.parametrize("page", ["report", "pack"])
def test_texts_from_right_to_left_choose_their_direction_in_html(made, page):
    results, exercise, _ = made
    files = [results / "report.html"] if page == "report" else sorted((exercise / "pack").rglob("*.html"))
    files += [exercise / "report" / "report.html"] if page == "report" else []
    seen = 0
    for file in files:
        tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        above = {child: parent for parent in tree.iter() for child in parent}
        for element in tree.find("body").iter():
            if element.tag in {"svg", "style", "script"} or not isinstance(element.tag, str):
                continue
            if strong(element.text or "") and "}" not in element.tag:
                chain, here = [], element
                while here is not None:
                    chain.append(here)
                    here = above.get(here)
                if any(str(one.tag).endswith(("svg", "title")) for one in chain):
                    continue
                assert any(one.get("dir") == "auto" or one.tag == "bdi" for one in chain), element.text
                seen += 1
    assert seen > 3


def test_workbooks_and_tables_hold_every_name(made):
    results, exercise, _ = made
    book = openpyxl.load_workbook(exercise / "report" / "tables.xlsx")
    teams = {row[3] for row in book["outcomes"].iter_rows(min_row=2, values_only=True)}
    assert teams == {"baseline", *SCENARIO.exercise.teams}
    with ZipFile(BytesIO((exercise / "report" / "replay.zip").read_bytes())) as zipped:
        assert zipped.testzip() is None
    assert SCENARIO.title in (results / "resolved.yaml").read_text(encoding="utf-8")
