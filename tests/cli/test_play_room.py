"""A room at the terminal of `tabletop play`: what is typed, mistyped and corrected, and what appears."""

import io
import os
import pty
import re
import sys
import time

import pytest

from cli.terminal import run, typed
from exercise.room import TEXT
from tabletop.cli import facilitate
from tabletop.cli.typed_ahead import discard_typed_ahead
from tabletop.errors import TabletopError
from tabletop.exercise.acts import Predict, Reopen, Show
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.msel_played import played as msel_played
from tabletop.exercise.state import Phase
from tabletop.report.room.sequence import named
from tabletop.report.room.showing import PlainScreen, showing


@pytest.fixture
def played(capsys, monkeypatch, tmp_path):
    """Play the small exercise by some lines; the output on one line, and the exercise as it was left."""
    path = tmp_path / "small.yaml"

    def play(*lines, teams=(), columns=100, text=TEXT):
        path.write_text(text)
        monkeypatch.setenv("COLUMNS", str(columns))
        typed(monkeypatch, *lines)
        # the world that is played follows from it, and what a count sets off in it
        monkeypatch.setattr(facilitate, "drawn_secret", lambda: "7025004869fba0f7")
        names = [word for name in teams for word in ("--team", name)]
        asked = ("play", path, *names, "--out", tmp_path / "e", "--workers", 1, "--others", 2)
        _, out, _ = run(capsys, *asked)
        *_, last = sorted((tmp_path / "e").glob("small-*"))
        return out, Exercise.open(last)

    return play


def one_line(text):
    return " ".join(text.split())


DECIDED = ("", "D1", "R1", "")
"""Both teams have decided in move 1, and it is locked."""
PREDICTED = (*DECIDED, "1-3", "46 % to 50 %", "0 to 2", "0,4–0,6")


@pytest.mark.parametrize(
    ("before", "phase"),
    [
        ((), Phase.BRIEF),
        (("", "D1", "R1"), Phase.OPEN),
        (PREDICTED, Phase.LOCKED),
    ],
)
def test_a_stray_key_does_not_begin_lock_or_reveal_anything(played, before, phase):
    out, exercise = played(*before, "x", "go", "begin", "next")
    assert exercise.state.phase is phase
    assert "“x”: what was meant? Enter alone" in one_line(out)


def test_a_stray_key_does_not_lead_to_the_next_step_or_move(played):
    out, exercise = played(*PREDICTED, "", *["q"] * 9)
    assert exercise.state.showing == "reveal ranges"
    assert "what happened" not in out.replace("Enter shows what happened", "")
    assert exercise.state.phase is Phase.REVEALED


def test_a_mistyped_command_is_named(played):
    out, _ = played("sttus", "realease help")
    assert "“sttus” is no answer here; did you mean 'status'? Enter alone goes on" in one_line(out)
    assert "did you mean 'release'?" in one_line(out)


def test_a_sentence_that_begins_with_a_command_is_no_command(played):
    out, _ = played("cards are dear")
    assert "“cards are dear”: what was meant?" in out
    assert out.count("works after") == 1  # the brief's


def test_back_goes_to_the_team_before_and_a_new_line_shows_what_it_replaces(played):
    out, exercise = played("", "D1", "back", "D2", "R1", "1", "D1 D2", "bravo", "")
    said = one_line(out)
    assert "Alpha [baseline] has decided D1; a line replaces it, Enter keeps:" in said
    assert "Alpha: D2 replaces D1" in said
    assert "Alpha: D1 D2 replaces D2" in said
    assert "Bravo [baseline] has decided R1" in said  # by its name, and kept by Enter
    state = exercise.state
    assert state.hand("Alpha").codes == ("D1", "D2")
    assert state.submissions["Alpha", 0].revision == 3
    assert state.submissions["Bravo", 0].revision == 1


def test_back_undoes_a_lock_at_once_where_nothing_is_lost(played):
    _, exercise = played(*DECIDED, "back", "2", "R2", "", "1 to 3")
    state = exercise.state
    assert [type(entry.act) for entry in exercise.entries].count(Reopen) == 1
    assert state.phase is Phase.LOCKED
    assert state.hand("Alpha").codes == ("D1",)  # decisions stand
    assert state.hand("Bravo").codes == ("R2",)
    assert (state.predictions["Alpha", 0, "incidents"].low, len(state.predictions)) == (1, 1)


def test_back_drops_predictions_only_after_a_second_word(played):
    out, exercise = played(*PREDICTED, "back", "", "back", "perhaps", "")
    assert "opens the decisions again and drops 4 predictions. `yes` does it" in one_line(out)
    assert "“perhaps”: what was meant? Enter alone goes on, `yes`" in one_line(out)
    assert len(exercise.state.predictions) == 4
    assert exercise.state.phase is Phase.LOCKED


def test_back_with_yes_drops_them_and_decisions_stand(played):
    _, exercise = played(*PREDICTED, "back", "yes")
    state = exercise.state
    assert (state.phase, state.predictions) == (Phase.OPEN, {})
    assert state.hand("Alpha").codes == ("D1",)


def test_back_after_a_reveal_goes_back_a_step_and_undoes_nothing(played):
    out, exercise = played(*PREDICTED, "", "", "back", "back")
    assert [entry.act.what for entry in exercise.entries if isinstance(entry.act, Show)] == [
        "reveal ranges",
        "reveal held",
        "reveal ranges",
    ]
    assert exercise.state.phase is Phase.REVEALED
    assert out.count("what the teams expected") == 6  # thrice above a page, thrice in its prompt


def test_a_range_is_taken_as_it_is_written_and_can_be_corrected_until_the_reveal(played):
    out, exercise = played(*PREDICTED, "2", "", "45 to 55 %", "")
    said = {(key[0], key[2]): (one.low, one.high) for key, one in exercise.state.predictions.items()}
    assert said == {
        ("Alpha", "incidents"): (1, 3),
        ("Alpha", "trust_mean"): (0.46, 0.5),
        ("Bravo", "incidents"): (0, 2),
        ("Bravo", "trust_mean"): (0.45, 0.55),
    }
    assert "Bravo: 45 % to 55 % replaces 40 % to 60 %" in one_line(out)
    replaced = [entry.act.replaces for entry in exercise.entries if isinstance(entry.act, Predict)]
    assert replaced == [0, 0, 0, 0, 1]


def test_back_among_ranges_goes_to_the_question_before(played):
    _, exercise = played(*DECIDED, "1 3", "back", "2 4", "0.4 0.6")
    assert exercise.state.predictions["Alpha", 0, "incidents"].low == 2
    assert exercise.state.predictions["Alpha", 0, "trust_mean"].low == 0.4
    assert exercise.state.phase is Phase.LOCKED


def test_a_released_inject_an_added_one_and_a_ruling_appear_at_once_as_in_the_record(played):
    out, exercise = played(
        "",
        "release help",
        'add storm "A storm" "It rains." day 30 {on: background.border, multiply: 2, for_days: 9} too quiet',
        'rule "The court says no" it would',
    )
    frames = re.findall(r"┏.*?┛", out, re.DOTALL)
    assert [one_line(re.sub("[┏┓┗┛━┃]", "", frame)) for frame in frames] == [
        "EXERCISE · day 0 · Help Somebody helps. Briefing, from Exercise control",
        "EXERCISE · day 30 · A storm It rains. Briefing, from Exercise control",
        "EXERCISE · Ruling for all teams The court says no beside the model's result",
    ]
    assert "of the log: Inject storm is added, day 30: A storm. Reason: too quiet" in one_line(out)
    assert "of the log: Ruling: all teams, The court says no. Reason: it would" in one_line(out)
    shown = [entry.act.what for entry in exercise.entries if isinstance(entry.act, Show)]
    assert shown[:1] == ["inject help"]  # the room is not to know of day 30 yet
    assert re.fullmatch(r"ruling \d+", shown[1])
    storm = exercise.state.injects_in_force()[-1]
    assert (storm.day, storm.effects[0].multiply, storm.effects[0].for_days) == (30, 2, 9)


@pytest.mark.parametrize("typed", ["Bravo:", "bravo :", "2:", "br:", "Bravo"])
def test_a_ruling_for_one_team_is_typed_with_the_team_before_it(played, typed):
    out, exercise = played("", f'rule {typed} "The court says no" it would')
    (_, line, act), *_ = exercise.state.overrides
    assert (act.team, act.ruling, act.reason) == ("Bravo", "The court says no", "it would")
    assert "EXERCISE · Ruling for Bravo" in out
    assert "of the log: Ruling: Bravo, The court says no. Reason: it would" in one_line(out)
    assert exercise.state.showing == f"ruling {line}"


@pytest.mark.parametrize("typed", ["Table", "t"])
def test_a_beginning_that_several_teams_share_names_none(played, typed):
    out, exercise = played("", f'rule {typed}: "No" it would', teams=("Table A", "Table B"))
    assert f"Refused: {typed}: no such team" in one_line(out)
    assert exercise.state.overrides == ()


@pytest.mark.parametrize("leaves", [(), ("quit",), ("pause Fire alarm.", "quit")])
def test_whoever_leaves_stops_the_clock(played, leaves):
    _, exercise = played("", "D1", *leaves)
    last = exercise.entries[-1]
    why = "Fire alarm." if leaves[1:] else "the controller left"
    assert (last.act.act, last.act.reason) == ("pause", why)
    assert exercise.state.minute(last.at + 3600) == exercise.state.minute(last.at)


def test_whoever_leaves_before_startex_stops_no_clock(played, monkeypatch):
    monkeypatch.setattr("tabletop.cli.facilitate.offset_at", _quits)
    _, exercise = played()
    assert [entry.act.act for entry in exercise.entries] == ["open"]


def _quits(_):
    raise KeyboardInterrupt


FOR_SOME = TEXT.replace(
    "contingency: true, effects: [\n        {on: detection.assessment.mean, set: 0.1}]}",
    "contingency: true, recipients: [WHOM]}",
)


@pytest.mark.parametrize("whom", ["Bravo", "Neighbour", "Alpha, Analyst"])
def test_a_message_for_some_is_handed_over_and_kept_from_the_room(played, whom):
    text = FOR_SOME.replace("WHOM", whom)
    assert text != TEXT
    out, exercise = played("", "release help quickly", text=text)
    said = one_line(re.sub("[┏┓┗┛━┃]", "", out))
    only = whom.replace(", ", " and ")
    assert f"EXERCISE · for {only} only · day 0 · Help Somebody helps. Briefing, from Exercise" in said
    assert "Hand it over on paper or by phone: the room's screen does not show it." in said
    assert [entry.act.act for entry in exercise.entries][-2:] == ["release", "pause"]  # and nothing is shown
    shown = exercise.state.after(exercise.entries[-1].model_copy(update={"act": Show(what="inject help")}))
    assert showing(shown).screen is PlainScreen.SITUATION  # nor when it is asked for
    (row,) = (row for row in msel_played(exercise.state, {}) if row.id == "help")
    assert (row.status, row.recipient) == ("released", only.replace(" and ", "; "))


@pytest.mark.parametrize("asked", ["inject help", "hot_wash hidden", "nonsense", "Hot Wash!", ""])
def test_what_the_room_may_not_see_is_refused_with_what_can_be_shown(played, asked):
    out, exercise = played("", "release help", f"show {asked}", text=FOR_SOME.replace("WHOM", "Bravo"))
    can = "situation, situation answer, status, lobby, status names"
    assert f"show: {asked or 'nothing'}: not to be shown now; what can be shown: {can}" in one_line(out)
    assert not [entry for entry in exercise.entries if isinstance(entry.act, Show)]
    assert played("", "show status names")[1].state.showing == "status names"


LATE = "override day 130 {on: trust, multiply: 0.5} why"
ADDED = 'add storm "A storm" "It rains." day {} quiet'


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (LATE, None),
        (LATE.replace("130", "0"), "ruling"),
        (ADDED.format(50), None),
        (ADDED.format(0), "inject storm"),
        ('rule "No court sits." why', "ruling"),
    ],
)
def test_the_room_s_screen_and_the_log_agree_on_what_has_come(played, line, shown):
    out, exercise = played("", line)
    log = [entry.act.what for entry in exercise.entries if isinstance(entry.act, Show)]
    assert (exercise.state.showing or None) == (log[0] if log else None)
    if shown is None:
        assert not log
        assert "The room's screen can show it from day" in one_line(out)
    else:
        assert log[0].startswith(shown)
        assert named(showing(exercise.state)) == log[0]  # the room sees what the log says


def test_a_ruling_and_an_override_stand_beside_the_result_of_their_days(played):
    entries = ("D1", "R1", "", "1-3", "0.4-0.6", "1-3", "0.4-0.6", "")
    lines = ('rule Alpha: "No court sits." why', LATE)
    out, _ = played("", *lines, *entries, "", "")
    reveal = out.partition("to 120: what happened ")[2]
    assert "Ruling for Alpha" in reveal
    assert "No court sits." in reveal
    assert "Override" not in reveal  # day 130 is in the next move
    assert out.count("Override for all teams") == 1  # when it was typed


def test_a_message_for_all_is_handed_to_nobody(played):
    out, exercise = played("", "release help quickly")
    assert "only" not in out.partition("Help")[0].rpartition("┏")[2]
    assert "Hand it over" not in out
    assert showing(exercise.state).about == "help"


def test_an_override_with_effects_can_be_typed(played):
    out, exercise = played("", "override day 30 {on: trust, multiply: 0.9} the strike was settled")
    (_, _, act), *_ = exercise.state.overrides
    assert (act.day, act.effects[0].on, act.effects[0].multiply) == (30, "trust", 0.9)
    assert act.reason == "the strike was settled"
    assert "EXERCISE · day 30 · Override for all teams" in out
    assert "trust: multiply 0.9" in out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("override day 30 too mild", "override: write it with an effect, as {on:"),
        ("override {on: trust, multiply: 0.9} r", "Refused: override: say from which day its effects act"),
        (
            "override day soon {on: trust, multiply: 0.9} r",
            "with a day of the scenario, as day 130, not soon",
        ),
        ("override day 30 {on: trust, multiply: 0.9", "with an effect whole, as {on:"),
        ("override day 30 {on trust} r", "day.*effects|on trust"),
        ("override day 30 {on: trst, multiply: 0.9} r", "did you mean 'trust'"),
        ("override day 30 {on: trust, multiply: 0.9}", "reason: missing"),
        ("override day 999 {on: trust, multiply: 0.9} r", "day 999 is not in \\[0, 240\\)"),
        (
            "override day 30 r {on: trust, multiply: 0.9}",
            "with the effects before the reason",
        ),
        ('add storm "A" "B" r {on: trust, multiply: 0.9}', "with the effects before the reason"),
        ('add storm "A" "B" day 30 {on: trust, set: 2} r', "Refused: storm: "),
        ("skip alarm", "reason: missing"),
        ("rule no", 'rule: write it with every part: rule \\[TEAM:\\] "RULING" REASON'),
        ('rule Brovo: "No" it would', "Refused: Brovo: no such team; did you mean 'Bravo'?"),
        ('rule 3: "No" it would', "Refused: 3: no such team; known: Alpha, Bravo"),
        ('rule Bravo: "No"', "reason: missing"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_would_be_right(played, line, says):
    out, exercise = played("", line)
    assert re.search(
        says.replace("{", r"\{") if "\\" not in says and "|" not in says else says, one_line(out)
    )
    assert exercise.state.overrides == ()
    assert "storm" not in exercise.state.inject_status


def test_an_inject_that_was_read_out_cannot_be_skipped(played):
    out, exercise = played("", "release help", "skip help too hard")
    assert "help has been read out (line 4), and cannot be skipped" in one_line(out)
    assert exercise.state.inject_status["help"].status.value == "released"


def test_a_reveal_asks_for_the_bottleneck_before_it_tells_it_and_names_what_is_equal(played):
    out, _ = played(*PREDICTED, *[""] * 6)
    before, question, _ = out.partition("Ask the teams: which of your services was the busiest")
    assert question
    assert "bottleneck" not in before
    assert before.index("80 % ranges") < before.index("was decided") < before.index("On average")
    assert "as under the baseline, which is so in" in one_line(before)
    out, _ = played(*PREDICTED, *[""] * 7)
    assert "bottleneck" in out.partition("Ask the teams")[2]


def test_each_team_leads_with_at_most_three_measures_and_their_intervals(played):
    out, _ = played(*PREDICTED, *[""] * 4)
    page = out.partition(": what the policies do  ")[2].partition("4 of 7")[0]
    for team in ("Alpha", "Bravo"):
        assert f"\n{team}\n" in page
    assert page.count("baseline") >= 4
    assert "only 2 worlds" in one_line(page)  # two other worlds are few, and that is said


def test_the_hot_wash_is_paged_and_begins_with_three_lines_a_team(played):
    rest = ["", "", "", *[""] * 4, "", *[""] * 6]
    out, exercise = played(*PREDICTED, "", *[""] * 7, *rest)
    assert exercise.state.phase is Phase.HOT_WASH
    assert exercise.state.showing in ("hot_wash teams", "hot_wash hidden")
    page = out.partition("Hot wash: three lines a team")[2].partition("1 of 5")[0]
    begins = r"^  (?:\d of|Trust:|Incidents:|The bottleneck|No service)"
    assert len(re.findall(begins, page, re.MULTILINE)) == 2 * 3
    assert "Plots disrupted" not in out.partition("1 of 5, three lines a team")[0]


@pytest.mark.parametrize("whom", ["", "recipients: [Bravo], "])
def test_an_inject_that_happens_by_itself_appears_at_the_reveal_unasked(played, whom):
    text = TEXT.replace("message: Enough!, when", f"message: Enough!, {whom}when")
    if whom:  # a message to some changes nothing
        text = re.sub(r"reaches: 1}, effects: \[\s*{on: trust, multiply: 0.9}]", "reaches: 1}", text)
    out, _ = played(*PREDICTED, "", "", text=text)
    (card,) = (
        one_line(re.sub("[┏┓┗┛━┃]", "", one))
        for one in re.findall(r"┏.*?┛", out, re.DOTALL)
        if "Enough!" in one
    )
    head = "for Bravo only · " if whom else ""
    assert card.startswith(
        f"EXERCISE · {head}Outcry Enough! Briefing, from Exercise control It happened by itself: "
    )
    assert re.search(r"(Alpha|Bravo) on day \d+", card)
    assert ("show inject outcry" in card) is not bool(whom)
    assert ("Hand it over on paper" in card) is bool(whom)


@pytest.mark.parametrize("is_empty", [True, False])
def test_where_nothing_is_hidden_the_hot_wash_says_so_and_has_no_empty_table(played, is_empty):
    text = TEXT.replace("  plots_disrupted: {delta: 1, primary: false}\n", "")
    text = text.replace("measures: [incidents, wrongful_interventions]", "measures: [incidents]")
    rest = ["", "", "", *[""] * 4, "", *[""] * 6]
    out, _ = played(*PREDICTED, "", *[""] * 7, *rest, "", text=text if is_empty else TEXT)
    page = one_line(out.partition("Hot wash: what nobody could see")[2].partition("2 of 5")[0])
    assert "Plots not stopped in time, and why: baseline: " in page
    assert ("Every measure of this exercise could be seen all along" in page) is is_empty
    assert ("hidden until now" in page) is not is_empty


TWELVE = tuple(f"Table {name}" for name in "ABCDEFGHIJKL")


def test_twelve_teams_have_a_row_each_in_eighty_columns_and_no_number_is_cut(played):
    enters = [""] * (12 + 1)
    ranges = ["1 to 3", "0.46 to 0.5"] * 12
    out, _ = played("", *enters, *ranges, "", *[""] * 7, teams=TWELVE, columns=80)
    for page, after in (
        ("what the teams expected", "1 of 7"),
        ("what happened", "2 of 7"),
        (": why", "7 of 7"),
    ):
        text = out.partition(f"{page}  ─")[2].partition(after)[0]
        for team in TWELVE:
            rows = re.findall(rf"^{team}  .*$", text, re.MULTILINE)
            assert rows  # one, or one for each table that a wide one is divided into
            assert not any("…" in row or len(row) > 80 for row in rows)
    expected = out.partition("what the teams expected  ─")[2].partition("1 of 7")[0]
    assert expected.count("1 to 3  46\N{NARROW NO-BREAK SPACE}% to 50\N{NARROW NO-BREAK SPACE}%") == 12


def test_what_waits_in_a_pipe_is_thrown_away_and_a_file_is_not(monkeypatch, tmp_path):
    read, write = os.pipe()
    os.write(write, b"typed\nahead\n")
    with os.fdopen(read) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        discard_typed_ahead()
        os.write(write, b"after\n")
        os.close(write)
        assert stream.readline() == "after\n"
    file = tmp_path / "script"
    file.write_text("first\n")
    with file.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        discard_typed_ahead()
        assert stream.readline() == "first\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("kept\n"))
    discard_typed_ahead()
    assert sys.stdin.readline() == "kept\n"


def test_keys_that_wait_at_a_terminal_are_thrown_away(monkeypatch):
    controller, terminal = pty.openpty()
    os.write(controller, b"\n\nstray\n")
    with os.fdopen(terminal) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        until = time.monotonic() + 5
        while not _waits(terminal) and time.monotonic() < until:
            time.sleep(0.01)
        assert _waits(terminal)
        discard_typed_ahead()
        assert not _waits(terminal)
        os.write(controller, b"meant\n")
        assert stream.readline() == "meant\n"
    os.close(controller)


def _waits(number):
    import select

    return bool(select.select([number], [], [], 0)[0])


def test_a_response_a_note_and_a_remark_are_a_team_s_in_one_way(played):
    out, exercise = played(*DECIDED[:1], "respond alarm bravo: They called", "note ALPHA: They hurry")
    response, note = (entry.act for entry in exercise.state.kept)
    assert (response.team, response.response) == ("Bravo", "They called")
    assert (note.team, note.text) == ("Alpha", "They hurry")
    assert "Response of Bravo to inject alarm: They called" in one_line(out)


def test_a_team_whose_name_begins_as_a_command_does_is_a_team_where_one_is_asked_for(played):
    _, exercise = played("", "D1", "R1", "note takers", "D2", teams=("Alpha", "Note takers"))
    assert exercise.state.hand("Note takers").codes == ("D2",)
    assert not exercise.state.kept


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('add X! "t" "m" why', "inject: 'X!': write a small letter, then small letters, digits, - and _"),
        ('add b1 "t" "m" {budget: 50} why', "effects[0].on: missing; an effect says on what, as on: trust"),
        ('add b1 "t" "m" {budget: 50} why', "effects[0].budget: no such part of an effect; known: on, set"),
        ('add b1 "t" "m" {on: trust, multiply: many} why', "effects[0].multiply: 'many': write a number"),
        ('add b1 "t" "m" day -1 why', "day: -1: write 0 or more"),
        ("override day 130 why", "override: write it with an effect, as {on: background.community"),
        ("override", "override: write it with an effect, as {on: background.community"),
    ],
)
def test_what_is_wrong_with_a_line_is_a_sentence_that_says_what_would_be_right(played, line, says):
    out, exercise = played("", line)
    assert says in one_line(out)
    assert not any(
        word in out for word in ("pattern", "Field required", "Extra inputs", "Input should", "pydantic")
    )
    assert exercise.entries[-2].act.act == "begin_move"  # and then it stands still


def test_a_line_of_blanks_is_not_enter(played):
    out, exercise = played("   ", "\t")
    assert out.count("A line of blanks is no empty line") == 2
    assert exercise.state.phase is Phase.BRIEF


@pytest.mark.parametrize("quotes", ["“”", "„“", "«»", '""', "”” "])
def test_texts_are_taken_in_the_quotes_that_a_word_processor_puts(played, quotes):
    first, last = quotes[0], quotes[1]
    _, exercise = played("", f"add storm {first}A storm{last} {first}It rains.{last} too quiet")
    one = exercise.state.inject("storm")
    assert (one.inject.title, one.inject.message) == ("A storm", "It rains.")
    _, exercise = played("", f"rule Alpha: {first}No court sits.{last} why")
    assert exercise.state.overrides[0][2].ruling == "No court sits."


def test_a_worker_s_failure_says_how_to_go_on(capsys, monkeypatch, tmp_path):
    def failing(*_, **__):
        raise TabletopError("the world is lost")

    monkeypatch.setattr("tabletop.cli.play.facilitate", failing)
    path = tmp_path / "small.yaml"
    path.write_text(TEXT)
    typed(monkeypatch, "")
    code, _, err = run(capsys, "play", path, "--out", tmp_path / "e", "--workers", 1, "--no-screen")
    assert code == 2
    assert "the world is lost\nNothing is lost. To go on: tabletop play" in err
    assert "small-1" in err.splitlines()[-1]
