"""The room's screens: what each shows, and that nothing is on one before its time."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from room_cases import (
    CANARIES,
    COUNTED,
    HELD_BACK,
    LATER,
    NEVER,
    SECOND,
    SECRET,
    SHOWS,
    after,
    class_of,
    course,
    shown,
    team_names,
)

from tabletop.exercise import acts
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.reveal import is_revealed, may_see_hidden, measures_shown, overrides_of
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.exercise.state import Phase, State
from tabletop.measures import MEASURES
from tabletop.report.document.html import template
from tabletop.report.room.entrance import Entrance
from tabletop.report.room.hot_wash import split_heading
from tabletop.report.room.lobby import lobby
from tabletop.report.room.page import TEMPLATES, room_page
from tabletop.report.room.rows import arranged
from tabletop.report.room.showing import next_page, showing
from tabletop.scenario.inject import Effect
from tabletop.scenario.load import loads

REVEALS = [one.act for one in RevealScreen]
HOT_WASH = [one.act for one in HotWashScreen]


def html(state, adjudicator):
    return room_page(state, adjudicator, 1e9 + 60.0 * state.lines).html()


def main(page):
    """What stands between head and foot."""
    return page.partition("<main>")[2].partition("</main>")[0]


class Watched(Adjudicator):
    """Simulates only what the state that is shown may show."""

    state = None

    def adjudicate(self, state, move, **options):
        assert is_revealed(state, move)
        return super().adjudicate(state, move, **options)

    def so_far(self, state, move, **options):
        assert may_see_hidden(state)
        return super().so_far(state, move, **options)

    def epilogue(self, state, **options):
        assert may_see_hidden(state)
        return super().epilogue(state, **options)


@pytest.fixture(scope="module")
def every():
    """Every state of a class of three, with whatever the projector may be asked for: the pages."""
    found, watched = class_of(3), Watched(InterimCache())
    return [
        (act, state, asked, html(state if not asked else shown(state, asked), watched))
        for act, state in zip(course(3), found.states, strict=True)
        if not isinstance(act, acts.Submit | acts.Predict)
        for asked in SHOWS
    ]


def test_what_is_for_controllers_stands_on_no_screen_at_any_time(every):
    for _, state, asked, page in every:
        for word in NEVER:
            assert word not in page, (state.phase, asked)


def test_nothing_stands_on_a_screen_before_its_time_and_then_it_does(every):
    seen = set()
    for _, state, asked, page in every:
        second = state.move == 1 or may_see_hidden(state)
        allowed = {
            SECRET: state.phase is Phase.ENDED,
            HELD_BACK: second,
            SECOND: second,
            LATER: is_revealed(state, 0) if state.move >= 0 else False,
            COUNTED: False,  # it is asked for before all is revealed
        }
        for word, may in allowed.items():
            assert may or word not in page, (word, state.phase, state.move, asked)
            if word in page:
                seen.add(word)
    assert seen == {SECRET, HELD_BACK, SECOND, LATER}


def test_hidden_measures_wait_for_the_hot_wash(every):
    titles = [MEASURES[name].title for name in measures_shown(class_of(3).states[0], hidden=True)]
    assert titles
    told = [
        page
        for _, state, asked, page in every
        for title in titles
        if title in page and not may_see_hidden(state)
    ]
    assert told == []
    assert any(titles[0] in page for _, _, _, page in every)


def test_no_result_is_there_before_all_is_revealed_whatever_is_asked_for():
    found = class_of(3)
    for nth in (1, 2):
        for what in (*REVEALS, *HOT_WASH):
            for act in (acts.BeginMove, acts.Lock):
                assert not isinstance(showing(found.at(act, nth, what)).screen, RevealScreen | HotWashScreen)
        assert showing(found.at(acts.Reveal, nth)).screen is RevealScreen.RANGES
        assert showing(found.at(acts.Reveal, nth, "reveal baseline")).screen is RevealScreen.RANGES
        assert showing(found.at(acts.Reveal, nth, "hot_wash hidden")).screen is RevealScreen.RANGES
    ranges = main(html(found.at(acts.Reveal, 1, "reveal baseline"), Watched(InterimCache())))
    assert "held" not in ranges
    assert "missed" not in ranges


@pytest.mark.parametrize("number", [1, 3, 12, 13, 24, 25, 30])
def test_tables_stand_in_their_order_with_their_numbers_and_nobody_is_ranked(number):
    found, names = class_of(number), team_names(number)
    for what in REVEALS:
        if what in ("reveal busiest", "reveal decisions"):
            continue
        page = main(html(found.at(acts.Reveal, 1, what), found.adjudicator))
        assert re.findall(r'<span class="badge [^"]*">(\d+)</span>', page) == [
            str(n) for n in range(1, number + 1)
        ], what
        assert page.count("<bdi") == number
        assert page.count("<table") == {1: 1, 3: 1, 12: 1, 13: 2, 24: 2, 25: 3, 30: 3}[number]
        if number <= 12:
            assert names[0] in page
    assert [len(one) for one in arranged(range(25))] == [9, 9, 7]


def test_the_same_row_has_the_same_place_on_each_step():
    found = class_of(12)
    for what in ("reveal ranges", "reveal held", "reveal policy", "reveal luck", "reveal why"):
        page = main(html(found.at(acts.Reveal, 1, what), found.adjudicator))
        assert page.index("Anchor") < page.index("الميناء") < page.index("港湾") < page.index("Quay")


def test_names_are_isolated_and_escaped():
    page = html(class_of(12).at(acts.Reveal, 1, "reveal held"), class_of(12).adjudicator)
    assert "<bdi" in page
    assert "&lt;b&gt;Dock" in page
    assert "<b>Dock" not in page
    assert "\u202e" not in page


def test_names_of_equal_ends_stay_apart_when_they_are_cut():
    page = main(html(class_of(12).at(acts.Reveal, 1), class_of(12).adjudicator))
    shorts = re.findall(r"<bdi[^>]*>([^<]*)</bdi>", page)
    assert len(set(shorts)) == 12
    assert any("…" in one for one in shorts)


def test_numbers_have_the_digits_that_delta_makes_matter():
    for delta, wanted, unwanted in (
        ("0.01", r"\d\d\.\d\u202f%", r"\d\d\.\d\d\u202f%"),
        ("0.2", r"\d0\u202f%", r"\d[1-9]\u202f%"),
    ):
        found = class_of(3, CANARIES.replace("trust_mean: {delta: 0.01}", f"trust_mean: {{delta: {delta}}}"))
        page = main(html(found.at(acts.Reveal, 1, "reveal held", "reveal held/2"), found.adjudicator))
        told = re.findall(r"([^<>]*), (?:held|missed)", page)
        assert len(told) == 3
        assert all(re.fullmatch(wanted, one) for one in told), told
        assert not any(re.fullmatch(unwanted, one) for one in told)


def test_counts_of_one_world_are_whole():
    page = main(html(class_of(3).at(acts.Reveal, 1, "reveal held"), class_of(3).adjudicator))
    told = re.findall(r"([^<>]*), (?:held|missed)", page)
    assert told
    assert all(one.isdecimal() for one in told)


def test_policy_and_luck_add_up_to_what_happened_beside_the_mean():
    found = class_of(3)
    state = found.at(acts.Reveal, 1, "reveal luck", "reveal luck/2")
    stretch = found.adjudicator.adjudicate(state, 0)
    page = main(html(state, found.adjudicator))
    for team, told in zip(state.teams, re.findall(r">([^<>]*) · ([^<>]*)</td>", page), strict=True):
        policy, luck = (float(one.replace("−", "-")) for one in told)
        split = stretch.split(team, "trust_mean")
        assert policy + luck == pytest.approx(100 * split.total, abs=0.051)
        assert abs(policy + luck - 100 * split.total - 0.2) > 0.051


def test_marks_of_verdicts_differ_in_shape():
    mark = template("marks.html", TEMPLATES).module.mark
    kinds = ("better", "worse", "equal", "higher", "lower", "ring", "same", "cross")
    shapes = {re.sub(r' class="[^"]*"', "", str(mark(kind, 10))) for kind in kinds}
    assert len(shapes) == len(kinds)
    assert "" not in shapes


def test_a_screen_is_one_file_that_loads_nothing_and_may_do_no_more_than_its_own_script():
    page = html(class_of(3).at(acts.Reveal, 1, "reveal luck"), class_of(3).adjudicator)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    for tag, source in (("style", "style-src"), ("script", "script-src")):
        (own,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(sha256(own.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "style=" not in page
    assert not re.search(r"(?:src|href)=|url\(|https?:", page)
    assert "<script" not in room_page(class_of(3).states[0], class_of(3).adjudicator, 0.0).html(reloads=False)


def test_what_is_not_simulated_yet_is_waited_for(tmp_path):
    state = class_of(3).at(acts.Reveal, 1, "reveal policy")
    only_known = Adjudicator(InterimCache(tmp_path / "known.sqlite", only_known=True))
    page = room_page(state, only_known, 0.0)
    assert page.waits
    assert "being simulated" in page.html()
    Adjudicator(InterimCache(tmp_path / "known.sqlite")).adjudicate(state, 0)
    page = room_page(state, only_known, 0.0)
    assert not page.waits
    assert "On average" in page.html() or "on average" in page.html()


def test_the_pages_of_a_screen_follow_each_other():
    state = class_of(12).at(acts.HotWash)
    pages = [showing(state).page]
    while what := next_page(state):
        state = shown(state, what)
        pages.append(showing(state).page)
    assert pages == [1, 2, 3, 4]
    assert next_page(class_of(3).at(acts.BeginMove, 1)) is None


def test_which_tables_have_decided_is_said_only_if_the_controller_says_so():
    found = class_of(3)
    state = found.at(acts.Submit, 2)
    page = main(html(shown(state, "status"), found.adjudicator))
    assert "2 of 3" in page
    assert "not yet" not in page
    page = main(html(shown(state, "status names"), found.adjudicator))
    assert page.count("not yet") == 1
    assert f"Not yet: {team_names(3)[2]}" in page


def test_the_heading_on_world_luck_is_whole_for_every_measure():
    for measure in MEASURES.values():
        assert "…" not in split_heading(measure.title, "−1,234.5")
        assert split_heading(measure.title, "−1.8").startswith(f"{measure.title}: ")


def test_names_of_few_tables_stand_whole_beside_the_code_to_join():
    names = ("Harbour Authority", "Interior Ministry", "Civil Liberties Office")
    state = State.of(loads(CANARIES, "small.yaml"))
    state = after(state, acts.Open(secret=SECRET, teams=names, others=3))
    entrance = Entrance("http://192.0.2.1:8000/j/ABCDEF", "<svg></svg>")
    assert [tile.who.short for tile in lobby(state, entrance).tiles] == [*names]


def test_the_clock_stands_while_the_exercise_is_paused_and_is_a_dash_where_nothing_runs():
    found = class_of(3)
    state = found.at(acts.BeginMove, 1)
    assert 'data-left="' in html(state, found.adjudicator)
    assert "data-stands" not in html(state, found.adjudicator)
    paused = after(state, acts.Pause(reason="CANARY-WRITTEN"))
    at = 1e9 + 60.0 * paused.lines
    first, later = (room_page(paused, found.adjudicator, moment) for moment in (at, at + 500))
    assert first.frame.clock.stands
    assert first.frame.clock.seconds == later.frame.clock.seconds
    assert "CANARY-WRITTEN" not in first.html()
    assert 'data-left="' not in html(found.states[0], found.adjudicator)


def test_decisions_that_are_open_again_are_told_until_they_are_locked_again():
    found = class_of(3)
    locked = found.at(acts.Lock, 1)
    told = "decisions are open again; ranges are asked for anew"
    assert told not in html(found.at(acts.BeginMove, 1), found.adjudicator)
    reopened = after(locked, acts.Reopen())
    for state in (reopened, shown(reopened, "status")):
        assert told in html(state, found.adjudicator)
    assert told not in html(after(reopened, acts.Lock()), found.adjudicator)


def test_an_inject_for_some_tables_is_not_shown_to_all():
    text = CANARIES.replace(f"title: {HELD_BACK}", f'recipients: ["Anchor"], title: {HELD_BACK}')
    text = text.replace("effects: [\n        {on: detection.assessment.mean, set: 0.1}]}", "source_id: x}")
    text = text.replace("teams: [Alpha, Bravo]", 'teams: ["Anchor", "Bravo"]')
    found = class_of(1, text)
    page = html(found.at(acts.Release, 1, "inject help"), found.adjudicator)
    assert HELD_BACK not in page


def test_where_nothing_is_hidden_a_sentence_stands_in_place_of_an_empty_table():
    text = CANARIES.replace("  plots_disrupted: {delta: 1, primary: false}\n", "")
    text = text.replace("measures: [incidents, wrongful_interventions]", "measures: [incidents]")
    sentence = "Every measure of this exercise could be seen all along."
    for given, is_empty in ((text, True), (CANARIES, False)):
        found = class_of(1, given)
        page = main(html(found.at(acts.HotWash, 1, "hot_wash hidden"), found.adjudicator))
        assert (sentence in page) is is_empty
        assert ("<table" in page) is not is_empty


def test_a_ruling_is_shown_as_it_stands_in_the_record():
    found = class_of(3)
    state = found.at(acts.Override, 1)
    line = state.overrides[-1][1]
    assert "CANARY-RULING" in html(shown(state, f"ruling {line}"), found.adjudicator)
    assert "because" not in main(html(shown(state, f"ruling {line}"), found.adjudicator))


def test_a_ruling_and_an_override_stand_beside_what_happened_and_not_before_their_day():
    found = class_of(3)
    state = found.at(acts.BeginMove, 1)
    flood = acts.Override(reason="because", day=130.0, effects=(Effect(on="trust", multiply=0.5),))
    for act in (flood, acts.Override(reason="because", ruling="CANARY-HERE", team=state.teams[0])):
        state = after(state, act)
    early = html(shown(state, f"ruling {state.overrides[0][1]}"), found.adjudicator)
    assert "trust: multiply 0.5" not in early
    for act in (acts.Lock(), acts.Reveal(), acts.Show(what="reveal held")):
        state = after(state, act)
    page = html(state, found.adjudicator)
    assert f"Ruling for {state.teams[0]}: CANARY-HERE" in page
    assert "trust: multiply" not in page
    assert [act.ruling for act in overrides_of(state, 0)] == ["CANARY-HERE"]
    assert overrides_of(state, 1) == (flood,)
    state = after(state, acts.BeginMove(move=2))
    assert "trust: multiply" not in html(shown(state, f"ruling {state.overrides[0][1]}"), found.adjudicator)
    for act in (acts.Lock(), acts.Reveal()):
        state = after(state, act)
    assert "trust: multiply 0.5" in html(shown(state, f"ruling {state.overrides[0][1]}"), found.adjudicator)


def test_an_inject_that_waited_for_a_count_says_at_which_tables_it_happened():
    found = class_of(3)
    state = found.at(acts.Reveal, 1, "reveal held", "inject outcry")
    fired = [
        nth
        for nth, team in enumerate(state.teams, 1)
        if "outcry" in found.adjudicator.adjudicate(state, 0).outcomes[team].realised.fired
    ]
    assert fired
    page = html(state, found.adjudicator)
    assert COUNTED in page
    told = page.partition("<footer>")[2]
    assert [int(one) for one in re.findall(r"(\d+) \(day", told)] == fired
    assert COUNTED not in html(found.at(acts.Reveal, 1, "inject outcry"), found.adjudicator)


def test_what_happened_is_shown_where_nobody_predicted():
    found = class_of(3)
    state = found.at(acts.Lock, 1)
    for act in (acts.Reveal(), acts.Show(what="reveal held")):
        state = after(state, act)
    page = html(state, found.adjudicator)
    assert "What happened: Incidents" in page
    assert "No table gave a range." in page
    assert "held" not in main(page)
    assert "0 of 0" not in page


def test_after_endex_the_room_is_thanked_whatever_was_shown_last():
    found = class_of(3)
    state = after(found.at(acts.HotWash, 1, "hot_wash questions"), acts.End())
    assert "EndEx. Thank you." in html(state, found.adjudicator)
