"""The tables of a search: what a row of each is, and what its columns hold."""

from tabletop.experiment.described_table import (
    CONFIDENCE,
    COST,
    DELTA,
    DIFFERENCE,
    HIGH,
    IN_WORDS,
    LOW,
    MEASURE,
    MIX,
    OWN_UNIT,
    UNIT,
    VERDICT,
    YEARLY,
    Column,
    DescribedTable,
)
from tabletop.experiment.robustness.table_columns import AT_LEAST, AT_MOST, LABEL, SEEN, STATEMENT, VARIANTS

_CONTENDER = Column("mix", "The finalist, or the mix of the file.")

CANDIDATES = DescribedTable.of(
    "candidates",
    "A mix that was screened: a candidate, or one of the file's. None of its numbers is an estimate: they "
    "decided who was looked at again.",
    Column("mix", "Its name: c and a number, or as in the file."),
    COST,
    Column("last_stage", "The last of the three stages at which it was looked at.", "stage"),
    Column("worlds", "How many it was simulated in by then.", "worlds"),
    Column("finalist", "Whether it was kept to the end."),
    Column("constraint_shown_broken", "Whether it was then shown to break a constraint."),
    Column("<aim>_difference", "A column for each aim: the mix less the baseline in them.", OWN_UNIT),
    Column(
        "<lever>",
        "A column for each lever that may be moved: by how much it is, from the baseline.",
        "the lever's",
    ),
)
FINALISTS = DescribedTable.of(
    "finalists",
    "A finalist or a mix of the file, in an aim or a constraint.",
    _CONTENDER,
    Column("is_finalist", "Whether screening kept it to the end."),
    COST,
    MEASURE,
    UNIT,
    Column("role", "Whether the measure is an aim or a constraint."),
    Column("screening_worlds", "Of an aim: in how many worlds it was last screened.", "worlds"),
    Column("screening_difference", "What it came to there, which is too good of those kept.", OWN_UNIT),
    Column("fresh_worlds", "In how many worlds it was judged that screening had not seen.", "worlds"),
    Column("fresh_difference", "The mix less the baseline in these.", OWN_UNIT),
    Column("low", "Lower end of its interval; all of the primary measures hold together at 95 %.", OWN_UNIT),
    HIGH,
    CONFIDENCE,
    DELTA,
    Column("constraint", "Of a constraint: kept or broken, if that is shown, or open."),
    VERDICT,
    IN_WORDS,
    Column("front", "Whether it is on the front, may be, is shown to be beaten, or breaks a constraint."),
    Column("beaten_by", "By which mixes it is shown to be beaten."),
)
LEVERS = DescribedTable.of(
    "levers",
    "A lever and a way, the least likely first.",
    Column("lever", "The name of the lever."),
    Column("way", "Raised or cut, from the baseline."),
    Column("finalists", "In how many finalists.", "mixes"),
    Column("of_finalists", "How many there are.", "mixes"),
    Column("candidates", "In how many of all that were screened.", "mixes"),
    Column("of_candidates", "How many there are.", "mixes"),
    Column("p", "Chance of as many or more, if finalists had been drawn from all.", "probability"),
    Column("p_adjusted", "The same times the number of rows, at most 1.", "probability"),
)
PARTS = DescribedTable.of(
    "parts",
    "A finalist with one lever as in the baseline again, in an aim; only with `--parts`.",
    Column("finalist", "The finalist."),
    Column("lever_put_back", "The lever."),
    Column("saved_a_year", "What that saves; below 0 where the lever had been cut.", YEARLY),
    MEASURE,
    UNIT,
    Column("change", "The finalist so changed less the finalist itself, in fresh worlds.", OWN_UNIT),
    LOW,
    HIGH,
    CONFIDENCE,
    VERDICT,
    IN_WORDS,
)
OTHER_CONDITIONS = DescribedTable.of(
    "other_conditions",
    "A statement about a finalist or a mix of the file; only with `--robust`.",
    _CONTENDER,
    Column("measure", "The name of the aim; empty for all limits together."),
    STATEMENT,
    VARIANTS,
    SEEN,
    AT_LEAST,
    AT_MOST,
)
VARIANT_ROWS = DescribedTable.of(
    "variants",
    "A finalist or a mix of the file, in a primary measure and a variant; only with `--robust`.",
    Column("variant", "The number of the variant; 0 is the file as written."),
    LABEL,
    Column("conditions", "Every uncertain condition with its value, or its change, in words."),
    MEASURE,
    MIX,
    Column("worlds", "How many it was simulated in, in this variant.", "worlds"),
    DIFFERENCE,
    Column("low", "Lower end of its interval; all of a variant hold together at 95 %.", OWN_UNIT),
    HIGH,
    VERDICT,
)

TABLES = (CANDIDATES, FINALISTS, LEVERS, PARTS, OTHER_CONDITIONS, VARIANT_ROWS)
"""All of them, in their order."""
