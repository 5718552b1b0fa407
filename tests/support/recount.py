"""The measures counted again, from the journal's columns and the definitions in docs/model.md alone."""

from collections import Counter
from collections.abc import Iterator
from math import exp, inf

from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.pools import POOLS
from tabletop.scenario.scenario import Scenario
from tabletop.subjects import Closing, Kind, subject_key
from tabletop.world import Step, movement_code

Row = tuple[float, int, int, float]
Parts = dict[str, tuple[float, float]]

LEAVES_THE_QUEUE = (Movement.SERVED, Movement.LAPSED, Movement.WITHDRAWN)


def rows(journal: Journal) -> list[Row]:
    return list(zip(journal.days, journal.steps, journal.subjects, journal.values, strict=True))


def exercise(table: list[Row]) -> Iterator[tuple[bool, Row]]:
    """Each row, with whether it lies in [0, horizon]; the first window row is StartEx."""
    windows = 0
    for row in table:
        windows += row[1] == Step.WINDOW
        yield windows == 1, row


def is_plot(subject: int) -> bool:
    return subject_key(subject)[0] is Kind.PLOT


class Area:
    """The integral over [0, horizon] of a step function."""

    def __init__(self) -> None:
        self.level = 0.0
        self.total = 0.0
        self._since = 0.0

    def until(self, day: float) -> None:
        if day > self._since:
            if self.level:
                self.total += self.level * (day - self._since)
            self._since = day

    def becomes(self, day: float, level: float) -> None:
        self.until(day)
        self.level = level


def counts(table: list[Row]) -> Parts:
    """Whatever is counted at its own event, and means over what ended in the exercise."""
    n: Counter[str] = Counter()
    formed: dict[int, float] = {}
    charged: dict[int, float] = {}
    sums = dict.fromkeys(("harm", "disruption", "custody", "wrongful custody", "verdict", "prison"), 0.0)
    open_proceedings = preparing = 0
    ends = (Step.CONVICTED, Step.ACQUITTED, Step.RELEASED)
    for inside, (day, step, subject, value) in exercise(table):
        if step == Step.FORMED:
            formed[subject] = day
            preparing += 1
        if step == Step.CHARGED:
            charged[subject] = day
            open_proceedings += 1
        if step in ends:
            open_proceedings -= 1
        if step in (Step.DISRUPTED, Step.TURNED_BACK, Step.FOILED, Step.INCIDENT):
            preparing -= 1
        if not inside or step >= Step.TRUST_JUMPED:
            continue
        plot = is_plot(subject)
        name = Step(step).name
        n[name] += 1
        n[f"{name} {'plot' if plot else 'benign'}"] += 1
        if step == Step.FORMED and value > 1:
            n["reformed"] += 1
        elif step == Step.INCIDENT:
            sums["harm"] += value
        elif step == Step.DISRUPTED:
            sums["disruption"] += day - formed[subject]
        elif step == Step.SENTENCED:
            sums["prison"] += value
        elif step == Step.CASE_CLOSED:
            n[f"closed {Closing(int(value)).name}"] += 1
        elif step in ends:
            days = day - charged[subject]
            n["custody ended"] += 1
            sums["custody"] += days
            sums["wrongful custody"] += 0 if plot else days
            sums["verdict"] += days if step != Step.RELEASED else 0
    verdicts = n["CONVICTED"] + n["ACQUITTED"]
    found = {
        "incidents": n["INCIDENT"],
        "harm": sums["harm"],
        "attempts_turned_back": n["TURNED_BACK"],
        "attempts_foiled": n["FOILED"],
        "plots_formed": n["FORMED"],
        "plots_reformed": n["reformed"],
        "plots_prevented": n["PREVENTED"],
        "plots_disrupted": n["DISRUPTED"],
        "known_but_missed": n["MISSED"],
        "cases_opened": n["CASE_OPENED"],
        "wrongful_interventions": n["closed WRONGFUL"],
        "wrongful_refusals": n["REFUSED benign"],
        "wrongful_custody_days": sums["wrongful custody"],
        "wrongful_prison_days": sums["prison"],
        "wrongful_convictions": n["CONVICTED benign"],
        "limit_releases": n["RELEASED"],
        "convictions": n["CONVICTED"],
        "guilty_acquitted": n["ACQUITTED plot"],
        "guilty_freed": n["ACQUITTED plot"] + n["RELEASED plot"],
        "plots_preparing_at_end": preparing,
        "proceedings_open_at_end": open_proceedings,
        "reports_genuine": n["REPORTED plot"],
        "reports_benign": n["REPORTED benign"],
        "partner_items_in_time": n["IN_TIME plot"],
        "partner_items_late": n["LATE plot"],
        "traces_lapsed": n["LAPSED"],
        "border_referrals": n["PASSED_ON"],
        "border_refusals": n["REFUSED"],
    }
    stopped = n["DISRUPTED"] + n["TURNED_BACK"]
    return {name: (float(value), 1.0) for name, value in found.items()} | {
        "disruption_share": (stopped, stopped + n["FOILED"] + n["INCIDENT"]),
        "days_to_disruption": (sums["disruption"], n["DISRUPTED"]),
        "false_case_share": (n["CASE_OPENED benign"], n["CASE_OPENED"]),
        "custody_days_mean": (sums["custody"], n["custody ended"]),
        "days_to_verdict": (sums["verdict"], verdicts),
        "verdict_share": (verdicts, verdicts + n["RELEASED"]),
    }


def undetected(table: list[Row], horizon: float) -> Parts:
    """Attempts that prepare without a case, on average over time."""
    preparing: set[int] = set()
    cases: set[int] = set()
    area = Area()
    for day, step, subject, _ in table:
        if step == Step.FORMED:
            preparing.add(subject)
        elif step in (Step.DISRUPTED, Step.TURNED_BACK, Step.FOILED, Step.INCIDENT):
            preparing.discard(subject)
        elif step == Step.CASE_OPENED:
            cases.add(subject)
        elif step == Step.CASE_CLOSED:
            cases.discard(subject)
        else:
            continue
        area.becomes(day, len(preparing - cases))
    area.until(horizon)
    return {"plots_undetected_mean": (area.total / horizon, 1.0)}


def trust(table: list[Row], horizon: float, relaxation: float) -> Parts:
    """Trust between the rows that move it: x(t) = target + (x₀ − target)·exp(−t/lag)."""
    moves = [(day, step, value) for day, step, _, value in table if Step.TRUST_JUMPED <= step < Step.WINDOW]
    since, _, level = moves[0]
    target, area = level, 0.0
    for day, step, value in [*moves, (horizon, 0, 0.0)]:
        start = max(since, 0.0)
        at_start = target + (level - target) * exp(-(start - since) / relaxation)
        if day > start:
            fading = 1 - exp(-(day - start) / relaxation)
            area += target * (day - start) + (at_start - target) * relaxation * fading
        level = target + (level - target) * exp(-(day - since) / relaxation)
        since = day
        if step == Step.TRUST_JUMPED:
            level = value
        elif step == Step.TRUST_TENDS:
            target = value
    return {"trust_mean": (area / horizon, 1.0), "trust_end": (level, 1.0)}


def pool(table: list[Row], horizon: float, name: str) -> Parts:
    """Utilisation, wait and queue of a pool."""
    first = movement_code(name, Movement.QUEUED)
    queue, busy, staff = Area(), Area(), Area()
    present, waited, left = 0.0, 0.0, 0
    for inside, (day, step, _, value) in exercise(table):
        movement = step - first
        if not 0 <= movement < 10:
            continue
        if movement == Movement.QUEUED:
            queue.becomes(day, queue.level + 1)
        elif movement in LEAVES_THE_QUEUE:
            queue.becomes(day, queue.level - 1)
            waited += value if inside else 0.0
            left += inside
        if movement == Movement.SERVED:
            busy.becomes(day, busy.level + 1)
        elif movement == Movement.FINISHED:
            busy.becomes(day, busy.level - 1)
        elif movement == Movement.STAFFED:
            present = value
        staff.becomes(day, max(present, busy.level))
    for area in (queue, busy, staff):
        area.until(horizon)
    found = {
        f"utilisation_{name}": (0.0, 0.0) if staff.total == inf else (busy.total, staff.total),
        f"wait_{name}": (waited, left),
        f"queue_{name}": (queue.total / horizon, 1.0),
    }
    if name == "border_officers":
        found["traveller_wait_hours"] = (24 * waited, left)
    return found


def recount(journal: Journal, scenario: Scenario) -> Parts:
    """Numerator and denominator of every measure but the cost, which leaves no trace in a journal."""
    table, horizon = rows(journal), scenario.horizon_days
    found = counts(table) | undetected(table, horizon)
    found |= trust(table, horizon, scenario.conditions.trust.relaxation)
    for name in POOLS:
        found |= pool(table, horizon, name)
    return found
