"""The log in words: what happened, act by act."""

from tabletop.exercise.acts import (
    Act,
    Add,
    BeginMove,
    Draft,
    End,
    HotWash,
    Improve,
    Join,
    Lock,
    Note,
    Observe,
    Override,
    Pause,
    Predict,
    Rate,
    Release,
    Remark,
    Respond,
    Resume,
    Reveal,
    Skip,
    Start,
    Submit,
)
from tabletop.measures import MEASURES
from tabletop.report.after_action.words import ranged
from tabletop.scenario.words import number

TURNS = {
    "lock": "Decisions are closed, predictions are open",
    "reveal": "The move is revealed",
    "resume": "It goes on",
    "hot_wash": "The hot wash begins: what was hidden is shown",
    "end": "EndEx",
}


def in_words(act: Act) -> str:
    """What happened. Devices stay unnamed: somebody may have called one after themselves."""
    match act:
        case Start() | BeginMove() | Lock() | Reveal() | Pause() | Resume() | HotWash() | End():
            return _course(act)
        case Join() | Draft() | Submit() | Predict():
            return _teams(act)
        case Release() | Skip() | Add() | Override() | Respond():
            return _controllers(act)
        case Note() | Remark() | Rate() | Observe() | Improve():
            return _evaluators(act)


def _course(act: Start | BeginMove | Lock | Reveal | Pause | Resume | HotWash | End) -> str:
    match act:
        case Start():
            teams = ", ".join(act.teams)
            return f"StartEx. Teams: {teams}. Other worlds: {act.others}. Secret: {act.secret}"
        case BeginMove():
            return f"Move {act.move} begins"
        case Pause():
            return _with("The exercise stands still", act.reason)
        case Lock() | Reveal() | Resume() | HotWash() | End():
            return TURNS[act.act]


def _teams(act: Join | Draft | Submit | Predict) -> str:
    match act:
        case Join():
            return f"A device joins {act.team}" + (f" as {act.role}" if act.role else "")
        case Draft():
            return f"{act.team}{f', {act.role},' if act.role else ''} drafts: {act.entry}"
        case Submit():
            again = f" (replaces revision {act.replaces})" if act.replaces else ""
            return f"{act.team} decides: {act.entry.strip() or 'keep'}{again}"
        case Predict():
            title = MEASURES[act.measure].title
            return f"{act.team} predicts {title}: {ranged(act.measure, act.low, act.high)}"


def _controllers(act: Release | Skip | Add | Override | Respond) -> str:
    match act:
        case Release():
            return _with(f"Inject {act.inject} is released", act.reason)
        case Skip():
            return _with(f"Inject {act.inject} is left out", act.reason)
        case Add():
            from_day = "" if act.day is None else f", day {number(act.day)}"
            return _with(f"Inject {act.inject} is added{from_day}: {act.title}", act.reason)
        case Override():
            day = "" if act.day is None else f" from day {number(act.day)}"
            said = f": {act.team or 'all teams'}, {act.ruling}" if act.ruling else f", effects{day}"
            return _with(f"{'Ruling' if act.ruling else 'Override'}{said}", act.reason)
        case Respond():
            return f"Response of {act.team or 'all'} to inject {act.inject}: {act.response}"


def _evaluators(act: Note | Remark | Rate | Observe | Improve) -> str:
    match act:
        case Note():
            about = ", ".join(part for part in (act.objective, act.team) if part)
            return f"Note{f' on {about}' if about else ''}: {act.text}"
        case Remark():
            return f"{f'{act.team} remarks' if act.team else 'Remark'}: {act.text}"
        case Rate():
            return f"Rating of {act.objective}: {act.rating}{f'. {act.text}' if act.text else ''}"
        case Observe():
            return f"{act.kind.capitalize()}, {act.objective}: {act.observation}"
        case Improve():
            return f"Improvement plan: {act.issue} {act.corrective_action}"


def _with(said: str, reason: str) -> str:
    return f"{said}. Reason: {reason}" if reason else said
