"""The moves: the situation, the decisions and the outcomes of each."""

from collections.abc import Iterator

from tabletop.report.after_action.decided import decisions
from tabletop.report.after_action.outcome_tables import harsher, outcomes
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import days
from tabletop.report.document.blocks import Block, Listing, Text, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said, paragraphs

MOST_MEASURES = 6
"""In the table of a move; all of them are in the appendix."""


def moves(inputs: ReportInput) -> Section:
    """Every move that is revealed."""
    if not inputs.moves:
        return Section("Move by move", (say("No move has been revealed."),), id="moves", new_page=True)
    parts = []
    for move in inputs.moves:
        found = inputs.outcomes.moves[move]
        title = f"Move {move + 1}: {inputs.plan.moves[move].name}, {days(found.start, found.end)}"
        parts.append(Section(title, tuple(_move(inputs, move))))
    intro = say(
        "Outcomes are those of the one world that was played, in the days of each move. The baseline is what "
        "deciding nothing came to in that world. How harsh it was is shown by its rank among the other "
        "worlds if nothing is decided; ties count half.",
    )
    return Section("Move by move", (intro,), tuple(parts), id="moves", new_page=True)


def _move(inputs: ReportInput, move: int) -> Iterator[Block]:
    began, revealed = inputs.began(move), inputs.revealed(move)
    situation = paragraphs(inputs.plan.moves[move].situation)
    yield Text((Said(f"Begun at minute {inputs.when(began)}.", (began,)), *situation))
    yield decisions(inputs, move)
    found = inputs.outcomes.moves[move]
    caption = f"What came of it, {days(found.start, found.end)}: what players could observe"
    yield outcomes(found, _few(inputs), caption, (revealed,))
    ranked = tuple(harsher(found, _ranked(inputs), (revealed,)))
    if ranked:
        yield Listing(ranked)


def _few(inputs: ReportInput) -> tuple[str, ...]:
    """The observable measures that a move's page has room for: the predicted and the primary ones first."""
    seen, primary = inputs.outcomes.observable, inputs.outcomes.primary
    first = [name for name in seen if name in inputs.plan.predictions or name in primary]
    chosen = {*[*first, *(name for name in seen if name not in first)][:MOST_MEASURES]}
    return tuple(name for name in seen if name in chosen)


def every_outcome(inputs: ReportInput) -> Section | None:
    """Every observable measure of every move; None where the moves' own pages have them all."""
    if len(inputs.outcomes.observable) <= MOST_MEASURES or not inputs.moves:
        return None
    tables = tuple(
        outcomes(
            found,
            inputs.outcomes.observable,
            f"Move {move + 1}, {days(found.start, found.end)}",
            (inputs.revealed(move),),
        )
        for move, found in enumerate(inputs.outcomes.moves)
    )
    return Section("All that players could observe, move by move", tables, id="observed")


def _ranked(inputs: ReportInput) -> tuple[str, ...]:
    """The observable measures by which a world is called harsh: the primary ones."""
    primary = inputs.outcomes.primary
    return tuple(name for name in inputs.outcomes.observable if name in primary)


def hidden(inputs: ReportInput) -> Section | None:
    """The measures that players could not observe, over the whole exercise; None before the hot wash."""
    whole = inputs.whole
    if whole is None:
        return None
    seen = outcomes(
        whole,
        inputs.outcomes.observable,
        f"What players could observe, {days(whole.start, whole.end)}",
        inputs.hot_wash,
    )
    blocks: list[Block] = [seen]
    if inputs.outcomes.hidden:
        caption = f"What players could not observe until the hot wash, {days(whole.start, whole.end)}"
        blocks.append(outcomes(whole, inputs.outcomes.hidden, caption, inputs.hot_wash))
    ranked = tuple(harsher(whole, inputs.outcomes.primary, inputs.hot_wash))
    if ranked:
        blocks.append(Listing(ranked))
    return Section("The whole exercise, and what was hidden", tuple(blocks), id="whole")
