"""The printable pack: what is in it, for whom, in which letters, and that both renderings say the same."""

import ctypes
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import hypot

import pypdfium2
import pytest
from nasty import NASTY, nasty
from parsed import parsed, text

from support.two_moves import FILE, changed, scenario
from tabletop.errors import TabletopError
from tabletop.exercise.msel import msel
from tabletop.exercise.predictions import middle_range
from tabletop.report.document.blocks import Cards, Picture
from tabletop.report.document.html import as_html
from tabletop.report.document.pdf import as_pdf
from tabletop.report.pack import documents, pack_files
from tabletop.report.pack.briefing_deck import briefing_deck
from tabletop.report.pack.pack import FOR_CONTROLLERS, FOR_PLAYERS
from tabletop.report.pillar_signs import SIGNS
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.policy import PILLARS
from tabletop.simulation import simulate

NAMES = [
    "invitation", "situation-manual", "role-sheets",
    "decision-cards", "decision-sheets", "individual-sheet", "peer-form", "feedback-form", "sign-in-sheet",
    "briefing-deck", "module-sheets", "inject-cards", "contingency-cards", "controllers-guide", "msel",
    "evaluation-guide",
]  # fmt: skip
SCENARIOS = {"small": scenario, "nasty": nasty}


def folder_of(name):
    return "controllers" if name in NAMES[NAMES.index("briefing-deck") :] else "players"


@cache
def made(name, which="small"):
    return next(document for document in documents(SCENARIOS[which]()) if document.name == name)


@cache
def pages(name, which="small", paper="a4"):
    """The texts of a document's pages in print, and their sizes in points."""
    pdf = pypdfium2.PdfDocument(as_pdf(made(name, which), paper))
    return [(plain(page.get_textpage().get_text_range()), page.get_size()) for page in pdf]


def printed(name, which="small"):
    return " ".join(page for page, _ in pages(name, which))


def shown(name, which="small"):
    return plain(text(parsed(as_html(made(name, which)))))


def plain(words):
    return " ".join(unicodedata.normalize("NFC", words).replace("\u200b", "").replace("\ufffe", "").split())


def squeezed(words):
    """Letters and digits alone: where lines are broken, and which signs a font lacks, does not inputs."""
    return re.sub(r"[^a-z0-9]", "", words.lower())


def words_of(value):
    """Every text in a document that is printed; a text alternative is not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from words_of(item)
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            if field not in {"kind", "name", "layout", "alt", "style"}:
                yield from words_of(getattr(value, field))


def test_the_pack_has_every_document_in_both_forms_and_the_list_as_a_spreadsheet():
    files = pack_files(scenario(), "two_moves")
    forms = {f"{folder_of(name)}/{name}.{ending}" for name in NAMES for ending in ("pdf", "html")}
    assert set(files) == {*forms, "controllers/msel.xlsx", "controllers/msel.csv"}
    assert set(pack_files(scenario(), "two_moves", formats=("pdf",))) == {f for f in files if "html" not in f}
    assert [document.name for document in documents(scenario())] == NAMES


@pytest.mark.parametrize("which", SCENARIOS)
@pytest.mark.parametrize("name", NAMES)
def test_every_printed_page_is_marked_above_and_below(name, which):
    for page, _ in pages(name, which):
        assert page.count("EXERCISE") >= 2


@pytest.mark.parametrize("name", NAMES)
def test_every_page_on_screen_is_marked_at_its_beginning_end_and_sections(name):
    root = parsed(as_html(made(name)))
    marks = [element for element in root.iter() if element.get("class") == "mark"]
    assert len(marks) == 2 + len(made(name).sections)
    assert text(next(element for element in root.iter() if element.tag == "title")).startswith("EXERCISE: ")


def test_every_inject_is_marked_wherever_it_is_told():
    injects = [row for row in msel(scenario()) if row.event_type != "Expected Action"]
    assert len(re.findall(r"EXERCISE · (?:contingency )?inject", shown("controllers-guide"))) == len(injects)
    cards = [*made("inject-cards").blocks[0].boxes, *made("contingency-cards").blocks[0].boxes]
    assert sorted(card.title for card in cards) == sorted(row.title for row in injects)
    assert all(card.label.startswith("EXERCISE · ") for card in cards)
    assert shown("msel").count("EXERCISE: ") == len(injects) + 1  # and once in the page's title


def test_every_card_is_marked():
    assert printed("decision-cards").count("EXERCISE") == 2 * len(pages("decision-cards")) + 2


SPOILERS = [
    *(row.title for row in msel(scenario()) if row.title),
    *(row.message for row in msel(scenario()) if row.message),
    *(row.expected_response for row in msel(scenario()) if row.expected_response),
    *(row.notes for row in msel(scenario()) if row.notes),
    *(move.situation for move in scenario().exercise.moves),
    *(move.name for move in scenario().exercise.moves),
    *(question for move in scenario().exercise.moves for question in move.questions),
    *scenario().exercise.debrief_questions,
    "Whether anybody asks about base rates.",
    scenario().debrief,
    str(scenario().seed),
]


@pytest.mark.parametrize("spoiler", SPOILERS)
def test_nothing_that_players_get_tells_what_is_still_to_come(spoiler):
    for make in FOR_PLAYERS:
        document = make(scenario())
        for told in words_of(document):
            assert squeezed(spoiler) not in squeezed(told)
        if document.name != "decision-cards":
            assert squeezed(spoiler) not in squeezed(printed(document.name))
        assert squeezed(spoiler) not in squeezed(as_html(document).partition("<body")[2])


def test_what_controllers_get_is_marked_as_not_for_players():
    for make in FOR_CONTROLLERS:
        assert make(scenario()).audience in {
            "For controllers: not for players",
            "For evaluators and controllers: not for players",
            "Shown by the controller, slide by slide",
            "For controllers: not for players before the module begins",
        }
    for make in FOR_PLAYERS:
        assert "not for players" not in make(scenario()).audience


def test_the_situation_manual_says_what_players_need():
    told = shown("situation-manual")
    plan = scenario().exercise
    assert told.index("Content note") < told.index("Background")
    for words in (
        plan.purpose,
        *(one.text for one in plan.objectives),
        *plan.ground_rules,
        *plan.assumptions_and_artificialities,
        *(role.name for role in plan.roles),
        *(card.says for card in plan.decision_form.cards),
        "A mix may cost 80 a year",
        "There is little money, and two ways to spend it.",
        "It predicts nothing",
        "Incidents (count)",
        "Trust (share)",
    ):
        assert words in told


def test_the_controllers_guide_tells_every_minute_inject_and_expected_action():
    told = shown("controllers-guide")
    for row in msel(scenario()):
        assert plain(row.message) in told
        assert row.expected_response in told
        assert row.effect.replace("−", "-") in told
    plan = scenario().exercise
    assert told.count("0–8") == 1
    for line in (
        f"{plan.begins(2) + 6:g}–{plan.planned_minutes:g} Feedback",
        "8–11 Move 1: situation Tell the situation of day 0; inject 1, A rumour goes round.",
        "20–23 Move 1: reveal Show what came of it; inject 4, Clerks on strike.",
    ):
        assert squeezed(line) in squeezed(told)
    assert scenario().debrief in told


PIXEL = 297 / 25.4 * 72 / 1280
"""Points, on a slide of 1,280 pixels."""


@pytest.mark.parametrize("which", SCENARIOS)
def test_slides_are_wide_and_their_letters_can_be_read_from_afar(which):
    for page, (width, height) in pages("briefing-deck", which):
        assert width / height == pytest.approx(16 / 9, rel=1e-3)
        assert page
    pdf = pypdfium2.PdfDocument(as_pdf(made("briefing-deck", which)))
    in_text = 0
    for page in pdf:
        _, height = page.get_size()
        textpage = page.get_textpage()
        for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            _, bottom, _, top = found.get_bounds()
            if bottom < 46 or top > height - 45:
                continue  # head and foot
            # in pictures 28 pixels, in texts 36
            assert size_of(found) >= 28 * PIXEL - 0.05, textpage.get_text_range()
            in_text += size_of(found) >= 36 * PIXEL - 0.05
    assert in_text > len(pdf)


def size_of(found):
    """The size of a text's letters in points, as they are printed."""
    from ctypes import byref, c_float

    size = c_float()
    pypdfium2.raw.FPDFTextObj_GetFontSize(found.raw, byref(size))
    matrix = found.get_matrix()  # of a text along the page, d is 0
    return size.value * hypot(matrix.c, matrix.d)


def test_the_deck_has_a_slide_a_move_each_with_a_picture():
    sections = made("briefing-deck").sections
    assert [section.title for section in sections] == [
        "Two moves at the border", "48 minutes, 2 decisions", "What you try to do", "Ground rules",
        "In each move", "Your money: 80 a year", "A range that you are 80 % sure of",
        "Move 1: The quiet spring", "Move 2: The hot summer", "Hot wash: what nobody could see",
    ]  # fmt: skip
    for section in sections:
        assert sum(isinstance(block, Picture) and bool(block.svg) for block in section.blocks) == 1


@pytest.mark.parametrize("moves", [1, 4, 5, 9, 12])
def test_a_deck_has_at_most_twelve_slides_or_three_and_one_a_move(moves):
    plan = scenario().exercise
    many = tuple(plan.moves[0].model_copy(update={"day": 30.0 * n, "injects": ()}) for n in range(moves))
    deck = briefing_deck(changed(moves=many))
    assert len(deck.sections) <= (12 if moves <= 4 else 3 + moves)
    assert len(pypdfium2.PdfDocument(as_pdf(deck))) == len(deck.sections)


@pytest.mark.parametrize("which", SCENARIOS)
def test_each_slide_is_one_page(which):
    assert len(pages("briefing-deck", which)) == len(made("briefing-deck", which).sections)


def test_the_dots_of_a_slide_are_worlds_that_were_simulated():
    picture = next(
        block for section in made("briefing-deck").sections for block in section.blocks
        if isinstance(block, Picture) and block.name == "worlds"
    )  # fmt: skip
    runs = [simulate(scenario(), "usual", replication) for replication in range(20)]
    values = [run.measures["incidents"] for run in runs]
    low, high = middle_range(values)
    within = sum(low <= value <= high for value in values)
    svg = picture.svg.decode()
    assert svg.count("<circle") == 20
    assert svg.count('fill="#1c1c1c" stroke') == within
    assert f"{within} of them" in picture.caption


def test_the_money_slide_is_drawn_to_scale():
    picture = next(
        block for section in made("briefing-deck").sections for block in section.blocks
        if isinstance(block, Picture) and block.name == "money"
    )  # fmt: skip
    whole, runs = (float(one) for one in re.findall(r'<rect[^>]* width="([0-9.]+)"', picture.svg.decode()))
    mix = scenario().policies("usual")[0][1]
    assert runs / whole == pytest.approx(mix.yearly_cost(scenario().costs) / 80)


def test_no_printed_page_is_empty():
    for which in SCENARIOS:
        for name in NAMES:
            for page, _ in pages(name, which):
                assert len(page) > 90, (which, name, page)


@pytest.mark.parametrize("which", SCENARIOS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_beyond_the_edge_of_its_page(name, which):
    for page in pypdfium2.PdfDocument(as_pdf(made(name, which))):
        width, height = page.get_size()
        for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, top = found.get_bounds()
            assert left >= 15
            assert right <= width - 15
            assert bottom >= 5
            assert top <= height - 5


def test_cards_stand_six_to_a_page_and_none_is_cut_off():
    card = scenario().exercise.decision_form.cards[0]
    cards = tuple(card.model_copy(update={"code": f"C{n}", "excludes": ()}) for n in range(13))
    form = scenario().exercise.decision_form.model_copy(update={"cards": cards})
    document = next(d for d in documents(changed(decision_form=form)) if d.name == "decision-cards")
    for paper in ("a4", "us-letter"):
        pdf = pypdfium2.PdfDocument(as_pdf(document, paper))
        codes = [re.findall(r"C\d+", page.get_textpage().get_text_range()) for page in pdf]
        assert [len(found) for found in codes] == [6, 6, 1]


def test_large_print_has_large_letters_everywhere_and_four_cards_a_page():
    for document in documents(scenario()):
        if document.layout != "upright":
            assert as_pdf(document, large=True) == as_pdf(document)
            continue
        for page in pypdfium2.PdfDocument(as_pdf(document, large=True)):
            _, height = page.get_size()
            for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                _, bottom, _, top = found.get_bounds()
                if bottom > 50 and top < height - 60 and document.name != "decision-cards":
                    assert size_of(found) >= 11, document.name
    lengths = Counter()  # of what is written in each size, in points; pictures have many short texts
    for page in pypdfium2.PdfDocument(as_pdf(made("situation-manual"), large=True)):
        for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, top = one.get_bounds()
            lengths[size_of(one)] += max(right - left, top - bottom)
    assert max(lengths, key=lengths.get) >= 14.2
    card = scenario().exercise.decision_form.cards[0]
    cards = tuple(card.model_copy(update={"code": f"C{n}", "excludes": ()}) for n in range(5))
    form = scenario().exercise.decision_form.model_copy(update={"cards": cards})
    document = next(d for d in documents(changed(decision_form=form)) if d.name == "decision-cards")
    assert len(pypdfium2.PdfDocument(as_pdf(document, large=True))) == 2


def test_a_card_says_what_it_costs_when_it_works_and_what_it_excludes():
    (cards,) = made("decision-cards").blocks
    assert isinstance(cards, Cards)
    trains, opens = cards.cards
    assert (trains.code, trains.title, trains.pillar, trains.changes) == (
        "D1", "Train the analysts", "detection", "tradecraft +0.1",
    )  # fmt: skip
    assert dict(trains.facts) == {"Cost a year": "+1.4", "Works after": "60 days", "Not beside": "R1"}
    assert dict(opens.facts) == {"Cost a year": "+1.6", "Works after": "at once", "From move": "2"}
    assert opens.changes == "outreach to 0.7"


def test_a_card_draws_its_cost_in_squares_and_its_delay_as_a_line():
    trains, opens = made("decision-cards").blocks[0].cards
    for card, squares, begins in ((trains, 1.4, 60), (opens, 1.6, 0)):
        cost, delay = (meter.svg.decode() for meter in card.meters)
        widths = [float(one) for one in re.findall(r'width="([0-9.]+)" height="16"', cost)]
        assert sum(widths) / 18 == pytest.approx(squares)
        (bar,) = re.findall(r'<rect x="([0-9.]+)"', delay)
        assert float(bar) / 240 == pytest.approx(begins / 365)
        assert ("<line" in delay) is (begins > 0)
        assert card.sign.svg.decode().count(SIGNS[card.pillar]) == 1


def test_every_pillar_has_a_sign():
    assert tuple(SIGNS) == PILLARS


def test_there_is_a_decision_sheet_for_each_move_with_room_for_both_predictions():
    sheets = made("decision-sheets").sections
    assert [sheet.title for sheet in sheets] == ["Move 1 · day 0", "Move 2 · day 180"]
    assert len(pages("decision-sheets")) == 2
    assert "take back" in pages("decision-sheets")[1][0]
    for page, _ in pages("decision-sheets"):
        assert "Incidents (count)" in page
        assert "Trust (share)" in page


def test_the_evaluation_guide_has_the_fields_of_the_design_and_no_rating():
    told = shown("evaluation-guide")
    for words in (
        "Objective",
        "Capability Target",
        "Critical Task",
        "Observation Notes",
        "Rating",
        "Evaluator",
    ):
        assert words in told
    assert "Name who bears the cost." in told
    assert "Move 1, Analysts: Teams ask for the false-alarm rate." in told


@pytest.mark.parametrize("which", SCENARIOS)
@pytest.mark.parametrize("name", NAMES)
def test_print_and_page_say_the_same(name, which):
    document = made(name, which)
    there, here = squeezed(printed(name, which)), squeezed(shown(name, which))
    for words in words_of(document):
        for line in words.split("\n"):
            assert squeezed(line) in here
            # right-to-left words come in another order out of a PDF, and pages end within texts
            parts = re.split(r"[^\x00-\x7f]+", line) if which == "small" else []
            assert all(squeezed(part) in there for part in parts if len(part) < 60)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_scenario_writes_stays_text(name):
    root = parsed(as_html(made(name, "nasty")))
    assert not {element.tag for element in root.iter()} & {"script", "img", "b", "i", "em"}
    told = printed(name, "nasty").replace(" ", "")
    for literal in ("#h*b*", "_i_$x^2$", "`c`<script>alert(1)</script>", "@ref[x](y)", "&amp;"):
        assert literal in told
    assert plain(NASTY) in shown(name, "nasty")


@pytest.mark.parametrize("which", SCENARIOS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_html_without_a_fault_and_loads_nothing(name, which):
    html = as_html(made(name, which))
    root = parsed(html)
    for element in root.iter():
        assert element.tag not in {"script", "link", "img", "iframe", "object", "form"}
        assert not any(key.startswith("on") or key in {"src", "srcset"} for key in element.attrib)
        if element.get("href"):
            assert element.get("href").startswith("#")
    style = next(element for element in root.iter() if element.tag == "style")
    assert not re.search(r"url\(|@import|https?:", style.text)
    levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert root.get("lang") == "en"
    for element in root.iter():
        if element.tag == "table":
            assert element[0].tag == "caption"
        if element.tag == "th":
            assert element.get("scope") in {"col", "row"}


def test_the_same_scenario_gives_the_same_bytes_in_another_process(tmp_path):
    script = (
        "import sys, pathlib; from tabletop import load; from tabletop.report.pack import pack_files\n"
        "files = pack_files(load(sys.argv[1]), 'x')\n"
        "from tabletop.outputs import put_files; put_files(pathlib.Path(), files)\n"
        "print(sorted({'matplotlib.pyplot', 'rich', 'docx'} & sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(FILE)], check=True, cwd=tmp_path, capture_output=True, text=True
    )
    assert told.stdout == "[]\n"
    for name, content in pack_files(scenario(), "x").items():
        assert (tmp_path / name).read_bytes() == content, name


def test_paper_is_a4_unless_letter_is_asked_for():
    (_, size), *_ = pages("situation-manual")
    assert size == pytest.approx((595.3, 841.9), abs=0.1)
    (_, size), *_ = pages("msel")
    assert size == pytest.approx((841.9, 595.3), abs=0.1)
    (_, size), *_ = pages("situation-manual", paper="us-letter")
    assert size == pytest.approx((612, 792), abs=0.1)
    assert "size: 215.9mm 279.4mm" in as_html(made("situation-manual"), "us-letter")


def test_letters_of_europe_use_only_the_fonts_that_typst_carries():
    pdf = as_pdf(made("situation-manual"))
    families = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+([A-Za-z]+)", pdf))
    assert families
    assert families <= {b"LibertinusSerif", b"DejaVuSansMono", b"NewCMMath", b"NewComputerModern", b"NewCM"}


def test_an_exercise_without_decisions_has_no_cards_and_sheets_with_predictions_only():
    made = {document.name: document for document in documents(changed(decision_form=None))}
    assert "decision-cards" not in made
    assert "Our mix" not in text(parsed(as_html(made["decision-sheets"])))
    assert "teams only predict" in text(parsed(as_html(made["situation-manual"])))


def test_the_expert_form_is_a_table_of_levers_with_their_steps():
    form = {"levers": {"outreach": {"little": 0.2, "much": 0.9}, "teams": {"few": 3, "unlimited": None}}}
    form = type(scenario().exercise.decision_form).model_validate(form)
    made = {document.name: document for document in documents(changed(decision_form=form))}
    told = text(parsed(as_html(made["decision-cards"])))
    assert "little = 0.2; much = 0.9" in told
    assert "unlimited = ∞" in told
    assert "Lever = step" in text(parsed(as_html(made["decision-sheets"])))


def test_the_smallest_exercise_has_a_whole_pack():
    plan = scenario().exercise
    move = plan.moves[0].model_copy(
        update={"injects": (), "questions": (), "expected_actions": (), "look_for": ""}
    )
    plan = {"moves": (move,), "decision_form": None, "predictions": ("incidents",), "duration_minutes": 90}
    small = scenario().model_copy(
        update={"injects": (), "summary": "", "content_note": "", "exercise": ExercisePlan(**plan)}
    )
    # neither cards nor roles nor injects
    assert len(pack_files(small, "small")) == 2 * (len(NAMES) - 4) + 2


def test_a_scenario_without_an_exercise_is_told():
    with pytest.raises(TabletopError, match=r"plain\.yaml: no `exercise:` block"):
        pack_files(scenario().model_copy(update={"exercise": None}), "plain.yaml")


@pytest.mark.parametrize(("language", "says"), [("en", "en-GB"), ("pt-BR", "pt-BR"), ("ar", "ar")])
def test_every_document_is_in_the_language_of_the_scenario_s_texts(language, says):
    files = pack_files(scenario().model_copy(update={"language": language}), "x")
    for path, content in files.items():
        if path.endswith(".html"):
            assert parsed(content.decode()).get("lang") == language, path
        if path.endswith(".pdf"):
            assert language_of(content) == says, path


def language_of(pdf):
    """The language that a PDF says it is in."""
    file, said = pypdfium2.PdfDocument(pdf), (ctypes.c_ushort * 32)()
    pypdfium2.raw.FPDFCatalog_GetLanguage(file.raw, said, ctypes.sizeof(said))
    return bytes(said).decode("utf-16-le").rstrip("\0")


def test_words_of_a_left_to_right_script_stay_whole_on_pages_that_run_from_right_to_left():
    turned = replace(made("situation-manual"), language="ar")
    (first, *_) = pypdfium2.PdfDocument(as_pdf(turned))
    text_page, width = first.get_textpage(), first.get_width()
    heading, _ = text_page.search("Background", match_case=True).get_next()
    assert text_page.get_charbox(heading)[0] > width / 2
    word, count = text_page.search("rights", match_case=True).get_next()
    _, bottom, right, _ = text_page.get_charbox(word + count - 1)
    boxes = [text_page.get_charbox(n) for n in range(text_page.count_chars()) if read(text_page, n) == "."]
    assert any(abs(box[1] - bottom) < 2 and right - 1 <= box[0] <= right + 5 for box in boxes)


def read(text_page, place):
    return text_page.get_text_range(place, 1)
