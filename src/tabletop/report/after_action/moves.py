"""Move by move: the situation, what was decided, and what came of it."""

from collections.abc import Iterator

from tabletop.report.after_action.blocks import Block, Listing, Part, Said, Section, Text, say
from tabletop.report.after_action.came import harsher, outcomes
from tabletop.report.after_action.decided import decisions
from tabletop.report.after_action.matter import Matter
from tabletop.report.after_action.words import days, minute
from tabletop.report.pack.blocks import paragraphs


def moves(matter: Matter) -> Section:
    """Every move that is revealed."""
    if not matter.moves:
        return Section("moves", "Move by move", (say("No move has been revealed."),), new_page=True)
    parts = []
    for move in matter.moves:
        found = matter.come.moves[move]
        title = f"Move {move + 1}: {matter.plan.moves[move].name}, {days(found.start, found.end)}"
        parts.append(Part(title, tuple(_move(matter, move))))
    intro = say(
        "Outcomes are those of the one world that was played, in the days of each move. The baseline is what "
        "deciding nothing came to in that world. How harsh it was is told by where it lies among the other "
        "worlds if nothing is decided; ties count half.",
    )
    return Section("moves", "Move by move", (intro,), tuple(parts), new_page=True)


def _move(matter: Matter, move: int) -> Iterator[Block]:
    began, revealed = matter.began(move), matter.revealed(move)
    situation = paragraphs(matter.plan.moves[move].situation)
    yield Text((Said(f"Begun at minute {minute(matter.minute(began))}.", (began,)), *map(Said, situation)))
    yield decisions(matter, move)
    found = matter.come.moves[move]
    caption = f"What came of it, {days(found.start, found.end)}: what players could observe"
    yield outcomes(found, matter.come.observable, caption, (revealed,))
    ranked = tuple(harsher(found, _ranked(matter), (revealed,)))
    if ranked:
        yield Listing(ranked)


def _ranked(matter: Matter) -> tuple[str, ...]:
    """The observable measures by which a world is called harsh: the primary ones."""
    primary = matter.come.primary
    return tuple(name for name in matter.come.observable if name in primary)


def hidden(matter: Matter) -> Section | None:
    """What nobody could see, over the whole exercise; None before the hot wash."""
    whole = matter.whole
    if whole is None:
        return None
    seen = outcomes(
        whole,
        matter.come.observable,
        f"What players could observe, {days(whole.start, whole.end)}",
        matter.hot_wash,
    )
    blocks: list[Block] = [seen]
    if matter.come.hidden:
        caption = f"What players could not observe until the hot wash, {days(whole.start, whole.end)}"
        blocks.append(outcomes(whole, matter.come.hidden, caption, matter.hot_wash))
    ranked = tuple(harsher(whole, matter.come.primary, matter.hot_wash))
    if ranked:
        blocks.append(Listing(ranked))
    return Section("whole", "The whole exercise, and what was hidden", tuple(blocks), new_page=True)
