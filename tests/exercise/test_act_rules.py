"""Every act has its row: when, by whom, and who may read it."""

from dataclasses import replace
from typing import get_args

import pytest

from exercise.every_act import EVERY_ACT
from exercise.room import SMALL
from tabletop.exercise import acts
from tabletop.exercise.act_rules import RULES, By, Readers
from tabletop.exercise.acts import ACTS, Act, LogEntry
from tabletop.exercise.disclosure import disclosed
from tabletop.exercise.log_words import in_words
from tabletop.exercise.refused import Refused
from tabletop.exercise.rules import check
from tabletop.exercise.state import Phase, State

UNION = get_args(get_args(Act)[0])
OPENED = (acts.Start(secret="s", teams=("Alpha", "Bravo"), others=2), acts.BeginMove(move=1))


def test_every_act_has_its_row_and_an_example():
    assert tuple(RULES) == UNION
    assert tuple(type(act) for act in EVERY_ACT) == UNION


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda act: act.act)
def test_every_act_can_be_written_read_back_and_said_in_words(act):
    assert ACTS.validate_json(ACTS.dump_json(act)) == act
    assert in_words(act)


@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
def test_what_a_team_does_says_for_which_team(kind):
    if RULES[kind].by is By.TEAM:
        assert kind.model_fields["team"].is_required()


def log(*doings):
    """A log of these acts, a minute each, whether they may come or not."""
    return [
        LogEntry(number=number, at=60.0 * number, by="controller", act=act)
        for number, act in enumerate(doings, start=1)
    ]


@pytest.mark.parametrize(
    "act", [act for act in EVERY_ACT if not isinstance(act, acts.HotWash | acts.End)], ids=lambda act: act.act
)
def test_who_may_read_a_line_in_play_is_what_its_row_says(act):
    """Written in move 1, which has been revealed up to day 120."""
    entries = log(*OPENED, act, acts.Lock(), acts.Reveal())
    line = entries[len(OPENED)]
    in_play, in_the_hot_wash = (disclosed(SMALL, e) for e in (entries, [*entries, *log(acts.HotWash())]))
    on_its_day = {"release": True, "add": True, "override": False}  # days 0, 0 and 120
    expected = {
        Readers.EVERYBODY: True,
        Readers.WHO_SAW_ITS_DAY: on_its_day.get(act.act),
        Readers.CONTROLLERS: False,
    }
    assert (line.number in in_play.numbers) is expected[RULES[type(act)].read_by]
    assert line.number in in_the_hot_wash.numbers


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda act: act.act)
@pytest.mark.parametrize("phase", Phase)
def test_an_act_is_refused_in_every_phase_that_its_row_does_not_name(act, phase):
    state = replace(State.of(SMALL, log(*OPENED)), phase=phase)
    try:
        check(state, "Alpha" if RULES[type(act)].by is By.TEAM else "controller", act)
    except Refused as refused:
        refused_by_phase = str(refused).startswith(f"{act.act.replace('_', ' ')}: ") and (
            "it is possible when" in str(refused) or f"not {phase}" in str(refused)
        )
    else:
        refused_by_phase = False
    assert refused_by_phase is (phase not in RULES[type(act)].when)


@pytest.mark.parametrize("end", ["", ".", "!", "?", "…", ".”", " "])
def test_a_sentence_of_the_log_ends_once(end):
    for act in (
        acts.Override(ruling=f"The court says no{end}", reason="They asked."),
        acts.Add(inject="visit", title=f"A visit{end}", reason="It was dull."),
        acts.Improve(issue=f"Late{end}", corrective_action="Train.", capability_element="Training"),
    ):
        said = in_words(act)
        assert ".." not in said
        assert "?." not in said.replace("…", "?")
        first = said.partition(" Reason:")[0].removesuffix(" Train.")
        assert first == first.rstrip()
        assert first.rstrip("”")[-1] in ".!?…"
