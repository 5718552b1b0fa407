"""A search under way: candidates are proposed, screened and judged, and what is missing is simulated."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tabletop.analysis.front import Place
from tabletop.analysis.outcomes import Outcomes
from tabletop.errors import TabletopError
from tabletop.experiment.execution import Progress
from tabletop.experiment.many_mixes import Labour, ManyMixes
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.robustness.run import made
from tabletop.experiment.robustness.variants import bare
from tabletop.experiment.runs import Failure
from tabletop.experiment.search.candidates import Steps, drawn
from tabletop.experiment.search.moves import as_mix
from tabletop.experiment.search.record import RECORD, as_record
from tabletop.experiment.search.result import PutBack, Search, part
from tabletop.experiment.search.samplers import proposed
from tabletop.experiment.search.screening import FURTHER_WORLDS, Stage, mean_difference, screened
from tabletop.experiment.search.study import SearchStudy
from tabletop.measures import MEASURES
from tabletop.outputs import put_files
from tabletop.scenario.scenario import Scenario


@dataclass
class Work:
    """One search under way."""

    study: SearchStudy
    kept: KeptWorlds
    labour: Labour
    progress: Progress | None
    folder: Path | None = None
    candidates: dict[str, Steps] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)

    def done(self) -> Search:
        """The search, after everything that is missing is simulated."""
        study, base = self.study, self.study.scenario.baseline
        self._propose()
        everybody = self._with_mixes()
        screen = ManyMixes(everybody, self.kept)
        names = [*study.own_mixes, *self.candidates]
        stages = screened(
            names, base, study.goal, self._simulating(screen), finalists=study.finalists, done=self._ended
        )
        contenders = (base, *dict.fromkeys((*stages[-1].kept, *study.own_mixes)))
        fresh = self._fresh(screen, contenders)
        found = Search(
            study.scenario, everybody, study.space, study.goal, self.candidates, stages, fresh,
            failures=tuple(self.failures), asked_worlds=study.worlds,
        )  # fmt: skip
        if study.parts:
            found = replace(found, parts=self._parts(found), failures=tuple(self.failures))
        if study.conditions is not None:
            through = study.conditions.study(everybody, study.goal, contenders)
            workers, cluster = self.labour.workers, self.labour.cluster
            found = replace(found, conditions=made(through, self.kept, None, workers, cluster, self.progress))
        return found

    def _propose(self) -> None:
        study = self.study
        prefix = "c"
        while any(
            mix.startswith(prefix) and mix[len(prefix) :].isdigit() for mix in study.scenario.policy_mixes
        ):
            prefix += "c"

        def named(proposals: Iterable[Steps]) -> None:
            for steps in proposals:
                self.candidates[f"{prefix}{len(self.candidates) + 1}"] = steps

        if study.sampler.name == "random":
            named(drawn(study.space, study.candidates, seed=study.scenario.seed))
        else:

            def score(proposals: Sequence[Steps]) -> list[tuple[float, ...] | None]:
                before = len(self.candidates)
                named(proposals)
                return self._scores([*self.candidates][before:])

            proposed(
                study.sampler, study.space, study.candidates,
                [MEASURES[aim].direction for aim in study.goal.aims], score, seed=study.scenario.seed,
            )  # fmt: skip

    def _scores(self, names: Sequence[str]) -> list[tuple[float, ...] | None]:
        """The mean differences of some candidates in the worlds of the first stage, for the sampler."""
        base, aims = self.study.scenario.baseline, self.study.goal.aims
        worlds = ManyMixes(self._with_mixes(), self.kept)
        outcomes = self._simulated(worlds, (base, *names), range(FURTHER_WORLDS[0]), range(FURTHER_WORLDS[0]))
        found: list[tuple[float, ...] | None] = []
        for name in names:
            columns = outcomes.columns
            means = [mean_difference(columns[name][aim], columns[base][aim]) for aim in aims]
            known = [one for one in means if one is not None]
            found.append(tuple(known) if len(known) == len(aims) else None)
        return found

    def _with_mixes(self) -> Scenario:
        scenario = bare(self.study.scenario)
        made = {
            name: as_mix(scenario, self.study.space, steps, f"candidate {name}")
            for name, steps in self.candidates.items()
        }
        mixes = {**scenario.policy_mixes, **made}
        return scenario.model_copy(update={"policy_mixes": mixes, "budget": None, "search": None})

    def _simulating(self, worlds: ManyMixes) -> Callable[[Sequence[str], range], Outcomes]:
        return lambda mixes, further: self._simulated(worlds, mixes, further, range(further.stop))

    def _simulated(self, worlds: ManyMixes, mixes: Sequence[str], further: range, so_far: range) -> Outcomes:
        self.failures += worlds.simulate(mixes, further, self.labour, self.progress)
        outcomes = worlds.outcomes(mixes, so_far)
        if not outcomes.replications:
            raise TabletopError(f"no world was finished for every mix; first: {self.failures[0].error}")
        return outcomes

    def _ended(self, stage: Stage) -> None:
        self.stages.append(stage)
        if self.folder is not None:
            record = as_record(
                self.study.scenario, self.study.space, self.study.goal, self.candidates, self.stages
            )
            put_files(self.folder, {RECORD: [record]})

    def _fresh(self, worlds: ManyMixes, mixes: Sequence[str]) -> Outcomes:
        first = sum(FURTHER_WORLDS)
        replications = range(first, first + self.study.worlds)
        return self._simulated(worlds, mixes, replications, replications)

    def _parts(self, found: Search) -> tuple[PutBack, ...]:
        """Each finalist that is not shown to be beaten, with one lever put back at a time."""
        study = self.study
        prices = {move.lever: move.price for move in study.space.moves}
        wanted: dict[str, tuple[str, str, Steps]] = {}
        for finalist in found.finalists:
            steps = self.candidates.get(finalist, {})  # a mix of the file is not made of steps
            if found.place(finalist) in (None, Place.OFF):
                continue
            for lever in steps:
                rest = {one: taken for one, taken in steps.items() if one != lever}
                wanted[f"{finalist} without {lever}"] = (finalist, lever, rest)
        made = {name: as_mix(found.mixes, study.space, of[2], name) for name, of in wanted.items()}
        mixes = found.mixes.model_copy(update={"policy_mixes": {**found.mixes.policy_mixes, **made}})
        finalists = [*dict.fromkeys(of[0] for of in wanted.values())]
        if not wanted:
            return ()
        fresh = self._fresh(ManyMixes(mixes, self.kept), (*finalists, *wanted))
        return tuple(
            part(
                finalist, lever, prices[lever] * self.candidates[finalist][lever], name, fresh,
                study.goal.aims, len(self.candidates[finalist]) * len(study.goal.aims), study.scenario,
            )
            for name, (finalist, lever, _) in wanted.items()
        )  # fmt: skip
