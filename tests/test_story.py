import pytest

from tabletop import load, simulate
from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.pools import POOLS
from tabletop.story import TURNING_POINTS, sentences, subject_name
from tabletop.subjects import Closing, Kind, subject_key, subject_number
from tabletop.world import Step, movement_code


@pytest.fixture(scope="module")
def journal():
    run = simulate(load("first-steps"), "status_quo", 0, journal=True)
    assert run.journal is not None
    return run.journal


def test_every_row_of_a_journal_is_one_sentence_on_its_day(journal):
    told = list(sentences(journal))
    assert [s.day for s in told] == list(journal.days)
    assert [s.step for s in told] == list(journal.steps)
    assert all(s.says and "\n" not in s.says for s in told)


def test_every_step_that_the_model_can_note_has_words():
    for step in Step:
        if step is not Step.POOL:
            journal = Journal()
            journal.note(1.0, step, 0, 1.0)
            assert next(sentences(journal)).says
    for name, pool in POOLS.items():
        for movement in Movement:
            journal = Journal()
            journal.note(1.0, movement_code(name, movement), 0, 2.5)
            assert pool.title in next(sentences(journal)).says


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ((Kind.PLOT, 0, 0, 6, 1), "plot 1-7"),
        ((Kind.PLOT, 0, -1, 2, 2), "plot 0-3 (attempt 2)"),
        ((Kind.PLOT, 1, 2, 0, 1), "plot 3-1+1"),
        ((Kind.COMMUNITY, 0, 1, 1064, 0), "community matter 2-1065"),
    ],
)
def test_a_subject_is_called_by_its_year_and_place(key, name):
    assert subject_name(subject_number(*key)) == name
    assert subject_key(subject_number(*key)) == key


def test_the_story_tells_how_a_case_was_opened_and_how_it_closed():
    journal = Journal()
    plot = subject_number(Kind.PLOT, 0, 0, 6, 1)
    journal.note(3.0, Step.CASE_OPENED, plot, 0.417)
    journal.note(9.0, Step.CASE_CLOSED, plot, Closing.TOO_LATE)
    opened, closed = sentences(journal)
    assert opened.says == "a case is opened (posterior 0.42)"
    assert "too late" in closed.says
    assert {opened.step, closed.step} <= TURNING_POINTS
