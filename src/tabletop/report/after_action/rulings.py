"""Overrides and rulings: the controller's words beside the model's results, which they never change."""

from collections.abc import Iterator

from tabletop.exercise.acts import LogEntry, Override
from tabletop.exercise.values import formatted, titled
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.blocks import Column, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said
from tabletop.scenario.inject import Inject
from tabletop.scenario.scheduled import effects_in_words
from tabletop.scenario.words import number


def rulings(inputs: ReportInput) -> Section:
    """Every override that may be shown, with its reason."""
    title = "Overrides and rulings"
    rows = [
        (
            Said(_what(inputs, entry, act), (entry.number,)),
            act.reason,
            " ".join(_model(inputs, entry, act)) or "–",
            inputs.when(entry.number),
        )
        for entry, act in inputs.acts(Override)
    ]
    if not rows:
        return Section(title, (say("There were none: the model's results stand."),), id="rulings")
    intro = say(
        "A ruling stands beside the model's result and changes no number. An override with effects was "
        "simulated, from its day on, for all teams and the baseline."
    )
    columns = (
        Column("Ruling or effect", 4),
        Column("Reason", 4),
        Column("The model's result", 4),
        inputs.minute_column,
    )
    return Section(title, (intro, Table("In the order of the log", columns, tuple(rows))), id="rulings")


def _what(inputs: ReportInput, entry: LogEntry, act: Override) -> str:
    if act.ruling:
        return f"{act.team or 'All teams'}: {act.ruling}"
    assert act.day is not None
    alone = Inject(id=f"override-{entry.number}", day=act.day, title="Override", effects=act.effects)
    return f"From day {number(act.day)}: {'; '.join(effects_in_words(inputs.scenario, alone))}"


def _model(inputs: ReportInput, entry: LogEntry, act: Override) -> Iterator[str]:
    """The model's result where a ruling was given: the primary measures of that move."""
    if not act.ruling:
        yield "Simulated: in the outcomes of all teams and the baseline from that day on."
        return
    move = max(inputs.moments[entry.number].move, 0)
    if move >= len(inputs.outcomes.moves):
        return
    found = inputs.outcomes.moves[move]
    seen = [name for name in inputs.outcomes.primary if name in inputs.outcomes.observable]
    for team in (act.team,) if act.team else found.teams:
        values = ", ".join(
            f"{titled(name)} {formatted(name, found.outcomes[team].value(name))}" for name in seen
        )
        yield f"{team}, move {move + 1}: {values or 'no observable primary measure'}."
