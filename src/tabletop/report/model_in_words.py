"""The model in words, for the report of any experiment; `docs/model.md` is the reference."""

OVERVIEW = (
    (
        "Traces of plots and of harmless matters arrive on four channels: intelligence, community, border, "
        "partner. Each channel has its first filter (collection, tip line, inspection, liaison). What "
        "passes meets in the analysts' queue; assessed traces may open a case; a case waits for an "
        "investigation team; an intervention starts a proceeding, which prosecutors prepare and courts try. "
        "Trust moves with what the public sees, and moves reports in turn."
    ),
)

LOGIC = (
    (
        "Threat: candidate plots form as a Poisson process. A plot prepares for a random time, leaves "
        "traces while it does, and at maturity is foiled by protective security or becomes an incident, "
        "unless an investigation stopped it. It may form again after a foiled attempt, an acquittal or a "
        "release."
    ),
    "Background: harmless traces arrive as Poisson processes, each its own subject.",
    (
        "Detection: analysts assess traces in the order of their log-odds; too long a wait lets a trace "
        "lapse. A case opens where the posterior reaches the threshold that the policy sets."
    ),
    (
        "Reporting: people report what they notice, the useful things the more the higher trust is; a tip "
        "line screens."
    ),
    (
        "Interdiction: teams investigate cases in the order of their posteriors. A plot is disrupted or "
        "lost from sight; a harmless subject is cleared, or suffers a wrongful intervention."
    ),
    (
        "Prosecution: custody starts with the intervention and ends with verdict or limit. Conviction "
        "depends on the quality of the evidence and on delay; few of the innocent are convicted, and more "
        "where safeguards are weak."
    ),
    (
        "Sharing: partners pass on what they see abroad, the more the more they were given; liaison "
        "officers handle it."
    ),
    "Trust: wrongful interventions, incidents and acquittals move it; it returns slowly by itself.",
)

ALGORITHMS = (
    (
        "Evidence: a look yields a score, Normal(d′, 1) for a plot and Normal(0, 1) otherwise, worth the "
        "log-likelihood ratio d′·x − d′²/2; a file adds up its looks to the log-odds of its channel."
    ),
    (
        "Arrivals whose rate changes: thinning (Lewis & Shedler 1979), in layers, so that a higher rate "
        "adds candidates and moves none."
    ),
    (
        "Stocks (trust, programmes, capacity, grievance, dismantling): closed forms of exponential approach "
        "or decay."
    ),
)

ENTITIES = (
    "Plots, and their attempts",
    "Harmless subjects, which merely look alike",
    "Traces, each on one channel; copies of them from partners",
    "Cases, one at a time on a subject",
    "Proceedings, one for each intervention",
    "Items of information to partners",
)

ACTIVITIES = (
    "Screening of a report; inspection at the border; handling of a partner's item",
    "Assessment of a trace",
    "Investigation of a case",
    "Preparation and trial of a proceeding",
    "Delays without staff: preparation of a plot, hand-over, transfer, a partner's latency",
)

QUEUES = (
    (
        "One for each pool, by priority and then in the order of arrival, without preemption. Analysts take "
        "the highest log-odds first and teams the highest posterior; all others serve first come, first "
        "served. Traces at the tip line and at the analysts lapse after their shelf life; cases and "
        "proceedings are withdrawn when they are moot."
    ),
)

ENTRY_AND_EXIT = (
    (
        "Plots and harmless traces enter by Poisson processes. An attempt leaves disrupted, foiled or as an "
        "incident; a trace leaves screened out, lapsed, filed, judged or moot; a case leaves cleared, too "
        "late, lost or with an intervention; a proceeding leaves by conviction, acquittal or release."
    ),
)

SOFTWARE = (
    (
        "Python; the simulation on SimPy's discrete events with pools of its own, the statistics with NumPy "
        "and SciPy, the figures with matplotlib."
    ),
)

SAMPLING = (
    (
        "Philox generators, keyed by seed, replication, purpose and entity, so that no draw depends on the "
        "order of events. Durations and normals by the inverse of their distributions. Every mix of a "
        "replication shares its draws, entity by entity."
    ),
)

EXECUTION = (
    (
        "Next-event simulation. Of simultaneous events scripted changes come first, then whatever was "
        "scheduled first; pools break ties by the order of arrival. Replications run in any number of "
        "processes, which changes no result."
    ),
)
