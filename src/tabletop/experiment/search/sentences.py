"""The words of a search: what was found, how far it is known, and what is never claimed."""

from tabletop.analysis.front import Place
from tabletop.analysis.words import figure, plural
from tabletop.experiment.robustness.sentences import (
    NOT_A_PROBABILITY,
    alike_sentence,
    numerals_of,
    with_delta,
)
from tabletop.experiment.search.result import BROKEN, OPEN, Search
from tabletop.measures import MEASURES
from tabletop.scenario.policy import LEVERS

NEVER = (
    "A mix is called the best found, never the optimum: other candidates might have held a better one, and "
    "another seed draws others."
)
FRESH = (
    "Screening chose by luck too, so that what it saw of those it kept is too good. Results are those of "
    "worlds that it has not seen."
)


def in_words(found: Search) -> list[str]:
    """All that is said of a search beside its tables."""
    said = [
        alike_sentence(found.alike, found.scenario.baseline),
        found_sentence(found),
        levers_sentence(found),
        *(curse_sentence(found, aim) for aim in found.goal.aims),
        conditions_sentence(found),
        FRESH,
        NEVER,
    ]
    return [*filter(None, said)]


def conditions_sentence(found: Search) -> str:
    """In how many variants each contender keeps all limits, the most first; nothing where none was run."""
    study = found.conditions
    if study is None or not study.scenario.limits:
        return ""
    kept = [(mix, of) for mix in study.others if (of := study.satisfied(mix)) is not None]
    kept.sort(key=lambda one: -one[1].seen)
    said = "; ".join(f"{mix} in {of.seen} ({of.low}–{of.high})" for mix, of in kept)
    whose = "the file's limits" if found.scenario.limits else "the constraints of this search"
    return (
        f"Of {plural(len(study.points), 'variant')} of the conditions, with bounds for each count alone, "
        f"these keep {whose}: {said}. {NOT_A_PROBABILITY}"
    )


def found_sentence(found: Search) -> str:
    """Which finalists are on the front, which may be, and which are not."""
    by_place = {place: [one.mix for one in found.front if one.place is place] for place in Place}
    base = found.scenario.baseline
    said = []
    aims = " and ".join(MEASURES[aim].title.lower() for aim in found.goal.aims)
    if len(found.goal.aims) == 1 and by_place[Place.ON]:
        said.append(f"The best found in {aims} is {by_place[Place.ON][0]}")
    elif by_place[Place.ON]:
        said.append(f"On the front of {aims}: {', '.join(by_place[Place.ON])}")
    else:
        said.append(f"No mix is shown to be the best found in {aims}")
    if by_place[Place.PERHAPS]:
        said.append(f"may be: {', '.join(by_place[Place.PERHAPS])}")
    if by_place[Place.OFF]:
        said.append(f"shown to be beaten: {', '.join(by_place[Place.OFF])}")
    kept = [mix for mix in (*by_place[Place.ON], *by_place[Place.PERHAPS]) if mix != base]
    open_ = {mix: names for mix in kept if (names := found.left_open(mix))}
    if open_:
        each = (f"{mix} ({', '.join(MEASURES[n].title for n in names)})" for mix, names in open_.items())
        said.append(f"not shown to keep a constraint: {', '.join(each)}")
    broken = [mix for mix in found.contenders if found.broken(mix)]
    if broken:
        said.append(f"break a constraint: {', '.join(broken)}")
    words = "; ".join(said)
    return f"{words}. {base} is the baseline."


def curse_sentence(found: Search, aim: str) -> str:
    """What the candidate that looked best at first came to on fresh luck; nothing where there is none."""
    place, direction = found.goal.aims.index(aim), MEASURES[aim].direction
    judged = [mix for mix in found.finalists if mix in found.candidates]
    if not judged:
        return ""
    first = found.stages[0]
    best = max(judged, key=lambda mix: direction * first.scores[mix][place])
    numerals = numerals_of(found.scenario, aim)
    fresh = found.comparison.contrast(aim, best).difference
    seen = numerals.difference(first.scores[best][place])
    came_to = "missing" if fresh is None else numerals.difference(fresh)
    return (
        f"{with_delta(found.scenario, aim)}: of the finalists that are not the file's, {best} looked best in "
        f"the first {plural(first.worlds, 'world')}, by {seen}; on fresh luck it comes to {came_to}."
    )


def levers_sentence(found: Search) -> str:
    """Which levers finalists have in common, or that none is shown."""
    shown = [one.in_words() for one in found.moved if one.is_shown]
    if shown:
        return f"Finalists have in common: {'; '.join(shown)}; p is for all levers at once."
    first = found.moved[0].in_words() if found.moved else ""
    leading = f" (first: {first}; p is for all levers at once)" if first else ""
    return f"No lever is shown to be raised or cut more often in finalists than in all candidates{leading}."


def moves_in_words(found: Search, mix: str) -> str:
    """What a mix moves from the baseline: 'teams 3 → 4, protection 0.3 → 0.4'."""
    shifts = found.shifts(mix)
    base = found.scenario.policies(found.scenario.baseline)[0][1]
    return ", ".join(
        f"{name} {figure(own)} → {figure(own + shift)}"
        for name, shift in shifts.items()
        for own in (float(LEVERS[name].of(base) or 0.0),)
    )


def place_in_words(found: Search, mix: str) -> str:
    """Where a mix lies."""
    place = found.place(mix)
    return "breaks a constraint" if place is None else place.value


def aim_in_words(found: Search, mix: str, aim: str) -> tuple[str, str, str, str]:
    """A mix in one aim: at screening with its worlds, on fresh luck, with interval, and what that is."""
    numerals = numerals_of(found.scenario, aim)
    contrast, looked = found.comparison.contrast(aim, mix), found.screened(mix)
    place = found.goal.aims.index(aim)
    seen = f"{numerals.difference(looked[-1][1][place])} ({looked[-1][0]})" if looked else ""
    fresh = "missing" if contrast.difference is None else numerals.difference(contrast.difference)
    return seen, fresh, numerals.span(contrast.interval), contrast.in_words("world")


def constraints_in_words(found: Search, mix: str) -> str:
    """Which constraints a mix is shown to break, and which are open; 'all kept' where none is."""
    states = {name: found.constraint(mix, name) for name in found.goal.constraints}
    if not states:
        return "none asked for"
    said = [
        f"{what}: {', '.join(name for name, state in states.items() if state == what)}"
        for what in (BROKEN, OPEN)
        if what in states.values()
    ]
    return "; ".join(said) or "all kept"
