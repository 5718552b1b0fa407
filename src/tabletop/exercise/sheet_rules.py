"""The rules for lines of sheets: what fits an exercise and what was played in it, and one line for each."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.exercise.decision_rules import check_range
from tabletop.exercise.refused import Refused
from tabletop.exercise.sheet_line import QUESTIONS, STATEMENTS, SheetLine
from tabletop.exercise.sheet_rows import NumberedLine
from tabletop.exercise.state import State
from tabletop.safe_text import safe_line
from tabletop.scenario.words import nearest, shown


def checked(file: Path, rows: Sequence[NumberedLine], state: State) -> tuple[SheetLine, ...]:
    """The lines of a file, cards by their codes; raises TabletopError for the first that does not fit."""
    first: dict[SheetLine, int] = {}
    lines = []
    for number, row in rows:
        place = f"{safe_line(str(file))}:{number}"
        line = _fitting(place, row, state)
        said = replace(line, low=None, high=None, text="")
        # of a peer form there are as many as there are peers
        if line.kind != "peer" and (before := first.setdefault(said, number)) != number:
            raise TabletopError(f"{place}: {_named(line)} stands in line {before} already; leave one of them")
        lines.append(line)
    return tuple(lines)


def _named(line: SheetLine) -> str:
    """What a line is about, in words."""
    whose = f"sheet {line.sheet} of {line.team}" if line.sheet else line.team
    about = f"{line.kind} {line.item}".strip()
    return f"{whose}: {about}" + ("" if line.move is None else f" in move {line.move}")


def _fitting(place: str, line: SheetLine, state: State) -> SheetLine:
    match line.kind:
        case "prediction":
            assert line.low is not None
            assert line.high is not None
            try:
                check_range(line.item, line.low, line.high)
            except Refused as refused:
                raise TabletopError(f"{place}: {refused}") from None
            return line
        case "reflection":
            return replace(line, item=_numbered(place, line.item, len(QUESTIONS), "the individual sheet"))
        case "peer":
            return replace(line, item=_numbered(place, line.item, len(STATEMENTS), "the peer form"))
        case "reason":
            return _of_what_was_decided(place, line, state)


def _numbered(place: str, item: str, most: int, sheet: str) -> str:
    """The number of a question, as it may be written with its dot."""
    plain = item.removesuffix(".").strip()
    if not (plain.isascii() and plain.isdecimal()) or not 1 <= float(plain) <= most:
        raise TabletopError(
            f"{place}: item {shown(item)}: {sheet} has numbers 1 to {most}; write one of them"
        )
    return str(int(plain))


def _of_what_was_decided(place: str, line: SheetLine, state: State) -> SheetLine:
    """A reason is of a card or a lever that the team decided in that move, or of the decision as a whole."""
    assert line.move is not None
    submission = state.submissions.get((line.team, line.move - 1))
    if submission is None:
        raise TabletopError(f"{place}: {line.team} decided nothing in move {line.move}, and has no reason")
    form, decision = state.plan.decision_form, submission.decision
    assert form is not None
    item = line.item.partition("=")[0].strip().lstrip("+-−")
    known = [*(card.code for card in form.cards), *form.levers]
    code = next((one for one in known if one.casefold() == item.casefold()), item)
    if item and code not in known:
        raise TabletopError(f"{place}: item {shown(line.item)}: no such card{nearest(item, known)}")
    decided = (*decision.plays, *decision.takes_back, *(lever for lever, _ in decision.steps))
    if item and code not in decided:
        raise TabletopError(
            f"{place}: item {shown(line.item)}: {line.team} did not decide that in move {line.move}; it "
            f"decided {decision.line}"
        )
    return replace(line, item=code)
