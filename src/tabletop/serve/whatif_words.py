"""The words of the what-if page, one instance a language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WhatIfWords:
    """Every sentence of the page in one language; what stands in braces is filled in."""

    title: str
    heading: str
    intro: str
    predicts_nothing: str
    levers: str
    value_of: str
    range_says: str
    price_each: str
    price_full: str
    free: str
    cost_of: str
    as_started: str
    answer: str
    legend_ours: str
    legend_baseline: str
    worlds: str
    with_settings: str
    setting: str
    with_none: str
    being_simulated: str
    followed: str
    first_baseline: str
    progress: str
    slow: str
    failed: str
    no_answer: str
    finding: str
    finding_missing: str
    numbers: str
    caption: str
    band: str
    ours: str
    baseline: str
    missing: str
    missing_in: str
    difference: str
    no_difference: str
    points: str
    same: str
    cannot_be_known: str
    would_tell: str
    unadjusted: str
    assumed: str
    assumes: tuple[str, ...]
    mirror: str
    closed: str
    cannot: str


ENGLISH = WhatIfWords(
    title="What if",
    heading="What if?",
    intro="Move a lever. The bands show in what range the measures then lie, beside the baseline.",
    predicts_nothing="This predicts nothing. It shows what follows from what an abstract scenario assumes.",
    levers="Levers",
    value_of="{lever}, in {unit}",
    range_says="Unit: {unit}, from {low} to {high}.",
    price_each="Each costs {price} a year.",
    price_full="At 1 it costs {price} a year.",
    free="Costs nothing.",
    cost_of="{cost} a year",
    as_started="All levers as in {mix}",
    answer="What follows",
    legend_ours="filled: these settings",
    legend_baseline="dashed: baseline",
    worlds="{worlds} worlds",
    with_settings="With {settings}; everything else as in {mix}.",
    setting="{lever} {value} (instead of {start})",
    with_none="All levers as in {mix}.",
    being_simulated="Newer settings are being simulated.",
    followed="The levers stand as somebody at another page has set them.",
    first_baseline="First the baseline: {done} of {total} worlds.",
    progress="{done} of {total} worlds.",
    slow="The compiled engine is not at work here, so that this takes some twenty times as long.",
    failed="This could not be simulated: {why}",
    no_answer="The first worlds are being simulated.",
    finding="{title}: {ours}; baseline {baseline}.",
    finding_missing="{title}: there is nothing to rank in these worlds.",
    numbers="The same in numbers",
    caption="From 10 % to 90 % of {worlds} worlds, and their median.",
    band="{low} to {high}, median {median}",
    ours="these settings",
    baseline="baseline",
    missing="missing",
    missing_in="in {there} of {worlds} worlds",
    difference="Mean difference from the baseline: {difference} ({interval}){unit}: {verdict}.",
    no_difference="Difference from the baseline: {verdict}.",
    points=" points",
    same="the same settings as the baseline",
    cannot_be_known="cannot be told from {worlds} worlds",
    would_tell="{verdict}; about {more} more would tell",
    unadjusted="{verdict}; the interval is for this measure alone",
    assumed="What is assumed",
    assumes=(
        (
            "A lever that you move is set from StartEx to EndEx, day {days}. All others are as in {mix}. "
            "Before StartEx everything is as in the baseline."
        ),
        (
            "The worlds are the first ones of seed {seed}, with the same luck whatever you set: a band moves "
            "only because of policy. There are 20 first, then 60, then 200."
        ),
        (
            "A band holds the middle 80 % of the worlds; its ends and its median are outcomes that occurred. "
            "They say how far worlds differ, and not how certain the median is."
        ),
        (
            "The interval beside a band is that of the mean difference in the same worlds (of a ratio: of "
            "the ratio of sums). It has a confidence of 95 %, for all primary measures together, and holds "
            "for one setting that is looked at once."
        ),
        (
            "Whoever tries many settings finds some that look good by luck. Write what you have found into "
            "the scenario as a mix, and compare it under another seed, by `tabletop run`."
        ),
        "The budget does not bind here: you may look beyond it.",
    ),
    mirror="The room sees it on the projector",
    closed="What if is closed from StartEx to EndEx: whoever asked it could see what comes of a decision "
    "before it is taken. It opens again after EndEx.",
    cannot="What if cannot be asked here: {why}",
)
