"""The rules of acts: when each can be done, by whom, and who may read its line. One row an act."""

from dataclasses import dataclass
from enum import Enum, auto

from tabletop.exercise import acts
from tabletop.exercise.state import Phase


class By(Enum):
    """Who does an act."""

    CONTROLLER = auto()
    TEAM = auto()
    """A team for itself, or the controller for it."""
    EVALUATOR = auto()
    """Evaluators, and controllers as well."""


class Readers(Enum):
    """Who may read a line of the log in play, once the move in which it was written is revealed."""

    EVERYBODY = auto()
    WHO_SAW_ITS_DAY = auto()
    """Everybody, once the day on which it acts has been revealed too."""
    CONTROLLERS = auto()
    """Controllers and evaluators, until the hot wash: it may speak of what is still to come."""


@dataclass(frozen=True)
class ActRule:
    """What is allowed of one act."""

    when: tuple[Phase, ...]
    by: By
    while_paused: bool
    read_by: Readers
    leads_to: Phase | None = None
    """The phase that it leads to; None if it stays as it is."""


DURING = (Phase.BRIEF, Phase.OPEN, Phase.LOCKED, Phase.REVEALED, Phase.HOT_WASH)
"""From StartEx to EndEx."""
UNTIL_ENDEX = (Phase.LOBBY, *DURING)
"""From the lobby to EndEx."""
BETWEEN = (Phase.BRIEF, Phase.OPEN, Phase.REVEALED)
"""While nothing is being predicted."""
EVER_AFTER = (*DURING, Phase.ENDED)
"""What may still be written down when the exercise is over."""

RULES: dict[type[acts.Act], ActRule] = {
    acts.Open: ActRule((Phase.PLANNED,), By.CONTROLLER, False, Readers.EVERYBODY, Phase.LOBBY),
    acts.Start: ActRule((Phase.PLANNED, Phase.LOBBY), By.CONTROLLER, False, Readers.EVERYBODY, Phase.BRIEF),
    acts.Join: ActRule(UNTIL_ENDEX, By.TEAM, True, Readers.EVERYBODY),
    acts.Leave: ActRule(UNTIL_ENDEX, By.TEAM, True, Readers.EVERYBODY),
    acts.Remove: ActRule(UNTIL_ENDEX, By.CONTROLLER, True, Readers.CONTROLLERS),
    acts.MoveSeat: ActRule(UNTIL_ENDEX, By.CONTROLLER, True, Readers.EVERYBODY),
    acts.TakePen: ActRule(UNTIL_ENDEX, By.TEAM, True, Readers.EVERYBODY),
    acts.BeginMove: ActRule(
        (Phase.BRIEF, Phase.REVEALED), By.CONTROLLER, False, Readers.EVERYBODY, Phase.OPEN
    ),
    acts.Draft: ActRule((Phase.OPEN,), By.TEAM, True, Readers.CONTROLLERS),
    acts.Submit: ActRule((Phase.OPEN,), By.TEAM, False, Readers.EVERYBODY),
    acts.Lock: ActRule((Phase.OPEN,), By.CONTROLLER, False, Readers.EVERYBODY, Phase.LOCKED),
    acts.Reopen: ActRule((Phase.LOCKED,), By.CONTROLLER, False, Readers.EVERYBODY, Phase.OPEN),
    acts.Predict: ActRule((Phase.LOCKED,), By.TEAM, False, Readers.EVERYBODY),
    acts.Reveal: ActRule((Phase.LOCKED,), By.CONTROLLER, False, Readers.EVERYBODY, Phase.REVEALED),
    acts.Release: ActRule(BETWEEN, By.CONTROLLER, False, Readers.WHO_SAW_ITS_DAY),
    acts.Skip: ActRule(BETWEEN, By.CONTROLLER, False, Readers.CONTROLLERS),
    acts.Add: ActRule(BETWEEN, By.CONTROLLER, False, Readers.WHO_SAW_ITS_DAY),
    acts.Override: ActRule(DURING, By.CONTROLLER, False, Readers.WHO_SAW_ITS_DAY),
    acts.Respond: ActRule(EVER_AFTER, By.EVALUATOR, False, Readers.CONTROLLERS),
    acts.Pause: ActRule(DURING, By.CONTROLLER, False, Readers.EVERYBODY),
    acts.Resume: ActRule(DURING, By.CONTROLLER, True, Readers.EVERYBODY),
    acts.Extend: ActRule(DURING, By.CONTROLLER, True, Readers.EVERYBODY),
    acts.Show: ActRule((*UNTIL_ENDEX, Phase.ENDED), By.CONTROLLER, True, Readers.EVERYBODY),
    acts.Note: ActRule(EVER_AFTER, By.EVALUATOR, True, Readers.CONTROLLERS),
    acts.HotWash: ActRule((Phase.REVEALED,), By.CONTROLLER, False, Readers.EVERYBODY, Phase.HOT_WASH),
    acts.Remark: ActRule((Phase.HOT_WASH,), By.EVALUATOR, False, Readers.EVERYBODY),
    acts.Rate: ActRule(EVER_AFTER, By.EVALUATOR, False, Readers.CONTROLLERS),
    acts.Observe: ActRule(EVER_AFTER, By.EVALUATOR, False, Readers.CONTROLLERS),
    acts.Improve: ActRule(EVER_AFTER, By.EVALUATOR, False, Readers.CONTROLLERS),
    acts.Count: ActRule(EVER_AFTER, By.EVALUATOR, True, Readers.EVERYBODY),
    acts.End: ActRule((Phase.HOT_WASH,), By.CONTROLLER, False, Readers.EVERYBODY, Phase.ENDED),
}
