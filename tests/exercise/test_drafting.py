"""Drafts: the devices of a team change one, card by card, and all come to the same."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.room import SMALL
from tabletop.exercise.acts import BeginMove, CardChange, Draft, Join, LogEntry, Open, Start
from tabletop.exercise.drafting import Drafted, after, union
from tabletop.exercise.entry_line import Decision, parse
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.rules import check
from tabletop.exercise.state import State

FORM = SMALL.exercise.decision_form
CODES = [card.code for card in FORM.cards]
CHANGES = st.builds(CardChange, card=st.sampled_from(CODES), times=st.integers(0, 2), back=st.booleans())


def drafted(changes, before=None):
    """A draft after some changes."""
    draft = before or Drafted()
    for line, change in enumerate(changes, start=1):
        draft = after(draft, Draft(team="Alpha", change=change, device=f"phone {line % 3}"), line, FORM)
    return draft


@st.composite
def interleaved(draw):
    """What three devices do, each in its order, and two orders in which that may come in."""
    devices = draw(st.lists(st.lists(CHANGES, max_size=6), min_size=3, max_size=3))
    turns = [device for device, changes in enumerate(devices) for _ in changes]

    def order():
        places = [0, 0, 0]
        for device in draw(st.permutations(turns)):
            yield device, devices[device][places[device]]
            places[device] += 1

    return [*order()], [*order()]


@given(interleaved())
def test_three_devices_converge_in_whichever_order_their_changes_of_different_cards_come(orders):
    """Each device keeps to cards of its own; every interleaving then gives one draft."""
    own = [CODES[0::3], CODES[1::3], CODES[2::3]]
    mine = [[change for device, change in order if change.card in own[device]] for order in orders]
    assert drafted(mine[0]).decision == drafted(mine[1]).decision


@given(interleaved())
def test_three_devices_that_read_the_log_see_one_draft_wherever_they_joined_in(orders):
    """A device that reconnects folds the rest of the log onto what it had: it sees what the others see."""
    order, _ = orders
    acts = [Open(secret="s", teams=("Alpha",), others=2)]
    acts += [Join(team="Alpha", device=f"phone {n}") for n in range(3)]
    acts += [Start(), BeginMove(move=1)]
    acts += [Draft(team="Alpha", change=change, device=f"phone {device}") for device, change in order]
    entries = [LogEntry(number=n, at=0.0, by=CONTROLLER, act=act) for n, act in enumerate(acts, start=1)]
    whole = State.of(SMALL, entries)
    for cut in range(len(entries)):
        late = State.of(SMALL, entries[:cut])
        for entry in entries[cut:]:
            check(late, "Alpha" if isinstance(entry.act, Join | Draft) else CONTROLLER, entry.act)
            late = late.after(entry)
        assert late == whole
    last = {change.card: change for _, change in order}  # of two changes of a card the later counts
    decision = whole.draft("Alpha")
    for code in CODES:
        change = last.get(code, CardChange(card=code, times=0))
        assert decision.plays.count(code) == (0 if change.back else change.times)
        assert (code in decision.takes_back) is bool(change.back and change.times)


@given(st.lists(CHANGES, max_size=10))
def test_a_draft_can_be_typed_as_it_stands(changes):
    """Its line is read as the same decision, unless a card is left out of the form."""
    decision = drafted(changes).decision
    assert parse(decision.line, FORM) == decision


def test_a_draft_that_is_written_anew_replaces_all_of_it():
    before = drafted([CardChange(card="D1"), CardChange(card="R1", back=True)])
    assert before.decision == Decision(("D1",), ("R1",))
    anew = after(before, Draft(team="Alpha", entry="D2 D2", device="phone 2"), 9, FORM)
    assert (anew.decision, anew.line, anew.devices) == (Decision(("D2", "D2")), 9, {"D2": "phone 2"})


def test_the_drafts_of_the_roles_are_the_teams_together():
    drafts = [drafted([CardChange(card="R1")]), drafted([CardChange(card="D2", times=2)])]
    assert union(drafts, FORM) == Decision(("D2", "D2", "R1"))
    assert union(reversed(drafts), FORM) == union(chain(drafts), FORM)


def test_a_draft_is_a_change_or_a_whole():
    for both in ({}, {"entry": "D1", "change": {"card": "D1"}}):
        with pytest.raises(ValueError, match="write `entry` or `change`, one of the two"):
            Draft.model_validate({"team": "Alpha", **both})
    with pytest.raises(Refused):
        after(Drafted(), Draft(team="Alpha", entry="Z9"), 1, FORM)
