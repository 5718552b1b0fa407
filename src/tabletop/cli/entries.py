"""Entries: decisions and predictions of the teams, typed by the controller and corrected until they count."""

from tabletop.cli.room import Room
from tabletop.cli.team_names import named
from tabletop.exercise.acts import Reopen
from tabletop.exercise.range_entry import NotARange, read_range
from tabletop.exercise.values import ranged
from tabletop.measures import MEASURES

BACK = "back"


def enter_decisions(room: Room) -> None:
    """Ask every team that has not decided, and then for corrections, until all are to be locked."""
    state = room.exercise.state
    if state.plan.decision_form is None:
        room.go_on("Enter opens the predictions:")
        return
    teams = [team for team in state.teams if (team, state.move) not in state.submissions]
    place = 0
    while place < len(teams):
        place = place + 1 if _ask_decision(room, teams[place]) else max(place - 1, 0)
    correct_decisions(room)


def correct_decisions(room: Room) -> None:
    """Show what stands, and take corrections, until all are to be locked."""
    room.screen.standing(room.exercise.state)
    names = _names(room)
    while line := room.ask("Enter locks the decisions; a team's number changes its own:", names=names):
        team = named(line, room.exercise.state.teams)
        if team is None:
            teams = len(room.exercise.state.teams)
            room.mistaken(line, f"Enter alone locks, a team's number (1 to {teams}) changes its decision")
        elif _ask_decision(room, team):
            room.screen.standing(room.exercise.state)


def _names(room: Room) -> set[str]:
    """What the teams are called, which may begin as a command does."""
    return {team.casefold() for team in room.exercise.state.teams}


def _ask_decision(room: Room, team: str) -> bool:
    """Ask until a decision is accepted, or nothing is said: then all stays; False to go back a team."""
    state = room.exercise.state
    there = state.submissions.get((team, state.move))
    before = " ".join(state.hand(team, state.move - 1).codes) or "baseline"
    prompt = f"{team} [{before}] plays:"
    if there is not None:
        decided = there.decision.line or "keep"
        prompt = f"{team} [{before}] has decided {decided}; a line replaces it, Enter keeps:"
    while line := room.ask(prompt):
        if line.lower() == BACK:
            return False
        revision = 0 if there is None else there.revision
        if room.enter("submit", team=team, entry=line, replaces=revision, device="projector"):
            if there is not None:
                room.screen.say(f"{team}: {line} replaces {there.decision.line or 'keep'}")
            return True
    return True


def enter_predictions(room: Room) -> bool:
    """Ask for every range that is missing, and then for corrections; False if decisions are open again."""
    state = room.exercise.state
    missing = [
        (team, measure)
        for team in state.teams
        for measure in state.plan.predictions
        if (team, state.move, measure) not in state.predictions
    ]
    place = 0
    while place < len(missing):
        if _ask_range(room, *missing[place]):
            place += 1
        elif place > 0:
            place -= 1
        elif _reopened(room):
            return False
    _tell_ranges(room)
    while line := room.ask(
        "Enter reveals what came of it; a team's number corrects its ranges, `back` the decisions:",
        names=_names(room),
    ):
        team = named(line, room.exercise.state.teams)
        if line.lower() == BACK:
            if _reopened(room):
                return False
        elif team is None:
            room.mistaken(line, "Enter alone reveals, a team's number corrects its ranges, `back` unlocks")
        elif all(_ask_range(room, team, measure) for measure in state.plan.predictions):
            _tell_ranges(room)
    return True


def _reopened(room: Room) -> bool:
    """Undo the lock; where that drops predictions, only after a second word."""
    state = room.exercise.state
    lost = sum(move == state.move for _, move, _ in state.predictions)
    if lost and not room.go_on(
        f"That opens the decisions again and drops {lost} predictions. `yes` does it, Enter does not:", "yes"
    ):
        return False
    return room.do(Reopen())


def _ask_range(room: Room, team: str, measure: str) -> bool:
    """Ask until a range is accepted, or nothing is said: then all stays; False to go back a question."""
    state, asked = room.exercise.state, MEASURES[measure]
    there = state.predictions.get((team, state.move, measure))
    example = "46 % to 50 %" if asked.unit == "share" else "2 to 6"
    prompt = f"{team}: {asked.title} will lie (80 %) between, as {example}:"
    if there is not None:
        prompt = (
            f"{team}: {asked.title}, {ranged(measure, there.low, there.high)}; Enter keeps it, or instead:"
        )
    while line := room.ask(prompt):
        if line.lower() == BACK:
            return False
        try:
            low, high = read_range(line, measure)
        except NotARange as wrong:
            room.screen.say(str(wrong))
            continue
        revision = 0 if there is None else there.revision
        ends = {"low": low, "high": high, "replaces": revision}
        if room.enter("predict", team=team, measure=measure, device="projector", **ends):
            if there is not None:
                old = ranged(measure, there.low, there.high)
                room.screen.say(f"{team}: {ranged(measure, low, high)} replaces {old}")
            return True
    return True


def _tell_ranges(room: Room) -> None:
    """The ranges that stand, with the teams' numbers."""
    state = room.exercise.state
    for place, team in enumerate(state.teams, start=1):
        told = (
            f"{MEASURES[measure].title} {ranged(measure, said.low, said.high)}"
            for measure in state.plan.predictions
            if (said := state.predictions.get((team, state.move, measure))) is not None
        )
        room.screen.say(f"{place} {team}: {'; '.join(told) or 'no range'}")
