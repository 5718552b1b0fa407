"""Where the claims of lessons turn: each condition that a lesson does not name, halved and doubled.

A condition is named if the lesson's file sets it. Of the others every number is halved and doubled in
turn, everything else as written: durations by their mean; what has an upper limit (probabilities,
shares) up to that limit; whole numbers rounded down. What is null, infinite or 0 is left out, and so
is what stands at its limit already. Priors follow the conditions unless the file's `beliefs` say
otherwise. A change under which the first replication gives, in every mix of the claims, the measures
that it gave as written, counts as without effect and is not run further. Behind ± stands the
distance to the claim's one-sided bound. Seed, replications and factors were fixed before the first
look.

    python verification/lesson_turns.py [LESSON…] [--longer] [--workers N]

Ten replications are few for an effect that is small beside its luck. Where a claim is not clear in
them as written, the answer is the longer run: with as many replications as the lesson's own check.

Prints, for every claim, its effect as written, the change under which least is left of it, and each
change under which it turns (its sign is the other one) or vanishes (it is 0).
"""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pydantic import BaseModel

from tabletop import Scenario, load, simulate
from tabletop.analysis.check import ClaimVerdict
from tabletop.analysis.words import figure
from tabletop.engine.durations import Duration
from tabletop.experiment.claims import check_claims, design_of_check
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.fields import Field
from tabletop.scenario.source import shipped

SEED = 750_200
REPLICATIONS = 10
FACTORS = (0.5, 2.0)

Path = tuple[str, ...]
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Found:
    """What a claim came to under one change; no change is as written."""

    change: str
    verdict: ClaimVerdict

    @property
    def speaks_for(self) -> float:
        """The effect, turned so that more of it speaks for the claim; a missing one speaks for nothing."""
        estimate = self.verdict.estimate
        return 0.0 if estimate is None else self.verdict.claim.sign * estimate

    def __str__(self) -> str:
        estimate, bound = self.verdict.estimate, self.verdict.bound
        if estimate is None or bound is None:
            return f"{self.change}: the measure is missing"
        half = abs(estimate - bound)
        effect = figure(estimate, signed=True, decimals=2)
        return f"{self.change}: {effect} {f'± {figure(half, decimals=2)}' if half else '(all worlds alike)'}"


def unnamed(given: BaseModel, path: Path = ()) -> Iterator[Path]:
    """The numbers and durations that a file does not set, group by group; partners' are shared by all."""
    for name in type(given).model_fields:
        value = getattr(given, name)
        if isinstance(value, Duration) or not isinstance(value, BaseModel | tuple):
            if name not in given.model_fields_set and _is_number(value):
                yield (*path, name)
        elif isinstance(value, BaseModel):
            yield from unnamed(value, (*path, name))
        elif name not in given.model_fields_set and value:
            yield from unnamed(value[0], (*path, name))


def _is_number(value: Any) -> bool:
    number = value.mean if isinstance(value, Duration) else value
    return (
        isinstance(number, int | float) and not isinstance(number, bool) and number != 0 and isfinite(number)
    )


def changed(conditions: Conditions, path: Path, factor: float) -> Conditions | None:
    """The conditions with one number scaled; None if it stands at its limit already."""
    data = conditions.model_dump()
    for found in _places(data, path):
        place: Place = found
        group: Any = data
        for key in place[:-1]:
            group = group[key]
        if isinstance(group[place[-1]], dict):
            group, place = group[place[-1]], (*place, "mean")
        field = Field.root().at(("conditions", *place))
        assert field is not None
        before, high = group[place[-1]], field.limits.high
        after = before * factor if high is None else min(before * factor, high)
        after = int(after) if isinstance(before, int) else after
        if after == before or (isinstance(before, int) and after < (field.limits.low or 0)):
            return None
        group[place[-1]] = after
    return Conditions.model_validate(data)


def _places(data: Any, path: Path) -> list[Place]:
    """Where a path leads: to one number, or to that of each partner."""
    places: list[Place] = [()]
    for name in path:
        places = [(*place, name) for place in places]
        group = data
        for key in places[0]:
            group = group[key]
        if isinstance(group, list | tuple):
            places = [(*place, at) for place in places for at in range(len(group))]
    return places


def first_world(scenario: Scenario) -> list[dict[str, float | None]]:
    """The measures of the first replication in every mix that the claims need."""
    design = design_of_check(scenario, replications=1, seed=SEED)
    return [dict(simulate(design.scenario, mix, 0).measures) for mix in design.mixes]


def turns(lesson: Scenario, *, replications: int, workers: int) -> tuple[list[list[Found]], list[str]]:
    """What each claim came to, first as written; and the changes that had no effect."""

    def verdicts(under: Scenario) -> Iterable[ClaimVerdict]:
        return check_claims(under, replications=replications, seed=SEED, workers=workers).verdicts

    found = [[Found("as written", verdict)] for verdict in verdicts(lesson)]
    usual = first_world(lesson)
    without = []
    for path in unnamed(lesson.conditions):
        for factor in FACTORS:
            conditions = changed(lesson.conditions, path, factor)
            if conditions is None:
                continue
            said = f"{'.'.join(path)} × {figure(factor)}"
            under = lesson.under(conditions)
            if first_world(under) == usual:
                without.append(said)
                continue
            for claim, verdict in zip(found, verdicts(under), strict=True):
                claim.append(Found(said, verdict))
    return found, without


def report(name: str, replications: int, found: list[list[Found]], without: list[str]) -> Iterator[str]:
    """The lines about one lesson."""
    ran = len(found[0]) - 1
    on = f"{replications} replications, seed {SEED}"
    yield f"{name}: {ran} changes run, {len(without)} more without effect; {on}"
    for written, *others in found:
        claim = written.verdict.claim
        yield f"  {claim.that}"
        yield f"    {claim.expected}; {written}"
        least = min(others, key=lambda one: one.speaks_for)
        yield f"    least left: {least}"
        turned = [one for one in others if one.speaks_for <= 0]
        yield from (f"    {'turns' if one.speaks_for < 0 else 'vanishes'}: {one}" for one in turned)
        if not turned:
            yield f"    it turns or vanishes in none of {ran}"


def main() -> None:
    """Try the lessons named, or all that are shipped, and print where their claims turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "lessons", nargs="*", default=[name for name in shipped() if name.startswith("lesson-")]
    )
    parser.add_argument("--longer", action="store_true", help="the lesson's own number of replications")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    for name in given.lessons:
        lesson = load(name)
        many = design_of_check(lesson).replications if given.longer else REPLICATIONS
        answers = turns(lesson, replications=many, workers=given.workers)
        print("\n".join(report(name, many, *answers)), flush=True)


if __name__ == "__main__":
    main()
