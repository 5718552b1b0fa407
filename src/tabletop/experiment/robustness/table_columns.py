"""The tables of a study of robustness: what a row of each is, and what its columns hold."""

from tabletop.experiment.described_table import (
    DELTA,
    DIFFERENCE,
    DIFFERING,
    HIGH,
    MEASURE,
    MIX,
    OWN_UNIT,
    SHARE,
    VERDICT,
    Column,
    DescribedTable,
)

SQUARED = f"{OWN_UNIT}, squared"
LABEL = Column("label", "What the variant is called: what it moves, or the number of its point.")
STATEMENT = Column("statement", "What is counted: better or worse, by more than δ or at all.")
VARIANTS = Column("variants", "Of how many points of all ranges.", "variants")
SEEN = Column("seen", "In how many the mean says so; nothing is said of luck.", "variants")
AT_LEAST = Column("at_least", "In at least so many, at 95 % for both ends of the row together.", "variants")
AT_MOST = Column("at_most", "In at most so many.", "variants")
_CONDITION = Column("condition", "The name of the uncertain condition, or the first path that it moves.")
_ACCURACY = Column("accuracy", "How often it is right in variants that it had not seen.", SHARE)
_MAJORITY = Column("majority", "How often guessing what is more frequent is right.", SHARE)
_P_VALUE = Column(
    "p_value",
    "Of the searches among shuffled labels, those that found one as accurate; empty where another check "
    "failed.",
    SHARE,
)
_STABLE = Column("stable_folds", "In how many of ten parts the same was found.", "parts")
_TOLD = Column("told", "Whether it passed all checks, so that it is printed.")

RANGES = DescribedTable.of(
    "ranges",
    "A path that an uncertain condition moves.",
    _CONDITION,
    Column("path", "The path, as an inject would name it."),
    Column(
        "range", "From the lower end to the upper, or the choices: values, × factors, odds × factors, + sums."
    ),
    Column("as_written", "Where the file itself stands; empty for what moves with another path."),
    Column("source", "Where the range comes from."),
)
VARIANT_ROWS = DescribedTable.of(
    "variants",
    "A variant: the scenario under other conditions.",
    Column("variant", "Its number; 0 is the file as written."),
    LABEL,
    Column("kind", "Why it is there: written, line, map, point (of all ranges), or end (of one range)."),
    Column(
        "hash",
        "Stands for all that its runs have in common; the results folder of the same experiment ends in its "
        "first eight letters.",
    ),
    Column("<condition>", "A column for each condition: its value, or its change, in words."),
)
VERDICTS = DescribedTable.of(
    "verdicts",
    "A policy mix against the baseline, in a measure and a variant.",
    Column("variant", "The number of the variant; 0 is the file as written."),
    LABEL,
    MEASURE,
    MIX,
    Column("worlds", "How many each mix was simulated in, in this variant.", "worlds"),
    DIFFERING,
    DIFFERENCE,
    Column("low", "Lower end of its interval; all of a variant hold together at 95 %.", OWN_UNIT),
    HIGH,
    DELTA,
    VERDICT,
)
COUNTS = DescribedTable.of(
    "counts",
    "A statement about a policy mix in a measure; only where there are points of all ranges.",
    MEASURE,
    MIX,
    STATEMENT,
    VARIANTS,
    SEEN,
    AT_LEAST,
    AT_MOST,
    Column(
        "more_worlds",
        "About how many more in each variant would decide half of what lies between the bounds; 0 where "
        "nothing does, and empty where it cannot be told.",
        "worlds",
    ),
)
SWITCH_POINTS = DescribedTable.of(
    "switch_points",
    "A place on the line of a condition at which a statement turns round.",
    _CONDITION,
    MEASURE,
    MIX,
    STATEMENT,
    Column("way", "Whether it begins or ends to hold there, from the lower end to the upper."),
    Column("between", "The last value that was run before it, or the last factor or sum.", "the condition's"),
    Column("and", "The first value that was run after it.", "the condition's"),
)
SHARES = DescribedTable.of(
    "shares",
    "A condition, for a policy mix in a measure; or one row without a condition where no share can be told.",
    MEASURE,
    MIX,
    _CONDITION,
    Column(
        "share",
        "Its part in what differs between variants, luck removed. An estimate: it and its ends may lie below "
        "0 or above 1, and are cut off there where they are printed.",
        "share",
    ),
    Column("low", "Lower end of the interval of the share, at 95 % for this number alone.", "share"),
    Column("high", "Upper end.", "share"),
    Column(
        "slope",
        "Change of the difference from the lower end of the range to the upper, or from the first choice to "
        "the last.",
        OWN_UNIT,
    ),
    Column("slope_low", "Lower end of the interval of the slope, at 95 % for this number alone.", OWN_UNIT),
    Column("slope_high", "Upper end.", OWN_UNIT),
    Column("variance_of_conditions", "Of the difference, between variants: what conditions change.", SQUARED),
    Column("of_shared_luck", "Of the difference: luck that all variants have alike.", SQUARED),
    Column("of_own_luck", "Of the difference: luck of one world in one variant.", SQUARED),
    Column("told", "Why no share is given; else empty."),
)
RULES = DescribedTable.of(
    "rules",
    "The rule of one threshold that is right most often about a statement.",
    MEASURE,
    MIX,
    STATEMENT,
    Column("condition", "The condition, or how busy a pool of the baseline is."),
    Column("side", "Whether the statement holds above the threshold or below it."),
    Column(
        "threshold",
        "How far along its range, from 0 (the lower end) to 1, choices in equal parts; of a pool, the share "
        "of its time.",
        SHARE,
    ),
    _ACCURACY,
    _MAJORITY,
    _P_VALUE,
    _STABLE,
    _TOLD,
)
BOXES = DescribedTable.of(
    "boxes",
    "A condition that the box restricts in which a statement holds; the other columns are of the whole box.",
    MEASURE,
    MIX,
    STATEMENT,
    _CONDITION,
    Column(
        "above",
        "Lower limit: how far along the range, from 0 (its lower end) to 1; choices have equal parts, in "
        "their order in the file.",
        SHARE,
    ),
    Column("at_most", "Upper limit, likewise.", SHARE),
    Column("variants", "How many points lie in the box.", "variants"),
    Column("seen", "In how many of them the mean says so.", "variants"),
    Column("at_least", "In how many of them it is shown.", "variants"),
    Column("coverage", "Of the points in which the mean says so, those in the box.", SHARE),
    Column("density", "Of the points in the box, those in which the mean says so.", SHARE),
    Column("shuffled_coverage", "The coverage of a box among shuffled labels, at the median.", SHARE),
    Column("shuffled_density", "Its density.", SHARE),
    _ACCURACY,
    _MAJORITY,
    _P_VALUE,
    _STABLE,
    Column("told", "Whether it passed all checks, has two conditions, and is right more often than a rule."),
)
REGRET = DescribedTable.of(
    "regret",
    "A policy mix, in a measure of which more or less is better.",
    MEASURE,
    MIX,
    Column(
        "too_small",
        "How far it is behind the best on average, the best picked on other worlds than it is judged on: too "
        "small on average, and perhaps below 0.",
        OWN_UNIT,
    ),
    Column("too_large", "The same with the best picked and judged on the same worlds: too large.", OWN_UNIT),
    Column("best_in", "In how many variants its mean is the best, or as good.", "variants"),
    VARIANTS,
)
LARGEST_REGRET = DescribedTable.of(
    "largest_regret",
    "One of the three variants in which a policy mix seems furthest behind; only with `--regret`.",
    MEASURE,
    MIX,
    Column("variant", "The label of the variant."),
    Column("behind", "The mix that was the best there."),
    Column("seen", "How far behind it was in the worlds of the study: too large.", OWN_UNIT),
    Column("fresh", "How far behind in as many worlds of its own; perhaps below 0.", OWN_UNIT),
    Column("low", "Lower end of its interval; the three hold together at 95 %.", OWN_UNIT),
    HIGH,
)
LIMITS = DescribedTable.of(
    "limits",
    "A policy mix; only where the file has limits, and there are points of all ranges.",
    MIX,
    VARIANTS,
    Column("seen", "In how many its means keep all limits.", "variants"),
    AT_LEAST,
    AT_MOST,
)

TABLES = (
    RANGES, VARIANT_ROWS, VERDICTS, COUNTS, SWITCH_POINTS, SHARES, RULES, BOXES, REGRET, LARGEST_REGRET,
    LIMITS,
)  # fmt: skip
"""All of them, in their order."""
