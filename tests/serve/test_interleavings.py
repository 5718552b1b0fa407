"""Phones of a team at once, in any order and in groups: one draft, one decision a revision, no act twice."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exercise.room import TEXT
from serve.test_desk import asked
from tabletop.exercise.acts import BeginMove, CardChange, Draft, Join, Open, Start, Submit
from tabletop.exercise.exercise import Exercise, Request
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.serve.asked import DraftCard, SubmitDraft, unless_elsewhere

PHONES = ("phone 1", "phone 2", "phone 3")
CARDS = ("D1", "D2", "R1")
TAPS = st.tuples(
    st.sampled_from(PHONES),
    st.sampled_from(("draft", "draft", "submit", "look", "again", "again")),
    st.sampled_from(CARDS),
    st.integers(0, 1),
)


def seated(folder):
    """The small exercise in its first move, with three phones at a table where everybody may submit."""
    exercise = Exercise.new(folder / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Open(secret="s", teams=("Alpha", "Bravo"), others=3, pen=False))
    for device in PHONES:
        exercise.do("Alpha", Join(team="Alpha", device=device))
    exercise.do(CONTROLLER, Start())
    exercise.do(CONTROLLER, BeginMove(move=1))
    return exercise


class Phones:
    """Phones that see the exercise as it was when each last looked, and ask again when an answer was lost."""

    def __init__(self, exercise):
        self.exercise = exercise
        self.screens = dict.fromkeys(PHONES, exercise.state)
        self.last = {}

    def tapped(self, number, device, do, card, times):
        """The request of a tap; None if a phone only looks, or has nothing to ask again."""
        if do == "look":
            self.screens[device] = self.exercise.state
            return None
        if do == "again":
            return self.last.get(device)
        screen = self.screens[device]
        common = {"do": do, "key": f"{number:024x}", "since": screen.since(device)}
        if do == "draft":
            wanted = DraftCard(**common, change=CardChange(card=card, times=times))
        else:
            wanted = SubmitDraft(**common, seen=screen.draft_line("Alpha"), replaces=screen.revision("Alpha"))
        making = unless_elsewhere(wanted, "Alpha", device)
        self.last[device] = Request("Alpha", making, Role.PLAYER, f"{device}:{wanted.key}")
        return self.last[device]


@settings(max_examples=30, phases=(Phase.generate,))  # each opens an exercise: what fails is short enough
@given(st.lists(TAPS, min_size=8, max_size=20), st.lists(st.integers(1, 6), min_size=20, max_size=20))
def test_any_interleaving_of_phones_is_one_log_in_which_nothing_is_twice(taps, sizes):
    with TemporaryDirectory() as folder:
        exercise = seated(Path(folder))
        begun, phones, group, answers = exercise.state.lines, Phones(exercise), [], {}
        for number, tap in enumerate([*taps, *(("", "end", "", 0),) * 6]):
            request = None if tap[1] == "end" else phones.tapped(number, *tap)
            if request is not None:
                group.append(request)
            if group and (len(group) >= sizes[0] or tap[1] == "end"):
                for one, answer in zip(group, asked(exercise, group), strict=True):
                    answers.setdefault(one.key, []).append(answer)
                group, sizes = [], sizes[1:] or [1]
        done = {key: [one for one in each if not isinstance(one, Refused)] for key, each in answers.items()}
        # whoever asks again gets the line of the first time; no line is anybody else's
        assert all(len({one.number for one in each}) <= 1 for each in done.values())
        numbers = [each[0].number for each in done.values() if each]
        assert sorted(numbers) == list(range(begun + 1, exercise.state.lines + 1))
        refused = [one for each in answers.values() for one in each if isinstance(one, Refused)]
        assert {one.code for one in refused} <= {Code.STALE, Code.FORM, Code.BUDGET}

        drafted, changed, revision = {}, 0, 0
        for entry in exercise.entries[begun:]:
            match entry.act:
                case Draft(change=change):
                    drafted[change.card], changed = change.times, entry.number
                case Submit() as decided:
                    # it is the draft of that moment, which its phone has seen, and follows the one before
                    assert (decided.seen, decided.replaces) == (changed, revision)
                    assert decided.entry == (" ".join(code for code in CARDS if drafted.get(code)) or "keep")
                    revision += 1
        assert exercise.state.revision("Alpha") == revision
        assert exercise.state.draft("Alpha").plays == tuple(code for code in CARDS if drafted.get(code))
        exercise.close()
        assert Exercise.open(exercise.folder).state == exercise.state
