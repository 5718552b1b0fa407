"""Replay: the checks of a replay bundle, from its log to the bytes of its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.bundle import Bundle
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache, Progress
from tabletop.experiment.fingerprint import differences, fingerprint
from tabletop.report.exercise_files import NOT_BUNDLED, exercise_files, write_exercise
from tabletop.version import MODEL_VERSION


@dataclass(frozen=True)
class ReplayCheck:
    """One of the checks of a replay."""

    what: str
    differing: tuple[str, ...]
    """The parts that differ from the bundle."""
    skipped: str = ""
    """Why the check was not made, if it was not."""

    @property
    def holds(self) -> bool:
        """Whether the check found no difference."""
        return not self.differing


def replay(
    bundle: Bundle, *, workers: int = 1, progress: Progress | None = None, out: Path | None = None
) -> tuple[ReplayCheck, ...]:
    """Check a bundle: decisions from the log, readings simulated again, files made again from the readings.

    On another platform, or under another version of the model, nothing is simulated again, and that is
    said. With `out`, everything is written there as made again, from what the bundle holds. Raises
    TabletopError for a log that this exercise cannot have.
    """
    with TemporaryDirectory() as place:
        exercise = _rebuilt(bundle, Path(place))
        held = InterimCache()
        held.hold(bundle.readings)
        again = exercise_files(exercise, Adjudicator(held), offset=bundle.offset)
        if out is not None:
            write_exercise(exercise, Adjudicator(held), out, offset=bundle.offset)
        decisions = {name: again[name] for name in again if name.startswith(("log.", "decisions."))}
        others = {n: c for n, c in again.items() if n not in decisions and not n.endswith(NOT_BUNDLED)}
        return (
            ReplayCheck("decisions from the log", _differing(decisions, bundle.files)),
            _simulated(bundle, exercise, workers, progress),
            ReplayCheck("report, tables and figures made again", _differing(others, bundle.files)),
        )


def _rebuilt(bundle: Bundle, place: Path) -> Exercise:
    """The exercise rebuilt from its log: every act is done again, and refused if the rules refuse it."""
    exercise = Exercise.new(place / "exercise", text=bundle.scenario, name=bundle.name)
    exercise.repeat(bundle.entries)
    return exercise


def _simulated(bundle: Bundle, exercise: Exercise, workers: int, progress: Progress | None) -> ReplayCheck:
    what = "worlds simulated again"
    here = fingerprint()
    if bundle.model_version != MODEL_VERSION:
        why = f"made by version {bundle.model_version} of the model; here is {MODEL_VERSION}"
        return ReplayCheck(what, (), why)
    if bundle.platform != here:
        return ReplayCheck(what, (), f"made on another platform ({differences(bundle.platform, here)})")
    fresh = InterimCache(workers=workers)
    with fresh.at_work():
        exercise_files(exercise, Adjudicator(fresh), progress)
    found = fresh.asked
    wrong = tuple(f"reading {key}" for key in bundle.readings if found.get(key) != bundle.readings[key])
    return ReplayCheck(what, wrong)


def _differing(made: Mapping[str, bytes], bundled: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(name for name, content in made.items() if bundled.get(name) != content)
