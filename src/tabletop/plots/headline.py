"""Headlines: titles of figures that state the result, from the verdicts, in two lines."""

from collections.abc import Iterable, Mapping, Sequence

from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.words import delta_in_words
from tabletop.measures import MEASURES
from tabletop.plots.labels import listed, others, short
from tabletop.plots.lettering import broken
from tabletop.plots.style import TITLE

ROOM = 1236.0
"""Pixels that a line of a title has."""
LINES = 2

_DECIDED = {ContrastVerdict.BETTER, ContrastVerdict.WORSE, ContrastVerdict.HIGHER, ContrastVerdict.LOWER}
_SLIGHT = {
    ContrastVerdict.SLIGHTLY_BETTER,
    ContrastVerdict.SLIGHTLY_WORSE,
    ContrastVerdict.SLIGHTLY_HIGHER,
    ContrastVerdict.SLIGHTLY_LOWER,
}
_UNJUDGED = {
    ContrastVerdict.UNADJUSTED: "shown without verdict",
    ContrastVerdict.ONE_REPLICATION: "no verdict from one replication",
    ContrastVerdict.TOO_LITTLE: "too little data for a verdict",
}


def so_far(compared: Comparison) -> str:
    """What a title says beside whatever rests on fewer than 20 replications."""
    return " so far" if len(compared.replications) < FEW_WORLDS else ""


def fits(title: str) -> bool:
    """Whether a title takes two lines at most."""
    return len(broken(title, ROOM, TITLE, bold=True)) <= LINES


def fitting(candidates: Iterable[str]) -> str:
    """The first title that fits, or else the last."""
    title = ""
    for candidate in candidates:
        title = candidate
        if fits(title):
            break
    return title


def sense(contrast: Contrast) -> str:
    """The verdict in a word, as 'fewer', 'higher' or 'undecided'."""
    if contrast.verdict in _DECIDED | _SLIGHT:
        assert contrast.difference is not None
        if MEASURES[contrast.measure].unit == "count":
            word = "more" if contrast.difference > 0 else "fewer"
        else:
            word = "higher" if contrast.difference > 0 else "lower"
        so_far = "so far " if contrast.few_worlds_differ or contrast.scarce is not None else ""
        return f"{so_far}{word}, by less than δ," if contrast.verdict in _SLIGHT else f"{so_far}{word}"
    if contrast.verdict is ContrastVerdict.EQUIVALENT:
        return f"equivalent within {delta_in_words(contrast.delta or 0.0, MEASURES[contrast.measure].unit)}"
    return _UNJUDGED.get(contrast.verdict, str(contrast.verdict.value))


def senses(compared: Comparison, measure: str) -> dict[str, list[str]]:
    """The mixes of each sense, decided ones first."""
    contrasts = [compared.contrast(measure, mix) for mix in others(compared)]
    found: dict[str, list[str]] = {}
    for group in (_DECIDED, _SLIGHT, {ContrastVerdict.EQUIVALENT}, set(ContrastVerdict)):
        for contrast in contrasts:
            said = sense(contrast)
            if contrast.verdict in group and contrast.mix not in found.get(said, []):
                found.setdefault(said, []).append(contrast.mix)
    return found


def verdict_title(compared: Comparison, measure: str, names: Mapping[str, str]) -> str:
    """The verdicts on one measure, in a sentence that fits."""
    return fitting(verdict_titles(compared, measure, names))


def verdict_titles(
    compared: Comparison, measure: str, names: Mapping[str, str], *, named: bool = True
) -> list[str]:
    """The same sentence, ever shorter; the baseline is named unless another sentence did."""
    baseline = short(names[compared.baseline]) if named else ""
    return [_verdicts(compared, measure, names, baseline, most) for most in (6, 4, 3, 2, 1)]


def _verdicts(compared: Comparison, measure: str, names: Mapping[str, str], baseline: str, most: int) -> str:
    number = len(others(compared))
    clauses: list[str] = []
    for said, mixes in senses(compared, measure).items():
        who = _who([short(names[mix]) for mix in mixes], number, most)
        sense = said.removeprefix("so far ").split(",")[0]
        than = "than" if sense in {"fewer", "more", "higher", "lower"} else "against"
        # The baseline is named once: in the first clause.
        against = "" if clauses or not baseline else f" {than} {'with ' if than == 'than' else ''}{baseline}"
        clauses.append(f"{said} with {who}{against}")
    return f"{MEASURES[measure].title}: {'; '.join(clauses)}"


def _who(names: Sequence[str], number: int, most: int) -> str:
    if len(names) == number and number > most:
        return f"all {number} other mixes" if number > 2 else "both other mixes"
    if len(names) == number and number > 3:
        return f"all {number} other mixes"
    if len(names) > most and most == 1:
        return f"{len(names)} of {number} mixes"
    return listed(names, most)


def verdicts_title(compared: Comparison, measures: Sequence[str], names: Mapping[str, str]) -> str:
    """The verdicts on some measures, a sentence each, in as much detail as fits."""
    each = [verdict_titles(compared, name, names, named=not place) for place, name in enumerate(measures)]
    return fitting([*(". ".join(said) for said in zip(*each, strict=True)), *each[0]])
