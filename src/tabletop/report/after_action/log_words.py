"""The log in words: what happened, act by act."""

from tabletop.exercise import acts
from tabletop.exercise.acts import Act
from tabletop.measures import MEASURES
from tabletop.report.after_action.words import ranged
from tabletop.scenario.words import number

TURNS: dict[type[Act], str] = {
    acts.Lock: "Decisions are closed, predictions are open",
    acts.Reveal: "The move is revealed",
    acts.Resume: "It goes on",
    acts.HotWash: "The hot wash begins: what was hidden is shown",
    acts.End: "EndEx",
}


def in_words(act: Act) -> str:
    """What happened. Devices stay unnamed: somebody may have called one after themselves."""
    match act:
        case acts.Start() | acts.BeginMove() | acts.Pause():
            return _course(act)
        case acts.Lock() | acts.Reveal() | acts.Resume() | acts.HotWash() | acts.End():
            return TURNS[type(act)]
        case acts.Join() | acts.Draft() | acts.Submit() | acts.Predict():
            return _teams(act)
        case acts.Release() | acts.Skip() | acts.Add() | acts.Override() | acts.Respond():
            return _controllers(act)
        case acts.Note() | acts.Remark() | acts.Rate() | acts.Observe() | acts.Improve():
            return _evaluators(act)


def _course(act: acts.Start | acts.BeginMove | acts.Pause) -> str:
    match act:
        case acts.Start():
            teams = ", ".join(act.teams)
            return f"StartEx. Teams: {teams}. Other worlds: {act.others}. Secret: {act.secret}"
        case acts.BeginMove():
            return f"Move {act.move} begins"
        case acts.Pause():
            return _with("The exercise stands still", act.reason)


def _teams(act: acts.Join | acts.Draft | acts.Submit | acts.Predict) -> str:
    match act:
        case acts.Join():
            return f"A device joins {act.team}" + (f" as {act.role}" if act.role else "")
        case acts.Draft():
            return f"{act.team}{f', {act.role},' if act.role else ''} drafts: {act.entry}"
        case acts.Submit():
            again = f" (replaces revision {act.replaces})" if act.replaces else ""
            return f"{act.team} decides: {act.entry.strip() or 'keep'}{again}"
        case acts.Predict():
            title = MEASURES[act.measure].title
            return f"{act.team} predicts {title}: {ranged(act.measure, act.low, act.high)}"


def _controllers(act: acts.Release | acts.Skip | acts.Add | acts.Override | acts.Respond) -> str:
    match act:
        case acts.Release():
            return _with(f"Inject {act.inject} is released", act.reason)
        case acts.Skip():
            return _with(f"Inject {act.inject} is left out", act.reason)
        case acts.Add():
            from_day = "" if act.day is None else f", day {number(act.day)}"
            return _with(f"Inject {act.inject} is added{from_day}: {act.title}", act.reason)
        case acts.Override():
            day = "" if act.day is None else f" from day {number(act.day)}"
            said = f": {act.team or 'all teams'}, {act.ruling}" if act.ruling else f", effects{day}"
            return _with(f"{'Ruling' if act.ruling else 'Override'}{said}", act.reason)
        case acts.Respond():
            return f"Response of {act.team or 'all'} to inject {act.inject}: {act.response}"


def _evaluators(act: acts.Note | acts.Remark | acts.Rate | acts.Observe | acts.Improve) -> str:
    match act:
        case acts.Note():
            about = ", ".join(part for part in (act.objective, act.team) if part)
            return f"Note{f' on {about}' if about else ''}: {act.text}"
        case acts.Remark():
            return f"{f'{act.team} remarks' if act.team else 'Remark'}: {act.text}"
        case acts.Rate():
            return f"Rating of {act.objective}: {act.rating}{f'. {act.text}' if act.text else ''}"
        case acts.Observe():
            return f"{act.kind.capitalize()}, {act.objective}: {act.observation}"
        case acts.Improve():
            return f"Improvement plan: {act.issue} {act.corrective_action}"


def _with(said: str, reason: str) -> str:
    return f"{said}. Reason: {reason}" if reason else said
