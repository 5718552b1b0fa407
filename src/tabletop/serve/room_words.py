"""The words of a controller's monitor beside those of all pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise.roles import Role


@dataclass(frozen=True)
class RoomWords:
    """Every further sentence of the monitor in one language; what stands in braces is filled in."""

    done_elsewhere: str
    done_here: str
    since_then: str
    held: str
    undo: str
    reason: str
    say_why: str
    write: str
    add: str
    added: str
    title: str
    message: str
    day: str
    effect: str
    effect_number: str
    one_more: str
    less: str
    condition: str
    change: str
    changes: Mapping[str, str]
    amount: str
    for_days: str
    ruling: str
    rules: str
    ruled: str
    effect_from: str
    effect_day: str
    takes_effect: str
    response: str
    inject: str
    responded: str
    note: str
    noted: str
    remark: str
    remarked: str
    about: str
    everybody: str
    last_acts: str
    act: str
    no_acts: str
    by_itself: str
    for_you: str
    to_come: str
    move_or_remove: str
    keeps: str
    move_phone: str
    moves: str
    links: str
    links_say: str
    new_link: Mapping[Role, str]
    link_for: Mapping[Role, str]
    keys: str
    what_if: str
    link_title: str


ENGLISH = RoomWords(
    done_elsewhere="Done at {time} from the other desk.",
    done_here="Done at {time} already.",
    since_then="Not done, for since then, at {time}: {what}. Look again.",
    held="{what}: in 5 seconds.",
    undo="Undo",
    reason="Why",
    say_why="Say why it is left out, and press again.",
    write="Write",
    add="Add an inject",
    added="Add it for all",
    title="Headline for the players",
    message="What they read",
    day="Day; empty: now",
    effect="What it changes, if anything",
    effect_number="Effect {number}",
    one_more="One more effect",
    less="Take effect {number} away",
    condition="Condition",
    change="Change",
    changes={"set": "set to", "add": "add", "multiply": "multiply by"},
    amount="Amount, or true or false",
    for_days="For how many days; empty: until the end",
    ruling="A ruling",
    rules="What is ruled; no number is changed by it",
    ruled="Rule",
    effect_from="An effect from a day on",
    effect_day="From day",
    takes_effect="Put it into effect for all",
    response="What players did about an inject",
    inject="Inject",
    responded="Write the response down",
    note="A note",
    noted="Write the note down",
    remark="A remark",
    remarked="Write the remark down",
    about="About",
    everybody="all tables",
    last_acts="The last acts",
    act="Act",
    no_acts="Nothing has been done yet.",
    by_itself="happens by itself, at a table where it comes to that",
    for_you="waits for you",
    to_come="on day {day}; players read it at the reveal",
    move_or_remove="Move or take out a phone",
    keeps="nothing: it keeps its mix",
    move_phone="{device} sits at",
    moves="Move {device}",
    links="Links",
    links_say="A link is a secret: whoever has it can come in. A new one makes the one before worthless.",
    new_link={
        Role.CONTROLLER: "New link for another controller",
        Role.EVALUATOR: "New link for evaluators",
        Role.PROJECTOR: "New link for the projector",
    },
    link_for={
        Role.CONTROLLER: "For another controller, who can do all that you can:",
        Role.EVALUATOR: "For evaluators:",
        Role.PROJECTOR: "For the projector:",
    },
    keys="Keys: n next, p pause, / note.",
    what_if="What if: levers on sliders",
    link_title="You have been given a link",
)
