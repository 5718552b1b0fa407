"""The after-action report: what it holds, what it holds back, and that every statement leads to the log."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

import pytest
from after_action_cases import (
    ADJUDICATOR,
    AGAIN,
    COURSE,
    ENDED,
    NASTY,
    PLAN,
    REVEALED,
    SECRET,
    TEAM,
    WASHED,
    exercise,
    inputs,
)
from parsed import by_id, parsed

from exercise.room import TEXT
from tabletop.errors import TabletopError
from tabletop.exercise.acts import BeginMove, Lock, Rate, Reveal, Start, Submit
from tabletop.exercise.exercise import Exercise
from tabletop.measures import MEASURES
from tabletop.report.after_action import FILES, ReportInput, after_action_files, write_after_action
from tabletop.report.after_action.contents import contents
from tabletop.report.after_action.evaluation import rating
from tabletop.report.after_action.words import BLANK
from tabletop.report.document.blocks import Picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path id="a" d="M0 0h9"/></svg>'
PICTURE = Picture("luck", 'A "finding" <b>', "A finding", SVG)
FIELD_NAMES = (
    "Exercise Name", "Dates", "Scope", "Mission Area", "Core Capabilities", "Objectives", "Threat or Hazard",
    "Scenario", "Sponsor", "Participating Organizations", "Point of Contact", "Rating", "Strengths",
    "Areas for Improvement", "Observation", "Reference", "Analysis", "Improvement Plan", "Issue",
    "Corrective Action", "Capability Element", "Primary Responsible", "Start", "Completion", "Participants",
)  # fmt: skip
LATER = ("SITUATION-TWO", "INJECT-TWO", "ADDED-LATER", "SKIP-REASON", "FLOOD", "RULING", "RESPONSE")
EVALUATORS = ("NOTE", "RESPONSE", "RATED", "STRONG", "WEAK", "ISSUE", "REMARK")


@cache
def files(lines=ENDED):
    return after_action_files(inputs(lines))


def page(lines=ENDED):
    return files(lines)["report.html"].decode()


@cache
def tree(lines=ENDED):
    return parsed(page(lines))


def section(name, lines=ENDED):
    return text(by_id(tree(lines), name))


def text(element):
    """All text in an element, cells apart."""
    words = " ".join(" ".join(element.itertext()).split()).replace("( ", "(").replace(" )", ")")
    return words.replace(" ,", ",").replace("−", "-")


def everything(lines):
    """All that the files tell as text, the document unpacked."""
    made = files(lines)
    with ZipFile(BytesIO(made["report.docx"])) as zipped:
        document = b"".join(zipped.read(name) for name in zipped.namelist())
    return document + b"".join(content for name, content in made.items() if name != "report.docx")


@pytest.mark.parametrize("lines", [1, 3, 7, REVEALED - 1, REVEALED, REVEALED + 4, AGAIN])
def test_before_the_hot_wash_nothing_hidden_is_told_and_neither_is_the_secret(lines):
    told = everything(lines).decode(errors="replace")
    assert SECRET not in told
    for word in EVALUATORS:
        assert word not in told
    for name, measure in MEASURES.items():
        if not measure.observable:
            assert f",{name}," not in told
            assert measure.title not in told
    root = tree(lines)
    ids = {element.get("id") for element in root.iter()}
    assert not ids & {"luck", "epilogue", "whole", "hot-wash"}
    assert "interim report" in text(root)
    assert "no number in this report says what would happen" in text(root)


@pytest.mark.parametrize("lines", [1, 3, 7, REVEALED - 1, REVEALED, REVEALED + 4])
def test_nothing_of_a_later_move_is_told(lines):
    told = everything(lines).decode(errors="replace")
    for word in LATER:
        assert word not in told, word
    assert "-D2 R2" not in told
    assert ("RELEASE-REASON" in told) is (lines >= REVEALED)


def test_what_was_hidden_is_told_from_the_hot_wash_on_and_the_secret_after_endex():
    for lines in (WASHED, ENDED):
        for name in ("luck", "epilogue", "whole", "hot-wash"):
            assert section(name, lines)
        assert "Wrongful interventions" in section("whole", lines)
        assert (SECRET.encode() in everything(lines)) is (lines == ENDED)
    for word in (*EVALUATORS, *LATER):
        assert word in page(), word
    assert "interim" not in text(tree())


def test_an_exercise_that_has_not_begun_can_be_reported():
    assert "Not held yet" in section("overview", 0)
    assert "No move has been revealed" in section("moves", 0)


def test_all_fields_are_named_and_blanks_are_named_as_blanks():
    told = text(tree())
    for name in FIELD_NAMES:
        assert name in told, name
    overview = section("overview")
    assert f"Scope {BLANK}" in overview
    assert (
        "to be filled in: Place, Scope, Core Capabilities, Sponsor, Participating Organizations, Point of "
        "Contact." in overview
    )
    assert "Mission Area Prevention" in overview


def test_ratings_are_those_that_evaluators_entered_and_nobody_elses():
    assert "Rating S (evaluator 1): RATED (log line 28)" in section("objectives")
    unrated = exercise()
    kept = tuple(entry for entry in unrated.entries if not isinstance(entry.act, Rate))
    found = inputs()
    without = replace(found, disclosed=replace(found.disclosed, entries=kept))
    made = parsed(after_action_files(without)["report.html"].decode())
    assert "Rating not rated" in text(by_id(made, "objectives"))
    assert [said.text for said in rating(inputs(), "another")] == ["not rated"]


def test_an_observation_leads_to_its_own_line_and_to_those_it_refers_to():
    said = section("objectives")
    assert "STRONG (log line 29) (log lines 9, 10) BECAUSE" in said
    assert f"WEAK (log line 30) {BLANK} {BLANK}" in said
    assert f"ISSUE (log line 31) ACTION {BLANK} Planning {BLANK} {BLANK} {BLANK} {BLANK}" in section(
        "improvement-plan"
    )


def test_participants_are_counted_and_not_named():
    assert "Alpha 2 Analyst: 1, Neighbour: 1 (log lines 2, 3)" in section("participants")
    assert "Annas telephone" not in page()
    assert "Annas" not in text(by_id(tree(), "log"))


def test_decisions_are_told_in_words_with_cost_revision_and_flags():
    said = section("moves")
    assert "Alpha Plays D1 Tools, D2 Analysts (log line 10) D1 D2 77.9 2 –" in said
    assert "Submitted nothing and kept its mix (log line 15) the baseline 73.1 – SILENT" in said
    assert "Plays R2 Quiet; takes back D2 Analysts (log line 23)" in said
    assert "the budget was 75 cost units a year" in said


def test_steps_of_levers_are_told_in_words_too():
    levers = TEXT[: TEXT.index("    most_a_move")] + "    levers: {analysts: {few: 4, some: 6, many: 9}}\n"
    made = Exercise.new(Path(mkdtemp()) / "room", text=levers, name="small.yaml")
    acts = (Start(secret="s", teams=("Alpha", "Bravo"), others=3), BeginMove(move=1))
    for act in (*acts, Submit(team="Alpha", entry="analysts=many"), Lock(), Reveal()):
        made.do("controller", act, at=0.0)
    page = after_action_files(ReportInput.of(made, ADJUDICATOR))["report.html"].decode()
    said = text(by_id(parsed(page), "moves"))
    assert "many (analysts = 9) (log line 3) analysts = 9" in said


def test_a_mix_that_a_cut_made_too_dear_is_flagged():
    silent = exercise(REVEALED)
    for act in (BeginMove(move=2), Lock(), Reveal()):
        silent.do("controller", act, at=2000.0)
    made = after_action_files(ReportInput.of(silent, ADJUDICATOR))
    assert "SILENT, OVERSPENT" in made["report.html"].decode()
    assert b",75.0,0,true,true," in made["decisions.csv"]


def test_the_baseline_stands_beside_teams_in_their_given_order():
    (table,) = [
        one
        for one in tree().iter("table")
        if text(one.find("caption")).startswith("What came of it, days 0 to 120")
    ]
    heads = [text(head) for head in table.find("thead").iter("th")]
    assert heads == ["Measure", "Baseline", "Alpha", TEAM]


def test_the_world_is_placed_among_the_others():
    found = inputs().outcomes.moves[0].harsher_than("incidents")
    assert f"Incidents: this world was harsher than {found[0]:g} of {found[1]}." in section("moves")


def test_the_printed_parts_of_luck_add_up_to_the_printed_sum():
    bodies = [table.find("tbody") for table in by_id(tree(), "luck").iter("table")]
    rows = [[text(cell) for cell in row] for body in bodies for row in body.iter("tr")]
    assert len(rows) == 2 * len(inputs().outcomes.primary)
    for _, _, *parts in rows:
        world, policy, interaction, total = (float(part) for part in parts)
        assert world + policy + interaction == pytest.approx(total, abs=1e-9)


def test_predictions_stand_with_their_scores_and_apart_from_outcomes():
    scored = inputs().outcomes.moves[0].scored("Alpha", "incidents", 0, 3)
    said = section("predicted")
    assert "Move 1: First (log line 18)" in said
    assert f"Alpha Incidents 0 to 3 (log line 16) {scored.happened:g} yes" in said
    assert f"{scored.score:.2f}" in said
    assert f"{scored.models_score:.2f}" in said
    assert "The score is the range's width" in section("predictions")
    assert "80 %" not in section("moves")


def test_the_summary_counts_the_ranges_that_held_and_how_many_should():
    predictions = (("Alpha", "incidents", 0, 3), (TEAM, "trust_mean", 0.4, 0.6))
    found = inputs().outcomes.moves[0]
    held = sum(low <= found.outcomes[team].value(name) <= high for team, name, low, high in predictions)
    assert f"held {held} of 2 (2 should)" in section("summary")
    rows = {row[0]: row for row in predictions_by_team()}
    for team, name, low, high in predictions:
        happened = found.outcomes[team].value(name)
        scale = found.scored(team, name, low, high).scale
        miss = max(low - happened, 0) + max(happened - high, 0)
        assert rows[team][1:5] == [
            "1",
            "1" if not miss else "0",
            "0.8",
            f"{(high - low + 10 * miss) / scale:.2f}",
        ]


def predictions_by_team():
    (body,) = by_id(tree(), "predictions").iter("tbody")
    return [[text(cell) for cell in row] for row in body]


def test_the_summary_holds_what_evaluators_saw_only_from_the_hot_wash_on():
    assert "STRONG" in section("summary")
    assert "WEAK" in section("summary")
    for lines in (3, REVEALED):
        told = section("summary", lines)
        assert "Strengths" not in told
        assert "Areas for improvement" not in told


def test_the_summary_has_the_picture_of_policies_and_no_other():
    policies = replace(PICTURE, name="policy_effects")
    root = parsed(after_action_files(inputs(), pictures=[PICTURE, policies])["report.html"].decode())
    assert [one.get("id") for one in by_id(root, "summary").iter("figure")] == ["figure-policy_effects"]
    assert [one.get("id") for one in by_id(root, "figures").iter("figure")] == ["figure-luck"]


def test_what_follows_the_hot_wash_is_an_appendix_and_begins_a_page():
    sections = contents(inputs()).sections
    place = [one.id for one in sections].index("hot-wash") + 1
    assert not any(one.title.startswith("Appendix: ") for one in sections[:place])
    assert all(one.title.startswith("Appendix: ") for one in sections[place:])
    assert [one.new_page for one in sections[place:]] == [True, *[False] * (len(sections) - place - 1)]


def test_the_capability_summary_has_a_row_for_each_objective():
    told = section("capabilities")
    for one in inputs().plan.objectives:
        assert one.text in told
    assert "S (evaluator 1): RATED" in told
    assert "capabilities" not in {one.id for one in contents(inputs(REVEALED)).sections}


def test_why_tells_lost_plots_beside_the_previous_move_and_the_baseline():
    said = section("why")
    assert "(baseline " in said
    assert "(before " in said
    assert "Plots lost, by stage and reason" in said
    for lines in (REVEALED, AGAIN):
        early = section("why", lines)
        assert "Bottlenecks by pillar" in early
        assert "Plots lost" not in early
        assert "No plot was lost" not in early


def test_injects_are_told_with_status_time_and_response():
    said = section("injects")
    assert "Alarm: People worry. released (log line 7) day 60 6 Alpha: RESPONSE (log line 19)" in said
    assert "skipped (SKIP-REASON) (log line 5)" in said
    fired = inputs().outcomes.so_far[-1].outcomes["Alpha"].realised.fired["outcry"]
    assert f"Alpha: day {round(fired, 1):g}" in said
    early = section("injects", REVEALED)
    assert "Alarm" in early
    assert "Budget cut" not in early


def test_a_ruling_stands_beside_the_models_result():
    said = section("rulings")
    value = inputs().outcomes.moves[0].outcomes[TEAM].value("incidents")
    assert "RULING (log line 20)" in said
    assert f"{TEAM}, move 1: Incidents {value:g}" in said
    assert "From day 200: background.community × 2 until the end" in said


def test_every_link_leads_to_something_and_every_line_of_the_log_is_there():
    for lines in (0, 3, REVEALED, WASHED, ENDED):
        root = tree(lines)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        links = [element.get("href") for element in root.iter("a")]
        assert all(link.startswith("#") and link[1:] in ids for link in links)
    assert [name for name in ids if name.startswith("line-")] == [
        f"line-{number}" for number in range(1, len(COURSE) + 1)
    ]
    assert len(links) > 2 * len(COURSE)


def test_the_page_is_whole_in_itself_and_escapes_what_people_wrote():
    made = page()
    root = parsed(made)
    assert "<script" not in made
    assert "<b>" not in made
    assert not {*"\x01\u202e"} & {*made}
    shown = NASTY.replace("\x01\u202e", "\N{REPLACEMENT CHARACTER}" * 2)
    assert shown in "".join(root.itertext())
    for element in root.iter():
        assert element.tag not in {"script", "link", "img", "iframe", "object", "form"}
        assert not {"src", "srcset", "action"} & set(element.attrib)
    assert "EXERCISE" in root.find(".//title").text
    assert '@top-left { content: "EXERCISE"' in root.find(".//style").text


def test_tables_have_captions_and_heads_for_those_who_hear_them():
    for table in tree().iter("table"):
        assert text(table.find("caption"))
        assert all(head.get("scope") == "col" for head in table.find("thead").iter("th"))
        for row in table.find("tbody"):
            assert row[0].get("scope") == "row"


def test_figures_are_on_the_page_with_their_findings_and_without_figures_there_is_no_such_section():
    assert "figures" not in {element.get("id") for element in tree().iter()}
    made = after_action_files(inputs(), pictures=[PICTURE])
    root = parsed(made["report.html"].decode())
    assert 'Figure 1: A "finding" <b>' in text(by_id(root, "figures"))
    (picture,) = root.iter("svg")
    assert picture.get("role") == "img"


def test_minutes_are_shown_and_dates_only_of_an_exercise_that_was_held():
    assert "None: played unattended" in section("overview")
    begun = 1_790_000_000.0
    held = ReportInput.of(exercise(begun=begun), ADJUDICATOR, offset=timedelta())
    root = parsed(after_action_files(held)["report.html"].decode())
    # 32 minutes between the first line and the last; one of them was a pause
    assert "2026-09-21 14:13 to 14:44, UTC; 30 minutes from StartEx to EndEx" in text(by_id(root, "overview"))
    assert "10 9 (14:22) 1 Alpha Alpha decides: D1 D2" in text(by_id(root, "log"))
    assert "10 9 1 Alpha Alpha decides: D1 D2" in text(by_id(tree(), "log"))


PLANNED = PLAN.replace("\n  moves:", '\n  planning: {start_time: "09:40"}\n  moves:', 1)


@pytest.mark.parametrize(
    ("begun", "text_of_plan", "began", "hot_wash", "says"),
    [
        (0.0, PLAN, "20.", "24.", "pauses not counted. log.csv"),
        (0.0, PLANNED, "20 (10:00).", "24 (10:04).", "clocks are the planned start and the minutes since"),
        (1_790_000_000.0, PLAN, "20 (16:34).", "24 (16:38).", "clocks are the room's (UTC+02:00), pauses"),
        (1_790_000_000.0, PLANNED, "20 (16:34).", "24 (16:38).", "clocks are the room's (UTC+02:00), pauses"),
        (1_790_027_400.0, PLAN, "20 (2026-09-22 00:11).", "24 (2026-09-22 00:15).", "clocks are the room's"),
    ],
)
def test_clock_times_stand_beside_minutes_where_there_is_a_clock(begun, text_of_plan, began, hot_wash, says):
    """The pause of a minute before the second move is on the room's clock, and among no minutes."""
    given = exercise(begun=begun, text=text_of_plan)
    root = parsed(
        after_action_files(ReportInput.of(given, ADJUDICATOR, offset=timedelta(hours=2)))[
            "report.html"
        ].decode()
    )
    assert f"Begun at minute {began}" in text(by_id(root, "moves"))
    assert f"Opened at minute {hot_wash}" in text(by_id(root, "hot-wash"))
    assert says in text(by_id(root, "log"))
    headed = "Minute (clock)" in text(by_id(root, "injects"))
    assert headed == ("(" in began)


def test_the_same_log_gives_the_same_bytes(tmp_path):
    one, two = exercise(), exercise()
    first = write_after_action(one, ADJUDICATOR, tmp_path / "a", pictures=[PICTURE])
    second = write_after_action(two, ADJUDICATOR, tmp_path / "b", pictures=[PICTURE])
    every = [name for name in FILES if name != "individual.csv"]  # no sheet was taken in
    assert [path.name for path in first] == every
    for here, there in zip(first, second, strict=True):
        assert here.read_bytes() == there.read_bytes(), here.name
    write_after_action(one, ADJUDICATOR, tmp_path / "a")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(every)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(TabletopError, match="cannot be written"):
        write_after_action(exercise(3), ADJUDICATOR, tmp_path / "file" / "report")


def test_sections_stand_in_one_order():
    assert [one.id for one in contents(inputs()).sections] == [
        "summary", "about", "overview", "capabilities", "objectives", "improvement-plan", "participants",
        "moves", "whole", "predictions", "rulings", "hot-wash",
        "luck", "predicted", "why", "epilogue", "injects", "notes", "log",
    ]  # fmt: skip
