"""What planners settle stands where templates have it, and a blank or nothing where it is open."""

import pypdfium2
import pytest
from test_pack import size_of

from support.two_moves import TEXT, scenario
from tabletop.errors import TabletopError
from tabletop.report.document.pdf import as_pdf
from tabletop.report.document.terminal import as_text
from tabletop.report.pack import documents
from tabletop.scenario.load import loads

PLANNING = """
  core_capabilities: [Weighing, Asking]
  planning:
    place: Room 4.12
    dates: 3 May
    start_time: "09:40"
    participants: {players: 22, observers: 3, evaluators: 2}
    evaluation: Evaluators sit with the teams.
    handling: Return it at the end.
    references: [The school's handbook]
    glossary: {mix: all settings at once}
    assignments: [{who: Recorder, does: Types what teams decide.}]
    communications: A group call.
    safety: The host goes out with whoever is unwell.
    stop_word: Real life
    evaluator_contact: office of evaluation
    support_contact: room of quiet
"""


def planned(text=TEXT):
    """The scenario of two moves, with everything settled."""
    text = text.replace(
        "      critical_tasks: [Name", "      core_capabilities: [Weighing]\n      sources: [Plan of 2025]\n"
        "      critical_tasks: [Name", 1
    )  # fmt: skip
    return loads(text.replace("  duration_minutes: 48", f"{PLANNING}  duration_minutes: 48"), "planned.yaml")


def told(name, given=None):
    return " ".join(as_text(documents_by_name(given or planned())[name]).split())


def documents_by_name(given):
    return {document.name: document for document in documents(given)}


FIELDS = {
    "invitation": ("Room 4.12", "3 May", "09:40", "room of quiet"),
    "situation-manual": (
        "Room 4.12", "3 May", "09:40", "Players", "22", "Weighing", "Evaluators sit with the teams.",
        "Return it at the end.", "The school's handbook", "all settings at once", "room of quiet",
        "0–8 (09:40–09:48)",
    ),
    "controllers-guide": (
        "Recorder", "Types what teams decide.", "A group call.", "The host goes out", "Real life", "Weighing",
        "office of evaluation", "room of quiet", "8–11 (09:48–09:51)",
    ),
    "evaluation-guide": (
        "Weighing", "Plan of 2025", "Room 4.12", "office of evaluation", "P: performed without challenges",
        "U: unable to be performed",
    ),
    "msel": ("8 (09:48)",),
    "sign-in-sheet": ("3 May, Room 4.12",),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_settled_stands_in_the_document(name):
    for text in FIELDS[name]:
        assert text in told(name), text


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_open_is_in_no_document(name):
    text = told(name, scenario())
    for field in FIELDS[name]:
        if field not in {"Players", "22", "P: performed without challenges", "U: unable to be performed"}:
            assert field not in text, field


def test_what_must_not_be_open_in_a_room_is_a_blank_to_fill_in():
    assert "Stop word ____" in told("controllers-guide", scenario())
    assert "Venue ____" in told("evaluation-guide", scenario())
    assert "Place ____" in told("invitation", scenario())


def test_the_sign_in_sheet_has_a_row_for_each_who_is_planned_for():
    for given, rows in ((planned(), 27), (scenario(), 18)):
        (table,) = (one for one in documents_by_name(given)["sign-in-sheet"].blocks if one.kind == "table")
        assert len(table.rows) == rows


def test_each_module_has_a_sheet_with_its_situation_and_questions_for_when_it_begins():
    sheets = documents_by_name(scenario())["module-sheets"]
    assert [one.title for one in sheets.sections] == [
        "Module 1: The quiet spring",
        "Module 2: The hot summer",
    ]
    assert "What do you not know?" in told("module-sheets")
    assert "not for players before" in sheets.audience


def test_a_sheet_leaves_the_budget_blank_where_an_inject_may_change_it_and_says_on_none_when():
    sheets = documents_by_name(scenario())["decision-sheets"].sections
    labels = [block.label for one in sheets for block in one.blocks if block.kind == "lines"]
    costs = [one for one in labels if "mix then costs" in one]
    assert len(costs) == 2
    assert len({*costs}) == 1
    assert "the budget today, as the controller states it: ____" in costs[0]
    assert "80" not in costs[0]
    steady = scenario(TEXT.replace("      budget: -2\n", ""))
    labels = [b.label for one in documents_by_name(steady)["decision-sheets"].sections
              for b in one.blocks if b.kind == "lines"]  # fmt: skip
    assert "Our mix then costs, in cost units a year; the budget is 80" in labels


def test_the_events_list_is_printed_in_nine_points_or_more():
    for paper in ("a4", "us-letter"):
        for page in pypdfium2.PdfDocument(as_pdf(documents_by_name(planned())["msel"], paper)):
            _, height = page.get_size()
            for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                _, bottom, _, top = found.get_bounds()
                if bottom > 50 and top < height - 60:  # head and foot are smaller
                    assert size_of(found) >= 8.99


def test_a_clock_is_the_start_and_the_minutes_since():
    assert planned().exercise.planning.clock(0) == "09:40"
    assert planned().exercise.planning.clock(20.5) == "10:00"
    assert planned().exercise.planning.clock(15 * 60) == "00:40"
    assert scenario().exercise.planning.clock(5) == ""


NEAREST = "'Weihging': no such core capability; did you mean 'Weighing'?"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            "core_capabilities: [Weighing]",
            "core_capabilities: [Weihging]",
            NEAREST,
        ),
        ("core_capabilities: [Weighing]", "core_capabilities: [Weighing, Weighing]", "stands here already"),
        ('start_time: "09:40"', 'start_time: "25:00"', "start_time"),
        ("players: 22", "players: -1", "players"),
    ],
)
def test_what_cannot_be_so_is_told_with_its_line(before, after, says):
    text = TEXT.replace(
        "      critical_tasks: [Name", "      core_capabilities: [Weighing]\n      critical_tasks: [Name", 1
    )
    text = text.replace("  duration_minutes: 48", f"{PLANNING}  duration_minutes: 48")
    assert before in text
    broken = text.replace(before, after, 1)
    line = next(n for n, one in enumerate(broken.splitlines(), start=1) if after in one)
    with pytest.raises(TabletopError) as refused:
        loads(broken, "planned.yaml")
    assert says in str(refused.value)
    assert f"planned.yaml:{line}" in str(refused.value)
