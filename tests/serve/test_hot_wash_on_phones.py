"""The hot wash on a team's phones, and its page to keep: what was hidden, and parts that add up."""

import re
from decimal import Decimal
from html import unescape

import pytest

from exercise.room import TEXT
from report.room_cases import class_of
from serve.served import begin_first_move, controller, go_on, joined, serving, until
from tabletop.exercise import acts
from tabletop.exercise.refused import Refused
from tabletop.exercise.reveal import measures_shown
from tabletop.exercise.state import Phase
from tabletop.exercise.values import formatted, rounded, titled
from tabletop.exercise.whole import whole_of
from tabletop.measures import MEASURES
from tabletop.serve.views.hot_wash import hot_wash
from tabletop.serve.views.keep import keep
from tabletop.serve.views.team import team_view


@pytest.fixture(scope="module")
def found():
    return class_of(3)


@pytest.fixture(scope="module")
def whole(found):
    return whole_of(found.at(acts.HotWash), found.adjudicator)


def number(text):
    plain = text.removesuffix("\N{NARROW NO-BREAK SPACE}%")
    return Decimal(plain.replace("−", "-").replace(",", ""))


def test_hidden_measures_stand_beside_the_baselines_of_the_same_world(found, whole):
    state = found.at(acts.HotWash)
    for team in state.teams:
        rows = hot_wash(state, whole, team).hidden
        names = measures_shown(state, hidden=True)
        assert [row.title for row in rows] == [titled(name) for name in names]
        own, base = whole.played.outcomes[team], whole.played.baseline
        for name, row in zip(names, rows, strict=True):
            assert row.own == formatted(name, own.value(name))
            assert row.baseline == formatted(name, base.value(name))


def test_the_parts_of_a_measure_add_up_as_they_are_written_and_as_they_are_drawn(found, whole):
    state, seen = found.at(acts.HotWash), 0
    for team in state.teams:
        for one in hot_wash(state, whole, team).sums:
            parts = [number(part.said) for part in one.parts]
            assert number(one.mean) + sum(parts) == number(one.happened)
            reached = one.mean_at
            for part in one.parts:
                assert part.start == pytest.approx(reached)
                reached = part.end
            assert reached == pytest.approx(one.happened_at)
            assert {0.0, 1.0} <= {one.mean_at, *(part.end for part in one.parts)} or not any(parts)
            seen += any(parts)
    assert seen


def test_each_part_is_that_of_the_split_and_policy_has_the_interval_of_its_effect(found, whole):
    state = found.at(acts.HotWash)
    for (team, measure), effect in whole.effects.items():
        split = whole.played.split(team, measure)
        (one,) = [each for each in hot_wash(state, whole, team).sums if each.title == titled(measure)]
        world, policy, _ = one.parts
        assert number(world.said) == rounded(measure, split.world)
        assert number(policy.said) == rounded(measure, split.policy)
        ends = effect.contrast.interval
        if ends is None:
            assert policy.interval is None
        else:
            assert [number(end) for end in policy.interval] == [
                rounded(measure, end) for end in (ends.low, ends.high)
            ]


def test_nothing_of_it_is_there_before_the_hot_wash_and_no_page_to_keep_before_endex(found, whole):
    for state in found.states:
        is_over = state.phase is Phase.ENDED
        team = state.teams[0]
        if state.phase in (Phase.HOT_WASH, Phase.ENDED):
            assert hot_wash(state, whole, team) is not None
        else:
            assert hot_wash(state, whole, team) is None
            with pytest.raises(Refused):
                whole_of(state, found.adjudicator)
        assert (keep(state, whole, team) is not None) is is_over
        assert team_view(state, {}, team, "phone 1", whole).may_keep is is_over
        hidden = [MEASURES[name].title for name in measures_shown(state, hidden=True)]
        seen = repr(team_view(state, {}, team, "phone 1", whole))
        if state.phase not in (Phase.HOT_WASH, Phase.ENDED):
            assert not any(f"title='{title}'" in seen for title in hidden)


def test_a_team_sees_nothing_of_other_teams(found, whole):
    state = found.at(acts.End)
    for team in state.teams:
        seen = repr((keep(state, whole, team), hot_wash(state, whole, team)))
        assert not [other for other in state.teams if other != team and repr(other)[1:-1] in seen]


def test_every_move_is_kept_with_what_was_decided_then(found, whole):
    state = found.at(acts.End)
    for team in state.teams:
        kept = keep(state, whole, team)
        assert [move.number for move in kept.moves] == [1, 2]
        for place, move in enumerate(kept.moves):
            assert move.in_play == state.hand(team, place).codes
            assert move.outcome.start == whole.moves[place].start
            said = {measure for of, at, measure in state.predictions if (of, at) == (team, place)}
            assert len(move.outcome.ranges) == len(said)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small exercise with a phone at each of its tables, played to EndEx."""
    where = tmp_path_factory.mktemp("kept")
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "6", "--workers", "1") as found:
        desk, alpha, bravo = controller(found), joined(found, "Alpha"), joined(found, "Bravo")
        found.before = alpha.get("/keep")
        begin_first_move(desk)
        for move in (0, 1):
            if move == 0:
                line = alpha.act("team", "draft", change={"card": "D1"}).data["line"]
                assert alpha.act("team", "submit", seen=line, replaces=0).status == 200
            go_on(desk, Phase.OPEN, move)
            assert alpha.act("team", "predict", measure="incidents", low=0, high=2, replaces=0).status == 200
            go_on(desk, Phase.LOCKED, move)
            for step in ("own", "baseline", "all"):
                assert go_on(desk, Phase.REVEALED, move, step).status == 200
        until(lambda: "sum" in alpha.now("team").data["regions"]["main"])
        found.washed, found.early = alpha.now("team").data["regions"]["main"], alpha.get("/keep")
        assert go_on(desk, Phase.HOT_WASH, 1).status == 200
        until(lambda: alpha.get("/keep").status == 200)
        found.alpha, found.bravo, found.desk = alpha, bravo, desk
        yield found


def test_phones_show_the_hot_wash_as_it_is_simulated(served):
    assert "What nobody could see" in served.washed
    assert served.washed.count("<caption>") >= 1
    assert "of your 2 ranges held" in served.washed


def test_the_page_to_keep_is_one_file_that_loads_nothing(served):
    assert (served.before.status, served.early.status) == (409, 409)
    kept = served.alpha.get("/keep")
    assert kept.headers["content-disposition"] == 'attachment; filename="table-1.html"'
    assert served.bravo.get("/keep").headers["content-disposition"] == 'attachment; filename="table-2.html"'
    page = kept.text
    assert "Alpha" in page
    assert "Bravo" not in page
    assert "D1" in page
    assert "D1" not in served.bravo.get("/keep").text
    assert "phone 1" not in page
    assert not re.search(r"<(script|link|img|iframe)|@import|url\(|https?://", page)
    assert "default-src 'none'" in unescape(page)
    assert page.count("Move 1:") == page.count("Move 2:") == 1


def test_nobody_else_keeps_a_tables_page(served):
    stranger = type(served.alpha)(served.port)
    assert stranger.get("/keep").status == 401
    assert served.desk.get("/keep").status == 401
