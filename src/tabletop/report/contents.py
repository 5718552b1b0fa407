"""The contents of an experiment page: its sections in their order."""

from collections.abc import Mapping

from tabletop.analysis.bottleneck import BUSY
from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural, share
from tabletop.experiment.findings import LIMITS
from tabletop.experiment.results import Results
from tabletop.report.conclusions import bottlenecks, findings
from tabletop.report.document.blocks import Facts, Listing, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import Run, Said
from tabletop.report.drawings import drawings
from tabletop.report.lever_tables import mixes_beside
from tabletop.report.method import MUST_NOT_SAY, method
from tabletop.report.names import titled
from tabletop.report.origin import origin
from tabletop.report.situation import CONTENT_NOTE, discussion, situation
from tabletop.report.stress import checklist

BUSIEST = f"The pool of each mix that is the busiest, if it is {share(BUSY)} busy at least."
ORIGIN = "Whoever has the scenario, the seed and the same platform gets the same results, bit for bit."


def contents(results: Results, compared: Comparison, svgs: Mapping[str, bytes]) -> Document:
    """All sections about some results; figures that are drawn already are taken from `svgs`."""
    scenario = results.design.scenario
    pools = bottlenecks(results, titled(results, compared.mixes))
    sections = (
        situation(scenario),
        mixes_beside(results, compared),
        findings(results, compared),
        Section("Bottlenecks", (Text((BUSIEST,)), pools), id="bottlenecks"),
        drawings(results, compared, svgs),
        discussion(scenario),
        Section("Method", (Facts(method(results, compared)),), id="method"),
        Section("What the model must not be taken to say", (Listing(MUST_NOT_SAY),), id="limits"),
        checklist(results, compared),
        Section("Provenance", (Text((ORIGIN,)), Facts(origin(results))), id="provenance"),
    )
    return Document(
        name="report",
        title=scenario.title,
        subtitle="policy mixes compared",
        audience="",
        sections=tuple(section for section in sections if section is not None),
        mark="",
        content_note=scenario.content_note.strip() or CONTENT_NOTE,
        lead=(_at_a_glance(results, compared), Said((Run(LIMITS, "strong"),))),
        colophon=(
            f"{LIMITS} Made by tabletop from a scenario file; the results folder holds all that is said "
            "here, as data."
        ),
        lists_sections=True,
    )


def _at_a_glance(results: Results, compared: Comparison) -> str:
    scenario = results.design.scenario
    mixes = f"{len(compared.mixes)} policy mixes" if len(compared.mixes) != 1 else "1 policy mix"
    days = f"{scenario.horizon_days:,.10g} days"
    worlds = plural(len(compared.replications), "replication")
    return f"{mixes}, {days}, {worlds}; seed {scenario.seed}, baseline {compared.baseline}"
