"""A run read as the tale of its subjects."""

from dataclasses import dataclass

from support.recount import Row, is_plot, rows
from support.settings import scenario
from tabletop import simulate
from tabletop.engine.staff import Movement
from tabletop.simulation import Run
from tabletop.world import Step, movement_code


@dataclass
class Tale:
    """The rows of a journal, and ways to ask them."""

    run: Run
    table: list[Row]

    def of(self, *steps: Step, subject: int | None = None) -> list[Row]:
        """The rows of some steps, of one subject if told."""
        return [row for row in self.table if row[1] in steps and subject in (None, row[2])]

    def days(self, step: Step, subject: int | None = None) -> list[float]:
        return [row[0] for row in self.of(step, subject=subject)]

    def values(self, step: Step, subject: int | None = None) -> list[float]:
        return [row[3] for row in self.of(step, subject=subject)]

    def moved(self, pool: str, movement: Movement, subject: int | None = None) -> list[Row]:
        """What a pool noted."""
        code = movement_code(pool, movement)
        return [row for row in self.table if row[1] == code and subject in (None, row[2])]

    def told(self, before: float) -> list[int]:
        """Attempts that formed early enough for their tale to be whole."""
        return [row[2] for row in self.of(Step.FORMED) if row[0] < before and is_plot(row[2])]


def tell(horizon: float, *, mix: str = "only", replication: int = 0, **how) -> Tale:
    """The tale of a run of the common settings with what a rule needs."""
    run = simulate(scenario(horizon, **how), mix, replication, journal=True)
    assert run.journal is not None
    return Tale(run, rows(run.journal))


def plots(preparation: float = 30, *, rate: float = 100, traces: float = 20, **more) -> dict:
    """Plots that prepare for so long and leave so many intelligence traces a month."""
    return {
        "formation_rate": rate,
        "preparation": preparation,
        "trace_rates": {"intelligence": traces},
        **more,
    }


SEES_ALL = {"collection": 1, "open_case_at": 0.0}
