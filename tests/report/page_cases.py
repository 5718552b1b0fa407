"""Experiments to make a page of: a scenario full of traps for HTML, and made-up results of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from random import Random

from tabletop.experiment.design import Design
from tabletop.experiment.provenance import Provenance
from tabletop.experiment.results import Results
from tabletop.measures import value
from tabletop.plots import FIGURES
from tabletop.plots.form import PHONE
from tabletop.report.experiment_page.figures import svg_name
from tabletop.report.page import experiment_page
from tabletop.scenario.load import loads
from tabletop.simulation import simulate

TITLE = "<script>alert('title')</script> & \"more\""
TEXT = f"""\
title: {json.dumps(TITLE)}
summary: "A first <b>paragraph</b>.\\n\\nA second."
content_note: "Hard to read: </p><script>alert(1)</script>."
question: "Which <mix> does better?"
learning_objectives: ["See that 3 < 5 & 5 > 3"]
seed: 5
horizon_days: 90
warm_up_days: 0
conditions:
  background: {{intelligence: 1, community: 1, border: 1, partner: 0.5}}
injects:
  - {{id: rush, day: 10, title: "Rumours <i>", message: "It is said: <img src=x onerror=alert(1)>",
     effects: [{{on: background.community, multiply: 3, for_days: 30}}]}}
baseline: usual
budget: 120
measures:
  incidents: {{delta: 1}}
  days_to_verdict: {{delta: 5}}
  wrongful_interventions: {{delta: 1}}
  harm: {{delta: 2, primary: false}}
policy_mixes:
  usual: {{title: As usual}}
  careful: {{title: "More </th><script>care</script>", interdiction: {{care: 1.0}}}}
  later: {{base: careful, detection: {{analysts: 40}}, changes: [{{day: 30, prosecution: {{courts: 3}}}}]}}
claims:
  - {{that: "Care <u>helps</u>", measure: incidents, mix: careful, versus: usual, is: lower}}
check: {{replications: 20, seed: 1}}
discussion: ["What if 1 < 0?"]
debrief: "Because </section> it does."
sources:
  - {{path: conditions.threat, says: "A book <cite>"}}
  - {{path: policy_mixes, says: "assumption: </li>"}}
"""
STUB = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path id="a" d="M 0 0"/></svg>'
STUBS = {svg_name(plot, form): STUB for plot in FIGURES.values() for form in (plot.page_form, PHONE)}
"""In place of pictures, where the pictures are not the point."""
STUBS_BUT_ONE = {name: svg for name, svg in STUBS.items() if not name.startswith("dots")}
"""The same, with one picture left to be drawn."""


def made_at(hour):
    """Where results come from that were made at this hour."""
    return Provenance(
        datetime(2026, 1, 1, hour, tzinfo=UTC),
        datetime(2026, 1, 1, hour + 1, tzinfo=UTC),
        hour,
        f"run {hour}",
    )


@cache
def results():
    """Results in which `careful` has about 3 incidents fewer than `usual`, and `later` about as many."""
    scenario = loads(TEXT, "traps.yaml")
    design = Design.of(scenario, replications=24)
    first = {mix: simulate(scenario, mix, 0) for mix in design.mixes}

    def run(mix, replication):
        luck = Random(replication)
        incidents = 20.0 + luck.randint(0, 9) + (luck.choice([-4, -2]) if mix == "careful" else 0)
        wrongful = 10.0 + luck.randint(0, 5) + (Random(f"{mix}{replication}").choice([-1, 0, 1]))
        verdict = (900.0 + luck.randint(0, 99) + (50 if mix == "later" else 0), 8.0 + luck.randint(0, 4))
        parts = {
            **first[mix].parts,
            "incidents": (incidents, 1.0),
            "wrongful_interventions": (wrongful, 1.0),
            "days_to_verdict": verdict,
        }
        measures = {name: value(reading) for name, reading in parts.items()}
        return replace(first[mix], replication=replication, parts=parts, measures=measures)

    return Results.of(design, [run(job.mix, job.replication) for job in design.jobs()], made_at(1))


@cache
def page():
    """The page of these results, with its pictures."""
    return experiment_page(results())
