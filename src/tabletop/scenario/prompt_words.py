"""Words of prompts: with which a line begins that somebody types in an exercise; no team is called so."""

EVERYWHERE = ("quit", "exit", "help", "count")
CONTROLLERS = (
    "status", "cards", "measures", "resume", "figures", "more", "pause", "back", "skip", "release", "respond",
    "note", "add", "rule", "override", "show",
)  # fmt: skip
EVALUATORS = ("note", "rate", "observe", "improve", "objectives", "lines")
ANSWERS = ("yes", "keep", "none")
"""What may be said in place of something else."""
