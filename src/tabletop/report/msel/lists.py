"""Lists as files: the events list of a scenario in one of its two formats."""

from tabletop.exercise.exercise import playable
from tabletop.exercise.msel import msel
from tabletop.report.msel.as_csv import msel_csv
from tabletop.report.msel.workbook import msel_xlsx
from tabletop.scenario.scenario import Scenario


def list_file(scenario: Scenario, name: str, ending: str, *, paper: str = "a4") -> bytes:
    """The planned list as .xlsx or .csv, the latter with a mark by which spreadsheets know that it is UTF-8.

    Raises TabletopError where the scenario has no exercise.
    """
    plan = playable(scenario, name).exercise
    assert plan is not None
    rows = msel(scenario)
    if ending == ".csv":
        return msel_csv(rows).encode("utf-8-sig")
    return msel_xlsx(
        rows, title=plan.title or scenario.title, objectives=[one.id for one in plan.objectives], paper=paper
    )
