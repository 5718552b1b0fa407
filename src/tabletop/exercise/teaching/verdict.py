"""The verdict on an exercise: whether every reveal and every card shows something, and what to change."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.words import plural
from tabletop.exercise.teaching.effects import CardEffect, CardEffects, Period, Sight
from tabletop.exercise.unattended import OTHERS
from tabletop.measures import MEASURES
from tabletop.scenario.checks.teaching import notes
from tabletop.scenario.words import number

MOST = 3
"""Measures that a sentence names."""


@dataclass(frozen=True)
class Verdict:
    """Whether an exercise can teach, from the effects of its cards."""

    found: CardEffects

    @cached_property
    def silent_reveals(self) -> tuple[Period, ...]:
        """The reveals at which no card alone shows anything."""
        reveals = (one for one in self.found.periods if one.move is not None)
        return tuple(one for one in reveals if not any(map(_shows, self.found.at(one))))

    @cached_property
    def idle_cards(self) -> tuple[str, ...]:
        """The cards that show at no reveal, not in the hot wash and not in the epilogue."""
        codes = (one.code for one in self.found.choices)
        return tuple(code for code in codes if not any(map(_shows, self.found.of(code))))

    @cached_property
    def open_cards(self) -> tuple[str, ...]:
        """The idle cards of which more worlds, as many as a class has, may say that they do show."""
        if self.found.worlds > OTHERS:
            return ()
        unsure = (code for code in self.idle_cards if any(map(_is_undecided, self.found.of(code))))
        return tuple(unsure)

    @property
    def is_told(self) -> bool:
        """Whether there are enough worlds for a verdict."""
        if self.found.worlds < FEW_WORLDS:
            return False
        certain = {*self.idle_cards} - {*self.open_cards}
        doubtful = self.found.worlds <= OTHERS and any(
            any(map(_is_undecided, self.found.at(one))) for one in self.silent_reveals
        )
        return self.can_teach or bool(certain) or (bool(self.silent_reveals) and not doubtful)

    @property
    def can_teach(self) -> bool:
        """Whether every reveal and every card shows something."""
        return not self.silent_reveals and not self.idle_cards

    def sentences(self) -> tuple[str, ...]:
        """The verdict, why, and what to change; then what is to be considered."""
        return (*self._verdict(), *self._first_day(), *self._considered())

    def _verdict(self) -> Iterator[str]:
        reveals = sum(one.move is not None for one in self.found.periods)
        if self.found.worlds >= FEW_WORLDS and not self.is_told:
            yield (
                f"Whether this exercise can teach is open after {plural(self.found.worlds, 'world')}: "
                f"what may show is undecided. Rehearse with as many as a class has (--others {OTHERS})."
            )
        elif not self.is_told:
            yield (
                f"Whether this exercise can teach is not judged from {plural(self.found.worlds, 'world')}: "
                f"{FEW_WORLDS} at least are needed. What they show:"
            )
        elif self.can_teach:
            yield (
                f"This exercise can teach: at each of its {plural(reveals, 'reveal')} a card shows, and each "
                f"of its {plural(len(self.found.choices), 'card')} shows at a reveal, in the hot wash or in "
                "the epilogue."
            )
        else:
            yield "This exercise cannot teach as it is:"
        for period in self.silent_reveals:
            assert period.move is not None
            yield (
                f"{period.name}, days {number(period.start)} to {number(period.end)}: no card shows; let a "
                "card work sooner or do more, begin the next move later, or add a measure that answers soon, "
                "as a wait, to `measures`."
            )
        for code in self.idle_cards:
            yield f"{code}: {self._why_idle(code)}"

    def _why_idle(self, code: str) -> str:
        effects = self.found.of(code)
        if code in self.open_cards:
            return "undecided; whether it shows needs more worlds."
        leading = [one for effect in effects if (one := effect.leading) is not None]
        best = max(leading, key=lambda one: one.size, default=None)
        said = "changes nothing in any world"
        if best is not None:
            said = f"its largest effect, on {MEASURES[best.measure].title.lower()}, is {best.size:.2g} δ"
        unsure = any(map(_is_undecided, effects))
        more = "; more worlds (--others) may decide what is undecided" if unsure else ""
        if places := self.found.elsewhere.get(code):
            listed = ", ".join(places[:MOST])
            return f"shows nowhere: {said}; add what it does change to `measures` ({listed}){more}."
        return f"shows nowhere: {said}; let it do more, work sooner, or leave it out{more}."

    def _first_day(self) -> Iterator[str]:
        first = min(one.works_from for one in self.found.choices)
        codes = [one.code for one in self.found.choices if one.works_from == first]
        shown = next(
            (one.name for one in self.found.periods if any(map(_shows, self.found.at(one)))), "no reveal"
        )
        yield (
            f"The first day on which anything can show is day {number(first)} ({', '.join(codes)}); the "
            f"first to show something is {shown}."
        )

    def _considered(self) -> Iterator[str]:
        for one in self.found.choices:
            reveals = [each for each in self.found.of(one.code) if each.period.move is not None]
            if one.code not in self.idle_cards and not any(map(_shows, reveals)):
                later = next(each for each in self.found.of(one.code) if _shows(each))
                yield f"{one.code} shows at no reveal, only in the {later.period.name}."
        for code, better in self.found.dominated.items():
            yield (
                f"{better} beats {code}, each alone: it costs no more, is better in a measure of the "
                "exercise by δ or more, and in none is it surely worse, or perhaps by δ. Change what "
                f"{code} does, its price or the measures, or keep it as what the class is to find out."
            )
        for note in notes(self.found.scenario):
            yield f"{note}."


def _shows(one: CardEffect) -> bool:
    return one.sight is Sight.SHOWS


def _is_undecided(one: CardEffect) -> bool:
    return one.sight is Sight.UNDECIDED
