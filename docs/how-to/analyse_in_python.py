"""An experiment from the first look to the page to hand out, cell by cell.

Open it in an editor that knows `# %%` cells, or run it whole: `python analyse_in_python.py`. Everything is
small, so that it takes seconds; ask for more replications before you believe anything.
"""

# %% The scenario
import tabletop

scenario = tabletop.load("first-steps")  # a shipped scenario's name, or the path of a file
print(scenario.title, "-", ", ".join(scenario.policy_mixes), "against", scenario.baseline)
for name, interest in scenario.measures.items():
    print(f"{name} ({tabletop.MEASURES[name].unit}): {interest.delta} would matter")

# %% One world
run = tabletop.simulate(scenario, mix="craft", replication=3)
print(run.measures["incidents"], run.measures["trust_mean"])
print(run.series.values["incidents"])  # month by month, since StartEx

# %% An experiment, and the folder that keeps it
results = tabletop.run_experiment(scenario, replications=12, workers=1)
folder = tabletop.write(results, "results", name="first-steps")
print(folder)

# %% What differs, and by how much
compared = results.compare()
for contrast in compared.contrasts:
    if contrast.primary:
        print(contrast.measure, contrast.mix, contrast.difference, contrast.interval, contrast.in_words())

# %% Against another baseline; the warm-up stays the scenario's
print(*results.compare(baseline="craft").sentences(), sep="\n")

# %% Which may be the best, measure by measure
for best in results.best(compared):
    print(best.measure, best.among, best.in_words())

# %% Where the work piles up
for mix, bottleneck in results.bottlenecks().items():
    print(mix, "none" if bottleneck is None else (bottleneck.pool, bottleneck.utilisation))

# %% Questions of your own: every number of every run
print(results.values("incidents", "craft"))
rows = [row for row in results.rows() if row.measure == "incidents"]
print(rows[0])

# %% The same as a data frame: of pandas or polars where one is installed, else a dict of columns
print(type(results.to_frame()), list(compared.to_frame()))

# %% As many replications as the differences need, or as many as you can afford
planned = tabletop.run_experiment(scenario, precision=True, max_replications=14, workers=1)
assert planned.precision is not None
print(planned.precision.in_words())

# %% A figure, and the numbers behind it
from tabletop.plots import FIGURES  # noqa: E402 (imports stand in the cells that need them)
from tabletop.plots.save import save  # noqa: E402

headline = FIGURES["paired_differences"]
figure = headline.draw(results, compared)  # a matplotlib figure: a notebook shows it
print(headline.title(results, compared))
print(headline.data(results, compared).columns)
save(headline, results, folder / "figures", formats=["pdf"])

# %% A figure of one panel on your own axes
from matplotlib.figure import Figure  # noqa: E402

axes = Figure(layout="constrained").subplots()
FIGURES["trade_off"].draw(results, compared, ax=axes)

# %% All figures, and the page to hand out
from tabletop.report.illustrated import illustrate  # noqa: E402

print(illustrate(results, folder))

# %% The folder again, another day, and more replications in it
again = tabletop.open_results(folder)
assert again.compare() == compared
more = tabletop.run_experiment(scenario, replications=14, workers=1, out="results", name="first-steps")
print(len(again.runs), "runs have become", len(more.runs))

# %% What shared luck is worth
from tabletop.analysis.crn import pairings  # noqa: E402

for pairing in pairings(more.outcomes(), baseline=scenario.baseline, measures=["incidents"]):
    print(pairing.mix, pairing.in_words())

# %% Where two histories of the same world diverge
from tabletop.experiment.divergence import first_divergence  # noqa: E402

divergence = first_divergence(scenario, "craft", replication=0, turning_points=True)
print("nowhere" if divergence is None else divergence.in_words())

# %% What each lever buys
from tabletop.experiment.levers import study_levers  # noqa: E402

study = study_levers(scenario, replications=2, workers=1)
for sensitivity in study.sensitivities:
    print(sensitivity.measure, sensitivity.in_words())

# %% What each pillar changes, and two together
apart = tabletop.study_pillars(
    scenario,
    high={"detection": "craft", "reporting": "neighbours"},
    replications=2,
    workers=1,
    progress=False,
)
for effect in apart.factorial("incidents").effects:
    print(" × ".join(effect.factors), effect.value, effect.in_words())

# %% Which mixes the budget would also buy (a search that is worth it asks for many more)
searched = tabletop.search_mixes(
    scenario,
    aims=["incidents"],
    budget=80,
    candidates=4,
    finalists=2,
    worlds=2,
    parts=False,
    workers=1,
    progress=False,
)
for standing in searched.front:
    print(standing.mix, standing.place)

# %% What changed between two experiments (or the folders that hold them)
busier = tabletop.run_experiment(
    scenario.vary({"threat.formation_rate": 25}), replications=2, workers=1, progress=False
)
usual = tabletop.run_experiment(scenario, replications=2, workers=1, progress=False)
beside = tabletop.compare_results(usual, busier)
print(beside.experiments[1].differs_in, beside.change("B", "incidents", "craft").in_words())

# %% What other assumptions would change, and between which values a verdict turns round
other = tabletop.study_robustness(
    scenario, vary={"threat.formation_rate": (6, 24)}, worlds=2, workers=1, out="results", name="first-steps"
)
print(
    len(other.variants),
    "variants;",
    other.switches(0, "incidents", "craft") or "no switch shown in this range",
)
print(list(other.to_frame()))  # a row for each variant, mix and primary measure, as in tables/verdicts.csv

# %% The study again, another day, without simulating anything
kept = next(folder.parent.glob("first-steps-robust-*")) / "vary-threat-formation_rate"
for variant in tabletop.open_study(kept).line(0):
    contrast = other.comparison(variant).contrast("incidents", "craft")
    print(variant.label, contrast.difference, contrast.interval, contrast.in_words())

# %% Whether the claims of a lesson hold (its file asks for many more replications)
from tabletop.experiment.claims import check_claims  # noqa: E402

checked = check_claims(tabletop.load("lesson-base-rate-trap"), replications=4, workers=1)
for verdict in checked.verdicts:
    print(verdict.finding, verdict.claim.that, verdict.in_words())

# %% Another scenario: other values at some paths, or another text, checked as a file would be
written = tabletop.loads((folder / "resolved.yaml").read_text(encoding="utf-8"))
assert written.policy_mixes.keys() == scenario.policy_mixes.keys()
shorter = scenario.vary({"horizon_days": 270, "threat.formation_rate": 6, "status_quo/detection.analysts": 2})
print(tabletop.run_experiment(shorter, replications=2, workers=1).compare().sentences()[0])
try:
    scenario.vary({"threat.formation_rat": 6, "status_quo/detection.analysts": -1})
except tabletop.ScenarioError as mistake:
    print(mistake)
