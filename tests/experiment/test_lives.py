"""Two lives of one plot: chosen by the rule, told as the journals tell them, and kept in the folder."""

from dataclasses import replace

import pytest

from tabletop.experiment import kept_lives
from tabletop.experiment.design import Design
from tabletop.experiment.divergence import journal_of
from tabletop.experiment.kept_lives import as_text, lives_of
from tabletop.experiment.lives import GOOD_ENDS, LONG_WAIT, find_lives
from tabletop.experiment.provenance import Provenance
from tabletop.experiment.results import Results
from tabletop.scenario.load import load
from tabletop.simulation import simulate
from tabletop.story import sentences, subject_name
from tabletop.world import Step

SCENARIO = load("harbour-city").model_copy(update={"replications": 3})
MIX, BASELINE, WORLDS = "reporting", "status_quo", (0, 1, 2)


@pytest.fixture(scope="module")
def lives():
    return find_lives(SCENARIO, MIX, BASELINE, WORLDS)


def told(mix, lives):
    """The sentences about the plot, by the route of `tabletop trace`."""
    journal = journal_of(SCENARIO, mix, lives.replication)
    return [s for s in sentences(journal) if s.subject and subject_name(s.subject) == lives.plot]


def test_the_plot_ends_otherwise_and_waited_long(lives):
    assert (lives.mix.end in GOOD_ENDS) != (
        lives.baseline.end in GOOD_ENDS
    ) or lives.mix.end != lives.baseline.end
    assert lives.mix.waited >= LONG_WAIT
    assert lives.mix.mix == MIX


def test_a_life_is_what_the_story_tells(lives):
    for life in (lives.mix, lives.baseline):
        story = told(life.mix, lives)
        formed = next(s.day for s in story if s.step == Step.FORMED)
        end = next(
            s for s in story if s.step in {Step.INCIDENT, Step.FOILED, Step.TURNED_BACK, Step.DISRUPTED}
        )
        assert life.end_day == pytest.approx(end.day - formed)
        looked = [s.day - formed for s in story if s.step == Step.LOOKED and s.day <= end.day]
        assert list(life.seen) == pytest.approx(looked)
        served = [s for s in story if "taken up by the teams after" in s.says and s.day <= end.day]
        waits = sum(float(s.says.split("after ")[1].split(" days")[0]) for s in served)
        came = [s.day for s in story if s.says == "comes to the teams" and s.day <= end.day]
        if len(came) > len([s for s in story if "taken up by the teams" in s.says and s.day <= end.day]):
            waits += end.day - came[-1]  # it waits until the end
        assert life.waited == pytest.approx(waits, abs=0.06)
        assert [stage.start for stage in life.stages][1:] == [stage.end for stage in life.stages][:-1]


def test_until_they_part_both_stories_are_one(lives):
    ours, theirs = (told(mix, lives) for mix in (MIX, BASELINE))
    formed = ours[0].day
    before = [
        [(s.day, s.step) for s in story if s.day < formed + lives.parting_day] for story in (ours, theirs)
    ]
    assert before[0] == before[1]
    after = [
        [(s.day, s.step) for s in story if s.day <= formed + lives.parting_day] for story in (ours, theirs)
    ]
    assert after[0] != after[1]


def test_the_queue_is_never_negative_and_holds_the_case_that_waits(lives):
    for life in (lives.mix, lives.baseline):
        assert all(waiting >= 0 for _, waiting in life.queue)
        wait = next((stage for stage in life.stages if stage.name == "waiting"), None)
        if wait is not None:
            assert life.queue_with_it >= 1
            at = [n for day, n in life.queue if wait.start <= day < wait.end]
            assert all(n >= 1 for n in at)


def test_what_was_kept_is_read_and_never_that_of_another_experiment(tmp_path, monkeypatch, lives):
    (tmp_path / kept_lives.NAME).write_text(
        as_text(lives_of(SCENARIO, MIX, BASELINE, WORLDS, digest="one", folder=None)), encoding="utf-8"
    )
    asked = []
    monkeypatch.setattr(kept_lives, "find_lives", lambda *_: asked.append(1))
    assert lives_of(SCENARIO, MIX, BASELINE, WORLDS, digest="one", folder=tmp_path).lives == lives
    assert not asked
    assert lives_of(SCENARIO, MIX, BASELINE, WORLDS, digest="two", folder=tmp_path).lives is None
    (tmp_path / kept_lives.NAME).write_text('{"hash": "one"', encoding="utf-8")
    assert lives_of(SCENARIO, MIX, BASELINE, WORLDS, digest="one", folder=tmp_path).lives is None
    assert len(asked) == 2


def test_worlds_in_which_nothing_differs_are_not_looked_at():
    design = Design.of(SCENARIO, mixes=[MIX], replications=1)
    runs = [simulate(SCENARIO, mix, 0) for mix in (BASELINE, MIX)]
    same = replace(runs[1], parts=runs[0].parts, measures=runs[0].measures)
    results = Results.of(design, [runs[0], same], Provenance("", "", 1, None))
    assert results.lives(results.compare(), MIX, "incidents").lives is None
