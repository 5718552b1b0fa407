"""Disclosure: a report in play gives nothing away, and one after EndEx holds nothing back."""

import pytest

from exercise.room import SMALL, begun, opened, passed
from tabletop.exercise.acts import (
    Add,
    BeginMove,
    Draft,
    End,
    HotWash,
    Lock,
    LogEntry,
    Note,
    Override,
    Pause,
    Predict,
    Rate,
    Release,
    Respond,
    Resume,
    Reveal,
    Show,
    Skip,
    Start,
    Submit,
)
from tabletop.exercise.adjudication import BASELINE, Adjudicator
from tabletop.exercise.disclosure import UNDISCLOSED, disclosed
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.moments import is_dated, moments
from tabletop.exercise.outcomes import outcomes_of
from tabletop.exercise.readers import EVERYBODY, Reader
from tabletop.exercise.reveal import shown, shown_to
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.state import Phase, State
from tabletop.measures import MEASURES
from tabletop.scenario.inject import Effect

LATER = Effect(on="detection.assessment.mean", multiply=0.9)


@pytest.fixture
def room(tmp_path):
    """The small exercise, in its second move, with something of every kind that must not be told."""
    exercise = opened(tmp_path)

    def do(act, by=CONTROLLER):
        return exercise.do(by, act, at=90.0)

    do(Draft(team="Alpha", entry="D1", role="Analyst"))
    do(Note(text="They have not thought of the courts, which close in move 2."), by="evaluator")
    do(Respond(inject="alarm", response="Nobody asked about the courts."))
    do(Skip(inject="cut", reason="No cut for this class."))
    do(Add(inject="strike", title="A strike to come", day=200.0, reason="The room was quiet."))
    do(Add(inject="visit", title="A visit", day=30.0, reason="It was dull."))
    do(Override(day=180.0, effects=(LATER,), reason="Agreed for later."))
    do(Release(inject="help", reason="They needed it."))
    do(Submit(team="Alpha", entry="D1"), by="Alpha")
    do(Lock())
    do(Predict(team="Alpha", measure="incidents", low=1, high=3), by="Alpha")
    do(Reveal())
    do(Rate(objective="weigh", rating="S"), by="evaluator")
    return exercise


def told(exercise):
    return disclosed(exercise.scenario, exercise.entries)


def test_in_play_the_log_is_told_up_to_the_last_reveal_without_what_is_the_controllers_own(room):
    found = told(room)
    assert [entry.act.act for entry in found.entries] == [
        "start", "begin_move", "add", "release", "submit", "lock", "predict", "reveal",
    ]  # fmt: skip
    assert found.withheld == len(room.entries) - len(found.entries)
    assert found.state.phase is Phase.REVEALED
    assert not found.is_final


def test_in_play_nothing_tells_of_the_secret_or_of_what_is_still_to_come(room):
    said = " ".join(entry.model_dump_json() for entry in told(room).entries)
    assert '"secret":"s"' not in said
    for spoiler in ("courts", "strike", "No cut", "Agreed for later", "They have not thought"):
        assert spoiler not in said
    assert "A visit" in said  # it happened on day 30, which everybody has seen
    assert told(room).entries[0].act.secret == UNDISCLOSED


def test_what_teams_decide_after_a_reveal_is_nobodys_to_read_before_the_next_one(room):
    before = told(room)
    room.do(CONTROLLER, BeginMove(move=2), at=100.0)
    room.do("Bravo", Submit(team="Bravo", entry="D2"), at=110.0)
    after = told(room)
    assert after.entries == before.entries
    assert after.state == before.state
    assert after.withheld == before.withheld + 2


def test_before_the_first_reveal_only_the_start_is_told(tmp_path):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1"), at=70.0)
    found = told(exercise)
    assert [entry.act.act for entry in found.entries] == ["start"]
    assert found.state.move == -1
    assert found.state.submissions == {}


def test_before_startex_there_is_nothing_to_tell():
    found = disclosed(SMALL, ())
    assert (found.entries, found.withheld, found.state.start) == ((), 0, None)


def test_in_the_hot_wash_all_is_told_but_the_secret_and_after_endex_that_too(tmp_path):
    exercise = passed(passed(opened(tmp_path)))
    found = told(exercise)
    assert isinstance(exercise.entries[-1].act, HotWash)
    assert found.entries[1:] == exercise.entries[1:]
    assert found.entries[0].act.secret == UNDISCLOSED
    assert (found.withheld, found.is_final) == (0, False)
    exercise.do(CONTROLLER, End(), at=500.0)
    found = told(exercise)
    assert found.entries == exercise.entries
    assert found.state == exercise.state
    assert found.is_final


def test_a_masked_start_is_still_one_that_can_be_read_back(room):
    first = told(room).entries[0]
    assert isinstance(first.act, Start)
    assert type(first).model_validate_json(first.model_dump_json()) == first


def test_the_aftermath_in_play_has_the_revealed_moves_alone_and_nothing_hidden(room):
    come = outcomes_of(told(room).state, Adjudicator(InterimCache()))
    assert [stretch.end for stretch in come.moves] == [120.0]
    assert [(stretch.start, stretch.end) for stretch in come.so_far] == [(0.0, 120.0)]
    assert come.epilogue is None
    assert come.hidden == ()
    assert all(MEASURES[name].observable for name in (*come.observable, *come.primary))
    assert not come.may_show("plots_disrupted")


def test_the_aftermath_of_the_hot_wash_adds_up_over_the_moves_and_has_what_was_hidden(tmp_path):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="D2"), at=70.0)
    come = outcomes_of(passed(passed(exercise)).state, Adjudicator(InterimCache()))
    assert come.hidden == ("plots_disrupted", "wrongful_interventions")
    assert (come.epilogue.start, come.epilogue.end) == (240.0, 360.0)
    for team in ("", "Alpha", "Bravo"):
        for name in ("incidents", "plots_disrupted", "harm", "cost_total"):
            parts = [stretch.outcomes[team].value(name) for stretch in come.moves]
            assert come.so_far[-1].outcomes[team].value(name) == pytest.approx(sum(parts))


def test_an_aftermath_of_the_same_state_is_the_same_however_it_was_simulated(room):
    state = told(room).state
    shared = Adjudicator(InterimCache())
    shared.prepare(room.state)  # with later effects, to the very end
    assert outcomes_of(state, shared) == outcomes_of(state, Adjudicator(InterimCache()))


def test_minutes_count_from_startex_without_pauses(tmp_path):
    exercise = begun(tmp_path)
    for at, act in (
        (60.0, Pause()),
        (360.0, Note(text="Still.")),
        (600.0, Resume()),
        (660.0, Note(text="On.")),
    ):
        exercise.do(CONTROLLER, act, at=at)
    found = moments(exercise.scenario, exercise.entries)
    assert [round(found[entry.number].minute, 9) for entry in exercise.entries] == [0.0, 1.0, 1.0, 1.0, 2.0]
    assert {moment.move for moment in found.values()} == {-1}


def test_the_move_of_a_line_is_the_present_one_once_it_is_written(room):
    found = moments(room.scenario, room.entries)
    assert found[1].move == -1
    assert {found[entry.number].move for entry in room.entries[1:]} == {0}


@pytest.mark.parametrize(("at", "dated"), [(0.0, False), (10.0, False), (1_792_000_000.0, True)])
def test_a_logical_clock_is_no_date(at, dated):
    start = Start(secret="s", teams=("Alpha",), others=2)
    assert is_dated(State.of(SMALL, [LogEntry(number=1, at=at, by=CONTROLLER, act=start)])) is dated


def kinds(exercise, reader):
    """The acts that a reader may read."""
    return [entry.act.act for entry in disclosed(exercise.scenario, exercise.entries, reader).entries]


def test_a_player_reads_what_their_own_team_has_done_at_once_and_of_others_nothing(room):
    everybody = kinds(room, EVERYBODY)
    room.do(CONTROLLER, BeginMove(move=2), at=100.0)
    room.do("Bravo", Draft(team="Bravo", entry="D2"), at=110.0)
    room.do("Bravo", Submit(team="Bravo", entry="D2"), at=110.0)
    assert kinds(room, EVERYBODY) == everybody
    assert kinds(room, Reader(Role.PLAYER, "Bravo")) == [*everybody, "draft", "submit"]
    own = kinds(room, Reader(Role.PLAYER, "Alpha"))
    assert sorted(own) == sorted([*everybody, "draft"])  # Alpha's of the first move, which others do not see


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.EVALUATOR])
def test_whoever_directs_reads_all_at_once_but_the_secret(room, role):
    found = disclosed(room.scenario, room.entries, Reader(role))
    assert found.entries[1:] == room.entries[1:]
    assert found.entries[0].act.secret == UNDISCLOSED
    assert (found.withheld, found.state) == (0, room.state)


def test_a_reveal_shows_each_team_its_own_then_the_baseline_then_all(room):
    adjudicator = Adjudicator(InterimCache())
    alpha, evaluator = Reader(Role.PLAYER, "Alpha"), Reader(Role.EVALUATOR)

    def seen(reader, move=0):
        found = shown_to(shown(room.state, adjudicator, move), room.state, reader)
        assert {team for team, _ in found.scores} <= {*found.outcomes}
        return list(found.outcomes)

    assert (seen(alpha), seen(EVERYBODY)) == (["Alpha"], [])
    assert seen(evaluator) == [BASELINE, "Alpha", "Bravo"]
    room.do(CONTROLLER, Show(what="reveal baseline"), at=100.0)
    assert (seen(alpha), seen(EVERYBODY)) == (["Alpha", BASELINE], [BASELINE])
    room.do(CONTROLLER, Show(what="inject alarm"), at=100.0)
    assert seen(EVERYBODY) == [BASELINE]  # what has been shown stays known
    room.do(CONTROLLER, Show(what="reveal all"), at=100.0)
    room.do(CONTROLLER, Show(what="reveal own"), at=100.0)
    assert (seen(alpha), seen(EVERYBODY)) == (["Alpha", BASELINE, "Bravo"], [BASELINE, "Alpha", "Bravo"])
    for act in (BeginMove(move=2), Lock(), Reveal()):
        room.do(CONTROLLER, act, at=100.0)
    assert (seen(alpha, 1), seen(alpha, 0)) == (["Alpha"], ["Alpha", BASELINE, "Bravo"])
