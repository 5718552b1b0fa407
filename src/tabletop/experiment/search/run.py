"""The runner of a search: all of it is kept in a folder, or lasts as long as the result."""

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from tabletop import arguments
from tabletop.experiment.execution import Progress
from tabletop.experiment.many_mixes import Labour
from tabletop.experiment.robustness.folder import opened
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.search.record import texts
from tabletop.experiment.search.result import Search
from tabletop.experiment.search.study import CANDIDATES, FINALISTS, FRESH_WORLDS, SearchStudy
from tabletop.experiment.search.work import Work
from tabletop.outputs import put_files
from tabletop.scenario.scenario import Scenario


def search_mixes(
    scenario: Scenario,
    *,
    aims: Iterable[str],
    drop: Iterable[str] = (),
    budget: float | None = None,
    candidates: int = CANDIDATES,
    finalists: int = FINALISTS,
    worlds: int = FRESH_WORLDS,
    sampler: str = "random",
    parts: bool = False,
    robust: bool = False,
    variants: int | None = None,
    variant_worlds: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    out: str | Path | None = None,
    name: str | None = None,
    progress: Progress | bool = True,
) -> Search:
    """Search for mixes within the scenario's budget that do best in one to three aims.

    Aims are primary measures; `budget` takes the place of the file's. In every other primary measure a mix
    must not be worse than the baseline by δ, unless it is in `drop`. So many `candidates`, and the file's own
    mixes, are screened by successive halving on common luck: 8, 24 and 64 further worlds. The `finalists`
    and all of the file's mixes are then simulated in `worlds` of their own, which alone are reported. With
    `parts` each finalist that is not shown to be beaten is run again with one lever put back. With `robust`
    finalists and the file's mixes are put through 64 `variants` of what the file gives as ranges in
    `uncertain`, in 40 `variant_worlds` each, which screening has not seen. The `sampler` proposes
    candidates: random, or tpe or nsga2 of Optuna, which the extra `search` installs. With `out`
    everything is kept in a folder `<name>-search-<hash8>` there, and the same call goes on where it was
    broken off. The other arguments are those of `run_experiment`.

    Raises TabletopError, before anything runs, where there is no budget or no lever to spend it on, and for
    a number out of range; UnknownName for what is no primary measure; KeyboardInterrupt at Ctrl-C, after
    what was finished is kept.
    """
    from tabletop.experiment.progress import watched  # noqa: PLC0415 (rich is slow to import)

    study = SearchStudy.of(
        scenario, aims=aims, drop=drop, budget=budget, candidates=candidates, finalists=finalists,
        worlds=worlds, sampler=sampler, parts=parts, robust=robust, variants=variants,
        variant_worlds=variant_worlds, seed=seed,
    )  # fmt: skip
    shown = watched() if progress is True else nullcontext(progress or None)
    with shown as seen:
        return run(
            study,
            None if out is None else arguments.path("out", out),
            name=arguments.text_or_none("name", name),
            labour=Labour(workers, cluster),
            progress=seen,
        )


def run(
    study: SearchStudy,
    parent: Path | None = None,
    *,
    name: str | None = None,
    labour: Labour | None = None,
    progress: Progress | None = None,
) -> Search:
    """Propose, screen and judge, in a folder under `parent` if there is one, and write what follows."""
    if parent is None:
        return Work(study, KeptWorlds.temporary(), labour or Labour(), progress).done()
    with opened(parent, study.place(name)) as place:
        found = Work(study, place.kept, labour or Labour(), progress, folder=place.folder).done()
        put_files(place.folder, texts(found))
        return found
