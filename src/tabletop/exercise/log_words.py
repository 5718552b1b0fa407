"""The log in words: what happened, act by act."""

from tabletop.exercise import acts
from tabletop.exercise.acts import Act
from tabletop.exercise.values import ranged
from tabletop.measures import MEASURES
from tabletop.scenario.words import number

TURNS: dict[type[Act], str] = {
    acts.Lock: "Decisions are closed, predictions are open",
    acts.Reopen: "Decisions are open again; predictions are dropped",
    acts.Reveal: "The move is revealed",
    acts.Resume: "The exercise goes on",
    acts.HotWash: "The hot wash begins: what was hidden is shown",
    acts.End: "EndEx",
}


def in_words(act: Act, device: str = "") -> str:
    """What happened; a device is named as `device` says.

    Without one devices stay unnamed: somebody may have called theirs after themselves.
    """
    match act:
        case acts.Open() | acts.Start() | acts.BeginMove() | acts.Pause() | acts.Extend() | acts.Show():
            return _course(act)
        case acts.Join() | acts.Leave() | acts.Remove() | acts.MoveSeat() | acts.TakePen():
            return _seats(act, device)
        case acts.Lock() | acts.Reopen() | acts.Reveal() | acts.Resume() | acts.HotWash() | acts.End():
            return TURNS[type(act)]
        case acts.Draft() | acts.Submit() | acts.Predict():
            return _teams(act)
        case acts.Release() | acts.Skip() | acts.Add() | acts.Override() | acts.Respond():
            return _controllers(act)
        case acts.Note() | acts.Remark() | acts.Rate() | acts.Observe() | acts.Improve() | acts.Count():
            return _evaluators(act)


def _course(
    act: acts.Open | acts.Start | acts.BeginMove | acts.Pause | acts.Extend | acts.Show,
) -> str:
    match act:
        case acts.Open():
            return f"The lobby opens. {_opening(act)}"
        case acts.Start():
            return "StartEx" if act.opening is None else f"StartEx. {_opening(act.opening)}"
        case acts.BeginMove():
            return f"Move {act.move} begins"
        case acts.Pause():
            return _with("The exercise is paused", act.reason)
        case acts.Extend():
            return f"{number(act.minutes)} minutes more"
        case acts.Show():
            return f"The projector shows: {act.what}"


def _opening(act: acts.Open) -> str:
    return f"Teams: {', '.join(act.teams)}. Other worlds: {act.others}. Secret: {act.secret}"


def _seats(act: acts.Join | acts.Leave | acts.Remove | acts.MoveSeat | acts.TakePen, device: str) -> str:
    one = f"{device[0].upper()}{device[1:]}" if device else "A device"
    match act:
        case acts.Join():
            return f"{one} joins {act.team}" + (f" as {act.role}" if act.role else "")
        case acts.Leave():
            return f"{one} leaves {act.team}"
        case acts.Remove():
            return _with(f"{one} is taken out", act.reason)
        case acts.MoveSeat():
            return f"{one} moves to {act.team}"
        case acts.TakePen():
            return f"{one if device else 'Another device'} of {act.team} takes the pen"


def _teams(act: acts.Draft | acts.Submit | acts.Predict) -> str:
    match act:
        case acts.Draft():
            return f"{act.team}{f', {act.role},' if act.role else ''} drafts: {_drafted(act)}"
        case acts.Submit():
            again = f" (replaces revision {act.replaces})" if act.replaces else ""
            return f"{act.team} decides: {act.entry.strip() or 'keep'}{again}"
        case acts.Predict():
            title = MEASURES[act.measure].title
            return f"{act.team} predicts {title}: {ranged(act.measure, act.low, act.high)}"


def _drafted(act: acts.Draft) -> str:
    match act.change:
        case None:
            return act.entry or "keep"
        case acts.CardChange(card=card, times=0):
            return f"not {card}"
        case acts.CardChange(card=card, back=True):
            return f"-{card}"
        case acts.CardChange(card=card, times=times):
            return card if times == 1 else f"{card}, {times} times"
        case acts.LeverChange(lever=lever, step=step):
            return f"{lever}={step}" if step else f"{lever} as it is"


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


def override_in_words(act: acts.Override) -> str:
    """What a ruling says, or what the effects of an override are."""
    return act.ruling or "; ".join(
        f"{one.on}: {one.change} {number(getattr(one, one.change))}"
        + ("" if one.for_days is None else f" for {number(one.for_days)} days")
        for one in act.effects
    )


def _evaluators(
    act: acts.Note | acts.Remark | acts.Rate | acts.Observe | acts.Improve | acts.Count,
) -> str:
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
            return f"Improvement plan: {_sentence(act.issue)} {act.corrective_action}"
        case acts.Count():
            return f"How many came: {act.came.in_words}"


def _with(said: str, reason: str) -> str:
    return f"{_sentence(said)} Reason: {reason}" if reason else said


def _sentence(text: str) -> str:
    """A text with the stop that ends it, which whoever wrote it may have written already."""
    whole = text.rstrip()
    return whole if whole.rstrip("\"'”’»)").endswith((".", "!", "?", "…")) else f"{whole}."
