"""The words of an evaluator's page beside those of all pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from tabletop.exercise.acts import CapabilityElement, Rating
from tabletop.exercise.state import Phase
from tabletop.report.pack.evaluation_guide import DEFINITIONS


@dataclass(frozen=True)
class NotesWords:
    """Every further sentence of an evaluator's page in one language; what stands in braces is filled in."""

    title: str
    heading: Mapping[Phase, str]
    waits: str
    stands_still: str
    kept: str
    objectives: str
    target: str
    expected: str
    task: str
    note_on_task: str
    note: str
    write_note: str
    rating: str
    ratings: Mapping[str, tuple[str, str]]
    rated: str
    why: str
    rate: str
    observation: str
    kind: str
    strength: str
    area: str
    objective: str
    seen: str
    analysis: str
    rests_on: str
    rests_on_none: str
    refer: str
    take_out: str
    observe: str
    response: str
    inject: str
    did: str
    respond: str
    remark: str
    say: str
    about: str
    everybody: str
    plan: str
    no_plan: str
    issue: str
    action: str
    element: str
    elements: tuple[str, ...]
    responsible: str
    start: str
    completion: str
    capability: str
    contact: str
    improve: str
    decisions: str
    move: str
    nothing: str
    told: str
    none_told: str
    lines: str


ENGLISH = NotesWords(
    title="Evaluation",
    heading={
        Phase.PLANNED: "Not open yet",
        Phase.LOBBY: "Before StartEx",
        Phase.BRIEF: "Brief",
        Phase.OPEN: "Tables decide",
        Phase.LOCKED: "Tables predict",
        Phase.REVEALED: "Reveal",
        Phase.HOT_WASH: "Hot wash",
        Phase.ENDED: "After EndEx",
    },
    waits="Evaluation begins at StartEx. Read the objectives meanwhile.",
    stands_still="The exercise is paused. Notes go through; the rest is kept here until it goes on.",
    kept="What you type is kept in this browser until it is sent.",
    objectives="Objectives",
    target="Target: {target}",
    expected="Look for",
    task="Critical task: {task}",
    note_on_task="Note on this task",
    note="Note",
    write_note="Send the note",
    rating="How was it met?",
    ratings=dict(zip(get_args(Rating), DEFINITIONS, strict=True)),
    rated="Rated so far: {ratings}.",
    why="Why",
    rate="Send the rating",
    observation="Observe: a strength or an area for improvement",
    kind="What is it?",
    strength="A strength",
    area="An area for improvement",
    objective="Objective",
    seen="What was seen",
    analysis="What it comes from, and what follows",
    rests_on="Lines of the log that it rests on",
    rests_on_none="None yet; press a line under The last lines.",
    refer="Refer to line {number}",
    take_out="Leave line {number} out",
    observe="Send the observation",
    response="Response of players to an inject",
    inject="Inject",
    did="What they did",
    respond="Send the response",
    remark="Remark in the hot wash",
    say="What was said",
    about="About",
    everybody="all tables",
    plan="Improvement plan",
    no_plan="It has no line yet.",
    issue="Issue",
    action="Corrective action",
    element="Capability element",
    elements=get_args(CapabilityElement),
    responsible="Primary responsible: an office",
    start="Start",
    completion="Completion",
    capability="Core capability",
    contact="Contact: an office",
    improve="Send the line",
    decisions="What tables have decided",
    move="Move {move}",
    nothing="nothing submitted",
    told="What players have been told",
    none_told="No inject yet.",
    lines="The last lines",
)
