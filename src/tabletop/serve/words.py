"""The words of the pages, one instance a language: all that a page says beside the scenario's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise.card_choices import Why
from tabletop.exercise.jobs import Worth
from tabletop.exercise.state import Phase, Status
from tabletop.serve import notes_words, preflight_words, room_words
from tabletop.serve.notes_words import NotesWords
from tabletop.serve.preflight_words import PreflightWords
from tabletop.serve.room_words import RoomWords
from tabletop.serve.whatif_words import ENGLISH as ENGLISH_WHAT_IF
from tabletop.serve.whatif_words import WhatIfWords


@dataclass(frozen=True)
class Words:
    """Every sentence of the pages in one language; what stands in braces is filled in."""

    language: str
    mark: str
    what_if: WhatIfWords
    # joining
    join_title: str
    join_heading: str
    join_which: str
    join_button: str
    join_closed: str
    join_not_written: str
    join_moved: str
    seats_taken: str
    seat_taken: str
    join_none: str
    too_many_tries: str
    wrong_code: str
    link_works: str
    link_fails: str
    all_in: str
    link_script: str
    not_seated: str
    go_back: str
    # all pages of a class
    offline: str
    offline_room: str
    offline_projector: str
    gone: str
    script_needed: str
    move_of: str
    day: str
    minute: str
    minutes_left: str
    time_over: str
    reopened: str
    stands_still: str
    not_written: str
    # a team
    phase_heading: Mapping[Phase, str]
    phase_says: Mapping[Phase, str]
    you_are: str
    table_number: str
    situation: str
    questions: str
    inject_from: str
    new: str
    content_note: str
    ground_rules: str
    roles: str
    pillars: Mapping[str, str]
    cards: str
    most_a_move: str
    already_in_play: str
    take_back: str
    how_many: str
    costs_a_year: str
    works_after: str
    works_at_once: str
    more_about: str
    by_device: str
    why_not: Mapping[Why, str]
    often_enough: str
    keep_step: str
    cost: str
    of_budget: str
    left: str
    over_budget: str
    cannot_be: str
    submit: str
    submit_again: str
    submitted: str
    changes_until: str
    differs: str
    not_submitted: str
    not_submitted_at_all: str
    baseline: str
    pen_with: str
    take_pen: str
    how_many_until: str
    how_high_until: str
    we_are_sure: str
    not_fewer: str
    not_less: str
    not_more: str
    lower_end: str
    upper_end: str
    less: str
    more: str
    surprised_from: str
    surprised_outside: str
    surprised_by_more: str
    surprised_by_less: str
    surprised_beyond: str
    surprised_by_nothing: str
    eight_of_ten: str
    held_so_far: str
    range_of: str
    range_before: str
    range_after: str
    predict: str
    predict_again: str
    predicted: str
    simulating: str
    your_range: str
    range_held: str
    range_missed: str
    no_range: str
    what_came: str
    measure: str
    you: str
    the_baseline: str
    baseline_later: str
    busy_heading: str
    busy: str
    busy_wait: str
    nothing_busy: str
    happened_to_you: str
    cost_spent: str
    was_silent: str
    is_overspent: str
    ranges_held: str
    hidden_so_far: str
    lost: str
    lost_one: str
    nothing_lost: str
    nothing_hidden: str
    luck_and_policy: str
    luck_says: str
    sum_in_points: str
    sum_mean: str
    sum_parts: Mapping[str, str]
    sum_interval: str
    sum_happened: str
    sum_worlds: str
    debrief: str
    keep: str
    keep_says: str
    keep_not_yet: str
    keep_about: str
    keep_move: str
    keep_decided: str
    keep_nothing: str
    keep_in_play: str
    # the projector
    projector_title: str
    screens: Mapping[str, str]
    page_of: str
    screen_now: str
    screen_after: str
    screen_before: str
    screen_others: str
    screen_open: str
    screen_failed: str
    screen_fault: str
    screen_no_door: str
    screen_coming: str
    simulating_now: str
    # the export
    export: str
    export_button: str
    export_says: str
    export_not_yet: str
    export_fails: str
    # the monitor
    monitor_title: str
    monitor_phase: Mapping[Phase, str]
    waited_for: str
    no_injects: str
    next_heading: str
    next_label: Mapping[Phase, str]
    next_reveal: Mapping[str, str]
    next_hot_wash: str
    next_move: str
    next_asks: str
    all_there: str
    missing: Mapping[Phase, str]
    nothing_follows: str
    reopen: str
    pause: str
    resume: str
    two_minutes: str
    teams: str
    team: str
    phones: str
    here: str
    away: str
    pen: str
    nobody: str
    remove: str
    draft: str
    decided: str
    ranges: str
    nothing_yet: str
    revision: str
    enter_for: str
    enter_entry: str
    enter: str
    injects: str
    status: Mapping[Status, str]
    release: str
    skip: str
    expected: str
    look_for: str
    simulation: str
    idle: str
    progress: Mapping[Worth, str]
    failed: str
    door: str
    door_open: str
    door_closed: str
    door_first: str
    open_door: str
    close_door: str
    scan: str
    address: str
    room: RoomWords
    notes: NotesWords
    preflight: PreflightWords


ENGLISH = Words(
    language="en",
    mark="EXERCISE",
    what_if=ENGLISH_WHAT_IF,
    join_title="Join",
    join_heading="Join {title}",
    join_which="Your table",
    join_button="Join",
    join_not_written="The laptop's disk does not take it now. Tell the controller, and press Join once more.",
    join_closed="Nobody can join at the moment. Ask the controller, and load this page again.",
    join_moved="You sit with {team} as {device}. Choose another table only if you have moved.",
    seats_taken="{number} phones",
    seat_taken="1 phone",
    join_none="no phone yet",
    too_many_tries="Too many tries at once. Wait a minute, and try again.",
    wrong_code="There is no such room. Scan the code on the screen again.",
    link_works="One moment…",
    all_in="As many are in already as can be: {most}. Close a page that nobody needs, and try again after "
    "20 seconds.",
    link_fails="This link is not good any more. Use the newest one.",
    link_script="This link needs scripts, which are switched off in this browser.",
    not_seated="This browser has no seat here. To join, scan the code on the screen.",
    go_back="Back",
    offline="Not connected. What you choose is kept on this phone and sent when it is back.",
    offline_room="Not connected. What you press is kept here and sent when the server is back.",
    offline_projector="Not connected: what stands here may be old.",
    gone="This phone was taken out of the exercise. Ask the controller.",
    script_needed="Without scripts this page can only be read. Load it again for what is new.",
    move_of="Move {move} of {moves}",
    day="day {day}",
    minute="minute {minute}",
    minutes_left="{time} left",
    time_over="{time} over",
    reopened="Decisions are open again. What you submitted stands; ranges are asked for anew.",
    stands_still="The exercise is paused. You can go on drafting.",
    not_written="The laptop's disk does not take it now. It is kept on this phone, and sent again.",
    phase_heading={
        Phase.PLANNED: "Not open yet",
        Phase.LOBBY: "You are in",
        Phase.BRIEF: "The exercise has begun",
        Phase.OPEN: "Decide",
        Phase.LOCKED: "Predict",
        Phase.REVEALED: "What came of it",
        Phase.HOT_WASH: "Hot wash",
        Phase.ENDED: "The exercise is over",
    },
    phase_says={
        Phase.PLANNED: "The controller opens the exercise.",
        Phase.LOBBY: "The controller begins when everybody is here. You need not do anything.",
        Phase.BRIEF: "Read and listen. This page goes on by itself when the first move begins.",
        Phase.OPEN: "Every phone of your table changes the same draft.",
        Phase.LOCKED: "Decisions are locked. What do you expect to happen until day {until}?",
        Phase.REVEALED: "The same luck for every table; what differs is what you decided.",
        Phase.HOT_WASH: "Look up: the talk is in the room.",
        Phase.ENDED: "Thank you for playing. Please fill in the feedback form; then you can close this page.",
    },
    you_are="{team} · {device}",
    table_number="table {number}",
    situation="Situation",
    questions="Talk it over",
    inject_from="{mode} from {sender}, day {day}",
    new="new",
    content_note="Before you begin",
    ground_rules="Ground rules",
    roles="Roles at a table",
    pillars={
        "detection": "Detection",
        "reporting": "Reporting",
        "interdiction": "Interdiction",
        "prosecution": "Prosecution",
        "sharing": "Sharing",
    },
    cards="Cards",
    most_a_move="At most {number} cards a move; taking cards back is free.",
    already_in_play="in play",
    take_back="Take {code} back",
    how_many="How many of {code}",
    costs_a_year="{cost} a year",
    works_after="works after {days} days",
    works_at_once="works at once",
    more_about="More about {code}",
    by_device="by {device}",
    why_not={
        Why.LATER: "from move {about}",
        Why.EXCLUDED: "excludes {about}",
        Why.FULL: "{about} cards a move at most",
    },
    often_enough="cannot be played again",
    keep_step="as it is",
    cost="Cost",
    of_budget="{cost} of {budget} a year",
    left="{amount} left",
    over_budget="{amount} above the budget",
    cannot_be="This draft cannot be submitted: {why}",
    submit="Submit for {team}",
    submit_again="Submit again for {team}",
    submitted="Submitted: {entry}. Revision {revision}, by {by} (line {line}).",
    changes_until="You can change it until decisions are locked.",
    differs="The draft has changed since; submit again if it is to count.",
    not_submitted="Not submitted yet. If you submit nothing, you keep {keeps}.",
    not_submitted_at_all="Nothing was submitted: your table keeps {keeps}.",
    baseline="the baseline",
    pen_with="Only {device}, which has the pen, can submit.",
    take_pen="Take the pen",
    how_many_until="How many {title} until day {until}?",
    how_high_until="How high is {title} until day {until}, on average?",
    we_are_sure="We are 80 % sure:",
    not_fewer="not fewer than",
    not_less="not less than",
    not_more="not more than",
    lower_end="{title}: lower end",
    upper_end="{title}: upper end",
    less="less",
    more="more",
    surprised_from="We would be surprised by {high} or more.",
    surprised_outside="We would be surprised by fewer than {low}, and by {high} or more.",
    surprised_by_more="We would be surprised by more than {high}.",
    surprised_by_less="We would be surprised by less than {low}.",
    surprised_beyond="We would be surprised by less than {low}, and by more than {high}.",
    surprised_by_nothing="Nothing would surprise us.",
    eight_of_ten="Of ten such ranges, eight should hold what happens.",
    held_so_far="So far {held} of your {given} held.",
    range_of="{number} of {of}",
    range_before="Before: {title}",
    range_after="Next: {title}",
    predict="Keep this range",
    predict_again="Change the range",
    predicted="Predicted: {range}.",
    simulating="This is being simulated; it appears here by itself.",
    your_range="Your ranges",
    range_held="{title}: {happened}. Your range {range} held.",
    range_missed="{title}: {happened}. Your range {range} missed.",
    no_range="Your table predicted nothing.",
    what_came="Days {start} to {end}",
    measure="measure",
    you="you",
    the_baseline="baseline",
    baseline_later="The baseline, which decides nothing, follows.",
    busy_heading="Where work piled up",
    busy="{title}: {percent} % busy.",
    busy_wait="{title}: {percent} % busy; work waited {days} days on average.",
    nothing_busy="No service was so busy that work piled up.",
    happened_to_you="Day {day}, at your table alone: {title}",
    cost_spent="Spent: {cost} cost units.",
    was_silent="Your table submitted nothing and kept its mix.",
    is_overspent="Your mix costs more than the budget, which was cut.",
    ranges_held="{held} of your {predicted} ranges held; of ranges that are 80 % sure {expected} should.",
    hidden_so_far="What nobody could see",
    lost="{number} plots were not stopped in time: {reason}.",
    lost_one="1 plot was not stopped in time: {reason}.",
    nothing_lost="Every plot was stopped in time.",
    nothing_hidden="Every measure of this exercise could be seen all along.",
    luck_and_policy="Luck and policy",
    luck_says="From what happens on average if nothing is decided, to what happened to you.",
    sum_in_points="(parts in points)",
    sum_mean="Baseline’s mean",
    sum_parts={"world": "Luck of this world", "policy": "Your policy", "met": "How they met"},
    sum_interval="95 %: {low} to {high}",
    sum_happened="What happened",
    sum_worlds="Means over {worlds}. Every table met the same luck. How they met: what your policy did in "
    "this world beside what it does on average. The interval is for all tables of a measure together.",
    debrief="To talk over",
    keep="Keep your table’s page",
    keep_says="One file with all that your table decided and what came of it. It needs no network.",
    keep_about="A teaching model: it predicts nothing. What your table decided, expected and got.",
    keep_move="Move {move}:",
    keep_decided="Decided:",
    keep_nothing="Nothing was submitted.",
    keep_in_play="In play then: {cards}.",
    keep_not_yet="Your table’s page can be kept once the exercise is over.",
    projector_title="Projector",
    screens={
        "lobby": "the code to join",
        "brief": "the brief",
        "situation": "the situation",
        "situation answer": "how busy the services were so far",
        "inject": "inject",
        "ruling": "ruling",
        "status": "how many tables are in",
        "status names": "which tables are in",
        "end": "thanks, and the secret",
        "ranges": "the ranges",
        "held": "what happened",
        "decisions": "what was decided",
        "policy": "what policy did",
        "luck": "luck told from policy",
        "busiest": "the question which service was busiest",
        "why": "how busy the services were",
        "teams": "what the tables did",
        "hidden": "what nobody could see",
        "split": "luck and policy, over the whole time",
        "epilogue": "what is left to successors",
        "questions": "to talk over",
    },
    page_of="{page} of {pages}",
    screen_now="Now:",
    screen_after="Show next",
    screen_before="Show before",
    screen_others="Show something else",
    screen_open="Open it in a window",
    screen_failed="The projector stands still: {why}",
    screen_fault="This cannot be shown. The exercise goes on without it.",
    screen_no_door="Phones can join soon.",
    screen_coming="One moment…",
    simulating_now="being simulated",
    export="Report",
    export_button="Download it all",
    export_says="The report as of now, its data and figures, as one file; after EndEx with the replay "
    "bundle. It is made beside the class and may take a minute.",
    export_not_yet="There is nothing to report before StartEx.",
    export_fails="It could not be made: {why}",
    monitor_title="Monitor",
    monitor_phase={
        Phase.PLANNED: "Not open yet",
        Phase.LOBBY: "Lobby",
        Phase.BRIEF: "Brief",
        Phase.OPEN: "Tables decide",
        Phase.LOCKED: "Tables predict",
        Phase.REVEALED: "Reveal",
        Phase.HOT_WASH: "Hot wash",
        Phase.ENDED: "After EndEx",
    },
    waited_for="waited for",
    no_injects="None now.",
    next_heading="Next",
    next_label={
        Phase.LOBBY: "StartEx: begin the exercise",
        Phase.BRIEF: "Begin move 1",
        Phase.OPEN: "Lock decisions",
        Phase.LOCKED: "Reveal what came of it",
        Phase.HOT_WASH: "EndEx: end the exercise",
    },
    next_reveal={
        "own": "Show the baseline",
        "baseline": "Show all tables",
    },
    next_hot_wash="Begin the hot wash",
    next_move="Begin move {move}",
    next_asks="Sure? {label}",
    all_there="Nobody is waited for.",
    missing={
        Phase.LOBBY: "No phone yet: {teams}.",
        Phase.OPEN: "Not submitted: {teams}. They keep their mix.",
        Phase.LOCKED: "Not all predicted: {teams}.",
    },
    nothing_follows="EndEx. Download the report below, or stop the server: it says then how the report "
    "is written.",
    reopen="Reopen decisions",
    pause="Pause",
    resume="Go on",
    two_minutes="2 more minutes",
    teams="Tables",
    team="Table",
    phones="Phones",
    here="here",
    away="away",
    pen="pen",
    nobody="none",
    remove="Take out {device}",
    draft="Draft",
    decided="Decided",
    ranges="Predicted",
    nothing_yet="nothing yet",
    revision="revision {revision}",
    enter_for="Enter for {team}",
    enter_entry="As on paper, for example D1 -R2",
    enter="Enter",
    injects="Injects",
    status={
        Status.PLANNED: "waits",
        Status.RELEASED: "released",
        Status.SKIPPED: "left out",
        Status.CANCELLED: "cancelled",
    },
    release="Release {id}",
    skip="Leave out {id}",
    expected="Expected: {response}",
    look_for="Look for",
    simulation="Simulation",
    idle="Everything that is needed now has been simulated.",
    progress={
        Worth.REALISED: "the world that is played: {done} of {total} runs",
        Worth.SPREAD: "the other worlds: {done} of {total} runs",
        Worth.FIGURES: "figures: {done} of {total}",
        Worth.AHEAD: "ahead of the class: {done} of {total} runs",
        Worth.SO_FAR: "what is submitted so far: {done} of {total} runs",
    },
    failed="Something could not be simulated: {why}",
    door="Door",
    door_open="Phones can join.",
    door_closed="No phone can join.",
    door_first="No phone can join before. What can be looked at first stands under “Before the class”.",
    open_door="Open the door",
    close_door="Close the door",
    scan="Scan this to join",
    address="or type",
    room=room_words.ENGLISH,
    notes=notes_words.ENGLISH,
    preflight=preflight_words.ENGLISH,
)
