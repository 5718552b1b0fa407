"""The STRESS-DES reporting guideline (Monks et al. 2019), filled in as far as possible automatically."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.report import model_in_words as model
from tabletop.report.document.blocks import Block, Box, Listing, Text
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Run, Said, paragraphs
from tabletop.scenario.explain import assumed, setting
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.words import number

CITATION = (
    "Monks, T., Currie, C. S. M., Onggo, B. S., Robinson, S., Kunc, M., & Taylor, S. J. E. (2019). "
    "Strengthening the reporting of empirical simulation studies: introducing the STRESS guidelines. "
    "Journal of Simulation 13(1), 55–67."
)


@dataclass(frozen=True)
class Blank:
    """An item that only the author can fill in."""

    name: str
    asks: str

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return "blank-" + "-".join(self.name.lower().split())


@dataclass(frozen=True)
class Item:
    """An item of the checklist."""

    number: str
    name: str
    said: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    see: tuple[tuple[str, str], ...] = ()
    """Sections of the page that say more: (anchor, name)."""
    blank: Blank | None = None


def checklist(results: Results, compared: Comparison) -> Section:
    """The six sections of the checklist, after what is left to the author."""
    sections = (
        ("1 Objectives", tuple(_objectives(results, compared))),
        ("2 Logic", tuple(_logic(results, compared))),
        ("3 Data", tuple(_data(results))),
        ("4 Experimentation", tuple(_experimentation(results, compared))),
        ("5 Implementation", tuple(_implementation())),
        ("6 Code access", tuple(_access())),
    )
    blanks = [item.blank for _, items in sections for item in items if item.blank is not None]
    guideline = f"The items of the STRESS guideline for discrete-event simulation. {CITATION}"
    left = _linked(
        f"{len(blanks)} blanks are left for the author to fill: ", ((one.anchor, one.name) for one in blanks)
    )
    parts = tuple(Section(title, (), tuple(map(_item, items))) for title, items in sections)
    return Section("Reporting checklist", (Text((guideline, left)),), parts, id="reporting")


def _item(item: Item) -> Section:
    blocks: list[Block] = [Text(item.said)]
    if item.points:
        blocks.append(Listing(item.points))
    if item.see:
        blocks.append(Text((_linked("See ", item.see),)))
    if (blank := item.blank) is not None:
        label = f"To be filled in by the author: {blank.name}."
        blocks.append(Box(label, "", (f"Say {blank.asks}.",), id=blank.anchor))
    return Section(f"{item.number} {item.name}", tuple(blocks))


def _linked(begin: str, places: Iterable[tuple[str, str]]) -> Said:
    """A sentence that ends in links: (place, name)."""
    links = [run for to, name in places for run in (", ", Run(name, to=to))]
    return Said((begin, *links[1:], "."))


def _objectives(results: Results, compared: Comparison) -> Iterator[Item]:
    scenario = results.design.scenario
    yield Item(
        "1.1",
        "Purpose of the model",
        ("To teach how five pillars of prevention policy work together, and to predict nothing.",),
        scenario.learning_objectives,
        blank=Blank("Purpose", "for which class or question this experiment was made, by whom, and when"),
    )
    primary = [f"{MEASURES[name].title}: {MEASURES[name].sentence}" for name in compared.primary]
    yield Item(
        "1.2",
        "Model outputs",
        ("Primary measures:",) if primary else (),
        tuple(primary),
        (("findings", "Findings"),),
    )
    yield Item(
        "1.3",
        "Aims of experimentation",
        (
            (
                f"To compare {len(compared.mixes)} policy mixes with each other, each against "
                f"{compared.baseline}."
            ),
            *paragraphs(scenario.summary),
        ),
        see=(("mixes", "Policy mixes"),),
    )


def _logic(results: Results, compared: Comparison) -> Iterator[Item]:
    scenario = results.design.scenario
    yield Item("2.1", "Overview of the base model", model.OVERVIEW, see=(("figure-flow", "The flow"),))
    yield Item("2.2", "Logic of the base model", (), model.LOGIC)
    yield Item(
        "2.3",
        "Logic of the scenarios",
        ("The mixes differ in their levers only. Conditions and injects are the same for all.",),
        see=(("mixes", "Policy mixes"), ("timeline", "Timeline")),
    )
    yield Item("2.4", "Algorithms", (), model.ALGORITHMS)
    yield Item("2.5.1", "Entities", (), model.ENTITIES)
    yield Item("2.5.2", "Activities", (), model.ACTIVITIES)
    policy = scenario.policies(compared.baseline)[0][1]
    pools = [f"{name}: {setting(LEVERS[name].of(policy))}" for name in LEVERS if LEVERS[name].is_staff]
    yield Item(
        "2.5.3",
        "Resources",
        (f"Pools of staff, with their size under {compared.baseline} on day 0 (∞ is unlimited):",),
        tuple(pools),
        (("mixes", "Policy mixes"),),
    )
    yield Item("2.5.4", "Queues", model.QUEUES)
    yield Item("2.5.5", "Entry and exit", model.ENTRY_AND_EXIT)


def _data(results: Results) -> Iterator[Item]:
    scenario = results.design.scenario
    published, assumptions = assumed(scenario)
    yield Item(
        "3.1",
        "Sources of data",
        () if published else ("The scenario names no published source.",),
        tuple(f"{path}: {says}" for path, says in published),
        blank=Blank("Data", "sources of whatever here is more than an assumption"),
    )
    yield Item(
        "3.2",
        "Preparation of data",
        ("Numbers enter the model as the scenario writes them.",),
        blank=Blank(
            "Preparation", "how data of your own were made into the scenario's numbers, if they were"
        ),
    )
    yield Item(
        "3.3",
        "Input parameters",
        (
            (
                f"Conditions of the world and {len(LEVERS)} levers; all of them, defaults included, are in "
                "resolved.yaml beside this page."
            ),
        ),
        see=(("conditions", "Conditions"), ("mixes", "Policy mixes")),
    )
    yield Item(
        "3.4",
        "Assumptions",
        ("Every number that is not named under 3.1, defaults included, is an assumption of the model.",),
        tuple(f"{path}: {says}" for path, says in assumptions),
        (("limits", "What the model must not be taken to say"),),
    )


def _experimentation(results: Results, compared: Comparison) -> Iterator[Item]:
    scenario = results.design.scenario
    yield Item(
        "4.1",
        "Initialisation",
        (
            (
                f"{number(scenario.warm_up_days)} days of warm-up under {scenario.baseline}, whichever mix "
                "is simulated, without injects and not counted. Queues start empty; trust, programmes and "
                "reciprocity start at the baseline's targets; grievance and dismantling start at 0. The "
                "system is terminating, not steady."
            ),
        ),
    )
    yield Item("4.2", "Run length", (f"Days 0 to {number(scenario.horizon_days)}, both included.",))
    yield Item(
        "4.3",
        "Estimation",
        (f"{plural(len(compared.replications), 'replication')} of each mix under common random numbers.",),
        see=(("method", "Method"),),
    )


def _implementation() -> Iterator[Item]:
    provenance = (("provenance", "Provenance"),)
    yield Item("5.1", "Software", model.SOFTWARE, see=provenance)
    yield Item("5.2", "Random sampling", model.SAMPLING)
    yield Item("5.3", "Execution", model.EXECUTION)
    yield Item(
        "5.4",
        "System",
        ("Operating system, processor architecture and versions stand under Provenance.",),
        see=provenance,
        blank=Blank("Machine", "processor and memory of the machine, if speed matters to the reader"),
    )


def _access() -> Iterator[Item]:
    yield Item(
        "6.1",
        "Sharing",
        (
            (
                "The software is tabletop, under the MIT licence. The results folder beside this page holds "
                "the scenario, every run, the tables and the figures' data: it can be reopened, extended "
                "and replayed."
            ),
        ),
        blank=Blank(
            "Access", "where this version of the code, the scenario and the results folder can be had"
        ),
    )
