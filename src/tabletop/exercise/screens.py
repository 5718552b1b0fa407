"""The screens of a reveal and of the hot wash, in their order; the controller goes on by the act `Show`."""

from enum import StrEnum

from tabletop.exercise.readers import Step


class RevealScreen(StrEnum):
    """A screen of a reveal; `Show("reveal policy")` shows one, and the first is there without."""

    RANGES = "ranges"
    """The ranges that the teams predicted."""
    HELD = "held"
    """What happened, and which ranges held it."""
    DECISIONS = "decisions"
    """What every team decided."""
    POLICY = "policy"
    """What the policies do on average over the other worlds, beside the baseline."""
    LUCK = "luck"
    """The world that is played among the others: luck told from policy."""
    BUSIEST = "busiest"
    """The question which service was the busiest; the answer is not there yet."""
    WHY = "why"
    """How busy the services were."""

    @property
    def act(self) -> str:
        """What `Show` calls it."""
        return f"reveal {self}"

    @property
    def step(self) -> Step:
        """The step of the reveal that it goes as far as."""
        return Step.OWN if self is RevealScreen.RANGES else Step.ALL


class HotWashScreen(StrEnum):
    """A screen of the hot wash; `Show("hot_wash hidden")` shows one, and the first is there without."""

    TEAMS = "teams"
    """Three lines for each team."""
    HIDDEN = "hidden"
    """What nobody could see."""
    SPLIT = "split"
    """Luck told from policy over the whole time."""
    EPILOGUE = "epilogue"
    """What is left to the successors."""
    QUESTIONS = "questions"
    """What is talked over."""

    @property
    def act(self) -> str:
        """What `Show` calls it."""
        return f"hot_wash {self}"


def reveal_screen(showing: str) -> RevealScreen:
    """The screen of a reveal that is shown, by what a state is `showing`."""
    return next((one for one in RevealScreen if one.act == showing), RevealScreen.RANGES)


def hot_wash_screen(showing: str) -> HotWashScreen:
    """The screen of the hot wash that is shown, by what a state is `showing`."""
    return next((one for one in HotWashScreen if one.act == showing), HotWashScreen.TEAMS)


def step_of(showing: str) -> Step:
    """The step that a reveal has come to when this is shown."""
    steps = {f"reveal {step}": step for step in Step}
    return {**steps, **{one.act: one.step for one in RevealScreen}}.get(showing, Step.OWN)
